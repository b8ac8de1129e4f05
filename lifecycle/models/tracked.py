"""What every followed thing shares: a status, a version, an office in charge, a due date, Steps."""

import hashlib
import secrets
from collections.abc import Iterable, Mapping, Set
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

import pgtrigger
from django.db import models, transaction

from lifecycle import clock
from lifecycle.errors import OvertakenError, WrongTurnError
from people.models import Office, User

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

Lifecycle = Mapping[str, Set[str]]
T = TypeVar("T", bound="Tracked")


class TrackedQuerySet(models.QuerySet[T]):
    """Questions every tracked thing answers."""

    def locked(self, pk: int) -> T:
        """The row, held until the transaction ends. Raises DoesNotExist."""
        # No key ever changes: so nobody waits who only adds a row that points here.
        return self.select_for_update(of=("self",), no_key=True).get(pk=pk)

    def all_locked(self, pks: Iterable[int], *, skip_locked: bool = False) -> list[T]:
        """These rows in the order of their keys, so that two batches can't wait for each other.

        A sweep skips what somebody else holds: the next sweep finds it again.
        """
        held = self.select_for_update(of=("self",), skip_locked=skip_locked, no_key=True)
        return list(held.select_related("office").filter(pk__in=list(pks)).order_by("pk"))

    def unfinished(self) -> Self:
        """Rows that still owe somebody something."""
        return self.exclude(status__in=self.model.final)

    def overdue(self) -> Self:
        """Unfinished rows whose own date has passed."""
        return self.unfinished().filter(due_at__lt=clock.now())


class Tracked(models.Model):
    """A row whose status changes only by `move()`.

    `version` counts the moves, so that a page can say which state it showed. `office` is the one
    in charge and `due_at` (aware) its date; both stay until the row is final.
    """

    lifecycle: ClassVar[Lifecycle]
    final: ClassVar[frozenset[str]]

    status = models.CharField(max_length=20, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    office = models.ForeignKey(
        Office, models.PROTECT, null=True, related_name="+", editable=False, db_index=False
    )
    due_at = models.DateTimeField(null=True, editable=False)

    if TYPE_CHECKING:
        steps: RelatedManager["Step"]

    class Meta:
        abstract = True

    @property
    def is_final(self) -> bool:
        """Nothing is owed any more."""
        return self.status in self.final

    @property
    def is_overdue(self) -> bool:
        """Something is owed and its date has passed."""
        return not self.is_final and self.due_at is not None and self.due_at < clock.now()

    def may_become(self, to: str) -> bool:
        """Whether the table has this step."""
        return to in self.lifecycle[self.status]

    def begin(self, *, by: User | None, public_text: str = "", note: str = "") -> "Step":
        """Write the first Step of a row just inserted; its status is where the life begins."""
        acting = by.acting_for(self.office) if by else None
        return self._record("", by=by, acting=acting, public_text=public_text, note=note)

    def must_stand_at(self, version: int | None) -> None:
        """Raises OvertakenError unless this is the version its actor saw; None saw none."""
        if version is not None and version != self.version:
            raise OvertakenError(f"{self!r} has changed since it was read")

    def move(
        self,
        to: str,
        *,
        by: User | None,
        only_from: Set[str] = frozenset(),
        version: int | None = None,
        cause: str = "",
        note: str = "",
        office: Office | None = None,
        due_at: datetime | None = None,
        public_text: str = "",
        **columns: object,
    ) -> "Step":
        """Take one step and record it, or raise and change nothing. The row must be locked.

        `by` is None for the system. `only_from` names where this verb starts, when others lead
        to the same status from elsewhere. `version` is the one the actor saw; `cause` says why,
        where the two statuses do not (why a date moved); `office` and `due_at` stay where not
        given. `public_text` is what this step publishes: its digest is kept. `columns` change in
        the same UPDATE. Raises OvertakenError (another version),
        WrongTurnError (not in the table).
        """
        transaction.get_connection().validate_no_broken_transaction()
        if not transaction.get_connection().in_atomic_block:
            raise transaction.TransactionManagementError("move() needs a transaction")
        self.must_stand_at(version)
        if not self.may_become(to) or self.status not in (only_from or self.lifecycle):
            raise WrongTurnError(f"{self!r}: {self.status} → {to}")
        came_from = self.status
        acting = by.acting_for(self.office) if by else None  # for the office that gives it away
        self._swap(to, office or self.office, due_at or self.due_at, columns)
        return self._record(
            came_from, by=by, acting=acting, cause=cause, note=note, public_text=public_text
        )

    def _swap(
        self,
        to: str,
        office: Office | None,
        due_at: datetime | None,
        columns: Mapping[str, object],
    ) -> None:
        """One UPDATE, only if the row is still what we hold."""
        now_held = type(self)._base_manager.filter(
            pk=self.pk, version=self.version, status=self.status
        )
        changes = {"office": office, "due_at": due_at, **columns}
        if not now_held.update(status=to, version=self.version + 1, **changes):
            raise OvertakenError(f"{self!r} has changed since it was read")
        self.status = to
        for name, value in changes.items():
            setattr(self, name, value)
        self.version += 1

    @staticmethod
    def _write_note(step: "Step", text: str, salt: str) -> None:
        """The erasable row beside the Step, of the child's own model."""
        fields: Any = step._meta.fields_map
        fields["note"].related_model.objects.create(step=step, text=text, salt=salt)

    def _record(
        self,
        came_from: str,
        *,
        by: User | None,
        acting: Office | None,
        public_text: str,
        cause: str = "",
        note: str = "",
    ) -> "Step":
        salt = secrets.token_hex(16) if note else ""
        step: Step = self.steps.create(
            seq=self.version,
            from_status=came_from,
            to_status=self.status,
            cause=cause,
            by=by,
            by_office=acting,
            office=self.office,
            due_at=self.due_at,
            at=clock.now(),
            text_digest=digest(public_text),
            note_hash=digest(salt + note) if note else "",
        )
        if note:
            self._write_note(step, note, salt)
        return step


def digest(text: str) -> str:
    """SHA-256 of the text as 64 hex digits; nothing for nothing."""
    return hashlib.sha256(text.encode()).hexdigest() if text else ""


# TRUNCATE passes by every trigger that looks at rows.
NEVER_EMPTIED = pgtrigger.Trigger(
    name="never_emptied",
    when=pgtrigger.Before,
    operation=pgtrigger.Truncate,
    level=pgtrigger.Statement,
    func="RAISE EXCEPTION '% is never emptied', TG_TABLE_NAME;",
)
APPEND_ONLY = (
    pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
    NEVER_EMPTIED,
)


# Whoever writes a Step, and by whichever way: it waits for its seal from that moment.
TO_BE_SEALED = pgtrigger.Trigger(
    name="to_be_sealed",
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    level=pgtrigger.Statement,
    referencing=pgtrigger.Referencing(new="fresh"),  # type: ignore[no-untyped-call]  # no types
    func=pgtrigger.Func(  # type: ignore[no-untyped-call]  # the same
        "INSERT INTO lifecycle_unsealed (kind, step)"
        " SELECT regexp_replace('{meta.model_name}', 'step$', ''), id FROM fresh ORDER BY id;"
        " RETURN NULL;"
    ),
)


class Step(models.Model):
    """One change of a tracked row: who, in which office, when, from where to where.

    Append-only: the database refuses UPDATE, DELETE and TRUNCATE. Office and due date are those
    after the step, so that a row can be replayed from its Steps. The child adds the foreign key to
    its root, called `root`, with related_name "steps"; the root has a `code`, and its
    manager `public()`, the rows that everyone may read (`lifecycle.record`).
    """

    seq = models.PositiveIntegerField()
    from_status = models.CharField(max_length=20, blank=True)
    to_status = models.CharField(max_length=20)
    cause = models.CharField(max_length=12, blank=True, db_default="")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    by_office = models.ForeignKey(
        Office, models.PROTECT, null=True, related_name="+", db_index=False
    )
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+", db_index=False)
    due_at = models.DateTimeField(null=True)
    at = models.DateTimeField()
    text_digest = models.CharField(max_length=64, blank=True)
    note_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        abstract = True
        ordering = ["seq"]
        triggers = (*APPEND_ONLY, TO_BE_SEALED)

    def __str__(self) -> str:
        return f"{self.seq}: {self.from_status} → {self.to_status}"


class StepNote(models.Model):
    """What the actor wrote at a Step, for officers; erasable, while the Step keeps a salted hash.

    The child adds `step`, a OneToOneField with related_name "note".
    """

    text = models.TextField(blank=True)
    salt = models.CharField(max_length=32, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.text
