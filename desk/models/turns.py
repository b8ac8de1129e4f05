"""Whose turn it is: who has taken a message on, and until when it may wait on the desk."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from channels_app.models import Message
from channels_app.models.message_rows import MessageQuerySet
from desk.models.writing import Draft
from lifecycle import clock
from people.models import Office, User


class Taken(models.Model):
    """One officer has taken a message on; the duty stays the office's.

    It ends where the message goes to another office: `office` is the one it lay with.
    """

    message = models.OneToOneField(Message, models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+", db_index=False)
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

    It leaves the lists of what to do now, for the whole office, and comes back by itself; at once
    where another office has it: `office` is the one it lay with.
    """

    message = models.OneToOneField(Message, models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+", db_index=False)
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


def of_its_office(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Those about the message of the outer query, as long as it lies with the same office."""
    return rows.filter(message=OuterRef("pk"), office=OuterRef("office"))


def awake(rows: MessageQuerySet) -> MessageQuerySet:
    """Those that do not wait on the desk."""
    return rows.exclude(Exists(of_its_office(Snooze.objects.holding())))


def asleep(rows: MessageQuerySet) -> MessageQuerySet:
    """Those that wait on the desk, each knowing `later_until`."""
    waiting = of_its_office(Snooze.objects.holding())
    return rows.filter(Exists(waiting)).annotate(later_until=waiting.values("until")[:1])


def taken_by(rows: MessageQuerySet, user: User) -> MessageQuerySet:
    """Those this officer has taken on, or has begun to answer."""
    taken = of_its_office(Taken.objects.filter(by=user))
    begun = of_its_office(Draft.objects.filled().filter(by=user))
    return rows.filter(Exists(taken) | Exists(begun))
