"""The clock's door of suggestions: find what is due, call an action. Safe to run twice, or late."""

import logging
from collections.abc import Callable
from typing import TypeVar

from celery import shared_task
from django.db import InterfaceError, OperationalError
from django.db.models import QuerySet

from channels_app.models import Message
from lifecycle.models import Heartbeat
from suggestions import actions, rules, talk_rules
from suggestions.models import Comment, Committee, Petition, Seat, Suggestion, reports

log = logging.getLogger(__name__)
AT_ONCE = 100
MOST = 5000  # at one time
T = TypeVar("T")


@shared_task
def take_up_ideas() -> None:
    """Every few seconds: public ideas that have their office gather support from now on."""
    if rules.takes_up():
        waiting = list(Message.objects.ideas_for_everyone().values_list("pk", flat=True)[:MOST])
        for start in range(0, len(waiting), AT_ONCE):
            _take_up(waiting[start : start + AT_ONCE])
            Heartbeat.beat("take_up_ideas")  # a long backlog is progress too
    Heartbeat.beat("take_up_ideas")


def _take_up(pks: list[int]) -> None:
    """A batch in one transaction; where something in it is wrong, each in one of its own."""
    try:
        actions.take_up_ideas(pks)
    except (OperationalError, InterfaceError):
        raise
    except Exception as problem:
        log.warning("taking up one by one: %s among %d", type(problem).__name__, len(pks))
        for pk in pks:
            _spare_the_others(_take_up_alone, pk)


def _take_up_alone(pk: int) -> None:
    actions.take_up_ideas([pk])


@shared_task
def open_petitions() -> None:
    """Every few seconds: petitions whose authors confirmed their address are shown to everyone."""
    for petition in Petition.objects.confirmed().select_related("message")[:MOST]:
        _spare_the_others(actions.open_petition, petition)
        Heartbeat.beat("open_petitions")
    Heartbeat.beat("open_petitions")


@shared_task
def spread() -> None:
    """Every few seconds: those who follow a suggestion hear of what changed."""
    changed = list(Suggestion.objects.with_untold_steps().values_list("pk", flat=True)[:MOST])
    for start in range(0, len(changed), AT_ONCE):
        _spare_the_others(actions.spread_steps, changed[start : start + AT_ONCE])
        Heartbeat.beat("spread")  # many changes are progress too
    Heartbeat.beat("spread")


@shared_task
def add_up_tallies() -> None:
    """Every few seconds: how many suggestions are in each status is one row again."""
    actions.add_up_tallies()
    Heartbeat.beat("add_up_tallies")


@shared_task
def count_supports() -> None:
    """Every second: who supports what is added up, and thresholds are latched."""
    while actions.count_supports():
        Heartbeat.beat("count_supports")  # a flood is progress too
    actions.latch_clusters()
    Heartbeat.beat("count_supports")


@shared_task
def close_windows() -> None:
    """Every minute: what gathered too little falls asleep, what was not corrected is given up."""
    for rows, act in (
        (Suggestion.objects.window_closed(), actions.fall_asleep),
        (
            Suggestion.objects.never_corrected().order_by("due_at", "id"),
            actions.give_up_uncorrected,
        ),
        (Suggestion.objects.slept_long().order_by("due_at", "id"), actions.look_again),
    ):
        _each(rows, act)
    Heartbeat.beat("close_windows")


@shared_task
def propose_alike() -> None:
    """Every minute: what is new is compared with what is on its way; a person decides."""
    if talk_rules.proposes_clusters():
        waiting = list(Suggestion.objects.uncompared().values_list("pk", flat=True)[:MOST])
        for start in range(0, len(waiting), AT_ONCE):
            _spare_the_others(actions.propose_alike, waiting[start : start + AT_ONCE])
            Heartbeat.beat("propose_alike")
    Heartbeat.beat("propose_alike")


@shared_task
def forget_unconfirmed() -> None:
    """Every hour: comments that nobody confirmed in time are deleted."""
    pks = list(Comment.objects.to_forget().values_list("pk", flat=True)[:MOST])
    for start in range(0, len(pks), AT_ONCE):
        _spare_the_others(actions.forget_unconfirmed, pks[start : start + AT_ONCE])
        Heartbeat.beat("forget_unconfirmed")
    Heartbeat.beat("forget_unconfirmed")


@shared_task
def follow_up() -> None:
    """Every minute: what waits elsewhere comes back, nobody objected, a survey begins."""
    for rows, act in (
        (Suggestion.objects.to_look_at_again(), actions.take_up_again),
        (Suggestion.objects.claimed_without_dispute(), actions.confirm_by_silence),
        (Suggestion.objects.to_survey(), actions.open_survey),
    ):
        _each(rows, act, sweep="follow_up")
    Heartbeat.beat("follow_up")


@shared_task
def invite_to_surveys() -> None:
    """Every minute: those who followed what was done are asked whether it helps."""
    for _batch in actions.invite_to_survey():
        Heartbeat.beat("invite_to_surveys")  # a crowd is progress too
    Heartbeat.beat("invite_to_surveys")


@shared_task
def remind_of_suggestions() -> None:
    """Every minute: what is late stands on the lists of its office, its head, the mayor."""
    for _batch in actions.remind():
        Heartbeat.beat("remind_of_suggestions")
    Heartbeat.beat("remind_of_suggestions")


@shared_task
def watch_committees() -> None:
    """Every minute: what has not met for long is asleep for everyone to read; terms end."""
    for committee in Committee.objects.silent()[:MOST].iterator():
        _spare_the_others(actions.fall_silent, committee)
    for seat in Seat.objects.whose_term_is_over()[:MOST]:
        _spare_the_others(_end_term, seat)
    Heartbeat.beat("watch_committees")


def _end_term(seat: Seat) -> None:
    actions.give_up_seat(seat, by=None)


@shared_task
def keep_reports() -> None:
    """Every minute: each fortnight has its row, and a late report is told of, level by level."""
    for committee in reports.committees_without().iterator():
        _spare_the_others(actions.open_reports_of_committee, committee)
        Heartbeat.beat("keep_reports")  # many committees are progress too
    for mandate in reports.offices_without().iterator():
        _spare_the_others(actions.open_reports_of_office, mandate)
        Heartbeat.beat("keep_reports")
    for _told in actions.tell_of_late():
        Heartbeat.beat("keep_reports")
    Heartbeat.beat("keep_reports")


def _each(
    rows: QuerySet[Suggestion],
    act: Callable[[Suggestion], object],
    *,
    sweep: str = "close_windows",
) -> None:
    for row in rows[:MOST].iterator():
        _spare_the_others(act, row)
        Heartbeat.beat(sweep)


def _spare_the_others(act: Callable[[T], object], row: T) -> None:
    """One poisoned row must not stop the others; it stays what it is."""
    try:
        act(row)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        log.exception("%s failed: %s", getattr(act, "__name__", act), row)
