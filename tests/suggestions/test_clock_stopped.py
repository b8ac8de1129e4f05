"""The clock stands still for weeks, is started twice or runs back: each due thing is done once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.db import models

from lifecycle import clock
from suggestions import actions, tasks
from suggestions.models import (
    Committee,
    LateReport,
    Mandate,
    ProgressReport,
    ProgressReportStep,
    Suggestion,
    SuggestionReminder,
    SuggestionStep,
)
from suggestions.states import Cause
from tests.committees import rooms
from tests.faults.city import build_city
from tests.faults.house import House
from tests.faults.test_one_winner import all_at_once
from tests.ledger import check_ledger
from tests.people import factories as people
from tests.snapshots import Snapshot, snapshot
from tests.suggestions import answering
from tests.suggestions import factories as ideas

AWAY = timedelta(days=50)
CLOCKS = 4
SWEEPS = (
    tasks.count_supports,
    tasks.close_windows,
    tasks.follow_up,
    tasks.remind_of_suggestions,
    tasks.keep_reports,
    tasks.watch_committees,
    tasks.spread,
)
KEPT: tuple[type[models.Model], ...] = (
    Suggestion,
    SuggestionStep,
    SuggestionReminder,
    Mandate,
    ProgressReport,
    ProgressReportStep,
    LateReport,
)


@dataclass(frozen=True)
class Lived:
    """One of each that a sweep has to end, to bring back or to tell of."""

    quiet: Suggestion
    returned: Suggestion
    elsewhere: Suggestion
    claimed: Suggestion
    unanswered: Suggestion
    committee: Committee


def lived() -> Lived:
    """As they stand on the day on which the clock stops."""
    office, listener = answering.department(), ideas.listener()
    people.mayors_office()
    head = people.head_of(office)
    elsewhere = answering.reviewed(office)
    answering.passed_on(elsewhere, by=head)
    return Lived(
        quiet=ideas.opened(office),
        returned=actions.send_back(
            ideas.submitted(office), reason="unclear", words="더 적어 주세요.", by=listener
        ),
        elsewhere=elsewhere,
        claimed=answering.claimed(answering.reviewed(office), by=head),
        unanswered=answering.reviewed(office),
        committee=rooms.at_work().committee,
    )


def all_sweeps(moment: datetime) -> None:
    """What the clock would start at this moment."""
    with clock.at(moment):
        for sweep in SWEEPS:
            sweep()


def everything() -> Snapshot:
    return snapshot(*KEPT)


def ends(lived: Lived) -> Iterator[tuple[str, str, int]]:
    """Of each: where it stands, why, and how often that happened."""
    for row in (lived.quiet, lived.returned, lived.elsewhere, lived.claimed):
        step = row.steps.latest("seq")
        again = row.steps.filter(to_status=step.to_status, cause=step.cause)
        yield step.to_status, step.cause, again.count()


def assert_each_once(lived: Lived) -> None:
    assert list(ends(lived)) == [
        ("dormant", Cause.WINDOW, 1),
        ("withdrawn", "", 1),
        ("under_review", Cause.FOLLOW_UP, 1),
        ("implemented", Cause.SILENT, 1),
    ]
    levels = ["late", "head", "mayor"]
    told = lived.unanswered.reminders.order_by("id").values_list("level", flat=True)
    assert list(told) == levels
    reports = list(lived.committee.reports.order_by("number"))
    assert [report.number for report in reports] == [1, 2, 3, 4]
    late = reports[0].told.filter(level__in=levels).order_by("id")
    assert list(late.values_list("level", flat=True)) == levels
    assert not reports[3].told.filter(level__in=levels).exists()
    check_ledger(settled=False)


@pytest.mark.django_db
def test_after_weeks_without_a_clock_each_due_thing_is_done_once() -> None:
    stood = lived()
    later = clock.now() + AWAY

    all_sweeps(later)

    assert_each_once(stood)
    before = everything()
    for moment in (later, later + timedelta(seconds=90), later - timedelta(hours=1)):
        all_sweeps(moment)
    assert everything() == before


def test_four_clocks_at_once_do_each_thing_once(house: House) -> None:
    build_city()
    stood = lived()
    later = clock.now() + AWAY

    came_to = all_at_once([lambda: all_sweeps(later)] * CLOCKS)
    all_sweeps(later)  # what one held while another one looked

    assert came_to == {"won": CLOCKS}
    assert_each_once(stood)
