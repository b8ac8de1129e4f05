"""Taken up: a message becomes a suggestion under its own number, or comes back as a message."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from channels_app import deadlines
from channels_app.actions.readership import decide_all
from channels_app.models import Kind, Message, Publication
from channels_app.states import Cause, MessageStatus
from lifecycle import clock
from lifecycle.errors import WrongTurnError
from people.models import Office, User


@transaction.atomic
def take_up(
    message: Message, *, by: User | None = None, version: int | None = None, note: str = ""
) -> Message:
    """The suggestion owes the answer from now on; asked by whoever makes that suggestion.

    `note` says how its author agreed. What only the office read stays so until `show_taken_up`.
    Raises WrongTurnError for what is answered, erased, hidden or held.
    """
    message = Message.objects.locked(message.pk)
    if by is not None and not message.may_be_screened_by(by):
        raise PermissionDenied
    message.must_stand_at(version)
    if not message.may_be_taken_up:
        raise WrongTurnError(f"{message!r} can't be taken up now")
    message.move(
        MessageStatus.TAKEN_UP,
        by=by,
        note=note,
        **message.end_of_waiting(),
    )
    message.needs_reader, message.wants_public = False, True
    message.save(update_fields=["needs_reader", "wants_public"])
    return message


@transaction.atomic
def show_taken_up(message: Message, *, by: User) -> Message:
    """An officer has looked at the suggestion: everyone may read what only the office read."""
    message = Message.objects.locked(message.pk)
    if message.status == MessageStatus.TAKEN_UP and message.publication == Publication.PRIVATE:
        decide_all([message], Publication.PUBLIC, by=by)
    return message


@transaction.atomic
def put_back(message: Message, *, by: User, kind: str = Kind.COMPLAINT, note: str = "") -> Message:
    """No suggestion after all: the centre finds the office, under a new clock of this kind."""
    message = Message.objects.locked(message.pk)
    moment = clock.now()
    message.move(
        MessageStatus.RECEIVED,
        by=by,
        only_from={MessageStatus.TAKEN_UP},
        cause=Cause.REDIRECTED,
        note=note,
        office=Office.objects.centre(),
        due_at=deadlines.answer_due(kind, moment),
        kind=kind,
        clock_from=moment,
        clock_days=deadlines.answer_days(kind),
        interims=0,
        needs_reader=True,
    )
    return message
