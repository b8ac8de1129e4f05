"""Who was told that a date comes near, or has passed."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from channels_app.models.messages import Message
from people.models import Office


class Level(models.TextChoices):
    """How far it has come, in order."""

    SOON = "soon", _("the date comes near")
    LATE = "late", _("the date has passed")
    HEAD = "head", _("told to the head of the office")
    MAYOR = "mayor", _("told to the mayor's office")


class ReminderQuerySet(models.QuerySet["Reminder"]):
    """Which reminders."""

    def untold(self) -> Self:
        """An office is to be told and no mail has been made for it yet."""
        return self.filter(delivery__isnull=True, office__isnull=False).order_by("id")

    def outward(self) -> Self:
        """What everyone may know: that it is late, and who was told of it."""
        return self.exclude(level=Level.SOON)

    def untold_outside(self) -> Self:
        """A date has passed, and nobody outside was told yet."""
        return self.filter(level=Level.LATE, told=False).order_by("id")


class Reminder(models.Model):
    """One date of one message reached one level: once each, whatever the gaps in the beat.

    `office` is who is told; `delivery` the mail in which it was (one mail may tell of many).
    `told` says that the author and those who follow were told too.
    """

    message = models.ForeignKey(Message, models.PROTECT, related_name="reminders")
    level = models.CharField(max_length=5, choices=Level)
    due_at = models.DateTimeField()
    at = models.DateTimeField()
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+", db_index=False)
    told = models.BooleanField(default=False, db_default=False)
    delivery = models.ForeignKey("Delivery", models.PROTECT, null=True, related_name="reminders")

    objects = ReminderQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = [
            models.UniqueConstraint(fields=["message", "level", "due_at"], name="reminder_once")
        ]
        indexes = [
            models.Index(
                fields=["office", "id"],
                name="reminder_untold",
                condition=Q(delivery__isnull=True, office__isnull=False),
            ),
            models.Index(
                fields=["id"],
                name="reminder_untold_outside",
                condition=Q(level="late", told=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.message} {self.level}"
