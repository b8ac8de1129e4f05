"""Internal notes: written once, read by whoever may read the case."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from channels_app.models import Message
from channels_app.text.normal import tidy
from desk.models import Note
from lifecycle import clock
from people.models import User


@transaction.atomic
def write_note(message: Message, *, text: str, by: User) -> Note:
    """Leave a note for colleagues. Raises ValueError without words."""
    if not may_note(message, by):
        raise PermissionDenied
    if not (text := tidy(text)):
        raise ValueError("a note needs words")
    return Note.objects.create(
        message=message, office=by.acting_for(message.office), by=by, text=text, at=clock.now()
    )


def may_note(message: Message, user: User) -> bool:
    """Whoever reads the original in the name of an office; auditors write nothing."""
    return bool(user.offices) and message.may_be_read_by(user) and not message.is_erased
