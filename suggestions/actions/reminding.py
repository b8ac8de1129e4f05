"""Remind: what is late stands on more and more lists, each once."""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from channels_app import deadlines
from channels_app.models import Level
from lifecycle import clock
from people.models import Office, OfficeKind
from suggestions.actions.spreading import spread_late
from suggestions.models import (
    ActionItem,
    Appeal,
    Overdue,
    Promise,
    Suggestion,
    SuggestionReminder,
)
from suggestions.models.suggestions import SuggestionQuerySet
from suggestions.states import SUGGESTION_FINAL, SuggestionStatus

AT_ONCE = 500
# Their dates are kept by a sweep: nobody owes a word meanwhile.
KEPT_BY_SWEEPS = frozenset(
    {
        SuggestionStatus.OPEN,
        SuggestionStatus.DORMANT,
        SuggestionStatus.RETURNED,
        SuggestionStatus.PASSED_ON,
        SuggestionStatus.LONG_TERM,
        SuggestionStatus.CLAIMED_DONE,
    }
)
OfOffice = Callable[[Office], Office]


def remind() -> Iterator[int]:
    """One row for each date that has come to a level, batch by batch; safe to run twice or late."""
    for level, days, told in _levels():
        while made := _remind_some(level, days, told):
            yield made
        for name, rows in BESIDE.items():
            while made := _remind_beside(name, rows(), level, days, told):
                yield made


def _levels() -> tuple[tuple[Level, int, OfOffice], ...]:
    """How many days past its date who is told."""
    return (
        (Level.LATE, 0, _itself),
        (Level.HEAD, deadlines.LATE_TO_HEAD.value(), _its_head),
        (Level.MAYOR, deadlines.LATE_TO_MAYOR.value(), _mayor),
    )


def late_and_not_listed() -> SuggestionQuerySet:
    """Their date has passed, and no list says so yet."""
    return _unlisted(Level.LATE, 0)


def _unlisted(level: str, days: int) -> SuggestionQuerySet:
    before = SuggestionReminder.objects.filter(
        suggestion=OuterRef("pk"), level=level, due_at=OuterRef("due_at")
    )
    passed = clock.now() - timedelta(days=days)
    return Suggestion.objects.filter(_owed(), ~Exists(before), due_at__lt=passed)


@transaction.atomic
def _remind_some(level: str, days: int, told: OfOffice) -> int:
    """The rows are held meanwhile: none is answered as it is reminded of."""
    rows = list(
        _unlisted(level, days)
        .select_for_update(of=("self",), skip_locked=True, no_key=True)
        .select_related("office", "message")
        .order_by("due_at", "id")[:AT_ONCE]
    )
    offices = {row.office_id: told(row.office) for row in rows if row.office is not None}
    if level == Level.LATE:
        spread_late(rows)
    made = SuggestionReminder.objects.bulk_create(
        (
            SuggestionReminder(
                suggestion=row,
                level=level,
                due_at=row.due_at,
                at=clock.now(),
                office=offices[row.office_id],
            )
            for row in rows
            if row.due_at is not None
        ),
        ignore_conflicts=True,
    )
    return len(made)


@transaction.atomic
def _remind_beside(name: str, rows: QuerySet[Any], level: Level, days: int, told: OfOffice) -> int:
    """What is late beside suggestions themselves; `name` is its column in `Overdue`."""
    before = Overdue.objects.filter(
        **{name: OuterRef("pk")}, level=level, due_at=OuterRef("due_at")
    )
    late = rows.filter(~Exists(before), due_at__lt=clock.now() - timedelta(days=days))
    held = list(
        late.select_for_update(of=("self",), skip_locked=True, no_key=True)
        .select_related("office")
        .order_by("due_at", "id")[:AT_ONCE]
    )
    offices = {row.office_id: told(row.office) for row in held}
    made = Overdue.objects.bulk_create(
        (
            Overdue(
                **{name: row},
                level=level,
                due_at=row.due_at,
                at=clock.now(),
                office=offices[row.office_id],
            )
            for row in held
        ),
        ignore_conflicts=True,
    )
    return len(made)


# What has dates of its own, by its column in `Overdue`: of each what is still owed.
BESIDE: Mapping[str, Callable[[], QuerySet[Any]]] = {
    "item": ActionItem.objects.owed,
    "promise": Promise.objects.unfinished,
    "appeal": Appeal.objects.waiting,
}


def _owed() -> Q:
    """Somebody owes the next word; what was done is, until its survey opens, the sweep's."""
    unasked = Q(status=SuggestionStatus.IMPLEMENTED, evaluation__isnull=True)
    return ~Q(status__in=KEPT_BY_SWEEPS | SUGGESTION_FINAL) & ~unasked


def _itself(office: Office) -> Office:
    return office


def _its_head(office: Office) -> Office:
    return office.headed_by or office


def _mayor(office: Office) -> Office:
    """The mayor's own; where there is none, whoever is in charge."""
    return Office.objects.filter(kind=OfficeKind.MAYOR, closed=False).order_by("pk").first() or (
        office
    )
