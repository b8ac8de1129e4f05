"""The sealed public record: one Merkle tree over every Step, and the signed heads of it."""

from django.db import models

from lifecycle.models.tracked import APPEND_ONLY

HASH = 32  # bytes of SHA-256


class Unsealed(models.Model):
    """A Step that stands in no leaf yet; the database itself enters it where the Step is written.

    In the Step's own transaction: one that commits late is here late, whatever its key.
    """

    kind = models.CharField(max_length=40)
    step = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "step"], name="unsealed_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.step}"


class Leaf(models.Model):
    """The place of a Step in the tree, and the hash of its entry (append-only)."""

    index = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=40)
    step = models.BigIntegerField()
    hash = models.BinaryField(max_length=HASH)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "step"], name="leaf_once")]
        triggers = APPEND_ONLY

    def __str__(self) -> str:
        return f"{self.index}: {self.kind} {self.step}"


class Node(models.Model):
    """The root of 256 neighbours one `level` below, so that no proof reads more (append-only).

    Level 0 are the leaves. Such a node never changes: it is written when it is complete.
    """

    level = models.PositiveSmallIntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField(max_length=HASH)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["level", "index"], name="node_once")]
        triggers = APPEND_ONLY

    def __str__(self) -> str:
        return f"{self.level}/{self.index}"


class SealQuerySet(models.QuerySet["Seal"]):
    """Which seals."""

    def newest(self) -> "Seal | None":
        """The head of the tree as it stands."""
        return self.order_by("-id").first()

    def daily(self) -> "SealQuerySet":
        """The one of each day that goes out, newest first."""
        return self.filter(day__isnull=False).order_by("-day")


class Seal(models.Model):
    """A head of the tree: its size and root, signed, as everyone may keep it (append-only).

    The first one of a day in Seoul carries its `day`: it is the one that is sent around.
    """

    size = models.BigIntegerField()
    note = models.TextField()
    day = models.DateField(null=True, unique=True)
    at = models.DateTimeField()

    objects = SealQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        triggers = APPEND_ONLY

    def __str__(self) -> str:
        return f"{self.id}: {self.size}"
