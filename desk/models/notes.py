"""What officers tell each other about a message; no citizen reads it."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from channels_app.blanking import Part
from channels_app.models import Message
from people.models import Office, User


class Note(models.Model):
    """An internal note: who wrote it, for which office, and when. Its words go with an erasure."""

    message = models.ForeignKey(Message, models.PROTECT, related_name="+", db_index=False)
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+", db_index=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    text = models.TextField(max_length=2000)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        verbose_name = _("internal note")
        verbose_name_plural = _("internal notes")
        indexes = [models.Index(fields=["message", "at", "id"], name="note_of_message")]

    def __str__(self) -> str:
        return f"{self.message} · {self.by}"


def notes_on(message: Message) -> Part:
    """What an erasure takes of them."""
    nothing: dict[str, Any] = {"text": ""}
    return Part("remark", Note.objects.filter(message=message).exclude(text=""), nothing)
