"""Who has to know that a suggestion's date has passed."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from channels_app.models import Delivery, Level
from people.models import Office
from suggestions.models.suggestions import Suggestion


class SuggestionReminderQuerySet(models.QuerySet["SuggestionReminder"]):
    """Which reminders."""

    def untold(self) -> Self:
        """No mail to its office has been made for it yet."""
        return self.filter(delivery=None).order_by("id")


class SuggestionReminder(models.Model):
    """One date of one suggestion reached one level: once each, whatever the gaps in the beat.

    `office` is on whose list it stands from then on: its own, its head's, the mayor's; `delivery`
    the mail in which it was told.
    """

    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="reminders")
    level = models.CharField(max_length=5, choices=Level)
    due_at = models.DateTimeField()
    at = models.DateTimeField()
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    delivery = models.ForeignKey(
        Delivery, models.PROTECT, null=True, related_name="suggestion_reminders"
    )

    objects = SuggestionReminderQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]
        verbose_name = _("late suggestion")
        verbose_name_plural = _("late suggestions")
        constraints = [
            models.UniqueConstraint(
                fields=["suggestion", "level", "due_at"], name="suggestion_reminded_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["office", "id"],
                name="suggestion_reminder_untold",
                condition=Q(delivery__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.suggestion_id} {self.level}"
