"""Answer: written, ten seconds in which it can be taken back, then published and sent."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction

from channels_app import rules
from channels_app.actions.receiving import queue
from channels_app.models import DeliveryEvent, Message, Reply
from channels_app.states import MessageStatus
from channels_app.text.masking import mask
from channels_app.text.normal import tidy
from lifecycle import clock
from people.models import User


@transaction.atomic
def answer(message: Message, *, text: str, by: User, version: int | None = None) -> Reply:
    """Write the office's answer; it leaves after the Rulebook's seconds."""
    message = Message.objects.locked(message.pk)
    if not message.may_be_answered_by(by):
        raise PermissionDenied
    text = tidy(text)
    if not text:
        raise ValueError("an answer needs words")
    message.move(MessageStatus.ANSWERED, by=by, version=version)
    moment = clock.now()
    return Reply.objects.create(
        message=message,
        office_id=message.office_id or 0,
        by=by,
        text=text,
        masked_text=mask(text),
        written_at=moment,
        leaves_at=moment + timedelta(seconds=rules.ANSWER_LEAVES_AFTER.value()),
    )


@transaction.atomic
def take_back(message: Message, *, by: User, version: int | None = None) -> Reply:
    """Undo an answer that has not left: a compensating Step; the words are kept for the officer.

    Raises WrongTurnError once it has left.
    """
    message = Message.objects.locked(message.pk)
    if not message.may_be_answered_by(by):
        raise PermissionDenied
    message.move(MessageStatus.ROUTED, by=by, only_from={MessageStatus.ANSWERED}, version=version)
    reply = message.replies.get(published_at=None, taken_back_at=None)
    reply.taken_back_at = clock.now()
    reply.save(update_fields=["taken_back_at"])
    return reply


@transaction.atomic
def publish(reply: Reply) -> Message:
    """Put a written answer onto the case page and into the outbox; safe to run twice.

    It is the answer of everybody whose message is joined to this one: a copy for each.
    """
    message = Message.objects.locked(reply.message_id)
    reply = Reply.objects.select_for_update().get(pk=reply.pk)
    if reply.published_at or reply.taken_back_at:
        return message
    public_text = reply.masked_text if message.is_public else ""
    message.move(MessageStatus.REPLIED, by=None, public_text=public_text)
    reply.published_at = message.replied_at = clock.now()
    reply.save(update_fields=["published_at"])
    message.save(update_fields=["replied_at"])
    for each in (message, *message.joined.select_related("contact")):
        if each.contact:
            queue(DeliveryEvent.ANSWER, each, each.contact, reply=reply)
    return message
