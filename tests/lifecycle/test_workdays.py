"""Working days and hours, on known days and as properties."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle import clock, workdays
from lifecycle.models import Rule

pytestmark = pytest.mark.django_db

moments = st.datetimes(datetime(2024, 1, 1), datetime(2027, 11, 30)).map(  # noqa: DTZ001
    lambda naive: naive.replace(tzinfo=clock.SEOUL)
)


def seoul(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=clock.SEOUL)  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 23), True),  # a Monday
        (date(2026, 11, 21), False),  # a Saturday
        (date(2026, 2, 17), False),  # Lunar New Year
        (date(2026, 9, 25), False),  # Chuseok
        (date(2026, 3, 2), False),  # substitute for 1 March, a Sunday
        (date(2024, 2, 29), True),  # leap day, a Thursday
        (date(2026, 12, 25), False),
    ],
)
def test_a_workday_is_no_weekend_and_no_holiday(day: date, works: bool) -> None:
    assert workdays.is_workday(day) is works


def test_one_working_day_from_friday_evening_ends_on_monday_at_six() -> None:
    assert workdays.end_of_workday(seoul(2026, 11, 20, 23), 1) == seoul(2026, 11, 23, 18)


def test_working_hours_stop_for_lunch_night_and_weekend() -> None:
    friday_eleven = seoul(2026, 11, 20, 11)

    assert workdays.add_working_hours(friday_eleven, 1) == seoul(2026, 11, 20, 12)
    assert workdays.add_working_hours(friday_eleven, 2) == seoul(2026, 11, 20, 14)
    assert workdays.add_working_hours(friday_eleven, 8) == seoul(2026, 11, 23, 11)


def test_the_rulebook_says_when_city_hall_works() -> None:
    Rule.objects.create(
        name="working_hours",
        value="10:00-15:00",
        since=seoul(2026, 1, 1),
        reason="a test",
    )

    assert workdays.end_of_workday(seoul(2026, 11, 23, 9), 1) == seoul(2026, 11, 24, 15)
    assert workdays.add_working_hours(seoul(2026, 11, 23, 9), 1) == seoul(2026, 11, 23, 11)


@given(moments, st.integers(1, 30))
def test_the_end_is_a_workday_and_later_days_end_later(start: datetime, days: int) -> None:
    end = workdays.end_of_workday(start, days)

    assert end > start
    assert workdays.is_workday(end.date())
    assert workdays.end_of_workday(start, days + 1) > end


@given(moments, st.integers(1, 60), st.integers(1, 60))
def test_working_hours_add_up(start: datetime, first: int, second: int) -> None:
    at_once = workdays.add_working_hours(start, first + second)
    in_turn = workdays.add_working_hours(workdays.add_working_hours(start, first), second)

    assert at_once == in_turn
    assert at_once - start >= timedelta(hours=first + second)


@pytest.mark.parametrize("written", ["", "9-12", "12:00-09:00", "09:00-12:00, 11:00-18:00", "x"])
def test_hours_out_of_order_are_refused(written: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - any reason will do
        workdays.WORKING_HOURS.read(written)
