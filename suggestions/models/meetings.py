"""Meetings of a committee: when, about what, who came, and what was said."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lifecycle import clock
from people.models import User
from suggestions import rules_of_committees as rules
from suggestions.models.committees import Committee, Seat


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Which meetings."""

    def coming(self) -> Self:
        """Called, not called off, and not begun; the next one first."""
        return self.filter(called_off_at__isnull=True, starts_at__gt=clock.now()).order_by(
            "starts_at", "id"
        )

    def called_off(self) -> Self:
        """Whoever wanted to come has to know that they need not; until it would have begun."""
        return self.filter(called_off_at__isnull=False, starts_at__gt=clock.now()).order_by(
            "starts_at", "id"
        )

    def without_minutes(self) -> Self:
        """Held, and nobody can read yet what was said."""
        return self.filter(
            called_off_at__isnull=True, published_at__isnull=True, starts_at__lte=clock.now()
        ).order_by("starts_at", "id")

    def held(self) -> Self:
        """Those whose minutes everyone can read: without minutes a meeting does not count."""
        return self.filter(published_at__isnull=False)


class Meeting(models.Model):
    """One meeting; its minutes are due `committee.minutes` days later, and public."""

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="meetings")
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=120)
    agenda = models.TextField()
    minutes = models.TextField(blank=True)
    minutes_due_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    called_at = models.DateTimeField()
    called_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    called_off_at = models.DateTimeField(null=True)
    why_off = models.CharField(max_length=200, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at", "-id"]
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        constraints = [
            models.CheckConstraint(
                name="meeting_published_has_minutes",
                condition=Q(published_at__isnull=True) | ~Q(minutes=""),
            ),
            models.CheckConstraint(
                name="meeting_off_says_why",
                condition=Q(called_off_at__isnull=True)
                | (~Q(why_off="") & Q(published_at__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(
                fields=["committee", "minutes_due_at"],
                name="meeting_owes_minutes",
                condition=Q(published_at__isnull=True, called_off_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.committee_id}: {self.starts_at:%Y-%m-%d}"

    @property
    def is_coming(self) -> bool:
        """Called, and not begun yet."""
        return self.called_off_at is None and self.starts_at > clock.now()

    @property
    def owes_minutes(self) -> bool:
        """Held, and nobody can read yet what was said."""
        return self.called_off_at is None and self.published_at is None and not self.is_coming

    @property
    def is_late(self) -> bool:
        """Its minutes are."""
        return self.owes_minutes and self.minutes_due_at < clock.now()


def minutes_due(starts_at: datetime) -> datetime:
    """By when its minutes have to be public."""
    return starts_at + timedelta(days=rules.MINUTES_DAYS.value())


class Attendance(models.Model):
    """Somebody was there."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendances")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="attendances")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["meeting", "seat"], name="attendance_once")]

    def __str__(self) -> str:
        return f"{self.meeting_id} ← {self.seat_id}"
