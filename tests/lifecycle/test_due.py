"""Periods as the statute counts them (민원처리법 제19조), on known days and as properties."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle import clock, workdays
from lifecycle.models import Holiday
from lifecycle.workdays import due_after

pytestmark = pytest.mark.django_db

moments = st.datetimes(datetime(2024, 1, 1), datetime(2027, 11, 30)).map(  # noqa: DTZ001
    lambda naive: naive.replace(tzinfo=clock.SEOUL)
)
periods = st.integers(0, 30)
KOREA = holidays.country_holidays("KR", years=range(2023, 2030))
WORKED = {9, 10, 11, 13, 14, 15, 16, 17}  # the hours that begin then; from twelve to one is lunch


def seoul(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=clock.SEOUL)  # type: ignore[misc,arg-type]


def enter(day: date, *, works: bool = False) -> None:
    Holiday.objects.create(day=day, works=works, name_ko="임시", name_en="Day", at=clock.now())
    workdays.forget()


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        (seoul(2026, 11, 23, 10), 0, seoul(2026, 11, 23, 14)),  # at once: three working hours
        (seoul(2026, 11, 20, 17), 0, seoul(2026, 11, 23, 11)),
        (seoul(2026, 11, 23, 10), 1, seoul(2026, 11, 24, 10)),
        (seoul(2026, 11, 23, 10), 5, seoul(2026, 11, 30, 10)),
        (seoul(2026, 11, 23, 10), 6, seoul(2026, 11, 30, 18)),  # the first day is one of them
        (seoul(2026, 11, 23, 10), 7, seoul(2026, 12, 1, 18)),
        (seoul(2026, 11, 21, 10), 6, seoul(2026, 11, 30, 18)),  # a Saturday is none of them
        (seoul(2026, 12, 31, 17), 1, seoul(2027, 1, 4, 17)),  # over New Year and a weekend
        (seoul(2026, 2, 13, 17), 1, seoul(2026, 2, 19, 17)),  # over Seollal
        (seoul(2026, 2, 13, 10), 6, seoul(2026, 2, 25, 18)),
        (seoul(2026, 9, 23, 17), 1, seoul(2026, 9, 28, 17)),  # over Chuseok
        (seoul(2026, 2, 27, 17), 1, seoul(2026, 3, 3, 17)),  # 1 March is a Sunday: substitute
        (seoul(2024, 2, 28, 17), 1, seoul(2024, 2, 29, 17)),  # a leap day is a working day
        (seoul(2024, 2, 28, 10), 6, seoul(2024, 3, 7, 18)),
    ],
)
def test_known_periods(start: datetime, days: int, due: datetime) -> None:
    assert due_after(start, days) == due


@given(moments, periods, st.timedeltas(timedelta(0), timedelta(days=20)))
def test_who_comes_later_is_never_due_earlier(start: datetime, days: int, later: timedelta) -> None:
    assert due_after(start + later, days) >= due_after(start, days)


@given(moments, periods)
def test_a_longer_period_never_ends_earlier(start: datetime, days: int) -> None:
    assert due_after(start, days + 1) >= due_after(start, days)


@given(moments, periods)
def test_no_period_ends_on_a_free_day_or_outside_hours(start: datetime, days: int) -> None:
    due = due_after(start, days)

    assert workdays.is_workday(due.date())
    assert 9 <= due.hour <= 18
    assert due > start or days == 0


@given(moments, st.integers(1, 5))
def test_up_to_five_days_eight_hours_are_a_day(start: datetime, days: int) -> None:
    assert due_after(start, days) == workdays.add_working_hours(start, 8 * days)


@given(moments, st.sampled_from([0, 1, 2, 3, 4, 5]))
def test_counted_hour_by_hour_on_paper_it_is_the_same(start: datetime, days: int) -> None:
    due = due_after(start, days)

    worked = sum(map(worked_on_paper, hours_between(start, due)), timedelta(0))
    assert worked == timedelta(hours=8 * days if days else 3)


def hours_between(start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
    """From whole hour to whole hour, the first and the last one cut."""
    while start < end:
        whole = start.replace(minute=0, second=0, microsecond=0)
        later = min(whole + timedelta(hours=1), end)
        yield start, later
        start = later


def worked_on_paper(hour: tuple[datetime, datetime]) -> timedelta:
    """How much of it city hall works: written down a second time, from the calendar itself."""
    begins, ends = hour
    free = begins.weekday() in (5, 6) or begins.date() in KOREA
    return timedelta(0) if free or begins.hour not in WORKED else ends - begins


@given(moments, st.integers(6, 30))
def test_from_six_days_on_the_first_is_one_of_them(start: datetime, days: int) -> None:
    due = due_after(start, days)

    first, last = start.date(), due.date()
    span = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    assert sum(map(workdays.is_workday, span)) == days
    assert (due.hour, due.minute) == (18, 0)


@given(moments, st.integers(1, 30), st.integers(0, 40))
def test_declaring_and_taking_back_gives_the_old_date(
    start: datetime, days: int, ahead: int
) -> None:
    Holiday.objects.all().delete()
    workdays.forget()
    before = due_after(start, days)
    day = start.date() + timedelta(days=ahead)
    worked = workdays.is_workday(day)

    enter(day)
    declared = due_after(start, days)
    enter(day, works=worked)

    touched = worked and start.date() < day <= before.date()
    assert declared > before if touched else declared >= before
    if not worked or day > before.date():
        assert declared == before
    assert due_after(start, days) == before


@given(moments, st.integers(1, 30))
def test_a_saturday_on_which_city_hall_works_makes_nothing_later(
    start: datetime, days: int
) -> None:
    Holiday.objects.all().delete()
    workdays.forget()
    before = due_after(start, days)
    saturday = start.date() + timedelta(days=(5 - start.weekday()) % 7)

    enter(saturday, works=True)

    assert due_after(start, days) <= before


def test_the_last_entry_of_a_day_holds() -> None:
    day = date(2026, 11, 25)
    enter(day)
    enter(day, works=True)
    enter(day)

    assert not workdays.is_workday(day)


def test_the_close_of_a_free_day_is_that_of_the_next_working_day() -> None:
    assert workdays.close_of(date(2026, 11, 21)) == seoul(2026, 11, 23, 18)
    assert workdays.close_of(date(2026, 11, 23)) == seoul(2026, 11, 23, 18)
