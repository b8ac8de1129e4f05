"""A suggestion: one idea on its way, who has it, by when, and what became of it."""

from typing import TYPE_CHECKING, Self

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from channels_app import deadlines
from channels_app.models import Channel, Message, Publication, Topic
from lifecycle import clock
from lifecycle.errors import WrongTurnError
from lifecycle.models import Tracked, TrackedQuerySet
from people.models import Office, User
from suggestions import rules
from suggestions.models.choices import NotShown, Origin, SuggestionKind
from suggestions.models.steps import SuggestionStep
from suggestions.models.tallies import TALLIED
from suggestions.states import (
    DISCUSSABLE,
    DISPOSITION_OF,
    PUT_OFF_IN,
    STAGE_OF,
    SUGGESTION_FINAL,
    SUGGESTION_LIFECYCLE,
    SUPPORTABLE,
    UNSCREENED,
    WITHDRAWABLE,
    Disposition,
    Stage,
    SuggestionStatus,
)

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models.fields.related_descriptors import RelatedManager

    from suggestions.models.supports import SupportQuerySet


# Of messages: what became of them is not over.
ON_THEIR_WAY = Q(suggestion__isnull=False) & ~Q(suggestion__status__in=SUGGESTION_FINAL)


class SuggestionQuerySet(TrackedQuerySet["Suggestion"]):
    """Which suggestions."""

    def public(self) -> Self:
        """What everyone may read: screened, and its words are not hidden."""
        return self.filter(message__publication=Publication.PUBLIC).exclude(status__in=UNSCREENED)

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Public ones; officers see all, for a suggestion is the whole city's business."""
        if isinstance(user, User) and user.is_staff:
            return self
        return self.public()

    def at_offices_of(self, user: User) -> Self:
        """What this officer's offices owe the next word on; moderators see what waits for them."""
        return self.filter(office__in=user.offices)

    def of_disposition(self, disposition: str) -> Self:
        """What became of it; every suggestion is in exactly one."""
        states = [state for state, end in DISPOSITION_OF.items() if end == disposition]
        return self.filter(status__in=states)

    def supportable(self) -> Self:
        """What citizens may still add their support to."""
        return self.filter(status__in=SUPPORTABLE)

    def window_closed(self) -> Self:
        """Their time for support is over, and not enough people came; oldest first."""
        return self.filter(status=SuggestionStatus.OPEN, due_at__lte=clock.now()).order_by(
            "due_at", "id"
        )

    def never_corrected(self) -> Self:
        """Sent back to their authors, who did not correct them in time."""
        return self.filter(status=SuggestionStatus.RETURNED, due_at__lte=clock.now())

    def slept_long(self) -> Self:
        """Asleep, and the day to look at them again has come."""
        return self.filter(status=SuggestionStatus.DORMANT, due_at__lte=clock.now())

    def put_off_often(self) -> Self:
        """Its date was put off more often than its head may alone: the mayor's office looks."""
        most = deadlines.INTERIMS_BY_HEAD.value()
        return self.filter(status__in=PUT_OFF_IN, interims__gt=most)

    def on_list(self, level: str) -> Self:
        """Their present date has passed so long ago that they stand on the list of this level."""
        told = self.unfinished().filter(reminders__level=level, reminders__due_at=F("due_at"))
        return told.order_by("due_at", "id")

    def to_look_at_again(self) -> Self:
        """With another body or in the long-term plan, and the day of its follow-up has come."""
        waiting = (SuggestionStatus.PASSED_ON, SuggestionStatus.LONG_TERM)
        return self.filter(status__in=waiting, due_at__lte=clock.now()).order_by("due_at", "id")

    def claimed_without_dispute(self) -> Self:
        """Said to be done, and nobody objected in time."""
        claimed = SuggestionStatus.CLAIMED_DONE
        return self.filter(status=claimed, due_at__lte=clock.now()).order_by("due_at", "id")

    def to_survey(self) -> Self:
        """Done for so long that those who follow are asked whether it helps."""
        done = self.filter(status=SuggestionStatus.IMPLEMENTED, due_at__lte=clock.now())
        return done.filter(evaluation__isnull=True).order_by("due_at", "id")

    def uncompared(self) -> Self:
        """What gathers support and was not compared with the others as it stands; oldest first."""
        return self.filter(status=SuggestionStatus.OPEN, compared=None).order_by("id")

    def with_untold_steps(self) -> Self:
        """Something happened that those who follow were not told yet, oldest first."""
        return self.filter(told_version__lt=F("version")).order_by("id")


class Suggestion(Tracked):
    """One idea, from its first word to its evaluation, under the number of its message.

    `title` and `masked_text` are the present version, as everyone may read it. `department` is
    the office that would answer; `office` the one that owes the next word. `opened_at` is when
    everyone could first read it; while it gathers support, `due_at` is the end of that time.
    `reached_at` is latched: enough people once supported it, whatever they do later. `supports`
    counts people with a confirmed address (`proved` of them proved who they are), `on_paper`
    signatures on paper; a sweep keeps both. `first_due_at` is the first date of the office's
    answer, `first_finish_at` the first finish date, `moves` how often the office moved either,
    `interims` how often it put off the one that holds. `done_at` is when it was confirmed that it
    is done.
    """

    lifecycle = SUGGESTION_LIFECYCLE
    final = SUGGESTION_FINAL

    message = models.OneToOneField(Message, models.PROTECT, related_name="suggestion")
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="suggestions", editable=False)
    code = models.CharField(max_length=20, unique=True, editable=False)
    kind = models.CharField(max_length=8, choices=SuggestionKind, default=SuggestionKind.IDEA)
    origin = models.CharField(max_length=8, choices=Origin, default=Origin.IDEA)
    channel = models.CharField(max_length=12, choices=Channel, default=Channel.WEB, editable=False)
    language = models.CharField(max_length=2, default="ko")
    title = models.CharField(max_length=200)
    masked_text = models.TextField(editable=False)
    borough = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+", db_index=False)
    department = models.ForeignKey(
        Office, models.PROTECT, null=True, related_name="+", db_index=False
    )
    submitted_at = models.DateTimeField(editable=False)
    opened_at = models.DateTimeField(null=True, editable=False)
    reached_at = models.DateTimeField(null=True, editable=False)
    supports = models.PositiveIntegerField(default=0, editable=False)
    proved = models.PositiveIntegerField(default=0, editable=False)
    on_paper = models.PositiveIntegerField(default=0, editable=False)
    first_due_at = models.DateTimeField(null=True, editable=False)
    first_finish_at = models.DateTimeField(null=True, editable=False)
    finish_at = models.DateTimeField(null=True, editable=False)
    moves = models.PositiveSmallIntegerField(default=0, editable=False)
    interims = models.PositiveSmallIntegerField(default=0, editable=False)
    not_shown = models.CharField(max_length=12, choices=NotShown, blank=True, editable=False)
    told_version = models.PositiveIntegerField(default=0, editable=False)
    done_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    status = models.CharField(
        max_length=20,
        choices=SuggestionStatus,
        default=SuggestionStatus.SUBMITTED,
        editable=False,
    )

    objects = SuggestionQuerySet.as_manager()

    if TYPE_CHECKING:
        steps: RelatedManager[SuggestionStep]  # type: ignore[assignment]  # narrower than Tracked's
        all_supports: "SupportQuerySet"

    class Meta:
        ordering = ["-id"]
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        triggers = TALLIED
        constraints = [
            models.CheckConstraint(
                name="suggestion_unfinished_has_owner_and_date",
                condition=Q(status__in=SUGGESTION_FINAL)
                | Q(office__isnull=False, due_at__isnull=False),
            ),
            models.CheckConstraint(
                name="suggestion_not_shown_has_reason",
                condition=~Q(status__in=("refused", "returned")) | ~Q(not_shown=""),
            ),
        ]
        indexes = [
            models.Index(fields=["-opened_at", "-id"], name="suggestion_newest"),
            models.Index(fields=["status", "-opened_at", "-id"], name="suggestion_by_state"),
            models.Index(fields=["borough", "-opened_at", "-id"], name="suggestion_of_borough"),
            models.Index(fields=["channel", "-opened_at", "-id"], name="suggestion_of_channel"),
            models.Index(fields=["department", "-opened_at", "-id"], name="suggestion_of_office"),
            models.Index(fields=["-supports", "-id"], name="suggestion_most_supported"),
            models.Index(
                fields=["due_at", "id"],
                name="suggestion_clock",
                condition=~Q(status__in=SUGGESTION_FINAL),
            ),
            models.Index(
                fields=["office", "due_at", "id"],
                name="suggestion_queue",
                condition=~Q(status__in=SUGGESTION_FINAL),
            ),
            models.Index(
                fields=["id"],
                name="suggestion_untold",
                condition=Q(told_version__lt=F("version")),
            ),
            models.Index(
                fields=["-done_at", "-id"],
                name="suggestion_last_done",
                condition=Q(done_at__isnull=False),
            ),
            GinIndex(OpClass("masked_text", "gin_trgm_ops"), name="suggestion_similar"),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        """The public address, the one its message always had."""
        return reverse("case", args=[self.code])

    @property
    def stage(self) -> Stage:
        """Which of the eight public stages."""
        return STAGE_OF[self.status]

    @property
    def disposition(self) -> Disposition:
        """What became of it so far."""
        return DISPOSITION_OF[self.status]

    @property
    def is_public(self) -> bool:
        """Everyone may read it now."""
        return self.status not in UNSCREENED and self.message.is_public

    @property
    def is_petition(self) -> bool:
        """Its author gathers signatures, and the statute's clock runs."""
        return self.kind == SuggestionKind.PETITION

    @property
    def may_be_supported(self) -> bool:
        """Citizens may still add their support."""
        return self.status in SUPPORTABLE and self.is_public

    @property
    def may_be_signed(self) -> bool:
        """Signatures on paper still say something: it is screened, and nothing is decided yet."""
        return self.status not in UNSCREENED and not self.is_final

    @property
    def may_be_discussed(self) -> bool:
        """Citizens may still say something about it."""
        return self.status in DISCUSSABLE and self.is_public

    @property
    def may_be_withdrawn(self) -> bool:
        """Its author may still take it back."""
        return self.status in WITHDRAWABLE

    @property
    def voices(self) -> int:
        """The people who count for the thresholds, as the Rulebook has it."""
        online = self.supports if rules.LEVEL.value() < 2 else self.proved
        return online + (self.on_paper if rules.paper_counts() else 0)

    @cached_property
    def needs_more(self) -> int:
        """How many more people until the office has to answer; 0 once that was reached."""
        if self.reached_at is not None:
            return 0
        return max(0, rules.ANSWER_AT.value() - self.voices)

    def may_be_moderated_by(self, user: User) -> bool:
        """Shown, sent back, refused: the centre and the listening team."""
        return user.is_at_centre or user.is_listening

    def may_be_picked_by(self, user: User) -> bool:
        """Reviewed without waiting for support: the listening team, the department's head."""
        return user.is_listening or (self.department is not None and user.heads(self.department))

    def may_be_assigned_by(self, user: User) -> bool:
        """Another office shall answer: the listening team, or the office that has it."""
        return user.is_listening or user.holds(self.office)

    @property
    def must_be_answered(self) -> bool:
        """Its date has passed: nothing but an interim answer or a final one will do."""
        return self.status == SuggestionStatus.UNDER_REVIEW and self.is_overdue

    def must_be_in_time(self) -> None:
        """Raises WrongTurnError once only an answer will do (LIFECYCLES 2.5)."""
        if self.must_be_answered:
            raise WrongTurnError(f"{self!r} is late: it has to be answered")

    @property
    def may_be_looked_into(self) -> bool:
        """Under review, and its date is still to come: the office may do more than answer."""
        return self.status == SuggestionStatus.UNDER_REVIEW and not self.is_overdue

    @property
    def is_up_to_its_head(self) -> bool:
        """Its date was put off as often as the office may by itself."""
        return self.interims >= deadlines.INTERIMS_BY_OFFICER.value()

    def may_be_answered_by(self, user: User) -> bool:
        """Looked at for the office in charge: by its officers and its head."""
        return user.holds(self.office) or user.heads(self.office)

    def may_be_decided_by(self, user: User) -> bool:
        """Declined, passed on, planned, claimed to be done: by the head."""
        return user.heads(self.office)

    def may_be_put_off_by(self, user: User) -> bool:
        """A later date: two times by the office, from then on by its head."""
        if self.is_up_to_its_head:
            return self.may_be_decided_by(user)
        return self.may_be_answered_by(user)
