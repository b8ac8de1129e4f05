"""Photos: kept with a form, sent with a message, drawn anew, shown by an officer."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from channels_app import darkroom, media, photos, rules
from channels_app.children import ChildFellError
from channels_app.models import (
    Attachment,
    Message,
    PhotoChange,
    PhotoState,
    PhotoTrouble,
    Publication,
)
from channels_app.models.attachments import AttachmentQuerySet
from channels_app.text.normal import tidy
from lifecycle import clock
from lifecycle.errors import WrongTurnError
from people.models import User

TRIES = 3
TRIED_AGAIN_AFTER = timedelta(seconds=10)
ALT_LENGTH = 200


def keep_photo(*, draft: UUID, content: UploadedFile, position: int = 0) -> Attachment:
    """Store a photo of a form that is not sent yet; the same one again is the same row.

    Raises photos.PhotoRefusedError, whose text is for the sender.
    """
    header = photos.read(content)
    digest = media.digest_of(content.chunks())
    kept = Attachment.objects.of_draft(draft)
    if (known := kept.filter(digest=digest).first()) is not None:
        return known
    photos.find_room(content, beside=kept.unsent().count())
    key, moment = uuid4(), clock.now()
    latitude, longitude = header.position or (None, None)
    photo = Attachment(
        key=key,
        draft=draft,
        position=position,
        original=media.original_of(key),
        digest=digest,
        size=content.size or 0,
        width=header.width,
        height=header.height,
        latitude=latitude,
        longitude=longitude,
        created_at=moment,
        try_at=moment,
    )
    try:
        # The file first: without a row it is swept away, a row without its file is a lie.
        media.write(photo.original, content.chunks())
        with transaction.atomic():
            photo.save(force_insert=True)
    except OSError as problem:
        raise photos.PhotoRefusedError(_("We can't take photos at the moment.")) from problem
    except IntegrityError:  # the same photo twice at once
        media.remove(photo.original)
        return kept.get(digest=digest)
    return photo


def drop_photo(*, draft: UUID, key: UUID) -> None:
    """The sender takes it back out of the form; the later ones move up."""
    kept = Attachment.objects.of_draft(draft).unsent()
    for photo in kept.filter(key=key):
        _forget([photo])
        kept.filter(position__gt=photo.position).update(position=F("position") - 1)


def drop_photos(*, draft: UUID) -> None:
    """The form is given up: what was kept for it goes at once."""
    _forget(list(Attachment.objects.of_draft(draft).unsent()))


def word_photos(*, draft: UUID, words: Mapping[UUID, str]) -> None:
    """What the sender says the photos of the form show."""
    rows = list(Attachment.objects.of_draft(draft).unsent().filter(key__in=words))
    for photo in rows:
        photo.alt = _one_line(words[photo.key])
    Attachment.objects.bulk_update(rows, ["alt"])


def move_photos(*, draft: UUID, to: UUID) -> None:
    """What was not sent yet belongs to another form from now on."""
    Attachment.objects.of_draft(draft).unsent().update(draft=to)


def attach_photos(message: Message, *, draft: UUID) -> int:
    """The form is sent: its photos belong to the message, where they were taken is forgotten."""
    return (
        Attachment.objects.of_draft(draft)
        .unsent()
        .update(message=message, latitude=None, longitude=None, try_at=clock.now())
    )


def forget_drafts() -> int:
    """Forms that nobody sent in time: rows and files go."""
    hours = rules.PHOTO_DRAFT_HOURS.value()
    before = clock.now() - timedelta(hours=hours)
    old = Attachment.objects.unsent().filter(created_at__lt=before)[:500]
    count = _forget(list(old))
    for name in media.left_behind(hours=hours):
        _forget_stranger(name)
    return count


def draw_photo(photo: Attachment) -> None:
    """Draw a claimed photo anew and let go of the original; a third failure refuses it."""
    try:
        size = darkroom.draw(photo)
    except darkroom.NotDrawnError as problem:
        _refuse(photo, problem.why)
    except (ChildFellError, OSError):
        if photo.tries >= TRIES:
            _refuse(photo, PhotoTrouble.UNKNOWN)
        else:
            _mine(photo).update(try_at=clock.now() + TRIED_AGAIN_AFTER)
    else:
        _enter(photo, size)


@transaction.atomic
def show_photo(photo: Attachment, *, by: User, alt: str | None = None) -> Attachment:
    """Let everyone see it where they can read the message; an officer has looked at our copy."""
    photo = _locked(photo, by)
    if photo.message is None or photo.message.publication == Publication.PRIVATE:
        raise WrongTurnError(f"{photo!r} was sent to the office only")
    if not photo.is_ready:
        raise WrongTurnError(f"{photo!r} is not ready")
    _word(photo, alt)
    if not photo.is_shown:
        photo.shown_at, photo.shown_by = clock.now(), by
        photo.save(update_fields=["shown_at", "shown_by"])
        PhotoChange.objects.create(photo=photo, is_shown=True, by=by, at=photo.shown_at)
    return photo


@transaction.atomic
def hide_photo(photo: Attachment, *, by: User, alt: str | None = None) -> Attachment:
    """Only the office and its author see it from now on."""
    photo = _locked(photo, by)
    _word(photo, alt)
    if photo.is_shown:
        photo.shown_at, photo.shown_by = None, None
        photo.save(update_fields=["shown_at", "shown_by"])
        PhotoChange.objects.create(photo=photo, is_shown=False, by=by, at=clock.now())
    return photo


@transaction.atomic
def word_photo(photo: Attachment, *, by: User, alt: str) -> Attachment:
    """An officer says what it shows."""
    photo = _locked(photo, by)
    _word(photo, alt)
    return photo


def _locked(photo: Attachment, by: User) -> Attachment:
    """The photo with its message locked. Raises PermissionDenied."""
    if photo.message_id is None:
        raise WrongTurnError(f"{photo!r} was not sent yet")
    message = Message.objects.locked(photo.message_id)
    if not message.may_be_screened_by(by):
        raise PermissionDenied
    photo = Attachment.objects.get(pk=photo.pk)
    photo.message = message
    return photo


def _word(photo: Attachment, alt: str | None) -> None:
    if alt is not None and _one_line(alt) != photo.alt:
        photo.alt = _one_line(alt)
        photo.save(update_fields=["alt"])


def _one_line(words: str) -> str:
    return " ".join(tidy(words).split())[:ALT_LENGTH]


def _enter(photo: Attachment, size: darkroom.Size) -> None:
    """The copies have their row; where it was erased while they were drawn, they go again."""
    picture, thumbnail = media.picture_of(photo.key), media.thumbnail_of(photo.key)
    entered = _mine(photo).update(
        state=PhotoState.READY,
        original="",
        picture=picture,
        thumbnail=thumbnail,
        width=size.width,
        height=size.height,
    )
    media.remove(photo.original)
    if not entered and not Attachment.objects.filter(pk=photo.pk, state=PhotoState.READY).exists():
        media.remove(picture, thumbnail)


def _refuse(photo: Attachment, why: str) -> None:
    _mine(photo).update(state=PhotoState.REFUSED, why=why, original="")
    media.remove(photo.original)


def _mine(photo: Attachment) -> AttachmentQuerySet:
    """The row, as long as nobody has decided on it meanwhile."""
    return Attachment.objects.filter(pk=photo.pk, state=PhotoState.WAITING)


def _forget(rows: list[Attachment]) -> int:
    """Only what is still unsent: a form may be sent at this very moment."""
    gone = 0
    for photo in rows:
        count, _kinds = Attachment.objects.unsent().filter(pk=photo.pk).delete()
        if count:
            media.remove(photo.original)
            gone += 1
    return gone


def _forget_stranger(name: str) -> None:
    """A file that no row waits for: its writer died, or its row is done."""
    try:
        known = Attachment.objects.filter(key=UUID(name), state=PhotoState.WAITING).exists()
    except ValueError:
        known = False  # never finished writing
    if not known:
        media.remove(f"{media.INCOMING}/{name}")
