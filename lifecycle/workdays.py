"""Working days and hours of Seoul's city hall, and how the statute counts a period in them.

Weekends and the Korean public holidays are free, substitute and temporary ones included; the
hours of a day stand in the Rulebook. All moments are aware; days are counted on Seoul's clock.
"""

import time as system_time
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache

import holidays
from django.utils.translation import gettext_lazy as _

from lifecycle import clock, rules
from lifecycle.models import Holiday

Span = tuple[time, time]
HOURS_OF_A_DAY = 8  # 민원처리법 시행령: a day of a period that is counted in hours
AT_ONCE_HOURS = 3  # "at once" in the same rule
MOST_DAYS_IN_HOURS = 5


@lru_cache(maxsize=16)
def _spans(written: str) -> tuple[Span, ...]:
    """'09:00-12:00, 13:00-18:00' as spans. Raises ValueError unless they are in order."""
    spans = []
    for part in written.split(","):
        opens, closes = (time.fromisoformat(end.strip()) for end in part.split("-", 1))
        spans.append((opens, closes))
    ends = [end for span in spans for end in span]
    if ends != sorted(set(ends)):
        raise ValueError("working hours must be in order")
    return tuple(spans)


WORKING_HOURS = rules.declare(
    "working_hours",
    "09:00-12:00, 13:00-18:00",
    unit=_("hours, Seoul time"),
    words=_("When city hall works on a working day"),
    source="지방공무원 복무규정 제2조",
    check=_spans,
)


@lru_cache(maxsize=64)
def _holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("KR", years=year).keys())


class _Declared:
    """The temporary holidays as this process last read them: day → whether city hall works."""

    def __init__(self) -> None:
        self.read_at = float("-inf")
        self.days: dict[date, bool] = {}

    def works_on(self, day: date) -> bool | None:
        """What was declared for this day; None where nothing was."""
        if system_time.monotonic() - self.read_at > rules.FRESH_FOR:
            rows = Holiday.objects.order_by("id").values_list("day", "works")
            self.days, self.read_at = dict(rows), system_time.monotonic()
        return self.days.get(day)


_declared = _Declared()


def forget() -> None:
    """Read the temporary holidays again at the next question (after one was declared)."""
    _declared.read_at = float("-inf")


def is_workday(day: date) -> bool:
    """Neither Saturday, nor Sunday, nor a public holiday; a declared day is what was declared."""
    if (works := _declared.works_on(day)) is not None:
        return works
    return day.weekday() < 5 and day not in _holidays(day.year)


def workdays_from(day: date) -> Iterator[date]:
    """Working days after `day`, in order, without end."""
    while True:
        day += timedelta(days=1)
        if is_workday(day):
            yield day


def end_of_workday(start: datetime, days: int) -> datetime:
    """Close of business on the `days`-th working day after the day of `start` (days ≥ 1)."""
    later = workdays_from(clock.seoul(start).date())
    for _n in range(days - 1):
        next(later)
    closes = _spans(WORKING_HOURS.value())[-1][1]
    return datetime.combine(next(later), closes, clock.SEOUL)


def close_of(day: date) -> datetime:
    """Close of business on this day, or on the first working day after it."""
    if not is_workday(day):
        day = next(workdays_from(day))
    return datetime.combine(day, _spans(WORKING_HOURS.value())[-1][1], clock.SEOUL)


def end_of_days(start: datetime, days: int) -> datetime:
    """Close of business so many calendar days after the day of `start` (days ≥ 1).

    Where that day is free, it ends with the next working day (민법 제161조).
    """
    return close_of(clock.seoul(start).date() + timedelta(days=days))


def due_after(start: datetime, days: int) -> datetime:
    """The end of a period of `days`, as the statute counts it (민원처리법 제19조).

    0 is "at once": three working hours. Up to five days are counted in working hours from the
    moment of `start`, eight to a day. From six days on whole working days are counted, the day
    of `start` included, and the last one ends at close of business.
    """
    if days == 0:
        return add_working_hours(start, AT_ONCE_HOURS)
    if days <= MOST_DAYS_IN_HOURS:
        return add_working_hours(start, days * HOURS_OF_A_DAY)
    first = clock.seoul(start).date()
    counted = days - 1 if is_workday(first) else days
    later = workdays_from(first)
    for _n in range(counted - 1):
        next(later)
    return close_of(next(later))


def add_working_hours(start: datetime, hours: float) -> datetime:
    """The moment when `hours` of working time have passed since `start` (hours > 0)."""
    left = timedelta(hours=hours)
    for opens, closes in _open_from(clock.seoul(start)):
        if left <= closes - opens:
            return opens + left
        left -= closes - opens
    raise AssertionError("working days never end")


def _open_from(start: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Stretches of working time from `start` on, the first one cut where it is under way."""
    today = start.date()
    days = [today] if is_workday(today) else []
    spans = _spans(WORKING_HOURS.value())
    later = workdays_from(today)
    while True:
        for day in days or [next(later)]:
            for opens, closes in spans:
                begins = max(datetime.combine(day, opens, clock.SEOUL), start)
                ends = datetime.combine(day, closes, clock.SEOUL)
                if begins < ends:
                    yield begins, ends
        days = []
