"""The clock's door of suggestions: find what is due, call an action. Safe to run twice, or late."""

from celery import shared_task

from channels_app.models import Message
from lifecycle.models import Heartbeat
from lifecycle.sparing import Turn
from suggestions import actions, rules, talk_rules
from suggestions.models import Comment, Committee, Petition, Seat, Suggestion, reports

MOST = 5000  # at one time; so a row that can't be moved doesn't hide the others behind it


@shared_task
def take_up_ideas() -> None:
    """Every few seconds: public ideas that have their office gather support from now on."""
    if rules.takes_up():
        turn = Turn("take_up_ideas")
        waiting = turn.awake(Message.objects.ideas_for_everyone()).values_list("pk", flat=True)
        turn.in_batches(actions.take_up_ideas, list(waiting[:MOST]), Message)
    Heartbeat.beat("take_up_ideas")


@shared_task
def open_petitions() -> None:
    """Every few seconds: petitions whose authors confirmed their address are shown to everyone."""
    turn = Turn("open_petitions")
    waiting = turn.awake(Petition.objects.confirmed().select_related("message"))
    turn.each(actions.open_petition, waiting[:MOST])
    Heartbeat.beat("open_petitions")


@shared_task
def spread() -> None:
    """Every few seconds: those who follow a suggestion hear of what changed."""
    turn = Turn("spread")
    changed = turn.awake(Suggestion.objects.with_untold_steps()).values_list("pk", flat=True)
    turn.in_batches(actions.spread_steps, list(changed[:MOST]), Suggestion)
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
    turn = Turn("close_windows")
    for rows, act in (
        (Suggestion.objects.window_closed(), actions.fall_asleep),
        (
            Suggestion.objects.never_corrected().order_by("due_at", "id"),
            actions.give_up_uncorrected,
        ),
        (Suggestion.objects.slept_long().order_by("due_at", "id"), actions.look_again),
    ):
        turn.each(act, turn.awake(rows)[:MOST].iterator())
    Heartbeat.beat("close_windows")


@shared_task
def propose_alike() -> None:
    """Every minute: what is new is compared with what is on its way; a person decides."""
    if talk_rules.proposes_clusters():
        turn = Turn("propose_alike")
        waiting = turn.awake(Suggestion.objects.uncompared()).values_list("pk", flat=True)
        turn.in_batches(actions.propose_alike, list(waiting[:MOST]), Suggestion)
    Heartbeat.beat("propose_alike")


@shared_task
def forget_unconfirmed() -> None:
    """Every hour: comments that nobody confirmed in time are deleted."""
    turn = Turn("forget_unconfirmed")
    old = turn.awake(Comment.objects.to_forget()).values_list("pk", flat=True)
    turn.in_batches(actions.forget_unconfirmed, list(old[:MOST]), Comment)
    Heartbeat.beat("forget_unconfirmed")


@shared_task
def follow_up() -> None:
    """Every minute: what waits elsewhere comes back, nobody objected, a survey begins."""
    turn = Turn("follow_up")
    for rows, act in (
        (Suggestion.objects.to_look_at_again(), actions.take_up_again),
        (Suggestion.objects.claimed_without_dispute(), actions.confirm_by_silence),
        (Suggestion.objects.to_survey(), actions.open_survey),
    ):
        turn.each(act, turn.awake(rows)[:MOST].iterator())
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
    turn = Turn("watch_committees")
    turn.each(actions.fall_silent, turn.awake(Committee.objects.silent())[:MOST].iterator())
    turn.each(_end_term, turn.awake(Seat.objects.whose_term_is_over())[:MOST])
    Heartbeat.beat("watch_committees")


def _end_term(seat: Seat) -> None:
    actions.give_up_seat(seat, by=None)


@shared_task
def keep_reports() -> None:
    """Every minute: each fortnight has its row, and a late report is told of, level by level."""
    turn = Turn("keep_reports")
    committees, offices = reports.committees_without(), reports.offices_without()
    turn.each(actions.open_reports_of_committee, turn.awake(committees).iterator())
    turn.each(actions.open_reports_of_office, turn.awake(offices).iterator())
    for _told in actions.tell_of_late():
        Heartbeat.beat("keep_reports")
    Heartbeat.beat("keep_reports")
