"""A file of voices that an officer brought: looked through first, then taken in row by row."""

from datetime import datetime, timedelta
from typing import Any, Self
from uuid import UUID, uuid5

from django.db import models
from django.db.models import Q

from channels_app import sealing
from lifecycle import clock
from people.models import User

# The key of every row of every file: the same file brought twice gives the same keys.
KEYS = UUID("5f0c1f2e-6f0e-5d5a-9a37-8b3f6d1d7c11")


class SheetQuerySet(models.QuerySet["Sheet"]):
    """Which files."""

    def to_take_in(self) -> Self:
        """Wanted, and not gone through to the end, oldest first."""
        return self.filter(asked_at__isnull=False, ended_at__isnull=True).order_by("asked_at", "id")

    def of(self, user: User) -> Self:
        """What this officer brought, the newest first."""
        return self.filter(by=user).order_by("-at", "-id")

    def left_lying(self, *, since: datetime) -> Self:
        """Still holding words, and wanted by nobody any more."""
        return self.filter(at__lt=since, asked_at__isnull=True).exclude(sealed="")


class Sheet(models.Model):
    """What was found in the file; its words are sealed, and gone once they are taken in.

    `wrong` holds for each row that can't be taken in its number and the names of what is wrong,
    `taken` for each other one its number and its receipt; `done` counts both.
    """

    digest = models.CharField(max_length=64, unique=True, editable=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    at = models.DateTimeField(editable=False)
    name = models.CharField(max_length=100, blank=True, editable=False)
    channel = models.CharField(max_length=12, editable=False)
    sealed = models.TextField(blank=True, editable=False)
    rows = models.PositiveIntegerField(editable=False)
    wrong = models.JSONField(default=list, editable=False)
    taken = models.JSONField(default=list, editable=False)
    done = models.PositiveIntegerField(default=0, editable=False)
    asked_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)

    objects = SheetQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["asked_at", "id"],
                name="sheet_to_take_in",
                condition=Q(asked_at__isnull=False, ended_at__isnull=True),
            ),
            models.Index(fields=["by", "-at"], name="sheet_of_officer"),
        ]

    def __str__(self) -> str:
        return f"{self.digest[:8]} · {self.rows}"

    @property
    def text(self) -> str:
        """The file as it was read, while it is still held."""
        return sealing.unseal(self.sealed) if self.sealed else ""

    @property
    def good(self) -> int:
        """How many rows can be taken in."""
        return self.rows - len(self.wrong)

    @property
    def is_wanted(self) -> bool:
        """An officer said: take them in."""
        return self.asked_at is not None

    @property
    def is_over(self) -> bool:
        """Every row has been gone through."""
        return self.ended_at is not None

    @property
    def is_gone(self) -> bool:
        """Left lying too long: its words are gone, and none of them was taken in."""
        return not self.sealed and not self.is_wanted

    @property
    def share(self) -> int:
        """How much of it is gone through, in percent."""
        return 100 * self.done // self.rows if self.rows else 100

    @property
    def problems(self) -> dict[int, Any]:
        """What is wrong with which row."""
        return dict(self.wrong)

    def key_of(self, row: int) -> UUID:
        """The client key of one row."""
        return uuid5(KEYS, f"{self.digest}:{row}")

    def may_be_seen_by(self, user: User) -> bool:
        """Whoever brought it."""
        return self.by_id == user.pk

    @staticmethod
    def lying_since(hours: int) -> datetime:
        """Before this moment a file that nobody wanted has lain too long."""
        return clock.now() - timedelta(hours=hours)
