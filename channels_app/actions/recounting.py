"""Recount: a holiday was declared, or taken back; the open dates it touches are counted anew."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import groupby
from operator import attrgetter

from django.db import transaction
from django.db.models import Max, Q

from channels_app import rules
from channels_app.models import Message
from channels_app.states import IN_HAND, Cause, MessageStatus
from lifecycle import clock, workdays
from lifecycle.bulk import move_all
from lifecycle.models import Holiday

log = logging.getLogger(__name__)
COUNTED_AT_ONCE = 200
# Whoever received a voice in these minutes may have counted by the calendar of before, on
# another server whose clock is another one.
SETTLED = timedelta(minutes=5)


def recount(holiday: Holiday) -> Iterator[int]:
    """Count anew, batch by batch, telling how many dates moved; safe to run twice, or to break off.

    The last word is that all are counted: it is not said while a row is held by somebody else,
    nor in the first minutes.
    """
    whole = clock.now() - holiday.at >= SETTLED
    for pks in _batches(_touched_by(holiday.day)):
        moved, all_counted = recount_messages(pks)
        whole = whole and all_counted
        yield moved
    for pks in _batches(_undecided_over(holiday.day)):
        yield recount_decisions(pks)
    if whole:
        Holiday.objects.filter(pk=holiday.pk).update(recounted_at=clock.now())


@transaction.atomic
def recount_messages(pks: Sequence[int]) -> tuple[int, bool]:
    """The dates of these as the calendar of now has them; and whether none had to be left out.

    A row that somebody else holds, or whose answer is leaving this second, is left out.
    """
    rows = Message.objects.all_locked(pks, skip_locked=True)
    open_rows = [row for row in rows if row.status in IN_HAND and row.clock_days is not None]
    left_out = len(rows) < len(pks) or any(row.status == MessageStatus.ANSWERED for row in rows)
    moved = 0
    for status, some in groupby(sorted(open_rows, key=attrgetter("status")), attrgetter("status")):
        dates = {row.pk: due for row in some if (due := _due_of(row)) != row.due_at}
        late = [row for row in open_rows if row.pk in dates]
        done = move_all(late, status, by=None, cause=Cause.CALENDAR, due_at=dates)
        for pk, problem in done.refused.items():
            log.error("message %s keeps its old date: %s", pk, problem)
            left_out = True
        moved += len(done.rows)
    _recount_routing([row for row in rows if row.status == MessageStatus.RECEIVED])
    return moved, not left_out


def _due_of(message: Message) -> datetime:
    """As at its start, by the hours of then: a rule amended since moves no date."""
    with clock.at(message.clock_from):
        return workdays.due_after(message.clock_from, message.clock_days or 0)


def _recount_routing(rows: Iterable[Message]) -> None:
    """The centre's own date for finding the office; no promise to anybody, so no Step."""
    for row in rows:
        with clock.at(row.received_at):
            by = workdays.add_working_hours(row.received_at, rules.ROUTE_BY_PERSON.value())
        if by != row.route_by:
            Message.objects.filter(pk=row.pk).update(route_by=by)


@transaction.atomic
def recount_decisions(pks: Sequence[int]) -> int:
    """By when an officer decides who may read these."""
    moved = 0
    held = Message.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=pks)
    rows = list(held.undecided().order_by("pk"))
    since = _undecided_since(rows)
    for row in rows:
        with clock.at(since[row.pk]):
            by = rules.decide_by(since[row.pk])
        if by != row.publication_due_at:
            moved += Message.objects.filter(pk=row.pk).update(publication_due_at=by)
    return moved


def _undecided_since(rows: Sequence[Message]) -> dict[int, datetime]:
    """Received so, reported so, or taken up again so: the last of the three."""
    found = Message.objects.filter(pk__in=[row.pk for row in rows]).annotate(
        changed=Max("publication_changes__at"),
        restored=Max("steps__at", filter=Q(steps__from_status=MessageStatus.SET_ASIDE)),
    )
    return {
        pk: max(moment for moment in moments if moment)
        for pk, *moments in found.values_list("pk", "received_at", "changed", "restored")
    }


def _touched_by(day: date) -> Iterator[int]:
    """Open messages whose clock, or whose search for an office, runs over this day."""
    begins = datetime.combine(day, time.min, clock.SEOUL)
    ends = begins + timedelta(days=1)
    runs = Q(due_at__gte=begins, clock_days__isnull=False) | Q(
        route_by__gte=begins, status=MessageStatus.RECEIVED
    )
    rows = Message.objects.unfinished().filter(runs, clock_from__lt=ends)
    return rows.order_by("pk").values_list("pk", flat=True).iterator()


def _undecided_over(day: date) -> Iterator[int]:
    """Held or reported before the end of this day, to be decided on it or later."""
    begins = datetime.combine(day, time.min, clock.SEOUL)
    rows = Message.objects.undecided().filter(
        publication_due_at__gte=begins, received_at__lt=begins + timedelta(days=1)
    )
    return rows.order_by("pk").values_list("pk", flat=True).iterator()


def _batches(keys: Iterator[int]) -> Iterator[list[int]]:
    """All keys are read first: no cursor stays open over the transactions."""
    every = list(keys)
    for start in range(0, len(every), COUNTED_AT_ONCE):
        yield every[start : start + COUNTED_AT_ONCE]
