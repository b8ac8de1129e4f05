"""Who showed, hid or reported a message."""

import pgtrigger
from django.db import models

from channels_app.models.messages import Message
from channels_app.models.readership import HiddenReason, Publication
from lifecycle.models import NEVER_EMPTIED
from people.models import User


class PublicationChange(models.Model):
    """Who showed, hid or reported a message, and why. `by` is None for a reader."""

    message = models.ForeignKey(Message, models.PROTECT, related_name="publication_changes")
    came_from = models.CharField(max_length=8, choices=Publication)
    to = models.CharField(max_length=8, choices=Publication)
    reason = models.CharField(max_length=12, choices=HiddenReason, blank=True)
    words = models.TextField(blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        triggers = [
            pgtrigger.Protect(name="append_only_delete", operation=pgtrigger.Delete),
            NEVER_EMPTIED,
        ]

    def __str__(self) -> str:
        return f"{self.message}: {self.came_from} → {self.to}"
