"""Follow: a public message has a topic; whoever confirms it from their address hears of it."""

from collections.abc import Sequence
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max, OuterRef, Subquery

from channels_app import rules
from channels_app.actions.reaching import confirm_contact, refuse_contact
from channels_app.actions.receiving import queue
from channels_app.connectors.push import Device
from channels_app.models import (
    CalendarLink,
    Contact,
    ContactKind,
    Delivery,
    DeliveryEvent,
    Follow,
    Message,
    Topic,
    TopicKind,
)
from channels_app.sealing import fresh_nonce
from channels_app.states import DeliveryState
from lifecycle import clock
from lifecycle.errors import WrongTurnError
from people.models import Appointment, User

ONE_DAY = timedelta(days=1)


@transaction.atomic
def open_topics(pks: Sequence[int]) -> None:
    """Every public message among these gets its topic, once. Safe to run twice."""
    held = Message.objects.all_locked(pks, skip_locked=True)
    rows = [row for row in held if row.topic_id is None and row.is_public]
    _open(rows)


@transaction.atomic
def topic_of(message: Message) -> Topic:
    """The topic of a public message, opened now if the sweep has not been there yet.

    Raises PermissionDenied for what not everyone may read.
    """
    message = Message.objects.locked(message.pk)
    if not message.is_public:
        raise PermissionDenied
    if message.topic_id is None:
        _open([message])
    return Topic.objects.get(messages=message)


@transaction.atomic
def topic_of_taken_up(message: Message) -> Topic:
    """The topic that goes on as a suggestion's; not shown as long as not everyone may read it."""
    message = Message.objects.locked(message.pk)
    if message.topic_id is None:
        _open([message])
    return Topic.objects.get(messages=message)


def _open(rows: Sequence[Message]) -> None:
    """The rows are locked."""
    if not rows:
        return
    topics = [
        Topic(
            kind=TopicKind.MESSAGE,
            code=row.code,
            title=row.title[:200],
            text=row.masked_text,
            language=row.language,
            office_id=row.office_id,
            shown=row.is_public,
            opened_at=row.received_at,
        )
        for row in rows
    ]
    Topic.objects.bulk_create(topics, ignore_conflicts=True)
    theirs = Topic.objects.filter(code=OuterRef("code")).values("pk")[:1]
    Message.objects.filter(pk__in=[row.pk for row in rows]).update(topic=Subquery(theirs))


@transaction.atomic
def follow(message: Message, *, address: str, language: str) -> Delivery | None:
    """Ask this address by mail whether it wants to follow; what is owed, or None.

    Nothing is owed where it follows already, or was asked often enough today: the door says the
    same to everybody, so that nobody learns who follows. Raises PermissionDenied for what not
    everyone may read.
    """
    return _ask(topic_of(message), message, address, language)


@transaction.atomic
def follow_topic(topic: Topic, *, address: str, language: str) -> Delivery | None:
    """The same for what is no message, or is one no more."""
    if not topic.shown:
        raise PermissionDenied
    return _ask(topic, None, address, language)


def _ask(topic: Topic, message: Message | None, address: str, language: str) -> Delivery | None:
    contact = Contact.objects.reached_by(ContactKind.MAIL, address)
    contact = Contact.objects.select_for_update(no_key=True).get(pk=contact.pk)
    follow, _is_new = Follow.objects.get_or_create(
        topic=topic,
        contact=contact,
        defaults={"language": language, "created_at": clock.now()},
    )
    if (follow.is_active and contact.is_confirmed) or _was_asked_enough(contact, follow):
        return None
    if not follow.is_active:
        follow.language = language
        follow.save(update_fields=["language"])
    return queue(DeliveryEvent.FOLLOW, message, contact, follow=follow)


@transaction.atomic
def follow_on_device(topic: Topic, device: Device, *, language: str) -> Follow:
    """A browser that takes our notices follows at once: that it gave its address is the proof.

    Raises PermissionDenied for what not everyone may read.
    """
    if not topic.shown:
        raise PermissionDenied
    holds = device.as_text()
    contact = Contact.objects.reached_by(ContactKind.PUSH, device.endpoint, holds=holds)
    confirm_contact(contact)
    follow, _is_new = Follow.objects.get_or_create(
        topic=topic,
        contact=contact,
        defaults={"language": language, "created_at": clock.now()},
    )
    return _go_on(follow)


@transaction.atomic
def forget_device(contact: Contact) -> Contact:
    """The browser takes no notices any more: it follows nothing."""
    _end_all(contact)
    return refuse_contact(contact)


def _was_asked_enough(contact: Contact, follow: Follow) -> bool:
    """So that nobody can flood an address, confirmed or not, by typing it again and again."""
    asked = Delivery.objects.filter(event=DeliveryEvent.FOLLOW, contact=contact)
    if asked.filter(follow=follow, state=DeliveryState.QUEUED).exists():
        return True
    today = asked.filter(created_at__gt=clock.now() - ONE_DAY)
    return today.count() >= rules.FOLLOW_MAILS.value()


@transaction.atomic
def confirm_follow(follow: Follow) -> Follow:
    """ "Yes, tell me", from the mail: so the address is confirmed as well."""
    if follow.contact is None:
        raise WrongTurnError(f"{follow!r}: the address was erased")
    confirm_contact(follow.contact)
    return _go_on(follow)


@transaction.atomic
def follow_confirmed(topic: Topic, contact: Contact, *, language: str) -> Follow:
    """Somebody has just shown that the address is theirs, and wants the news: no second mail.

    Raises WrongTurnError for an address that is not confirmed.
    """
    if not contact.is_confirmed:
        raise WrongTurnError(f"{contact} is not confirmed")
    made = {"language": language, "created_at": clock.now()}
    follow, _is_new = Follow.objects.get_or_create(topic=topic, contact=contact, defaults=made)
    return _go_on(follow)


@transaction.atomic
def refuse_follow(follow: Follow) -> Follow:
    """ "This was not me": nothing leaves to this address any more."""
    if follow.contact is not None:
        refuse_contact(follow.contact)
    return _end(follow)


@transaction.atomic
def end_follow(follow: Follow) -> Follow:
    """No more mail about this one. Safe to press twice."""
    return _end(follow)


@transaction.atomic
def follow_again(follow: Follow) -> Follow:
    """Ended by mistake. Raises WrongTurnError for what its address never confirmed."""
    if follow.confirmed_at is None or follow.contact is None:
        raise WrongTurnError(f"{follow!r} was never confirmed")
    return _go_on(follow)


@transaction.atomic
def end_all_follows(contact: Contact) -> None:
    """No more about anything this address follows. Safe to press twice."""
    _end_all(contact)


@transaction.atomic
def follow_all_again(contact: Contact) -> None:
    """Pressed by mistake: what ended in the same moment goes on."""
    ended = Follow.objects.filter(contact=contact, confirmed_at__isnull=False)
    last = ended.aggregate(at=Max("ended_at"))["at"]
    for follow in ended.filter(ended_at=last, ended_at__isnull=False).order_by("pk"):
        _go_on(follow)


def _end_all(contact: Contact) -> None:
    going_on = Follow.objects.filter(contact=contact, ended_at__isnull=True)
    locked = going_on.order_by("pk").select_for_update(of=("self",))
    pks = list(locked.values_list("pk", flat=True))
    Follow.objects.filter(pk__in=pks).update(ended_at=clock.now())


def _go_on(follow: Follow) -> Follow:
    follow = Follow.objects.select_for_update(of=("self",)).get(pk=follow.pk)
    if not follow.is_active:
        follow.confirmed_at, follow.ended_at = clock.now(), None
        follow.save(update_fields=["confirmed_at", "ended_at"])
    return follow


def _end(follow: Follow) -> Follow:
    follow = Follow.objects.select_for_update(of=("self",)).get(pk=follow.pk)
    if follow.ended_at is None:
        follow.ended_at = clock.now()
        follow.save(update_fields=["ended_at"])
    return follow


@transaction.atomic
def mute(message: Message) -> Message:
    """Its author wants no news of it; the answer itself still comes."""
    return _want_news(message, wants=False)


@transaction.atomic
def unmute(message: Message) -> Message:
    """Its author wants to hear of every change again."""
    return _want_news(message, wants=True)


def _want_news(message: Message, *, wants: bool) -> Message:
    message = Message.objects.locked(message.pk)
    message.wants_news = wants
    message.save(update_fields=["wants_news"])
    return message


@transaction.atomic
def make_calendar_link(appointment: Appointment, *, by: User) -> CalendarLink:
    """A secret address for the calendar of one's own office; an older one ends."""
    if appointment.user_id != by.pk or appointment not in by.posts or not appointment.acts:
        raise PermissionDenied
    link, _is_new = CalendarLink.objects.update_or_create(
        appointment=appointment, defaults={"nonce": fresh_nonce(), "made_at": clock.now()}
    )
    return link
