"""Remind: who is told that a date comes near or has passed, each once, whatever the beat did."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from channels_app import deadlines, duties
from channels_app.models import Delivery, DeliveryEvent, Kind, Level, Message, Reminder
from channels_app.models.contacts import ContactKind
from channels_app.models.message_rows import MessageQuerySet
from channels_app.states import IN_HAND
from lifecycle import clock, workdays
from lifecycle.rules import Declared
from lifecycle.sparing import spared
from people.models import Office, OfficeKind

REMINDED_AT_ONCE = 500
OfOffice = Callable[[Office], Office]


def remind() -> Iterator[int]:
    """One row for each date that has come to a level, batch by batch; safe to run twice or late.

    A row that somebody holds at this moment is found by the next sweep.
    """
    for level, due, told in (
        (Level.SOON, _comes_near(), _itself),
        (Level.LATE, Q(due_at__lt=clock.now()), _itself),
        (Level.HEAD, _late_by(deadlines.LATE_TO_HEAD, deadlines.LATE_HAZARD_TO_HEAD), _its_head),
        (Level.MAYOR, _late_by(deadlines.LATE_TO_MAYOR, deadlines.LATE_HAZARD_TO_MAYOR), _mayor),
    ):
        while made := _remind_some(level, due, told):
            yield made


def _comes_near() -> Q:
    """Its date is the next working hours; before the rules have seen it, it is nobody's yet."""
    moment = clock.now()
    near = workdays.add_working_hours(moment, deadlines.REMIND_BEFORE.value())
    unseen = Q(pk__in=Message.objects.waiting_to_be_routed().values("pk"))
    return Q(due_at__gte=moment, due_at__lt=near) & ~unseen


def _late_by(days: Declared[int], hours: Declared[int]) -> Q:
    """So much past its date; for a danger hours count."""
    moment = clock.now()
    slow = Q(due_at__lt=moment - timedelta(days=days.value()))
    quick = Q(due_at__lt=moment - timedelta(hours=hours.value()))
    return (slow & ~Q(kind=Kind.HAZARD)) | (quick & Q(kind=Kind.HAZARD))


@transaction.atomic
def _remind_some(level: str, due: Q, told: OfOffice) -> int:
    """The rows are held meanwhile: none is answered, nor its date moved, as it is reminded of."""
    rows = list(
        _unreminded(level, due)
        .select_for_update(of=("self",), skip_locked=True, no_key=True)
        .only("pk", "office", "due_at")
        .order_by("due_at", "id")[:REMINDED_AT_ONCE]
    )
    offices = _told_of(rows, told)
    made = Reminder.objects.bulk_create(
        (
            Reminder(
                message=row,
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


def _unreminded(level: str, due: Q) -> MessageQuerySet:
    """Open, its author is not waited for, and this date has not come to this level before."""
    before = Reminder.objects.filter(message=OuterRef("pk"), level=level, due_at=OuterRef("due_at"))
    owed = Message.objects.filter(due, status__in=IN_HAND, waiting_since__isnull=True)
    return owed.filter(~Exists(before))


def _told_of(rows: Iterable[Message], told: OfOffice) -> dict[int | None, Office]:
    offices = Office.objects.in_bulk({row.office_id for row in rows if row.office_id})
    return {pk: told(office) for pk, office in offices.items()}


def _itself(office: Office) -> Office:
    return office


def _its_head(office: Office) -> Office:
    return office.headed_by or office


def _mayor(office: Office) -> Office:
    """The mayor's own; where there is none, whoever is in charge."""
    return Office.objects.filter(kind=OfficeKind.MAYOR, closed=False).order_by("pk").first() or (
        office
    )


def tell_offices() -> Iterator[Delivery]:
    """What offices were not told yet: one mail for each, no more often than the Rulebook says."""
    offices: set[int] = set()
    for kind in duties.kinds:
        offices.update(kind.untold().order_by("office").values_list("office", flat=True).distinct())
    for pk in sorted(offices):
        mail = None
        with spared("tell_office", pk):
            mail = tell_office(pk)
        if mail:
            yield mail


@transaction.atomic
def tell_office(pk: int) -> Delivery | None:
    """One mail about all that this office was not told yet; none where it is too early.

    One sweep at a time: the row of the office is held, or two would both send the mail.
    """
    free = Office.objects.select_for_update(of=("self",), skip_locked=True, no_key=True)
    office = free.filter(pk=pk).first()
    if office is None or _was_told_lately(office):
        return None
    untold = [(kind, kind.untold().filter(office=office)) for kind in duties.kinds]
    oldest = [(kind, row) for kind, rows in untold if (row := rows.first())]
    if not oldest:
        return None
    kind, row = oldest[0]
    mail = Delivery.objects.create(
        event=DeliveryEvent.DUTY,
        message=kind.message_of(row),
        reminder=row if isinstance(row, Reminder) else None,
        office=office,
        channel=ContactKind.MAIL,
        created_at=clock.now(),
        next_at=clock.now(),
    )
    for _kind, rows in untold:
        rows.update(delivery=mail)
    return mail


def _was_told_lately(office: Office) -> bool:
    since: datetime = clock.now() - timedelta(minutes=deadlines.DUTY_MAILS.value())
    return Delivery.objects.filter(office=office, created_at__gt=since).exists()
