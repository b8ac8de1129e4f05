"""Join: the same matter as another message; its own receipt is kept, one answer serves both."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from channels_app.models import DeliveryEvent, Kind, Message
from channels_app.models.deliveries import NO_LONGER_JOINED
from channels_app.states import DeliveryState, MessageStatus
from lifecycle.errors import OvertakenError, WrongTurnError
from people.models import Office, User


@transaction.atomic
def join(message: Message, *, to: Message, by: User | None, version: int | None = None) -> Message:
    """Let the answer to `to` be the answer to this one too; `by` is None for its author's choice.

    A lead is open and never joined itself, and a message that leads others can't be joined: join
    those to it, or part them first. Nor can one whose author has come back: that is answered
    alone. An author can only name what everyone may read.
    """
    message, lead = _both_locked(message, to)
    if by is None and not lead.is_public:
        raise PermissionDenied
    if by is not None and not (message.may_be_screened_by(by) and lead.may_be_screened_by(by)):
        raise PermissionDenied
    _follow(message, lead, by=by, version=version)
    return message


@transaction.atomic
def join_for_caller(message: Message, *, to: Message, by: User) -> Message:
    """The officer on the phone joins what was just written down to a case of the same person.

    Or to one that everyone may read. The same address is what makes it the same person.
    """
    message, lead = _both_locked(message, to)
    same_person = message.contact_id is not None and message.contact_id == lead.contact_id
    if not message.was_entered_by(by) or not (lead.is_public or same_person):
        raise PermissionDenied
    _follow(message, lead, by=by)
    return message


def _follow(
    message: Message, lead: Message, *, by: User | None, version: int | None = None
) -> None:
    """Both rows are locked by the caller, who has asked for the rights."""
    if message == lead or not lead.may_lead or not message.may_be_joined:
        raise WrongTurnError(f"{message!r} can't be joined to {lead!r}")
    message.move(
        MessageStatus.JOINED,
        by=by,
        version=version,
        office=lead.office,
        note=lead.code,
        lead=lead,
        **message.end_of_waiting(),
    )


@transaction.atomic
def un_join(message: Message, *, reason: str, by: User, version: int | None = None) -> Message:
    """It is a matter of its own after all: back to the centre, under the date first promised."""
    message = Message.objects.get(pk=message.pk)
    if message.lead is None:
        raise WrongTurnError(f"{message!r} is joined to nothing")
    message, lead = _both_locked(message, message.lead)
    if message.lead_id != lead.pk:
        raise OvertakenError(f"{message!r} was parted by somebody else")
    if not message.may_be_screened_by(by):
        raise PermissionDenied
    if not reason.strip():
        raise ValueError("parting needs a reason")
    part(message, by=by, reason=reason, version=version)
    return message


def part(
    message: Message, *, by: User | None, reason: str = "", version: int | None = None
) -> None:
    """Give a joined message back to the centre; its row and its lead's are locked by the caller.

    What has not left yet of an answer that is not its own any more never leaves.
    """
    message.move(
        MessageStatus.RECEIVED,
        by=by,
        only_from={MessageStatus.JOINED},
        version=version,
        office=Office.objects.centre(),
        note=reason,
        lead=None,
        needs_reader=True,
    )
    hold_back_foreign_answers(message)


def hold_back_foreign_answers(message: Message) -> None:
    """An answer to the lead that hasn't left for the author of a parted message stays here."""
    rows = message.deliveries.filter(event=DeliveryEvent.ANSWER, state=DeliveryState.QUEUED)
    for row in rows.exclude(reply__message=message).select_for_update(of=("self",)):
        row.become(DeliveryState.CANCELLED, why=NO_LONGER_JOINED)


def join_as_chosen(message: Message, code: str) -> Message:
    """What its author chose while writing; what can't be joined stands alone, and is never lost.

    A danger waits for no slower matter: its own clock is the shortest.
    """
    lead = Message.objects.public().filter(code=code).first()
    if lead is None or (message.kind == Kind.HAZARD and lead.kind != Kind.HAZARD):
        return message
    try:
        with transaction.atomic():
            return join(message, to=lead, by=None)
    except (PermissionDenied, WrongTurnError):
        return message


def lead_with_joined(pk: int) -> tuple[Message, list[Message]]:
    """The lead and all that are joined to it, locked in the one order everybody locks in."""
    joined = Message.objects.filter(lead=pk).values_list("pk", flat=True)
    rows = Message.objects.all_locked({pk, *joined})
    lead = next(row for row in rows if row.pk == pk)
    return lead, [row for row in rows if row.lead_id == pk]


def locked_beside_lead(pk: int) -> Message:
    """A message, locked together with the one it is joined to, if any."""
    lead = Message.objects.values_list("lead", flat=True).get(pk=pk)
    rows = Message.objects.all_locked({pk, lead or pk})
    return next(row for row in rows if row.pk == pk)


def _both_locked(message: Message, lead: Message) -> tuple[Message, Message]:
    rows = {row.pk: row for row in Message.objects.all_locked({message.pk, lead.pk})}
    return rows[message.pk], rows[lead.pk]
