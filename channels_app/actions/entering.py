"""Enter on behalf of somebody: on the phone, from a letter, at the counter, on a listening tour.

The voice goes the way of every voice: received, routed by rules, answered by an office.
"""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from channels_app import rules_entering
from channels_app.actions.answering import answer
from channels_app.actions.joining import join_for_caller
from channels_app.actions.receiving import Said, receive
from channels_app.actions.routing import keep
from channels_app.models import HeldReason, Kind, Message
from channels_app.models.on_behalf import channels_of
from channels_app.states import MessageStatus
from channels_app.text.tone import is_harsh
from lifecycle import clock
from lifecycle.errors import WrongTurnError
from people.models import User


@transaction.atomic
def enter(said: Said, *, by: User, client_key: UUID | None) -> Message:
    """Write down what somebody said; joined at once to `same_as`, if that is possible.

    The same `client_key` gives the same message, as with `receive`. Raises PermissionDenied for
    a way this officer may not use, ValueError for a day to come or one too long ago.
    """
    if said.channel not in channels_of(by):
        raise PermissionDenied
    _insist_on_day(said)
    lead, said = said.same_as, replace(said, same_as="", entered_by=by)
    if said.public and not said.held and is_harsh(said.text):
        said = replace(said, held=HeldReason.TONE)
    message = receive(said, client_key=client_key)
    return _joined(message, lead, by) if lead else message


@transaction.atomic
def answer_on_the_spot(said: Said, *, text: str, by: User, client_key: UUID) -> Message:
    """Write down what was asked, and the answer that was given with it.

    Where this officer sits at no desk that answers for all, it stays with the centre; `said.note`
    tells what was said. Pressed twice it is answered once.
    """
    message = enter(said, by=by, client_key=client_key)
    if not message.may_be_kept_by(by):
        return message
    message = keep(message, by=by)
    answer(message, text=text, by=by)
    return Message.objects.get(pk=message.pk)


def _insist_on_day(said: Said) -> None:
    """A letter counts from the day it reached the city: never a day to come, nor one long ago."""
    if said.came_at is None:
        return
    moment = clock.now()
    earliest = moment - timedelta(days=rules_entering.ENTERED_WITHIN.value() + 1)
    if not earliest < said.came_at <= moment:
        raise ValueError("the day of receipt is to come, or too long ago")


def _joined(message: Message, code: str, by: User) -> Message:
    """What can't be joined stands alone and is never lost; a danger waits for no slower matter."""
    lead = Message.objects.filter(code=code).first()
    if lead is None or (message.kind == Kind.HAZARD and lead.kind != Kind.HAZARD):
        return message
    if message.status != MessageStatus.RECEIVED:
        return message  # entered before, under the same key
    with suppress(PermissionDenied, WrongTurnError), transaction.atomic():
        return join_for_caller(message, to=lead, by=by)
    return message
