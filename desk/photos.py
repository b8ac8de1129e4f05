"""The photos of a case as its officers' page shows them."""

from dataclasses import dataclass

from channels_app.models import Attachment, Message, PhotoState, Publication
from desk import forms
from people.models import User


@dataclass(frozen=True)
class PhotoCard:
    """One photo and, where this officer decides on it, the form for that."""

    photo: Attachment
    form: forms.PhotoForm | None
    may_be_shown: bool


def photo_cards(
    message: Message, user: User, wrong: forms.ActForm | None = None
) -> list[PhotoCard]:
    """All that are left, for those who may read the original; `wrong` came back with errors."""
    if not message.has_photos or not message.may_be_read_by(user):
        return []
    left = message.attachments.exclude(state=PhotoState.ERASED)
    decides = message.may_be_screened_by(user)
    for_all = message.publication != Publication.PRIVATE
    return [
        PhotoCard(photo, _form(photo, message, wrong) if decides else None, for_all)
        for photo in left
    ]


def _form(photo: Attachment, message: Message, wrong: forms.ActForm | None) -> forms.PhotoForm:
    """As typed where it is the one that came back."""
    if isinstance(wrong, forms.PhotoForm) and wrong.prefix == str(photo.key):
        return wrong
    first = {"version": message.version, "alt": photo.alt}
    return forms.PhotoForm(initial=first, prefix=str(photo.key))
