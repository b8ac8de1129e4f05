"""An appeal: its author minds that a suggestion is not shown, or declined; once each."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.models import Office, User
from suggestions.models.suggestions import Suggestion


class AppealQuerySet(models.QuerySet["Appeal"]):
    """Which appeals."""

    def waiting(self) -> Self:
        """Nobody has decided about them yet."""
        return self.filter(decided_at__isnull=True)


class Appeal(models.Model):
    """Why its author minds, who decides by when, and how it was decided (LIFECYCLES 4.2).

    `against` is the status it is about. Another moderator decides about one that is not shown,
    the head above about one that is declined: `office` is where it lies.
    """

    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="appeals")
    against = models.CharField(max_length=20)
    text = models.TextField()
    masked_text = models.TextField()
    office = models.ForeignKey(Office, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    due_at = models.DateTimeField()
    upheld = models.BooleanField(null=True)
    reason = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", db_index=False
    )

    objects = AppealQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        constraints = [
            models.UniqueConstraint(fields=["suggestion", "against"], name="appeal_once"),
            models.CheckConstraint(
                name="appeal_decided_whole",
                condition=Q(decided_at__isnull=True, upheld__isnull=True)
                | Q(decided_at__isnull=False, upheld__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["office", "due_at"],
                name="appeal_owed",
                condition=Q(decided_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.suggestion_id}: {self.against}"

    @property
    def is_open(self) -> bool:
        """Nobody has decided yet."""
        return self.decided_at is None
