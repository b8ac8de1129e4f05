"""What gets no answer, and what everyone may read."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from channels_app import rules
from channels_app.models import (
    HiddenReason,
    Message,
    Publication,
    PublicationChange,
    SetAsideReason,
)
from channels_app.states import MessageStatus
from channels_app.text.masking import mask
from lifecycle import clock, workdays
from lifecycle.errors import WrongTurnError
from people.models import Office, User


@transaction.atomic
def set_aside(
    message: Message, *, reason: str, by: User, version: int | None = None, note: str = ""
) -> Message:
    """Spam or abuse: no answer, the reason shown to its author, restorable."""
    message = Message.objects.locked(message.pk)
    if not message.may_be_screened_by(by):
        raise PermissionDenied
    # The reason first: the database refuses a row set aside without one.
    message.set_aside_reason = SetAsideReason(reason)
    message.save(update_fields=["set_aside_reason"])
    message.move(MessageStatus.SET_ASIDE, by=by, version=version, note=note)
    return message


@transaction.atomic
def restore(message: Message, *, by: User, version: int | None = None) -> Message:
    """Take it up again: back to the centre, under the date first promised."""
    message = Message.objects.locked(message.pk)
    if not message.may_be_screened_by(by):
        raise PermissionDenied
    message.move(
        MessageStatus.RECEIVED,
        by=by,
        only_from={MessageStatus.SET_ASIDE},
        version=version,
        office=Office.objects.centre(),
    )
    message.set_aside_reason = ""
    message.save(update_fields=["set_aside_reason"])
    return message


@transaction.atomic
def show(message: Message, *, by: User) -> Message:
    """Let everyone read it (again). Never a message its author kept private."""
    message = Message.objects.locked(message.pk)
    if not message.may_be_screened_by(by):
        raise PermissionDenied
    if message.publication == Publication.PRIVATE:
        raise WrongTurnError(f"{message!r} was sent to the office only")
    _publish_as(message, Publication.PUBLIC, by=by)
    return message


@transaction.atomic
def hide(message: Message, *, reason: str, by: User, words: str = "") -> Message:
    """Take it from every public page; the author is told the reason."""
    message = Message.objects.locked(message.pk)
    if not message.may_be_screened_by(by):
        raise PermissionDenied
    if message.publication == Publication.PRIVATE:
        raise WrongTurnError(f"{message!r} is not public")
    _publish_as(message, Publication.HIDDEN, reason=HiddenReason(reason), by=by, words=words)
    return message


@transaction.atomic
def report(message: Message, *, words: str = "") -> Message:
    """A reader says: this should not be here. Hidden at once, decided by an officer in time.

    Once an officer has decided to show it, a further report only asks for another look:
    otherwise one reader could keep a voice unheard.
    """
    message = Message.objects.locked(message.pk)
    if message.publication != Publication.PUBLIC:
        return message
    decided = message.publication_changes.filter(to=Publication.PUBLIC, by__isnull=False).exists()
    to = Publication.PUBLIC if decided else Publication.HIDDEN
    _publish_as(message, to, reason=HiddenReason.REPORTED, by=None, words=mask(words))
    return message


def _publish_as(
    message: Message, to: str, *, by: User | None, reason: str = "", words: str = ""
) -> None:
    """Change who may read it and keep the trace; a reader's report sets the date to decide by."""
    moment = clock.now()
    PublicationChange.objects.create(
        message=message,
        came_from=message.publication,
        to=to,
        reason=reason,
        words=words,
        by=by,
        at=moment,
    )
    message.publication = to
    message.hidden_reason = reason if to == Publication.HIDDEN else ""
    message.publication_due_at = (
        workdays.end_of_workday(moment, rules.REPORTED_WITHIN.value()) if by is None else None
    )
    message.save(update_fields=["publication", "hidden_reason", "publication_due_at"])
