"""Several offices for one answer: one is in charge, others are asked for a part."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from channels_app.models.messages import Message
from channels_app.models.passage_triggers import PART_ASKED
from channels_app.states import MESSAGE_FINAL
from lifecycle import clock
from people.models import Office, User


class AskedQuerySet(models.QuerySet["Asked"]):
    """Which questions between offices."""

    def open(self) -> Self:
        """Not answered yet."""
        return self.filter(answered_at__isnull=True)

    def owed_by(self, user: User) -> Self:
        """What this user's offices are asked for, as long as the message waits for an answer."""
        waiting = self.open().filter(office__in=user.offices)
        return waiting.exclude(message__status__in=MESSAGE_FINAL)


class Asked(models.Model):
    """The office in charge asks another one for its part, with a date; the clock stays its own.

    `question` and `answer` are between officers: never public.
    """

    message = models.ForeignKey(Message, models.PROTECT, related_name="asked")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+", db_index=False)
    question = models.TextField()
    due_at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", db_index=False
    )
    answered_at = models.DateTimeField(null=True)

    objects = AskedQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]
        triggers = [PART_ASKED]
        verbose_name = _("part asked for")
        verbose_name_plural = _("parts asked for")
        constraints = [
            models.UniqueConstraint(
                fields=["message", "office"],
                name="asked_once_at_a_time",
                condition=Q(answered_at__isnull=True),
            )
        ]
        indexes = [
            models.Index(
                fields=["office", "due_at", "id"],
                name="asked_open",
                condition=Q(answered_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.message} ? {self.office}"

    @property
    def is_overdue(self) -> bool:
        """Not answered, and its date has passed."""
        return self.answered_at is None and self.due_at < clock.now()

    def is_owed_by(self, user: User) -> bool:
        """This user's office has not given it yet."""
        return self.answered_at is None and self.office_id in user.offices

    def may_be_answered_by(self, user: User) -> bool:
        """Only the office that is asked."""
        return user.holds(self.office)
