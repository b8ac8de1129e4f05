"""What gets no answer, and what everyone may read."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from channels_app import rules
from channels_app.actions.joining import lead_with_joined, part
from channels_app.actions.picturing import show_photo
from channels_app.actions.readership import decide_all, mind
from channels_app.models import (
    Attachment,
    HiddenReason,
    Message,
    Publication,
    SetAsideReason,
)
from channels_app.states import MessageStatus
from channels_app.text.masking import mask
from lifecycle import clock
from lifecycle.errors import WrongTurnError
from people.models import Office, User


@transaction.atomic
def set_aside(
    message: Message, *, reason: str, by: User, version: int | None = None, note: str = ""
) -> Message:
    """Spam or abuse: no answer, the reason shown to its author, restorable.

    Whoever was joined to it is parted first: theirs is still a matter.
    """
    message, joined = lead_with_joined(message.pk)
    if not message.may_be_screened_by(by):
        raise PermissionDenied
    if message.is_appeal:
        raise WrongTurnError(f"{message!r} is an appeal: its head answers")
    for each in joined:
        part(each, by=by)
    # The reason first: the database refuses a row set aside without one.
    message.set_aside_reason = SetAsideReason(reason)
    message.publication_due_at = None  # nobody has to look at it any more
    message.screened_at, message.screened_by = clock.now(), by
    message.save(
        update_fields=["set_aside_reason", "publication_due_at", "screened_at", "screened_by"]
    )
    message.move(
        MessageStatus.SET_ASIDE,
        by=by,
        only_from={MessageStatus.RECEIVED, MessageStatus.ROUTED},  # promised work is finished
        version=version,
        note=note,
        **message.end_of_waiting(),
    )
    return message


@transaction.atomic
def restore(message: Message, *, by: User, version: int | None = None) -> Message:
    """Take it up again: back to the centre, under the date first promised."""
    message = Message.objects.locked(message.pk)
    if not message.may_be_screened_by(by):
        raise PermissionDenied
    if message.is_gone:
        raise WrongTurnError(f"{message!r} is erased")
    message.move(
        MessageStatus.RECEIVED,
        by=by,
        only_from={MessageStatus.SET_ASIDE},
        version=version,
        office=Office.objects.centre(),
    )
    message.set_aside_reason = ""
    message.screened_at = message.screened_by = None
    if message.is_open_question:
        message.publication_due_at = rules.decide_by(clock.now())
    message.save(
        update_fields=["set_aside_reason", "publication_due_at", "screened_at", "screened_by"]
    )
    return message


@transaction.atomic
def show(message: Message, *, by: User) -> Message:
    """Let everyone read it (again); one that its author meant for the office only is let through.

    Photos stay as they are: each has a key of its own.
    """
    message = Message.objects.locked(message.pk)
    if not message.may_be_screened_by(by):
        raise PermissionDenied
    if message.publication == Publication.PRIVATE or message.is_gone:
        raise WrongTurnError(f"{message!r} was sent to the office only, or is erased")
    decide_all([message], message.shown_as, by=by)
    return message


@transaction.atomic
def show_with_photo(photo: Attachment, *, by: User, alt: str | None = None) -> Attachment:
    """Let everyone see it, and read the words if they waited for a look at the photos alone.

    Further photos still have a key each.
    """
    photo = show_photo(photo, by=by, alt=alt)
    message = photo.message
    if message is not None and message.waits_for_its_photos:
        decide_all([message], message.shown_as, by=by)
    return photo


@transaction.atomic
def hide(message: Message, *, reason: str, by: User, words: str = "") -> Message:
    """Take it from every public page; the author is told the reason."""
    message = Message.objects.locked(message.pk)
    if not message.may_be_screened_by(by):
        raise PermissionDenied
    if message.publication == Publication.PRIVATE or not message.wants_public:
        raise WrongTurnError(f"{message!r} is not public")
    decide_all([message], Publication.HIDDEN, reason=HiddenReason(reason), by=by, words=words)
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
    mind(message, Publication.PUBLIC if decided else Publication.HIDDEN, words=mask(words))
    return message


@transaction.atomic
def flag(message: Message, *, words: str = "") -> Message:
    """A reader who has reported many says it of one more: it stays, and an officer looks at it."""
    message = Message.objects.locked(message.pk)
    if message.publication == Publication.PUBLIC:
        mind(message, Publication.PUBLIC, words=mask(words))
    return message
