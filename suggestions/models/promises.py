"""What somebody who speaks for the city has promised, where, and what became of it."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from lifecycle.models import Step, StepNote, Tracked, TrackedQuerySet
from people.models import Office, User
from suggestions.models.suggestions import Suggestion
from suggestions.states_of_promises import PROMISE_FINAL, PROMISE_LIFECYCLE, PromiseStatus

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class SaidAt(models.TextChoices):
    """Where the words were said."""

    FORUM = "forum", pgettext_lazy("promise", "at a listening forum")
    VISIT = "visit", pgettext_lazy("promise", "on a visit of the mobile mayoral office")
    BROADCAST = "broadcast", pgettext_lazy("promise", "in a broadcast")
    NETWORK = "network", pgettext_lazy("promise", "on a social network")
    PRESS = "press", pgettext_lazy("promise", "to the press")
    COUNCIL = "council", pgettext_lazy("promise", "in the city council")
    ANSWER = "answer", pgettext_lazy("promise", "in an answer to a citizen")
    OTHER = "other", pgettext_lazy("promise", "elsewhere")


class PromiseQuerySet(TrackedQuerySet["Promise"]):
    """Which promises."""

    def public(self) -> Self:
        """Everyone may read all of them."""
        return self.all()

    def owed_by(self, user: User) -> Self:
        """What this officer's offices still have to take on or to keep."""
        return self.unfinished().filter(office__in=user.offices)


class Promise(Tracked):
    """One promise, followed until it is kept, partly kept, broken, or another took its place.

    `speaker` is the office of whoever said it; `office` the one that has it now: the speaker's
    until somebody takes it on. `source` names the place, `address` a page or recording of it,
    `second` the moment in that recording. `end_words` say what became of it. All words are masked.
    """

    lifecycle = PROMISE_LIFECYCLE
    final = PROMISE_FINAL

    speaker = models.ForeignKey(Office, models.PROTECT, related_name="+", db_index=False)
    words = models.TextField()
    said_on = models.DateField()
    said_at = models.CharField(max_length=9, choices=SaidAt)
    source = models.CharField(max_length=200, blank=True)
    address = models.URLField(blank=True)
    second = models.PositiveIntegerField(null=True)
    language = models.CharField(max_length=2, default="ko")
    suggestion = models.ForeignKey(Suggestion, models.PROTECT, null=True, related_name="promises")
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    end_words = models.TextField(blank=True)
    made_at = models.DateTimeField(editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    status = models.CharField(
        max_length=20, choices=PromiseStatus, default=PromiseStatus.MADE, editable=False
    )

    objects = PromiseQuerySet.as_manager()

    if TYPE_CHECKING:
        steps: "RelatedManager[PromiseStep]"  # type: ignore[assignment]  # narrower

    class Meta:
        ordering = ["-made_at", "-id"]
        verbose_name = _("promise")
        verbose_name_plural = _("promises")
        constraints = [
            models.CheckConstraint(
                name="promise_unfinished_has_owner_and_date",
                condition=Q(status__in=PROMISE_FINAL)
                | Q(office__isnull=False, due_at__isnull=False),
            ),
            models.CheckConstraint(
                name="promise_end_says_why",
                condition=~Q(status__in=PROMISE_FINAL)
                | (~Q(end_words="") & Q(ended_at__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(fields=["-made_at", "-id"], name="promise_newest"),
            models.Index(fields=["status", "-made_at", "-id"], name="promise_by_state"),
            models.Index(
                fields=["office", "due_at"],
                name="promise_owed",
                condition=~Q(status__in=PROMISE_FINAL),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.words[:60]}"

    def get_absolute_url(self) -> str:
        """Its public page."""
        return reverse("promise", args=[self.pk])

    @property
    def was_taken_on(self) -> bool:
        """An office has it, with a date."""
        return self.status != PromiseStatus.MADE

    @property
    def moment_in_recording(self) -> str:
        """Hours, minutes and seconds from its start; "" where it is no recording."""
        if self.second is None:
            return ""
        minutes, seconds = divmod(self.second, 60)
        hours, minutes = divmod(minutes, 60)
        return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"

    def may_be_settled_by(self, user: User) -> bool:
        """Kept or not: the head of the office that took it on, or the listening team."""
        return user.heads(self.office) or user.is_listening


class PromiseStep(Step):
    """One change of a promise."""

    root = models.ForeignKey(Promise, models.PROTECT, related_name="steps", db_index=False)

    class Meta(Step.Meta):
        constraints = [models.UniqueConstraint(fields=["root", "seq"], name="promisestep_once")]

    @property
    def what(self) -> str:
        """What happened, in the words of where it led."""
        if self.to_status == PromiseStatus.MADE:
            return gettext("Promised")
        return str(PromiseStatus(self.to_status).label)


class PromiseStepNote(StepNote):
    """What an officer wrote at a step of a promise."""

    step = models.OneToOneField(PromiseStep, models.PROTECT, primary_key=True, related_name="note")
