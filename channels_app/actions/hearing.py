"""Hear: what a network says besides new words: a change, a removal, an arrival, a number."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F

from channels_app import media
from channels_app.actions.coming_back import add_words
from channels_app.actions.fetching import row_of
from channels_app.actions.readership import decide_all
from channels_app.actions.receiving import receive
from channels_app.actions.taking import Came, locked_event, note_thread, taken
from channels_app.connectors.contract import Heard, Inbound
from channels_app.models import (
    Account,
    Copy,
    HiddenReason,
    InboundEvent,
    KeptBecause,
    Message,
    Post,
    Publication,
)
from channels_app.states import DeliveryState, InboundState, MessageStatus
from lifecycle import clock


def unpack(event: InboundEvent, inner: Sequence[Inbound]) -> int:
    """The events of one call of the network, each kept as its own row; how many were new.

    The files first, as in `store`; safe to run twice.
    """
    rows = [row_of(event.account, one, hook=event) for one in inner]
    for row, one in zip(rows, inner, strict=True):
        media.write(media.inbound_of(row.key), [one.raw])
    with transaction.atomic():
        locked_event(event)
        InboundEvent.objects.bulk_create(rows, ignore_conflicts=True)
        new = set(
            InboundEvent.objects.filter(key__in=[row.key for row in rows]).values_list(
                "key", flat=True
            )
        )
        event.become(InboundState.OPENED)
        if new:
            Account.objects.filter(pk=event.account_id).update(
                last_message_at=clock.now(), told_silent_at=None
            )
    media.remove(*(media.inbound_of(row.key) for row in rows if row.key not in new))
    return len(new)


def message_named(account: Account, name: str) -> Message | None:
    """The message that these words of the network became, or were added to."""
    event = (
        InboundEvent.objects.filter(
            account=account, kind="message", external_id=name, message__isnull=False
        )
        .select_related("message")
        .order_by("pk")
        .first()
    )
    return event.message if event is not None else None


@transaction.atomic
def take_edit(event: InboundEvent, *, text: str, message: Message) -> Message:
    """Its author changed the words there: the new ones stand beside the old.

    Where nobody reads on they are kept with the event alone.
    """
    locked_event(event)
    if text and message.may_be_added_to:
        add_words(message, text=text)
    event.become(InboundState.TAKEN, message=message)
    return message


@transaction.atomic
def take_removal(event: InboundEvent, *, name: str) -> Message | None:
    """Its author took the words away there: they leave every public page here; the duty stays."""
    locked_event(event)
    message = message_named(event.account, name)
    if message is None:
        event.become(InboundState.AUTOMATIC, why=KeptBecause.REMOVED)
        return None
    withdraw(message)
    event.become(InboundState.TAKEN, message=message)
    return message


@transaction.atomic
def withdraw(message: Message) -> Message:
    """What its author has removed on the network is shown to nobody any more; the office reads on.

    Safe to run twice.
    """
    message = Message.objects.locked(message.pk)
    if message.publication in (Publication.PUBLIC, Publication.HELD):
        decide_all([message], Publication.HIDDEN, reason=HiddenReason.AUTHOR, by=None)
    return message


@transaction.atomic
def take_receipt(event: InboundEvent, *, name: str, arrived: bool) -> None:
    """What became of words of ours: arrived, or for certain not."""
    locked_event(event)
    for copy in Copy.objects.filter(account=event.account, name=name).select_for_update():
        copy.arrived = arrived
        copy.save(update_fields=["arrived"])
        row = copy.delivery
        if not arrived and row.state == DeliveryState.SENT:
            row.become(DeliveryState.FAILED, why="did not arrive", error_class="TargetGone")
    event.become(InboundState.AUTOMATIC, why=KeptBecause.RECEIPT)


@transaction.atomic
def take_counts(event: InboundEvent, *, name: str, counts: Mapping[str, int]) -> None:
    """How many liked or shared what the city said."""
    locked_event(event)
    note_reactions(event.account, name=name, counts=counts)
    event.become(InboundState.AUTOMATIC, why=KeptBecause.COUNTS)


def note_reactions(account: Account, *, name: str, counts: Mapping[str, int]) -> None:
    """The newest numbers of the network stand for the older ones."""
    copies = Copy.objects.filter(account=account, name=name, post__isnull=False)
    for post in Post.objects.select_for_update().filter(copies__in=copies):
        post.reactions = {**post.reactions, **counts}
        post.counted_at = clock.now()
        post.save(update_fields=["reactions", "counted_at"])


def post_replied_to(account: Account, heard: Heard) -> Post | None:
    """The post of the city that these public words stand below, if they do."""
    if not heard.is_public:
        return None
    names = [InboundEvent.name_of(name) for name in (heard.answers, heard.root) if name]
    copy = (
        Copy.objects.filter(account=account, name__in=names, post__isnull=False)
        .select_related("post")
        .order_by("pk")
        .first()
    )
    if copy is None or copy.post is None:
        return None
    return copy.post.into or copy.post


@transaction.atomic
def gather_reply(event: InboundEvent, came: Came, *, post: Post, at: datetime | None) -> Message:
    """One of the many replies to a post of the city: the post's summary is its answer.

    A question or a danger is a matter of its own from the beginning; it stands below the post too.
    """
    locked_event(event)
    message = receive(came.said, client_key=event.key)
    note_thread(event, came, message)
    message = Message.objects.locked(message.pk)
    message.post = post
    message.save(update_fields=["post"])
    if came.said.kind not in ("question", "hazard"):
        message.move(MessageStatus.GATHERED, by=None, office=post.office)
    Post.objects.filter(pk=post.pk).update(gathered=F("gathered") + 1)
    return taken(event, message, came)
