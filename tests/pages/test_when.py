"""Spans and moments in words: pure functions of two moments."""

from datetime import datetime, timedelta

import pytest
from django.utils import translation

from channels_app.templatetags import when
from lifecycle.clock import SEOUL

NOW = datetime(2026, 11, 24, 14, 0, tzinfo=SEOUL)


@pytest.fixture(autouse=True)
def _english() -> object:
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("due", "words", "state"),
    [
        (NOW + timedelta(days=3), "3 days left", "quiet"),
        (NOW + timedelta(days=2), "2 days left", "quiet"),
        (NOW.replace(day=25, hour=0, minute=0), "tomorrow 00:00", "quiet"),
        (NOW.replace(day=24, hour=18), "today 18:00", "soon"),
        (NOW, "today 14:00", "soon"),
        (NOW - timedelta(seconds=1), "1 minute late", "late"),
        (NOW - timedelta(minutes=59, seconds=59), "59 minutes late", "late"),
        (NOW - timedelta(hours=1), "1 hour late", "late"),
        (NOW - timedelta(hours=23, minutes=59), "23 hours late", "late"),
        (NOW - timedelta(days=1), "1 day late", "late"),
        (NOW - timedelta(days=2, hours=5), "2 days late", "late"),
    ],
)
def test_what_is_left_until_a_date(due: datetime, words: str, state: str) -> None:
    assert when.due_words(due, NOW) == words
    assert when.due_state(due, NOW) == state


def test_days_are_seouls_days_whatever_zone_the_moments_are_told_in() -> None:
    late_in_utc = datetime(2026, 11, 24, 16, 0).replace(tzinfo=SEOUL).astimezone(None)

    assert when.due_words(late_in_utc, NOW) == "today 16:00"


def test_nothing_is_said_where_there_is_no_date() -> None:
    assert when.due_words(None) == ""
    assert when.due_state(None) == "quiet"
    assert when.took_words(NOW, None) == ""
    assert when.moment(None) == ""


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(seconds=-5), "less than a minute"),
        (timedelta(seconds=59), "less than a minute"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(minutes=14), "14 minutes"),
        (timedelta(hours=1), "1 hour"),
        (timedelta(hours=1, minutes=42), "1 h 42 min"),
        (timedelta(hours=5), "5 hours"),
        (timedelta(days=1, hours=3), "1 day"),
        (timedelta(days=6), "6 days"),
    ],
)
def test_how_long_something_took(span: timedelta, words: str) -> None:
    assert when.took_words(NOW, NOW + span) == words


def test_a_moment_is_a_time_element_on_seouls_clock_that_fits_into_a_sentence() -> None:
    html = when.moment(NOW)

    assert html == '<time datetime="2026-11-24T14:00:00+09:00">Tue 24 Nov 2026, 14:00</time>'
    assert hasattr(html, "__html__")
