"""Split: a second matter in one voice gets a number, a clock and an answer of its own."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction

from channels_app import rules
from channels_app.actions.receiving import Said, insert, queue
from channels_app.models import DeliveryEvent, Kind, Message, Publication, SetAsideReason
from channels_app.models.deliveries import DECIDED_OTHERWISE
from channels_app.splitting import is_from
from channels_app.states import IN_HAND, Cause, DeliveryState, MessageStatus
from channels_app.text.normal import tidy
from lifecycle import clock
from lifecycle.errors import WrongTurnError
from people.models import User


@transaction.atomic
def split(
    message: Message, *, text: str, kind: str, by: User, version: int | None = None
) -> Message:
    """A message of its own for the second matter; the first keeps its words, state and date.

    It has the same author, place and readers, and a clock from now on. Words that do not stand in
    the first count as the officer's summary. Its author is told after the seconds in which it can
    be undone; the rules look for its office then. Raises ValueError without words.
    """
    message = Message.objects.locked(message.pk)
    if not message.may_be_split_by(by):
        raise PermissionDenied
    message.must_stand_at(version)
    if not message.may_be_split:
        raise WrongTurnError(f"{message!r} can't be split now")
    if not (text := tidy(text)):
        raise ValueError("a matter needs words")
    made = insert(
        _said(message, text, Kind(kind)),
        by=by,
        contact=message.contact,
        wants_public=message.wants_public,
        split_from=message,
        summed_up=not is_from(text, message.text),
    )
    message.move(message.status, by=by, version=version, cause=Cause.SPLIT, note=made.code)
    if message.contact:
        wait = timedelta(seconds=rules.ANSWER_LEAVES_AFTER.value())
        queue(DeliveryEvent.SPLIT, made, message.contact, next_at=clock.now() + wait)
    return made


@transaction.atomic
def put_together(made: Message, *, by: User) -> Message:
    """It was one matter after all: within seconds, before anybody has heard of it or touched it.

    The second message is set aside for that reason and its mail never leaves; later it is set
    aside like any other. Raises WrongTurnError then.
    """
    made = Message.objects.get(pk=made.pk)
    if made.split_from is None:
        raise WrongTurnError(f"{made!r} was split off from nothing")
    first = made.split_from
    rows = {row.pk: row for row in Message.objects.all_locked({made.pk, first.pk})}
    made, first = rows[made.pk], rows[first.pk]
    if not first.may_be_split_by(by):
        raise PermissionDenied
    if not made.is_time_to_put_together or made.version or first.status not in IN_HAND:
        raise WrongTurnError(f"{made!r}: something has happened to it")
    made.move(
        MessageStatus.SET_ASIDE,
        by=by,
        set_aside_reason=SetAsideReason.SPLIT,
        told_version=made.version + 1,  # who has not heard of it is not told that it is gone
    )
    first.move(first.status, by=by, cause=Cause.ONE_AGAIN, note=made.code)
    waiting = made.deliveries.filter(event=DeliveryEvent.SPLIT, state=DeliveryState.QUEUED)
    for row in waiting.select_for_update(of=("self",)):
        row.become(DeliveryState.CANCELLED, why=DECIDED_OTHERWISE)
    return first


def _said(message: Message, text: str, kind: Kind) -> Said:
    """As if its author had sent it apart; photos stay with the first."""
    position = None
    if message.latitude is not None and message.longitude is not None:
        position = (message.latitude, message.longitude)
    return Said(
        text=text,
        kind=kind,
        public=message.publication == Publication.PUBLIC,
        language=message.language,
        channel=message.channel,
        place=message.place,
        borough=message.borough,
        position=position,
        client=message.client,
    )
