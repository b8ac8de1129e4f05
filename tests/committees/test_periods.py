"""One report for each fortnight in which there was something to report, whatever the beat did."""

from datetime import date, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from lifecycle import clock
from suggestions import actions, tasks
from suggestions.models import Committee, Mandate
from suggestions.periods import Span, owed
from tests.committees import rooms
from tests.committees.rooms import DAY, Room
from tests.people import factories as people

FIRST = date(2026, 1, 5)
days = some.integers(min_value=0, max_value=200)


@given(today=days, spans=some.lists(some.tuples(days, some.none() | days), max_size=4))
def test_a_period_is_owed_if_and_only_if_a_day_of_it_had_something(
    today: int, spans: list[tuple[int, int | None]]
) -> None:
    known = [
        Span(FIRST + a * DAY, None if b is None else FIRST + max(a, b) * DAY) for a, b in spans
    ]
    found = owed(FIRST, known, FIRST + today * DAY)

    for number in range(1, today // 14 + 2):
        of_period = [FIRST + timedelta(days=14 * (number - 1) + n) for n in range(14)]
        had = any(
            span.first <= one and (span.last is None or one <= span.last)
            for one in of_period
            for span in known
        )
        assert (number in found) == had
    assert found == sorted(set(found))


pytestmark = pytest.mark.django_db


@pytest.fixture
def room() -> Room:
    return rooms.at_work()


def beat(at: datetime) -> None:
    with clock.at(at):
        tasks.keep_reports()


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(beats=some.lists(some.integers(min_value=0, max_value=100), min_size=1, max_size=8))
def test_whatever_the_gaps_and_doubles_of_the_beat_each_period_has_one_row(
    beats: list[int], room: Room
) -> None:
    """Each example goes on where the one before stopped: a beat may also be back in time."""
    start = clock.now()
    for days_later in beats:
        beat(start + days_later * DAY)
        beat(start + days_later * DAY)

    numbers = sorted(room.committee.reports.values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) >= max(beats) // 14 + 1


def test_thirty_days_without_a_beat_leave_no_gap(room: Room) -> None:
    start = clock.now()
    beat(start)

    beat(start + 30 * DAY)

    reports = room.committee.reports.order_by("number")
    assert [report.number for report in reports] == [1, 2, 3]
    first_days = [report.first_day for report in reports]
    assert first_days == [first_days[0] + n * 14 * DAY for n in range(3)]
    assert all(report.steps.count() == 1 for report in reports)


def test_a_direct_adoption_has_periods_of_its_own() -> None:
    suggestion = rooms.adopted_directly()
    start = clock.now()

    beat(start + 30 * DAY)

    assert sorted(suggestion.reports.values_list("number", flat=True)) == [1, 2, 3]


def test_what_was_dropped_owes_nothing_more(room: Room) -> None:
    proposal = actions.propose_drop(room.suggestion, **rooms.NO, by=room.jun)
    actions.say_opinion(proposal, seat=room.citizen, concurs=True, words="")
    actions.drop(room.suggestion, by=room.jun)

    beat(clock.now() + 60 * DAY)

    assert [report.number for report in room.committee.reports.all()] == [1]


def test_what_is_over_is_nobodys_mandate_any_more() -> None:
    suggestion = rooms.adopted_directly()
    mandate = Mandate.objects.get(suggestion=suggestion)
    office = suggestion.office
    assert office is not None
    with clock.at(clock.now() + 20 * DAY):
        suggestion = actions.start_work(suggestion, words="시작", by=people.officer_of(office))
        with transaction.atomic():
            for status in ("claimed_done", "implemented"):
                suggestion = type(suggestion).objects.locked(suggestion.pk)
                suggestion.move(status, by=None)

    beat(clock.now() + 90 * DAY)
    beat(clock.now() + 150 * DAY)

    mandate.refresh_from_db()
    assert mandate.until is not None
    assert sorted(suggestion.reports.values_list("number", flat=True)) == [1, 2]


def test_a_committee_without_suggestions_owes_no_report() -> None:
    room = rooms.at_work(suggestions=0)

    beat(clock.now() + 60 * DAY)

    assert not Committee.objects.get(pk=room.committee.pk).reports.exists()
