"""Undo: the last step of an officer is taken back within seconds, by a step of its own."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Self

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.dateparse import parse_datetime

from channels_app import rules
from channels_app.actions import joining
from channels_app.models import Message, RoutingDecision
from channels_app.states import Cause, MessageStatus
from lifecycle import clock
from lifecycle.errors import OvertakenError
from people.models import Office, User

SHOWING = ("publication_due_at", "screened_at")
WAITING = ("waiting_since", "waiting_until")
MOMENTS = ("due_at", *SHOWING, *WAITING)
UNDONE = "taken back within seconds"


@dataclass(frozen=True)
class Stood:
    """How a message stood before an act: all that routing, joining and setting aside change.

    `version` is the one the act left behind: nobody has touched it since as long as it holds.
    `parted` are those that were joined to it and that the act gave a way of their own.
    """

    pk: int
    code: str
    version: int
    status: str
    office: int
    due_at: str | None
    lead: int | None
    hand_backs: int
    needs_reader: bool
    set_aside_reason: str
    publication_due_at: str | None
    screened_at: str | None
    screened_by: int | None
    waiting_since: str | None
    waiting_until: str | None
    parted: tuple["Stood", ...] = ()

    @classmethod
    def of(cls, message: Message, *, parted: Iterable[Message] = ()) -> Self:
        """Before the act, which will take exactly one step of each."""
        return cls(
            pk=message.pk,
            code=message.code,
            version=message.version + 1,
            status=message.status,
            office=message.office_id or 0,
            lead=message.lead_id,
            hand_backs=message.hand_backs,
            needs_reader=message.needs_reader,
            set_aside_reason=message.set_aside_reason,
            screened_by=message.screened_by_id,
            parted=tuple(cls.of(one) for one in parted),
            **{name: _written(getattr(message, name)) for name in MOMENTS},
        )

    def kept(self) -> dict[str, Any]:
        """As JSON takes it."""
        return asdict(self)

    @classmethod
    def from_kept(cls, row: Mapping[str, Any]) -> Self:
        """As it was kept."""
        parted = tuple(cls.from_kept(one) for one in row.get("parted", ()))
        return cls(**{**row, "parted": parted})


@transaction.atomic
def undo(stood: Stood, *, by: User) -> Message:
    """Put a message back where it stood, by one compensating Step.

    What the act parted from it is joined to it again, unless somebody has acted on that since.

    Only by the officer who took the last step, and within the Rulebook's seconds. What nobody was
    told of yet is not told at all. Raises OvertakenError where somebody has acted since, or the
    seconds are over; PermissionDenied for anybody else.
    """
    message = joining.locked_beside_lead(stood.pk)
    message.must_stand_at(stood.version)
    last = message.steps.get(seq=message.version)
    if last.by_id != by.pk:
        raise PermissionDenied
    seconds = timedelta(seconds=rules.ANSWER_LEAVES_AFTER.value())
    if clock.now() > last.at + seconds:
        raise OvertakenError(f"{message!r}: the seconds are over")
    untold = message.told_version < message.version
    office = Office.objects.get(pk=stood.office)
    message.move(
        stood.status,
        by=by,
        cause=Cause.UNDONE,
        office=office,
        due_at=_read(stood.due_at),
        **_columns(stood, after=last.to_status),
    )
    if last.to_status == MessageStatus.JOINED:
        joining.hold_back_foreign_answers(message)
    if untold:
        Message.objects.filter(pk=message.pk).update(told_version=message.version)
    if last.to_status == MessageStatus.ROUTED:
        to = office if stood.status == MessageStatus.ROUTED else None
        RoutingDecision.objects.create(
            message=message, office=to, by=by, reason=UNDONE, at=clock.now()
        )
    for one in stood.parted:
        with suppress(OvertakenError), transaction.atomic():
            undo(one, by=by)
    return message


def _columns(stood: Stood, *, after: str) -> dict[str, Any]:
    """What that step changed. Only setting aside decides whether readers see a message.

    Whoever shows, hides or reports it takes no step: that has to hold.
    """
    names = ("hand_backs", "needs_reader", "set_aside_reason")
    columns = {name: getattr(stood, name) for name in names}
    columns |= {name: _read(getattr(stood, name)) for name in WAITING}
    columns["lead_id"] = stood.lead
    if after == MessageStatus.SET_ASIDE:
        columns |= {name: _read(getattr(stood, name)) for name in SHOWING}
        columns["screened_by_id"] = stood.screened_by
    return columns


def _written(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _read(moment: str | None) -> datetime | None:
    return parse_datetime(moment) if moment else None
