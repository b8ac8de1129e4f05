"""What has been kept long enough: which rows the Rulebook says are past their time."""

from collections.abc import Callable
from datetime import timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from channels_app import rules
from channels_app.models import Contact, Delivery, Follow, Kind, Message
from channels_app.models.contacts import ContactQuerySet
from channels_app.models.message_rows import MessageQuerySet
from channels_app.states import MESSAGE_FINAL, MessageStatus
from lifecycle import clock
from lifecycle.rules import Declared

# What a higher floor made of a message and still works on: each floor adds which messages those are
# (AppConfig.ready). Their words and their followers' addresses are kept as long.
goes_on_above: list[Q] = []
KEEP: dict[str, Declared[int]] = {
    Kind.COMPLAINT: rules.KEEP_COMPLAINT,
    Kind.HAZARD: rules.KEEP_HAZARD,
    Kind.IDEA: rules.KEEP_IDEA,
    Kind.QUESTION: rules.KEEP_QUESTION,
}

# Under these names stands the oldest row that the last round of erasing has left over.
LEFT_MESSAGES, LEFT_CONTACTS = "erase_expired messages", "erase_expired contacts"


def rule_of(message: Message) -> Declared[int]:
    """The rule that says how long this finished message is kept."""
    if message.status == MessageStatus.SET_ASIDE:
        return rules.KEEP_SET_ASIDE
    return KEEP[message.kind]


def late_messages() -> MessageQuerySet:
    """Finished, not erased, and finished for longer than the rule of its kind says.

    Nobody finishes before being received: that column narrows the search by its index.
    """
    late = _ended_before(rules.KEEP_SET_ASIDE) & Q(status=MessageStatus.SET_ASIDE)
    for kind, rule in KEEP.items():
        late |= _ended_before(rule) & Q(kind=kind) & ~Q(status=MessageStatus.SET_ASIDE)
    kept = Message.objects.filter(late, erased_at=None, status__in=MESSAGE_FINAL)
    # What was joined ends with its lead.
    ended = kept.exclude(pk__in=_joined_to_open().values("pk"))
    return ended.exclude(_goes_on_above()).order_by("pk")


# Addresses that a higher floor still needs: each adds its own question (AppConfig.ready).
needed_above: list[Callable[[], Q]] = []


def late_contacts() -> ContactQuerySet:
    """Addresses nobody owes anything to, whose last case ended longer ago than the rule says."""
    cutoff = clock.now() - timedelta(days=rules.KEEP_CONTACT.value())
    theirs = Message.objects.filter(contact=OuterRef("pk"))
    open_still = theirs.filter(
        ~Q(status__in=MESSAGE_FINAL)
        | Q(pk__in=_joined_to_open().values("pk"))
        | Q(pk__in=Message.objects.filter(_goes_on_above()).values("pk"))
    )
    ended_lately = theirs.filter(steps__seq=F("version"), steps__at__gte=cutoff)
    written_to = Delivery.objects.filter(contact=OuterRef("pk"), created_at__gte=cutoff)
    old = Contact.objects.filter(erased_at=None, created_at__lt=cutoff)
    kept: Any = (
        Exists(open_still) | Exists(ended_lately) | Exists(written_to) | Exists(_still_followed())
    )
    for is_needed in needed_above:
        kept |= is_needed()
    return old.exclude(kept).order_by("pk")


def _still_followed() -> QuerySet[Follow]:
    """Confirmed, not ended, and what is followed goes on."""
    open_ones = Message.objects.filter(~Q(status__in=MESSAGE_FINAL) | _goes_on_above())
    theirs = Follow.objects.active().filter(contact=OuterRef("pk"))
    # What never was a message goes on until its floor says that it is over.
    of_no_message = Q(topic__messages__isnull=True, topic__over_at__isnull=True)
    going_on = open_ones.filter(topic__isnull=False).values("topic")
    return theirs.filter(of_no_message | Q(topic__in=going_on))


def _goes_on_above() -> Q:
    """None of them where no higher floor works on any."""
    return reduce(or_, goes_on_above, Q(pk__in=[]))


def _ended_before(rule: Declared[int]) -> Q:
    cutoff = clock.now() - timedelta(days=rule.value())
    return Q(received_at__lt=cutoff, steps__seq=F("version"), steps__at__lt=cutoff)


def _joined_to_open() -> MessageQuerySet:
    joined = Message.objects.filter(status=MessageStatus.JOINED)
    return joined.exclude(lead__status__in=MESSAGE_FINAL)
