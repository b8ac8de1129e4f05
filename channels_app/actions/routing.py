"""Route: find the office, by rules or by a person; pass on; hand back."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from channels_app import rules
from channels_app.models import Message, RoutingDecision
from channels_app.states import MessageStatus
from channels_app.text.masking import mask
from channels_app.text.routing import Candidate, Weigher
from lifecycle import clock
from people.models import Office, User


@transaction.atomic
def consider(message: Message, *, weigher: Weigher) -> Message:
    """Let the rules look at a received message: route it, or leave it to a reader."""
    message = Message.objects.locked(message.pk)
    if message.status != MessageStatus.RECEIVED or message.needs_reader:
        return message
    verdict = weigher.verdict(
        message.text, floor=rules.ROUTE_FLOOR.value(), margin=rules.ROUTE_MARGIN.value()
    )
    office = Office.objects.get(pk=verdict.office) if verdict.office else None
    _decide(message, office, by=None, candidates=verdict.candidates)
    if office is None:
        _read_by_person(message)
    else:
        message.move(MessageStatus.ROUTED, by=None, office=office)
    return message


@transaction.atomic
def route(
    message: Message, *, to: Office, by: User, version: int | None = None, reason: str = ""
) -> Message:
    """Give the message to an office: from the centre, or passed on. The public date stays."""
    message = Message.objects.locked(message.pk)
    if not message.may_be_routed_by(by) or to.closed:
        raise PermissionDenied
    message.move(
        MessageStatus.ROUTED,
        by=by,
        only_from={MessageStatus.RECEIVED, MessageStatus.ROUTED},
        version=version,
        office=to,
        note=reason,
    )
    _decide(message, to, by=by, reason=reason)
    Message.objects.filter(pk=message.pk).update(needs_reader=False)
    return message


@transaction.atomic
def hand_back(message: Message, *, reason: str, by: User, version: int | None = None) -> Message:
    """Return it to the centre: it is not ours. The reason is compulsory."""
    message = Message.objects.locked(message.pk)
    if not message.may_be_handed_back_by(by):
        raise PermissionDenied
    if not reason.strip():
        raise ValueError("handing back needs a reason")
    centre = Office.objects.centre()
    message.move(
        MessageStatus.RECEIVED,
        by=by,
        only_from={MessageStatus.ROUTED},
        version=version,
        office=centre,
        note=reason,
    )
    Message.objects.filter(pk=message.pk).update(needs_reader=True, hand_backs=F("hand_backs") + 1)
    return message


def _read_by_person(message: Message) -> None:
    message.needs_reader = True
    message.save(update_fields=["needs_reader"])


def _decide(
    message: Message,
    office: Office | None,
    *,
    by: User | None,
    candidates: tuple[Candidate, ...] = (),
    reason: str = "",
) -> None:
    """Keep why; a word is quoted as the public copy has it."""
    RoutingDecision.objects.create(
        message=message,
        office=office,
        by=by,
        reason=mask(reason)[:200],
        at=clock.now(),
        candidates=[
            {
                "office": candidate.office,
                "points": candidate.points,
                "words": [mask(word) for word in candidate.words],
            }
            for candidate in candidates
        ],
    )
