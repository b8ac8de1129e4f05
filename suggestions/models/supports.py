"""Support: one person, one voice for one suggestion; counted by a sweep, latched once."""

from typing import Self

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from channels_app.models import Confirmation, Contact
from lifecycle.errors import WrongTurnError
from lifecycle.models import NEVER_EMPTIED
from people.models import Office, User
from suggestions.models.suggestions import Suggestion
from suggestions.states import SUPPORT_LIFECYCLE, SupportState


class SupportQuerySet(models.QuerySet["Support"]):
    """Which supports."""

    def counting(self) -> Self:
        """Those that count."""
        return self.filter(state=SupportState.VALID)


class Support(models.Model):
    """One person's support of one suggestion: pending until the address is confirmed.

    `proved` says that the person proved who they are, not only that the address is theirs.
    `network` is the same for neighbours of one day, and leads to nobody ("" where unknown).
    """

    suggestion = models.ForeignKey(
        Suggestion, models.PROTECT, related_name="all_supports", db_index=False
    )
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="supports")
    state = models.CharField(
        max_length=11, choices=SupportState, default=SupportState.PENDING, editable=False
    )
    proved = models.BooleanField(default=False)
    network = models.CharField(max_length=16, blank=True, editable=False)
    at = models.DateTimeField()
    confirmation = models.ForeignKey(
        Confirmation, models.PROTECT, null=True, related_name="+", db_index=False
    )
    invalidation = models.ForeignKey(
        "Invalidation", models.PROTECT, null=True, related_name="supports"
    )

    objects = SupportQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name = _("support")
        verbose_name_plural = _("supports")
        constraints = [
            models.UniqueConstraint(fields=["suggestion", "contact"], name="support_once"),
            models.CheckConstraint(
                name="support_invalid_says_why",
                condition=~Q(state=SupportState.INVALIDATED) | Q(invalidation__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["suggestion", "at"],
                name="support_counting",
                condition=Q(state="valid"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.suggestion_id} ← {self.contact_id}"

    @property
    def counts(self) -> bool:
        """It is one of the people."""
        return self.state == SupportState.VALID

    def become(self, to: str, **columns: object) -> None:
        """One conditional UPDATE, or raise WrongTurnError and change nothing."""
        if to not in SUPPORT_LIFECYCLE[self.state]:
            raise WrongTurnError(f"{self!r}: {self.state} → {to}")
        held = Support.objects.filter(pk=self.pk, state=self.state)
        if not held.update(state=to, **columns):
            raise WrongTurnError(f"{self!r} is no longer {self.state}")
        self.state = to
        for name, value in columns.items():
            setattr(self, name, value)


class SupportChange(models.Model):
    """One step of one support; what it adds to the count is added up by the sweep, once.

    Written, never changed: but for `counted`, which only the sweep sets.
    """

    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="+", db_index=False)
    support = models.ForeignKey(Support, models.PROTECT, related_name="changes")
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="+", db_index=False)
    from_state = models.CharField(max_length=11, blank=True)
    to_state = models.CharField(max_length=11, choices=SupportState)
    people = models.SmallIntegerField(default=0)
    proved = models.SmallIntegerField(default=0)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField()
    counted = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]
        triggers = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="only_counted",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["counted"]),
            ),
            NEVER_EMPTIED,
        ]
        indexes = [
            models.Index(fields=["id"], name="support_uncounted", condition=Q(counted=False))
        ]

    def __str__(self) -> str:
        return f"{self.support_id}: {self.from_state} → {self.to_state}"


class Invalidation(models.Model):
    """Supports that a rule takes out of the count, in bulk; public with its note, and undoable."""

    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="invalidations")
    rule = models.CharField(max_length=200)
    public_note = models.TextField()
    people = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        ordering = ["at", "id"]
        verbose_name = _("supports taken out of the count")
        verbose_name_plural = _("supports taken out of the count")

    def __str__(self) -> str:
        return f"{self.suggestion_id}: {self.rule}"


class PaperSignatures(models.Model):
    """So many people signed on paper, as staff counted them; no names are kept here.

    `words` say where the sheets come from and where they are kept.
    """

    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="paper")
    people = models.PositiveIntegerField()
    words = models.CharField(max_length=200)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        ordering = ["at", "id"]
        verbose_name = _("signatures on paper")
        verbose_name_plural = _("signatures on paper")
        constraints = [models.CheckConstraint(name="paper_of_somebody", condition=Q(people__gt=0))]

    def __str__(self) -> str:
        return f"{self.suggestion_id}: {self.people}"


class Threshold(models.TextChoices):
    """How many people, and what the city then owes (LIFECYCLES 4.2)."""

    PANEL = "panel", pgettext_lazy("threshold", "the listening team may look at it")
    ANSWER = "answer", pgettext_lazy("threshold", "the office has to answer")
    FORUM = "forum", pgettext_lazy("threshold", "the listening team decides about a forum")
    MAYOR = "mayor", pgettext_lazy("threshold", "the mayor answers")


class MilestoneQuerySet(models.QuerySet["Milestone"]):
    """Which thresholds that were crossed."""

    def owed(self) -> Self:
        """An office still has to do something about it."""
        return self.filter(settled_at__isnull=True, undone_at__isnull=True, due_at__isnull=False)


class Milestone(models.Model):
    """A threshold that was crossed: latched, once; a duty of `office` by `due_at` until settled.

    Only supports found to be false can undo it (`undone_at`), with a public note.
    """

    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="milestones")
    threshold = models.CharField(max_length=6, choices=Threshold)
    people = models.PositiveIntegerField()
    by_cluster = models.BooleanField(default=False)
    at = models.DateTimeField()
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    due_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", db_index=False
    )
    words = models.TextField(blank=True)
    undone_at = models.DateTimeField(null=True)

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]
        verbose_name = _("threshold that was crossed")
        verbose_name_plural = _("thresholds that were crossed")
        constraints = [
            models.UniqueConstraint(
                fields=["suggestion", "threshold"],
                name="milestone_once",
                condition=Q(undone_at__isnull=True),
            )
        ]
        indexes = [
            models.Index(
                fields=["office", "due_at"],
                name="milestone_owed",
                condition=Q(settled_at__isnull=True, due_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.suggestion_id}: {self.threshold}"

    @property
    def is_owed(self) -> bool:
        """An office still has to do something about it."""
        return self.due_at is not None and self.settled_at is None and self.undone_at is None
