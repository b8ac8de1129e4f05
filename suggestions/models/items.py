"""Action items: what is to be done, by which office, by when; and what stands in the way."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from channels_app.models import Ground
from lifecycle.models import Step, StepNote, Tracked, TrackedQuerySet
from people.models import User
from suggestions.models.committees import Seat
from suggestions.models.suggestions import Suggestion
from suggestions.states import REPORTED
from suggestions.states_of_committees import (
    ITEM_FINAL,
    ITEM_LIFECYCLE,
    Horizon,
    ItemStatus,
)

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

WHOLE = 100


class ActionItemQuerySet(TrackedQuerySet["ActionItem"]):
    """Which items."""

    def public(self) -> Self:
        """Of suggestions that everyone may read."""
        shown = Suggestion.objects.public()
        return self.filter(suggestion__in=shown)

    def open(self) -> Self:
        """Neither done nor cancelled."""
        return self.exclude(status__in=ITEM_FINAL)

    def owed(self) -> Self:
        """Open, of what is worked on now."""
        return self.open().filter(suggestion__status__in=REPORTED)


class ActionItem(Tracked):
    """One thing to be done for a suggestion.

    `office` is accountable for it, `partners` take a part of it ("take some responsibilities in
    implementing citizen ideas", paper 3.2). `first_due_at` and `moves` say how its date moved;
    `why` why it is blocked or cancelled, for everyone.
    """

    lifecycle = ITEM_LIFECYCLE
    final = ITEM_FINAL

    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="items")
    title = models.CharField(max_length=200)
    partners = models.CharField(max_length=200, blank=True)
    horizon = models.CharField(max_length=9, choices=Horizon, default=Horizon.IMMEDIATE)
    weight = models.PositiveSmallIntegerField(default=1)
    percent = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(WHOLE)])
    blocker = models.CharField(max_length=9, choices=Ground, blank=True)
    why = models.TextField(blank=True)
    first_due_at = models.DateTimeField(editable=False)
    moves = models.PositiveSmallIntegerField(default=0, editable=False)
    planned_at = models.DateTimeField(editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    status = models.CharField(
        max_length=20, choices=ItemStatus, default=ItemStatus.UNDER_REVIEW, editable=False
    )

    objects = ActionItemQuerySet.as_manager()

    if TYPE_CHECKING:
        steps: RelatedManager["ActionItemStep"]  # type: ignore[assignment]  # narrower than Tracked's

    class Meta:
        ordering = ["due_at", "id"]
        verbose_name = _("action item")
        verbose_name_plural = _("action items")
        constraints = [
            models.CheckConstraint(
                name="actionitem_has_owner_and_date",
                condition=Q(office__isnull=False, due_at__isnull=False),
            ),
            models.CheckConstraint(
                name="actionitem_weighs_something", condition=Q(weight__gte=1, weight__lte=100)
            ),
            models.CheckConstraint(
                name="actionitem_at_most_whole", condition=Q(percent__lte=WHOLE)
            ),
            models.CheckConstraint(
                name="actionitem_done_is_whole",
                condition=~Q(status=ItemStatus.DONE) | Q(percent=WHOLE),
            ),
            models.CheckConstraint(
                name="actionitem_says_why",
                condition=~Q(status__in=("blocked", "cancelled")) | ~Q(why=""),
            ),
            models.CheckConstraint(
                name="actionitem_blocked_by_something",
                condition=Q(status=ItemStatus.BLOCKED) & ~Q(blocker="")
                | ~Q(status=ItemStatus.BLOCKED) & Q(blocker=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["office", "due_at", "id"],
                name="actionitem_queue",
                condition=~Q(status__in=ITEM_FINAL),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def may_be_kept_by(self, user: User) -> bool:
        """The office that is accountable for it, or the one in charge of the suggestion."""
        return user.holds(self.office) or user.holds(self.suggestion.office)


class ActionItemStep(Step):
    """One change of an action item."""

    root = models.ForeignKey(ActionItem, models.PROTECT, related_name="steps", db_index=False)

    class Meta(Step.Meta):
        constraints = [models.UniqueConstraint(fields=["root", "seq"], name="actionitemstep_once")]


class ActionItemStepNote(StepNote):
    """What an officer wrote at a step of an action item."""

    step = models.OneToOneField(
        ActionItemStep, models.PROTECT, primary_key=True, related_name="note"
    )


def progress_of(items: Iterable[ActionItem]) -> int | None:
    """How far the whole is, in percent: weighted over what was not cancelled; None for nothing."""
    counted = [item for item in items if item.status != ItemStatus.CANCELLED]
    weights = sum(item.weight for item in counted)
    if not weights:
        return None
    return sum(item.weight * item.percent for item in counted) // weights


class Obstacle(models.Model):
    """Something stands in the way of a suggestion that is carried out; public with its words."""

    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="obstacles")
    code = models.CharField(max_length=9, choices=Ground)
    words = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    cleared_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at", "id"]
        verbose_name = _("obstacle")
        verbose_name_plural = _("obstacles")
        constraints = [
            models.UniqueConstraint(
                fields=["suggestion"],
                name="obstacle_one_at_a_time",
                condition=Q(cleared_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.suggestion_id}: {self.code}"


class DropProposal(models.Model):
    """A committee wants to say no: what stands in the way, why, what it offers, the next door.

    It can only be said once a citizen of the committee concurs; `settled_at` is when it was said,
    or taken back.
    """

    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="drop_proposals")
    ground = models.CharField(max_length=9, choices=Ground)
    words = models.TextField()
    alternative = models.TextField()
    next_door = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at", "id"]
        verbose_name = _("proposal to drop a suggestion")
        verbose_name_plural = _("proposals to drop a suggestion")
        constraints = [
            models.UniqueConstraint(
                fields=["suggestion"],
                name="dropproposal_one_at_a_time",
                condition=Q(settled_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.suggestion_id}: {self.ground}"


class Opinion(models.Model):
    """What one citizen of the committee thinks of a proposed "no"; it can be changed until then."""

    proposal = models.ForeignKey(DropProposal, models.PROTECT, related_name="opinions")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="opinions")
    concurs = models.BooleanField()
    words = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        verbose_name = _("opinion of a seat")
        verbose_name_plural = _("opinions of seats")
        constraints = [models.UniqueConstraint(fields=["proposal", "seat"], name="opinion_once")]

    def __str__(self) -> str:
        return f"{self.proposal_id} ← {self.seat_id}"
