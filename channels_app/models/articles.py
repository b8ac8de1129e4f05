"""The knowledge base: what citizens ask again and again, answered once for everybody."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from channels_app.models.messages import Message
from channels_app.models.passage_triggers import ARTICLE_CHANGED
from channels_app.text.grams import grams_of, in_question
from lifecycle import clock
from people.models import Office, User

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

SHOWN = Q(withdrawn_at=None)


@dataclass(frozen=True)
class Words:
    """Question and answer as they stand in one language: the page marks it with `lang`."""

    question: str
    answer: str
    language: str


class KnowledgeArticleQuerySet(models.QuerySet["KnowledgeArticle"]):
    """Which articles."""

    def shown(self) -> Self:
        """What everyone may read now."""
        return self.filter(SHOWN, published_at__lte=clock.now())

    def withdrawn(self) -> Self:
        """What was taken off the pages; its words and its history stay."""
        return self.filter(withdrawn_at__isnull=False)

    def stale(self) -> Self:
        """Shown, and its office should have looked at it again by now."""
        return self.shown().filter(review_by__lt=clock.now())

    def listed(self, *more: str) -> Self:
        """With the office and without the pieces, for pages that show many."""
        return self.select_related("office", *more).defer("grams")

    def helpful(self) -> Self:
        """What helped most, by the readers' own word; what helped nobody yet is not there."""
        return self.shown().listed("tally").filter(tally__helped__gt=0).order_by("-tally__helped")

    def of(self, user: User) -> Self:
        """Those of this officer's own offices."""
        return self.filter(office__in=user.offices)

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """What is shown; the withdrawn ones for those who keep them, and for auditors."""
        if not isinstance(user, User) or not user.is_staff:
            return self.shown()
        if user.is_at_centre or user.is_at_call_centre or user.is_auditor:
            return self
        return self.filter((SHOWN & Q(published_at__lte=clock.now())) | Q(office__in=user.offices))


@pghistory.track(exclude=["grams"])
class KnowledgeArticle(models.Model):
    """One question with its answer, in Korean, in English or in both; its office answers for it.

    `review_by` is the day until which its office stands for every word. `source` is the message
    whose answer it was made from: what is taken over from there went through the mask. `grams`
    are the pieces of its words by which the index finds it.
    """

    slug = models.CharField(max_length=80, unique=True, editable=False)
    office = models.ForeignKey(
        Office, models.PROTECT, verbose_name=_("office"), related_name="articles", db_index=False
    )
    question_ko = models.CharField(_("question (Korean)"), max_length=200, blank=True)
    answer_ko = models.TextField(_("answer (Korean)"), blank=True)
    question_en = models.CharField(_("question (English)"), max_length=200, blank=True)
    answer_en = models.TextField(_("answer (English)"), blank=True)
    source = models.ForeignKey(
        Message, models.PROTECT, null=True, related_name="articles", editable=False
    )
    published_at = models.DateTimeField(editable=False)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    changed_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    changed_at = models.DateTimeField(editable=False)
    reviewed_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    reviewed_at = models.DateTimeField(editable=False)
    review_by = models.DateTimeField(_("to be reviewed by"), editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_because = models.CharField(max_length=300, blank=True, editable=False)
    grams = ArrayField(models.CharField(max_length=40), default=list, editable=False)

    objects = KnowledgeArticleQuerySet.as_manager()

    class Meta:
        ordering = ["-reviewed_at", "-id"]
        triggers = [ARTICLE_CHANGED]
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        constraints = [
            models.CheckConstraint(
                name="article_speaks_a_language",
                condition=~Q(question_ko="", question_en="")
                & (Q(question_ko="", answer_ko="") | (~Q(question_ko="") & ~Q(answer_ko="")))
                & (Q(question_en="", answer_en="") | (~Q(question_en="") & ~Q(answer_en=""))),
            ),
            models.CheckConstraint(
                name="article_withdrawn_for_a_reason",
                condition=Q(withdrawn_at__isnull=True, withdrawn_because="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_because="")),
            ),
            models.CheckConstraint(
                name="article_holds_after_its_review", condition=Q(review_by__gte=F("reviewed_at"))
            ),
        ]
        indexes = [
            GinIndex(fields=["grams"], name="article_grams"),
            models.Index(fields=["-reviewed_at", "-id"], name="article_newest", condition=SHOWN),
            models.Index(fields=["-changed_at", "-id"], name="article_changed", condition=SHOWN),
            models.Index(fields=["review_by", "id"], name="article_to_review", condition=SHOWN),
            models.Index(
                fields=["office", "review_by", "id"], name="article_of_office", condition=SHOWN
            ),
            models.Index(fields=["-withdrawn_at", "-id"], name="article_withdrawn"),
        ]

    def __str__(self) -> str:
        return self.question

    def get_absolute_url(self) -> str:
        """Its page, under the same name for ever."""
        return reverse("article", args=[self.slug])

    def words_in(self, language: str) -> Words:
        """In this language; where there is none yet, in the other one, which it says."""
        first, other = ("en", "ko") if language == "en" else ("ko", "en")
        return self._words(first) or self._words(other) or Words("", "", first)

    def _words(self, language: str) -> Words | None:
        question = getattr(self, f"question_{language}")
        answer = getattr(self, f"answer_{language}")
        return Words(question, answer, language) if question else None

    @property
    def words(self) -> Words:
        """In the language of the page, or in the one it has."""
        return self.words_in(get_language() or "ko")

    @property
    def question(self) -> str:
        """The question in the language of the page, or in the one it has."""
        return self.words.question

    @property
    def languages(self) -> list[str]:
        """Those it can be read in."""
        return [language for language in ("ko", "en") if self._words(language)]

    @property
    def pieces(self) -> list[str]:
        """What `grams` holds for the words of this moment."""
        asked = grams_of(f"{self.question_ko}\n{self.question_en}")
        answered = grams_of(f"{self.answer_ko}\n{self.answer_en}")
        return [*map(in_question, asked), *dict.fromkeys((*asked, *answered))]

    @property
    def is_withdrawn(self) -> bool:
        """Off the pages."""
        return self.withdrawn_at is not None

    @property
    def is_stale(self) -> bool:
        """Nobody has said lately that it still holds."""
        return not self.is_withdrawn and self.review_by < clock.now()

    @property
    def public_source(self) -> Message | None:
        """The case it came from, where everyone may read that."""
        return self.source if self.source and self.source.is_public else None

    def may_be_kept_by(self, user: "User | AnonymousUser") -> bool:
        """Written, revised, reviewed, withdrawn: its office; the centre and 120 Dasan all."""
        return may_keep_for(self.office, user)


def may_keep_for(office: Office, user: "User | AnonymousUser") -> bool:
    """Whether this user writes articles in the name of this office."""
    return isinstance(user, User) and (
        user.holds(office) or user.is_at_centre or user.is_at_call_centre
    )


class ArticleTally(models.Model):
    """How many readers of an article said that it helped, and how many not: numbers, nobody's.

    A row of its own: counting must not rewrite the pieces of the article in their index.
    """

    article = models.OneToOneField(
        KnowledgeArticle, models.PROTECT, primary_key=True, related_name="tally"
    )
    helped = models.PositiveIntegerField(default=0)
    not_helped = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["-helped", "article"], name="article_most_helpful")]

    def __str__(self) -> str:
        return f"{self.helped} : {self.not_helped}"
