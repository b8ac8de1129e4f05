"""What has been kept long enough: which rows the Rulebook says are past their time."""

from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from channels_app import rules
from channels_app.models import Contact, Delivery, Follow, Kind, Message, TopicKind
from channels_app.models.contacts import ContactQuerySet
from channels_app.models.message_rows import MessageQuerySet
from channels_app.states import MESSAGE_FINAL, MessageStatus
from lifecycle import clock
from lifecycle.rules import Declared

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
    return kept.exclude(pk__in=_joined_to_open().values("pk")).order_by("pk")


def late_contacts() -> ContactQuerySet:
    """Addresses nobody owes anything to, whose last case ended longer ago than the rule says."""
    cutoff = clock.now() - timedelta(days=rules.KEEP_CONTACT.value())
    theirs = Message.objects.filter(contact=OuterRef("pk"))
    open_still = theirs.filter(
        ~Q(status__in=MESSAGE_FINAL) | Q(pk__in=_joined_to_open().values("pk"))
    )
    ended_lately = theirs.filter(steps__seq=F("version"), steps__at__gte=cutoff)
    written_to = Delivery.objects.filter(contact=OuterRef("pk"), created_at__gte=cutoff)
    old = Contact.objects.filter(erased_at=None, created_at__lt=cutoff)
    kept = (
        Exists(open_still) | Exists(ended_lately) | Exists(written_to) | Exists(_still_followed())
    )
    return old.exclude(kept).order_by("pk")


def _still_followed() -> QuerySet[Follow]:
    """Confirmed, not ended, and what is followed goes on."""
    of_message = Q(topic__kind=TopicKind.MESSAGE, topic__messages__isnull=False)
    going_on = of_message & ~Q(topic__messages__status__in=MESSAGE_FINAL)
    grown = ~Q(topic__kind=TopicKind.MESSAGE) & Q(topic__over_at__isnull=True)
    return Follow.objects.active().filter(going_on | grown, contact=OuterRef("pk"))


def _ended_before(rule: Declared[int]) -> Q:
    cutoff = clock.now() - timedelta(days=rule.value())
    return Q(received_at__lt=cutoff, steps__seq=F("version"), steps__at__lt=cutoff)


def _joined_to_open() -> MessageQuerySet:
    joined = Message.objects.filter(status=MessageStatus.JOINED)
    return joined.exclude(lead__status__in=MESSAGE_FINAL)
