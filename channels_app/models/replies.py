"""What the city answers."""

from typing import Self

from django.db import models
from django.db.models import Q

from channels_app.models.messages import Message
from lifecycle import clock
from people.models import Office, User


class ReplyQuerySet(models.QuerySet["Reply"]):
    """Which answers."""

    def leaving(self) -> Self:
        """Written, not taken back, their moment come, not yet on the case page."""
        return self.filter(
            taken_back_at=None, published_at=None, leaves_at__lte=clock.now()
        ).order_by("leaves_at")

    def published(self) -> Self:
        """What the citizen can read."""
        return self.filter(published_at__isnull=False)


class Reply(models.Model):
    """What the city answers. It leaves at `leaves_at`; until then it can be taken back."""

    message = models.ForeignKey(Message, models.PROTECT, related_name="replies")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+", db_index=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    text = models.TextField()
    masked_text = models.TextField()
    written_at = models.DateTimeField()
    leaves_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    taken_back_at = models.DateTimeField(null=True)

    objects = ReplyQuerySet.as_manager()

    class Meta:
        ordering = ["written_at"]
        indexes = [
            models.Index(
                fields=["leaves_at"],
                name="reply_leaving",
                condition=Q(published_at=None, taken_back_at=None),
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["message"],
                name="reply_one_at_a_time",
                condition=Q(published_at=None, taken_back_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.message} · {self.written_at:%Y-%m-%d}"
