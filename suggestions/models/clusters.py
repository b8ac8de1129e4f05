"""Suggestions that ask for the same: found by the system, joined by a person, and parted again."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from channels_app.models import Contact
from lifecycle.errors import WrongTurnError
from people.models import User
from suggestions import rules
from suggestions.models.suggestions import Suggestion
from suggestions.talk_states import ALIKE_LIFECYCLE, AlikeState


class Compared(models.Model):
    """This suggestion was compared with the others, as its text stood; a new text goes again."""

    suggestion = models.OneToOneField(
        Suggestion, models.PROTECT, primary_key=True, related_name="compared"
    )
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.suggestion_id}"


class AlikeQuerySet(models.QuerySet["Alike"]):
    """Which pairs."""

    def undecided(self) -> Self:
        """What a moderator has to decide on."""
        return self.filter(state=AlikeState.PROPOSED)


class Alike(models.Model):
    """Two suggestions that may ask for the same, the older one first; proposed once."""

    older = models.ForeignKey(Suggestion, models.PROTECT, related_name="+", db_index=False)
    newer = models.ForeignKey(Suggestion, models.PROTECT, related_name="+")
    closeness = models.FloatField()
    state = models.CharField(
        max_length=9, choices=AlikeState, default=AlikeState.PROPOSED, editable=False
    )
    at = models.DateTimeField()
    due_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", db_index=False
    )

    objects = AlikeQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "id"]
        verbose_name = _("two suggestions that may ask for the same")
        verbose_name_plural = _("suggestions that may ask for the same")
        constraints = [
            models.UniqueConstraint(fields=["older", "newer"], name="alike_once"),
            models.CheckConstraint(name="alike_in_order", condition=Q(older__lt=F("newer"))),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"], name="alike_undecided", condition=Q(state="proposed")
            )
        ]

    def __str__(self) -> str:
        return f"{self.older_id} ~ {self.newer_id}"

    def become(self, to: str, **columns: object) -> None:
        """One conditional UPDATE, or raise WrongTurnError and change nothing."""
        if to not in ALIKE_LIFECYCLE[self.state]:
            raise WrongTurnError(f"{self!r}: {self.state} → {to}")
        held = Alike.objects.filter(pk=self.pk, state=self.state)
        if not held.update(state=to, **columns):
            raise WrongTurnError(f"{self!r} is no longer {self.state}")
        self.state = to


class ClusterQuerySet(models.QuerySet["Cluster"]):
    """Which clusters."""

    def of(self, suggestion: Suggestion) -> Self:
        """The one it is in now, or none."""
        present = ClusterMember.objects.present().filter(suggestion=suggestion)
        return self.filter(pk__in=present.values("cluster"))

    def beside(self, suggestion: Suggestion) -> list[Suggestion]:
        """The others that ask for the same, the oldest first."""
        cluster = self.of(suggestion).filter(ended_at=None).first()
        return [one for one in cluster.suggestions() if one != suggestion] if cluster else []


class Cluster(models.Model):
    """Suggestions that ask for the same, as a person confirmed; each stays its own suggestion.

    `lead` is the one an office reviews for all of them: what the people of the cluster reach
    together is reached by it. `people` are different people over all members (`proved` of them
    proved who they are), kept by the counter of supports. `changed` until what they reach is
    latched. A cluster of fewer than two members is over.
    """

    lead = models.ForeignKey(Suggestion, models.PROTECT, related_name="+")
    people = models.PositiveIntegerField(default=0, editable=False)
    proved = models.PositiveIntegerField(default=0, editable=False)
    changed = models.BooleanField(default=True, editable=False)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = ClusterQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name = _("cluster of suggestions")
        verbose_name_plural = _("clusters of suggestions")
        indexes = [models.Index(fields=["id"], name="cluster_changed", condition=Q(changed=True))]

    def __str__(self) -> str:
        return f"{self.pk}: {self.people}"

    def suggestions(self) -> list[Suggestion]:
        """Its members, the oldest first."""
        present = ClusterMember.objects.present().filter(cluster=self)
        return list(Suggestion.objects.filter(pk__in=present.values("suggestion")).order_by("pk"))

    def voices(self, members: list[Suggestion]) -> int:
        """The people who count for the thresholds; whoever signed on paper is counted each time.

        `members` are all of them: nobody can tell two names on paper apart.
        """
        online = self.people if rules.LEVEL.value() < 2 else self.proved
        paper = sum(member.on_paper for member in members) if rules.paper_counts() else 0
        return online + paper


class ClusterMemberQuerySet(models.QuerySet["ClusterMember"]):
    """Which members."""

    def present(self) -> Self:
        """Those that were not taken out again."""
        return self.filter(left_at=None)


class ClusterMember(models.Model):
    """One suggestion in a cluster, who put it there, and who took it out again."""

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="members")
    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="memberships")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    left_at = models.DateTimeField(null=True)
    left_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)

    objects = ClusterMemberQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name = _("suggestion in a cluster")
        verbose_name_plural = _("suggestions in a cluster")
        constraints = [
            models.UniqueConstraint(
                fields=["suggestion"],
                name="cluster_one_at_a_time",
                condition=Q(left_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.cluster_id} ← {self.suggestion_id}"


class ClusterPerson(models.Model):
    """One person in a cluster: how many of its members they support, as far as it is counted."""

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="persons", db_index=False)
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="+", db_index=False)
    supports = models.IntegerField()
    proved = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cluster", "contact"], name="cluster_person_once")
        ]

    def __str__(self) -> str:
        return f"{self.cluster_id}: {self.contact_id}"
