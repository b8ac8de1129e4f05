"""Who has to know that a date has passed: of a suggestion, an item, a promise, an appeal."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from channels_app.models import Delivery, Level
from people.models import Office
from suggestions.models.appeals import Appeal
from suggestions.models.items import ActionItem
from suggestions.models.promises import Promise
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


class OverdueQuerySet(models.QuerySet["Overdue"]):
    """Which of them."""

    def untold(self) -> Self:
        """No mail to its office has been made for it yet."""
        return self.filter(delivery=None).order_by("id")


class Overdue(models.Model):
    """One date of an action item, a promise or an appeal reached one level: once each.

    It is about one of the three; the other columns are those of a `SuggestionReminder`.
    """

    item = models.ForeignKey(ActionItem, models.PROTECT, null=True, related_name="reminders")
    promise = models.ForeignKey(Promise, models.PROTECT, null=True, related_name="reminders")
    appeal = models.ForeignKey(Appeal, models.PROTECT, null=True, related_name="reminders")
    level = models.CharField(max_length=5, choices=Level)
    due_at = models.DateTimeField()
    at = models.DateTimeField()
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    delivery = models.ForeignKey(Delivery, models.PROTECT, null=True, related_name="overdue")

    objects = OverdueQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]
        verbose_name = _("late item, promise or appeal")
        verbose_name_plural = _("late items, promises and appeals")
        constraints = [
            models.CheckConstraint(
                name="overdue_is_about_one",
                condition=Q(item__isnull=False, promise__isnull=True, appeal__isnull=True)
                | Q(item__isnull=True, promise__isnull=False, appeal__isnull=True)
                | Q(item__isnull=True, promise__isnull=True, appeal__isnull=False),
            ),
            models.UniqueConstraint(fields=["item", "level", "due_at"], name="overdue_item_once"),
            models.UniqueConstraint(
                fields=["promise", "level", "due_at"], name="overdue_promise_once"
            ),
            models.UniqueConstraint(
                fields=["appeal", "level", "due_at"], name="overdue_appeal_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["office", "id"],
                name="overdue_untold",
                condition=Q(delivery__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.item_id or self.promise_id or self.appeal_id} {self.level}"
