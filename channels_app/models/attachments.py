"""Photos: taken in as they come, shown only as we have drawn them anew."""

import uuid
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from channels_app.models.messages import Message
from channels_app.models.readership import Publication
from channels_app.text.masking import mask
from lifecycle import clock
from lifecycle.models import APPEND_ONLY
from people.models import User

PICTURE, THUMBNAIL = 2048, 480  # the longer side of our copies, in pixels


class PhotoState(models.TextChoices):
    """How far a photo has come."""

    WAITING = "waiting", _("being prepared")
    READY = "ready", _("ready")
    REFUSED = "refused", _("could not be read as a photo")
    ERASED = "erased", _("deleted")


class PhotoTrouble(models.TextChoices):
    """Why a photo could not be drawn anew; its author reads these words."""

    DAMAGED = "damaged", _("it is damaged or did not arrive completely")
    TOO_LARGE = "too_large", _("it has too many pixels for us")
    UNKNOWN = "unknown", _("we tried three times and could not prepare it")


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    """Which photos."""

    def waiting(self) -> Self:
        """Sent, not drawn anew yet, and nobody is at it; oldest first."""
        sent = self.filter(state=PhotoState.WAITING, message__isnull=False)
        return sent.filter(try_at__lte=clock.now()).order_by("try_at")

    def shown(self) -> Self:
        """What everyone may see, where the message itself is public."""
        return self.filter(state=PhotoState.READY, shown_at__isnull=False)

    def public(self) -> Self:
        """Shown, and the message is public at this moment."""
        return self.shown().filter(message__publication=Publication.PUBLIC)

    def of_draft(self, draft: uuid.UUID) -> Self:
        """What was added to this form, sent or not."""
        return self.filter(draft=draft)

    def unsent(self) -> Self:
        """Of forms that nobody has sent."""
        return self.filter(message__isnull=True)


class Attachment(models.Model):
    """One photo of a message, or of a form that is not sent yet (`draft` is its client key).

    `original` names the bytes as they came, below the media folder, removed once drawn anew;
    `picture` and `thumbnail` the re-encoded copies without metadata. A position read from the
    header is only ever a suggestion to the sender, and forgotten once the form is sent.
    `shown_at` is set by an officer's key. Nobody else is at it before `try_at`.
    """

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    message = models.ForeignKey(
        Message, models.PROTECT, null=True, related_name="attachments", editable=False
    )
    draft = models.UUIDField(null=True, editable=False)
    position = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=8, choices=PhotoState, default=PhotoState.WAITING)
    why = models.CharField(max_length=80, choices=PhotoTrouble, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    original = models.CharField(max_length=120, blank=True, editable=False)
    picture = models.CharField(max_length=120, blank=True, editable=False)
    thumbnail = models.CharField(max_length=120, blank=True, editable=False)
    digest = models.CharField(max_length=64, editable=False)
    size = models.PositiveIntegerField(editable=False)
    width = models.PositiveIntegerField(null=True, editable=False)
    height = models.PositiveIntegerField(null=True, editable=False)
    latitude = models.FloatField(null=True, editable=False)
    longitude = models.FloatField(null=True, editable=False)
    alt = models.CharField(_("what the photo shows"), max_length=200, blank=True)
    shown_at = models.DateTimeField(null=True, editable=False)
    shown_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", db_index=False, editable=False
    )
    created_at = models.DateTimeField(editable=False)
    try_at = models.DateTimeField(editable=False)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ["position", "created_at"]
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        constraints = [
            models.CheckConstraint(
                name="attachment_belongs_somewhere",
                condition=Q(message__isnull=False) | Q(draft__isnull=False),
            ),
            # The same photo twice in one form is one photo, however often a page is sent again.
            models.UniqueConstraint(fields=["draft", "digest"], name="attachment_once_a_draft"),
        ]
        indexes = [
            models.Index(
                fields=["try_at"],
                name="attachment_to_draw",
                condition=Q(state="waiting", message__isnull=False),
            ),
            models.Index(
                fields=["created_at"],
                name="attachment_unsent",
                condition=Q(message__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.message or self.draft} · {self.number}"

    @property
    def number(self) -> int:
        """As people count."""
        return self.position + 1

    @property
    def is_ready(self) -> bool:
        """There is a copy of ours to look at."""
        return self.state == PhotoState.READY

    @property
    def is_waiting(self) -> bool:
        """The worker will come to it."""
        return self.state == PhotoState.WAITING

    @property
    def is_shown(self) -> bool:
        """An officer let everyone see it."""
        return self.is_ready and self.shown_at is not None

    @property
    def megabytes(self) -> float:
        """As the sender's phone tells the size."""
        return max(self.size / 1_000_000, 0.1)

    @property
    def small_width(self) -> int:
        """Of the thumbnail."""
        return self._small()[0]

    @property
    def small_height(self) -> int:
        """Of the thumbnail."""
        return self._small()[1]

    @property
    def public_alt(self) -> str:
        """What it shows, masked; a number where nobody said."""
        return mask(self.alt) or gettext("Photo %(number)d, not described") % {
            "number": self.number
        }

    @property
    def own_alt(self) -> str:
        """What it shows, as written: for its author and the office."""
        return self.alt or self.public_alt

    def claim(self, *, until: datetime) -> bool:
        """Take it for one try; another worker sees it again after `until`."""
        mine = Attachment.objects.waiting().filter(pk=self.pk, tries=self.tries)
        if not mine.update(tries=F("tries") + 1, try_at=until):
            return False
        self.tries, self.try_at = self.tries + 1, until
        return True

    def _small(self) -> tuple[int, int]:
        width, height = self.width or THUMBNAIL, self.height or THUMBNAIL
        scale = min(1.0, THUMBNAIL / max(width, height))
        return max(1, round(width * scale)), max(1, round(height * scale))


class PhotoChange(models.Model):
    """Who let everyone see a photo, or took it away again (append-only)."""

    photo = models.ForeignKey(Attachment, models.PROTECT, related_name="changes")
    is_shown = models.BooleanField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        triggers = APPEND_ONLY
        verbose_name = _("change of a photo")
        verbose_name_plural = _("changes of photos")

    def __str__(self) -> str:
        return f"{self.photo} · {self.is_shown} · {self.at:%Y-%m-%d %H:%M}"
