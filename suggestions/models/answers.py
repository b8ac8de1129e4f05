"""What the city answers to a suggestion: every version stays, and everyone may read all of them."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from channels_app.models import Felt, Ground
from people.models import Office, User
from suggestions.models.policies import Policy
from suggestions.models.steps import SuggestionStep
from suggestions.models.suggestions import Suggestion


class AnswerKind(models.TextChoices):
    """Whether it decides, or says why that takes longer."""

    INTERIM = "interim", pgettext_lazy("official answer", "an interim answer")
    FINAL = "final", pgettext_lazy("official answer", "the answer")


class AnswerOutcome(models.TextChoices):
    """What a final answer decides."""

    ADOPTED = "adopted", pgettext_lazy("official answer", "The city will do it.")
    IN_COMMITTEE = "in_committee", pgettext_lazy("official answer", "A committee works on it.")
    IN_PLACE = "in_place", pgettext_lazy("official answer", "The city does it already.")
    PASSED_ON = "passed_on", pgettext_lazy("official answer", "Another body decides about it.")
    LONG_TERM = "long_term", pgettext_lazy("official answer", "It is in the long-term plan.")
    DECLINED = "declined", pgettext_lazy("official answer", "The city says no.")


class OfficialAnswerQuerySet(models.QuerySet["OfficialAnswer"]):
    """Which answers."""

    def newest(self) -> Self:
        """Without the versions that a later one took the place of."""
        return self.filter(newer__isnull=True)


class OfficialAnswer(models.Model):
    """One version of what an office says, in words for everyone (they are kept masked).

    `text` fits others too and may be ready-made; `personal` is about this suggestion alone.
    A "no" has its blocker, one thing the city does all the same, and the person's next door. An
    interim answer names the new date. `step` keeps the digest of `public_words`.
    """

    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="answers")
    step = models.OneToOneField(SuggestionStep, models.PROTECT, related_name="answer")
    kind = models.CharField(max_length=7, choices=AnswerKind)
    outcome = models.CharField(max_length=12, choices=AnswerOutcome, blank=True)
    text = models.TextField(blank=True)
    personal = models.TextField()
    blocker = models.CharField(max_length=9, choices=Ground, blank=True)
    alternative = models.TextField(blank=True)
    next_door = models.TextField(blank=True)
    policy = models.ForeignKey(Policy, models.PROTECT, null=True, related_name="answers")
    body = models.CharField(max_length=120, blank=True)
    sent_on = models.DateField(null=True)
    follow_up_on = models.DateField(null=True)
    review_on = models.DateField(null=True)
    new_due_at = models.DateTimeField(null=True)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+", db_index=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, related_name="newer")

    objects = OfficialAnswerQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]
        verbose_name = _("official answer")
        verbose_name_plural = _("official answers")
        constraints = [
            models.CheckConstraint(
                name="official_final_decides",
                condition=Q(kind="interim", outcome="") | (Q(kind="final") & ~Q(outcome="")),
            ),
            models.CheckConstraint(
                name="official_interim_names_date",
                condition=~Q(kind="interim") | Q(new_due_at__isnull=False),
            ),
            models.CheckConstraint(
                name="official_no_says_what_next",
                condition=~Q(outcome="declined")
                | (~Q(blocker="") & ~Q(alternative="") & ~Q(next_door="")),
            ),
            models.CheckConstraint(
                name="official_in_place_links_policy",
                condition=~Q(outcome="in_place") | Q(policy__isnull=False),
            ),
            models.CheckConstraint(
                name="official_passed_on_is_followed_up",
                condition=~Q(outcome="passed_on")
                | (~Q(body="") & Q(sent_on__isnull=False, follow_up_on__gt=F("sent_on"))),
            ),
            models.CheckConstraint(
                name="official_long_term_is_reviewed",
                condition=~Q(outcome="long_term") | Q(review_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.suggestion_id}: {self.outcome or self.kind}"

    @property
    def is_final(self) -> bool:
        """It decides."""
        return self.kind == AnswerKind.FINAL

    @property
    def is_no(self) -> bool:
        """The city declines."""
        return self.outcome == AnswerOutcome.DECLINED

    @property
    def public_words(self) -> str:
        """All of its words, as its step keeps their digest."""
        parts = (self.text, self.personal, self.alternative, self.next_door, self.body)
        return "\n".join(part for part in parts if part)


class AnswerRating(models.Model):
    """Was it clear? Did you feel heard? What the author says of one answer; changeable for a time.

    The words are for the office; nothing of them is ever public.
    """

    answer = models.OneToOneField(OfficialAnswer, models.PROTECT, related_name="rating")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    clear = models.CharField(max_length=6, choices=Felt)
    heard = models.CharField(max_length=6, choices=Felt)
    words = models.TextField(blank=True)
    masked_words = models.TextField(blank=True)
    at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at", "id"]
        verbose_name = _("rating of an official answer")
        verbose_name_plural = _("ratings of official answers")

    def __str__(self) -> str:
        return f"{self.answer_id}: {self.clear}, {self.heard}"
