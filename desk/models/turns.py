"""Whose turn it is: who has taken a message on, and until when it may wait on the desk."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from channels_app.models import Message
from channels_app.models.message_rows import MessageQuerySet
from desk.models.writing import Draft
from lifecycle import clock
from people.models import User


class Taken(models.Model):
    """One officer has taken a message on; the duty stays the office's."""

    message = models.OneToOneField(Message, models.PROTECT, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at"]
        verbose_name = _("message taken on")
        verbose_name_plural = _("messages taken on")

    def __str__(self) -> str:
        return f"{self.message} · {self.by}"


class SnoozeQuerySet(models.QuerySet["Snooze"]):
    """Which of them."""

    def holding(self) -> Self:
        """Their moment has not come yet."""
        return self.filter(until__gt=clock.now())


class Snooze(models.Model):
    """A message waits on the desk until a moment; its public clock goes on.

    It leaves the lists of what to do now, for the whole office, and comes back by itself.
    """

    message = models.OneToOneField(Message, models.PROTECT, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    until = models.DateTimeField()
    at = models.DateTimeField()

    objects = SnoozeQuerySet.as_manager()

    class Meta:
        ordering = ["until"]
        verbose_name = _("message waiting on the desk")
        verbose_name_plural = _("messages waiting on the desk")
        indexes = [models.Index(fields=["until", "message"], name="snooze_until")]

    def __str__(self) -> str:
        return f"{self.message} → {self.until:%Y-%m-%d %H:%M}"


def latest_for(message: Message) -> datetime | None:
    """Until when it may wait: its own date; None where that has passed or nothing is owed."""
    if message.is_final or message.due_at is None or message.due_at <= clock.now():
        return None
    return message.due_at


def awake(rows: MessageQuerySet) -> MessageQuerySet:
    """Those that do not wait on the desk."""
    waiting = Snooze.objects.holding().filter(message=OuterRef("pk"))
    return rows.exclude(Exists(waiting))


def asleep(rows: MessageQuerySet) -> MessageQuerySet:
    """Those that wait on the desk, each knowing `later_until`."""
    waiting = Snooze.objects.holding().filter(message=OuterRef("pk"))
    return rows.filter(Exists(waiting)).annotate(later_until=waiting.values("until")[:1])


def taken_by(rows: MessageQuerySet, user: User) -> MessageQuerySet:
    """Those this officer has taken on, or has begun to answer."""
    taken = Taken.objects.filter(message=OuterRef("pk"), by=user)
    begun = Draft.objects.filled().filter(message=OuterRef("pk"), by=user)
    return rows.filter(Exists(taken) | Exists(begun))
