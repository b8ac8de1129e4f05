"""Who read what a citizen wrote."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from channels_app.models.messages import Message
from lifecycle import clock
from lifecycle.models import APPEND_ONLY
from people.models import Office, User


class Reading(models.Model):
    """An officer read what a citizen wrote: who, when, whose, on which page (append-only)."""

    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+", db_index=False)
    message = models.ForeignKey(Message, models.PROTECT, related_name="readings")
    page = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at"]
        indexes = [models.Index(fields=["user", "at"], name="reading_by_user")]
        triggers = APPEND_ONLY
        verbose_name = _("reading")
        verbose_name_plural = _("readings")

    def __str__(self) -> str:
        return f"{self.user} · {self.message} · {self.at:%Y-%m-%d %H:%M}"

    @classmethod
    def log(cls, message: Message, user: User, page: str) -> "Reading":
        """Write the line before the page is shown."""
        return cls.objects.create(
            user=user,
            office=user.acting_for(message.office),
            message=message,
            page=page,
            at=clock.now(),
        )
