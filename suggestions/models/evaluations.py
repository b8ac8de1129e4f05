"""Months later: those who followed say whether it is there and whether it helps."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from channels_app.models import Felt
from lifecycle import clock
from people.models import User
from suggestions.models.suggestions import Suggestion

LEAST, MOST = 1, 5  # how much it helps


class EvaluationQuerySet(models.QuerySet["Evaluation"]):
    """Which evaluations."""

    def asking(self) -> Self:
        """Their survey is open."""
        return self.filter(closes_at__gt=clock.now(), evaluated_at__isnull=True)

    def to_invite(self) -> Self:
        """Open, and not everybody concerned was written to yet; oldest first."""
        return self.asking().filter(invited_at__isnull=True).order_by("id")


class Evaluation(models.Model):
    """One survey of those who followed or supported a suggestion, and what the team writes of it.

    `invited_at` is when the last of them was written to. `text` is masked; its step keeps the
    digest.
    """

    suggestion = models.OneToOneField(Suggestion, models.PROTECT, related_name="evaluation")
    opened_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    invited_at = models.DateTimeField(null=True)
    invited = models.PositiveIntegerField(default=0)
    text = models.TextField(blank=True)
    evaluated_at = models.DateTimeField(null=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name = _("evaluation")
        verbose_name_plural = _("evaluations")
        constraints = [
            models.CheckConstraint(
                name="evaluation_written_whole",
                condition=Q(evaluated_at__isnull=True, text="", by__isnull=True)
                | (Q(evaluated_at__isnull=False, by__isnull=False) & ~Q(text="")),
            )
        ]
        indexes = [
            models.Index(
                fields=["id"], name="evaluation_to_invite", condition=Q(invited_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.suggestion_id}: {self.opened_at:%Y-%m-%d}"

    @property
    def is_asking(self) -> bool:
        """Whoever was written to can still answer."""
        return self.evaluated_at is None and clock.now() < self.closes_at


class SurveyAnswer(models.Model):
    """What one of them said. Nothing leads back to who it was; the words are masked at once.

    No moment is kept: beside the outbox it would tell whose it is.
    """

    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="said")
    there = models.CharField(max_length=6, choices=Felt)
    helps = models.PositiveSmallIntegerField()
    masked_words = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("answer to a survey")
        verbose_name_plural = _("answers to surveys")
        constraints = [
            models.CheckConstraint(
                name="survey_helps_one_to_five", condition=Q(helps__range=(LEAST, MOST))
            )
        ]

    def __str__(self) -> str:
        return f"{self.evaluation_id}: {self.there}, {self.helps}"
