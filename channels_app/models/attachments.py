"""Photos: taken in as they come, shown only as we have drawn them anew."""

import uuid
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from channels_app.models.messages import Message
from people.models import User


class PhotoState(models.TextChoices):
    """How far a photo has come."""

    WAITING = "waiting", _("being prepared")
    READY = "ready", _("ready")
    REFUSED = "refused", _("could not be read as a photo")


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    """Which photos."""

    def waiting(self) -> Self:
        """What the worker has not drawn anew yet, oldest first."""
        return self.filter(state=PhotoState.WAITING).order_by("created_at")

    def shown(self) -> Self:
        """What everyone may see, where the message itself is public."""
        return self.filter(state=PhotoState.READY, shown_at__isnull=False)


class Attachment(models.Model):
    """One photo of a message, or of a form that is not sent yet (`draft` is its client key).

    `original` names the bytes as they came, below the media folder, removed once drawn anew;
    `picture` and `thumbnail` the re-encoded copies without metadata. A position read from the
    header is only ever a suggestion to the sender. `shown_at` is set by an officer's key.
    """

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    message = models.ForeignKey(
        Message, models.PROTECT, null=True, related_name="attachments", editable=False
    )
    draft = models.UUIDField(null=True, db_index=True, editable=False)
    position = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=8, choices=PhotoState, default=PhotoState.WAITING)
    why = models.CharField(max_length=80, blank=True)
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

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ["position", "created_at"]
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        constraints = [
            models.CheckConstraint(
                name="attachment_belongs_somewhere",
                condition=models.Q(message__isnull=False) | models.Q(draft__isnull=False),
            )
        ]
        indexes = [
            models.Index(
                fields=["created_at"],
                name="attachment_waiting",
                condition=models.Q(state="waiting"),
            ),
            models.Index(
                fields=["created_at"],
                name="attachment_unsent",
                condition=models.Q(message__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.message or self.draft} · {self.position}"
