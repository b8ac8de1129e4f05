"""Done means done: what an office claims, and whether those who asked for it agree."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.models import Office, User
from suggestions.models.steps import SuggestionStep
from suggestions.models.suggestions import Suggestion


class Result(models.TextChoices):
    """What was done (paper 4.2)."""

    PROGRAMME = "programme", pgettext_lazy("result", "a new supporting programme")
    IMPROVEMENT = "improvement", pgettext_lazy("result", "an existing system was improved")
    BUDGET = "budget", pgettext_lazy("result", "a new budget")


class Judge(models.TextChoices):
    """Who says whether it is done."""

    AUTHOR = "author", pgettext_lazy("judge", "its author")
    SEAT = "seat", pgettext_lazy("judge", "a citizen of the committee")
    NOBODY = "nobody", pgettext_lazy("judge", "nobody objected")


class Claim(models.Model):
    """An office says that it is done, with evidence everyone may check; masked.

    `confirmed_by` is who agreed; a disputed claim stays beside its Dispute.
    """

    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="claims")
    step = models.OneToOneField(SuggestionStep, models.PROTECT, related_name="claim")
    result = models.CharField(max_length=11, choices=Result)
    text = models.TextField()
    address = models.URLField(blank=True)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+", db_index=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.CharField(max_length=6, choices=Judge, blank=True)

    class Meta:
        ordering = ["at", "id"]
        verbose_name = _("claim that it is done")
        verbose_name_plural = _("claims that it is done")
        constraints = [
            models.CheckConstraint(
                name="claim_confirmed_whole",
                condition=Q(confirmed_at__isnull=True, confirmed_by="")
                | (Q(confirmed_at__isnull=False) & ~Q(confirmed_by="")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.suggestion_id}: {self.result}"


class Dispute(models.Model):
    """It is not done, says its author or a citizen of the committee.

    `public`: everyone may read the masked words, beside the claim; else the office alone. `text`
    is the author's own; of a seat only the masked words are kept.
    """

    claim = models.OneToOneField(Claim, models.PROTECT, related_name="dispute")
    judge = models.CharField(max_length=6, choices=Judge)
    text = models.TextField(blank=True)
    masked_text = models.TextField()
    public = models.BooleanField(default=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        verbose_name = _("dispute")
        verbose_name_plural = _("disputes")

    def __str__(self) -> str:
        return f"{self.claim_id} ← {self.judge}"
