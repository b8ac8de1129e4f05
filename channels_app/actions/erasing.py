"""Erase: columns are blanked, rows stay; one line of evidence that holds nothing of it.

What everyone could read stays, masked, unless its author withdraws it. What only the office
could read goes whole; without it no office can answer, so an open case is closed.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet

from channels_app import blanking, erasure_list, keeping, rules
from channels_app.actions.answering import came_from
from channels_app.actions.joining import lead_with_joined, part
from channels_app.blanking import Tally
from channels_app.models import (
    Contact,
    Delivery,
    Erasure,
    ErasureCause,
    HiddenReason,
    InboundEvent,
    Message,
    Publication,
    PublicationChange,
    Reading,
    SetAsideReason,
    Topic,
)
from channels_app.models.deliveries import DeliveryQuerySet
from channels_app.states import DeliveryState, MessageStatus
from channels_app.text.masking import mask
from lifecycle import clock
from lifecycle.errors import WrongTurnError
from people import actions as people_actions
from people.models import User

MESSAGE, CONTACT, FOLLOW, ACCOUNT = "message", "contact", "follow", "account"
OF_ACCOUNT = ["account.address", "account.name", "account.sign_ins", "account.second_factors"]


@transaction.atomic
def erase_message(
    message: Message, *, by: User | None, reason: str = "", withdraw: bool = False
) -> Tally:
    """At the wish of its author: `by` is None where the private link, or a command, is the proof.

    `withdraw` takes the copy everyone can read as well. Raises WrongTurnError where nothing is
    left to erase.
    """
    if by is not None and not message.may_be_erased_by(by):
        raise PermissionDenied
    return _erase(message, ErasureCause.REQUEST, withdraw=withdraw, by=by, reason=reason)


@transaction.atomic
def expire_message(message: Message) -> Tally:
    """Its time is over. Raises WrongTurnError where it is not, or not any more."""
    return _erase(message, ErasureCause.RETENTION, rule=keeping.rule_of(message).name)


@transaction.atomic
def erase_person(contact: Contact, *, by: User | None, reason: str, withdraw: bool) -> Tally:
    """Every message that came with this address, and the address."""
    if by is not None and not by.is_at_centre:
        raise PermissionDenied
    done = [
        erase_message(message, by=by, reason=reason, withdraw=withdraw)
        for message in Message.objects.filter(contact=contact).order_by("pk")
    ]
    if Contact.objects.filter(pk=contact.pk, erased_at=None).exists():
        done.append(_erase_contact(contact, ErasureCause.REQUEST, by=by, reason=reason))
    return blanking.total(pair for tally in done for pair in tally.items())


@transaction.atomic
def expire_contact(contact: Contact) -> Tally:
    """Nobody owes anything to this address any more; what was said with it has its own time."""
    return _erase_contact(contact, ErasureCause.RETENTION, rule=rules.KEEP_CONTACT.name)


@transaction.atomic
def erase_account(user: User, *, by: User) -> None:
    """Somebody leaves; what they said to the city hangs on its private links, not on the account.

    The evidence holds the key of a row that is gone. Raises PermissionDenied.
    """
    key = str(user.pk)
    people_actions.leave(user, by=by)
    _record(ACCOUNT, key, OF_ACCOUNT, ErasureCause.REQUEST, by=None, again=None)


Expiring = tuple["QuerySet[Message] | QuerySet[Contact]", Callable[[Any], Tally], str]


def expiring() -> list[Expiring]:
    """What the Rulebook says is over: rows, the verb that erases one, the name of what is left."""
    return [
        (keeping.late_messages(), expire_message, keeping.LEFT_MESSAGES),
        (keeping.late_contacts(), expire_contact, keeping.LEFT_CONTACTS),
    ]


@transaction.atomic
def forget_readings(most: int = 10_000) -> int:
    """Delete the oldest lines of the access log, once the Rulebook lets go of them."""
    late = Reading.objects.kept_long_enough().order_by("at").values("pk")[:most]
    return Reading.objects.filter(pk__in=list(late.values_list("pk", flat=True))).delete()[0]


@transaction.atomic
def erase_again(erasure: Erasure) -> bool:
    """What a restored backup has brought back goes again; whether there was anything.

    An address that was given anew after it was erased is a new one and stays.
    """
    if erasure.kind == CONTACT:
        found = Contact.objects.filter(index=erasure.key, created_at__lte=erasure.at).first()
        return found is not None and bool(_erase_contact(found, erasure.cause, again=erasure))
    if erasure.kind == ACCOUNT:
        return _leave_again(erasure)
    message = Message.objects.filter(code=erasure.key).first()
    if message is None or (erasure.cause == ErasureCause.RETENTION and not message.is_final):
        return False  # not in this backup; or open there, so that its time has not begun
    withdraw = "message.masked_text" in erasure.columns
    if message.is_erased and (message.is_gone or not withdraw):
        return False
    return bool(_erase(message, erasure.cause, withdraw=withdraw, again=erasure))


def would_erase(message: Message, *, withdraw: bool = False, because: str = "") -> Tally:
    """What `erase_message` would blank, by table and rows; nothing is written."""
    whole = withdraw or not blanking.stays_public(message)
    parts = blanking.parts_of_message(message, whole=whole, because=because)
    if because != ErasureCause.RETENTION and (contact := _alone(message)):
        parts += blanking.goes_with_contact(message, contact, whole=whole)
    return blanking.count(parts)


def would_erase_contact(contact: Contact) -> Tally:
    """What the end of an address alone would blank."""
    return blanking.count(blanking.parts_of_contact(contact))


def would_erase_person(contact: Contact, *, withdraw: bool) -> Tally:
    """What `erase_person` would blank."""
    messages = Message.objects.filter(contact=contact).order_by("pk")
    tallies = [would_erase(message, withdraw=withdraw) for message in messages]
    # Counted once, with the address itself.
    ends = {part.table for part in blanking.end_of_contact(contact)}
    pairs = [pair for tally in tallies for pair in tally.items() if pair[0] not in ends]
    end = blanking.count(blanking.end_of_contact(contact))
    elsewhere = Delivery.objects.filter(contact=contact).exclude(message__in=messages)
    followed = elsewhere.count() if len(messages) != 1 else 0  # one alone has counted them
    return blanking.total([*pairs, ("delivery", followed), *end.items()])


def _erase(
    message: Message,
    cause: str,
    *,
    by: User | None = None,
    reason: str = "",
    rule: str = "",
    withdraw: bool = False,
    again: Erasure | None = None,
) -> Tally:
    message, joined = lead_with_joined(message.pk)
    whole = withdraw or not blanking.stays_public(message)
    if message.is_erased and (message.is_gone or not whole):
        raise WrongTurnError(f"{message!r} is erased already")
    if rule and not keeping.late_messages().filter(pk=message.pk).exists():
        raise WrongTurnError(f"{message!r} is kept longer")
    if whole:
        _close(message, joined, by)
        _unpublish(message, cause, by)
    kept = message.deliveries.filter(office__isnull=True)  # an office is told of others too
    _keep_back(kept if whole else message.deliveries.of_author())
    parts = blanking.parts_of_message(message, whole=whole, because=cause)
    if cause == ErasureCause.REQUEST and (alone := _alone(message)):
        # Their evidence is two rows: each is found again by its own key.
        _record(CONTACT, alone.index, ["contact.sealed"], cause, by=by, again=again)
        _keep_back(Delivery.objects.filter(contact=alone))
        blanking.let_go(alone)
        parts += blanking.goes_with_contact(message, alone, whole=whole)
    tally, columns = blanking.blank(parts)
    own = [name for name in columns if not name.startswith((CONTACT, FOLLOW))]
    _record(MESSAGE, message.code, own, cause, by=by, reason=reason, rule=rule, again=again)
    # Last, but before the commit: a file without a row would be found by nobody.
    blanking.remove_files(message)
    return tally


def _erase_contact(
    contact: Contact,
    cause: str,
    *,
    by: User | None = None,
    reason: str = "",
    rule: str = "",
    again: Erasure | None = None,
) -> Tally:
    # Messages before their contact, as whoever erases one of them locks.
    list(Message.objects.filter(contact=contact).order_by("pk").select_for_update(of=("self",)))
    blanking.let_go(contact)
    contact = Contact.objects.select_for_update().get(pk=contact.pk)
    if contact.erased_at:
        raise WrongTurnError(f"{contact!r} is erased already")
    if rule and not keeping.late_contacts().filter(pk=contact.pk).exists():
        raise WrongTurnError(f"{contact!r} is kept longer")
    key, mails = contact.index, list(blanking.mails_of(contact).values_list("pk", flat=True))
    _keep_back(Delivery.objects.filter(contact=contact))
    tally, columns = blanking.blank(blanking.parts_of_contact(contact))
    blanking.remove_mails(InboundEvent.objects.filter(pk__in=mails))
    _record(CONTACT, key, columns, cause, by=by, reason=reason, rule=rule, again=again)
    return tally


def _leave_again(erasure: Erasure) -> bool:
    """A key that somebody else has got since is theirs."""
    found = User.objects.filter(pk=erasure.key, date_joined__lte=erasure.at).first()
    if found is None or found.has_served:
        return False
    people_actions.leave(found, by=found)
    _record(ACCOUNT, erasure.key, erasure.columns, erasure.cause, by=None, again=erasure)
    return True


def _alone(message: Message) -> Contact | None:
    """The address, where no other message came with it."""
    return message.contact if blanking.takes_contact(message) else None


def _close(message: Message, joined: list[Message], by: User | None) -> None:
    """What nobody can read nobody can answer; whoever was joined goes on alone."""
    if message.is_final:
        return
    for each in joined:
        part(each, by=by)
    if message.status == MessageStatus.ANSWERED:
        message.replies.filter(published_at=None, taken_back_at=None).update(
            taken_back_at=clock.now()
        )
        message.move(came_from(message), by=by)
    message.set_aside_reason = SetAsideReason.ERASED
    message.save(update_fields=["set_aside_reason"])
    message.move(MessageStatus.SET_ASIDE, by=by, **message.end_of_waiting())


def _unpublish(message: Message, cause: str, by: User | None) -> None:
    """Nothing is left to show, or to decide about."""
    asked = cause == ErasureCause.REQUEST and (message.is_public or message.is_hidden)
    to = Publication.HIDDEN if asked or message.is_hidden else Publication.PRIVATE
    if to != message.publication:
        PublicationChange.objects.create(
            message=message,
            came_from=message.publication,
            to=to,
            reason=HiddenReason.AUTHOR if asked else "",
            by=by,
            at=clock.now(),
        )
    message.hidden_reason = HiddenReason.AUTHOR if asked else message.hidden_reason
    message.publication, message.publication_due_at = to, None
    message.save(update_fields=["publication", "hidden_reason", "publication_due_at"])
    Topic.objects.filter(messages=message).update(shown=False)


def _keep_back(deliveries: DeliveryQuerySet) -> None:
    """What has not left stays; what is leaving this second can't be called back."""
    waiting = (DeliveryState.QUEUED, DeliveryState.UNKNOWN, DeliveryState.FAILED)
    for row in deliveries.filter(state__in=waiting).select_for_update(of=("self",)):
        row.become(DeliveryState.CANCELLED)


def _record(
    kind: str,
    key: str,
    columns: list[str],
    cause: str,
    *,
    by: User | None,
    reason: str = "",
    rule: str = "",
    again: Erasure | None,
) -> None:
    """The evidence; a repetition carries the reason and the rule of the first."""
    if again is not None:
        by, reason, rule = again.by, again.reason, again.rule
    row = Erasure.objects.create(
        cause=cause,
        kind=kind,
        key=key,
        columns=columns,
        rule=rule,
        reason=mask(reason)[:300],
        by=by,
        at=clock.now(),
    )
    # A backup knows nothing of what comes after it; this list, kept elsewhere, does.
    transaction.on_commit(partial(erasure_list.append, row))
