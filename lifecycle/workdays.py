"""Working days and hours of Seoul's city hall.

Weekends and the Korean public holidays (substitute ones included) are free; the hours of a day
stand in the Rulebook. All moments are aware; days are counted on Seoul's clock.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache

import holidays
from django.utils.translation import gettext_lazy as _

from lifecycle import clock, rules

Span = tuple[time, time]


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


def is_workday(day: date) -> bool:
    """Neither Saturday, nor Sunday, nor a public holiday."""
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
