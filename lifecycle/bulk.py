"""Many rows take one step each: the same guarantees as `move()`, two statements for all of them."""

import secrets
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.db import DataError, IntegrityError, connection, transaction

from lifecycle import clock
from lifecycle.errors import OvertakenError, WrongTurnError
from lifecycle.models import Step, Tracked, digest
from people.models import Office, User

T = TypeVar("T", bound=Tracked)
V = TypeVar("V")
PerRow = Mapping[int, V]

# One round trip whatever the number of rows. A row changed meanwhile is not among those returned.
SWAP = """
    UPDATE {table} AS row
    SET status = %s, version = row.version + 1, office_id = new.office, due_at = new.due_at
    FROM unnest(%s::bigint[], %s::int[], %s::text[], %s::bigint[], %s::timestamptz[])
         AS new(id, version, status, office, due_at)
    WHERE row.id = new.id AND row.version = new.version AND row.status = new.status
    RETURNING row.id
"""


@dataclass
class Moved(Generic[T]):
    """What `move_all` did: the rows that moved, and why each of the others did not, by its key."""

    rows: list[T] = field(default_factory=list)
    refused: dict[int, Exception] = field(default_factory=dict)


@dataclass(frozen=True)
class _Turn(Generic[T]):
    """Where one row is going, and who takes it there in whose name."""

    row: T
    to: str
    by: User | None
    office: Office | None
    due_at: datetime | None
    cause: str
    note: str
    public_text: str

    @property
    def acting(self) -> Office | None:
        return self.by.acting_for(self.row.office) if self.by else None

    def alone(self) -> None:
        self.row.move(
            self.to,
            by=self.by,
            cause=self.cause,
            note=self.note,
            office=self.office,
            due_at=self.due_at,
            public_text=self.public_text,
        )


def move_all(
    rows: Sequence[T],
    to: str,
    *,
    by: User | None,
    only_from: Set[str] = frozenset(),
    versions: PerRow[int] | None = None,
    cause: str = "",
    note: str = "",
    office: Office | PerRow[Office] | None = None,
    due_at: datetime | PerRow[datetime] | None = None,
    public_text: str | PerRow[str] = "",
) -> Moved[T]:
    """Take the same step with every row and record each, as `move()` does one by one.

    The rows must be locked (`all_locked`). What differs from row to row is a mapping by key; the
    rest as in `move()`. A row that may not move is named in `refused` and left as it was; where
    the database minds one of them, each is tried alone, so that nobody pays for a neighbour.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("move_all() needs a transaction")
    moved: Moved[T] = Moved()
    turns = []
    for row in rows:
        if problem := _problem(row, to, only_from, versions):
            moved.refused[row.pk] = problem
            continue
        turns.append(
            _Turn(
                row, to, by,
                office=_of(row, office),
                due_at=_of(row, due_at),
                cause=cause,
                note=note,
                public_text=_of(row, public_text) or "",
            )
        )  # fmt: skip
    try:
        with transaction.atomic():
            _take(turns, moved)
    except (IntegrityError, DataError):
        _take_each_alone(turns, moved)
    return moved


def _problem(
    row: Tracked, to: str, only_from: Set[str], versions: PerRow[int] | None
) -> Exception | None:
    """Why this row may not move, or None."""
    if versions is not None and versions.get(row.pk, row.version) != row.version:
        return OvertakenError(f"{row!r} has changed since it was read")
    if not row.may_become(to) or row.status not in (only_from or row.lifecycle):
        return WrongTurnError(f"{row!r}: {row.status} → {to}")
    return None


def _of(row: Tracked, given: Any) -> Any:
    """What was given for all, or for this row."""
    return given.get(row.pk) if isinstance(given, Mapping) else given


def _take(turns: Sequence[_Turn[T]], moved: Moved[T]) -> None:
    """One UPDATE, one INSERT of Steps, one of notes; the rows in memory follow at the end."""
    if not turns:
        return
    swapped = _swap_all(turns)
    taken = [turn for turn in turns if turn.row.pk in swapped]
    _record_all(taken)
    for turn in turns:
        if turn.row.pk not in swapped:
            problem = OvertakenError(f"{turn.row!r} has changed since it was read")
            moved.refused[turn.row.pk] = problem
            continue
        row = turn.row
        row.office, row.due_at = turn.office or row.office, turn.due_at or row.due_at
        row.status, row.version = turn.to, row.version + 1
        moved.rows.append(row)


def _swap_all(turns: Sequence[_Turn[T]]) -> set[int]:
    """The keys of the rows that were still what we hold."""
    rows = [turn.row for turn in turns]
    table = connection.ops.quote_name(rows[0]._meta.db_table)
    columns: Any = [  # arrays, which Django's stubs do not know
        turns[0].to,
        [row.pk for row in rows],
        [row.version for row in rows],
        [row.status for row in rows],
        [turn.office.pk if turn.office else turn.row.office_id for turn in turns],
        [turn.due_at or turn.row.due_at for turn in turns],
    ]
    with connection.cursor() as cursor:
        cursor.execute(SWAP.format(table=table), columns)
        return {pk for (pk,) in cursor.fetchall()}


def _record_all(turns: Sequence[_Turn[T]]) -> None:
    """A Step for each, as `move()` writes it; the rows still stand where they came from."""
    if not turns:
        return
    model: Any = turns[0].row._meta.get_field("steps").related_model
    salts = [secrets.token_hex(16) if turn.note else "" for turn in turns]
    steps = model.objects.bulk_create(
        [_step(model, turn, salt) for turn, salt in zip(turns, salts, strict=True)]
    )
    noted = [
        model._meta.fields_map["note"].related_model(step=step, text=turn.note, salt=salt)
        for step, turn, salt in zip(steps, turns, salts, strict=True)
        if salt
    ]
    if noted:
        type(noted[0])._default_manager.bulk_create(noted)


def _step(model: Any, turn: _Turn[T], salt: str) -> Step:
    step: Step = model(
        root=turn.row,
        seq=turn.row.version + 1,
        from_status=turn.row.status,
        to_status=turn.to,
        cause=turn.cause,
        by=turn.by,
        by_office=turn.acting,
        office=turn.office or turn.row.office,
        due_at=turn.due_at or turn.row.due_at,
        at=clock.now(),
        text_digest=digest(turn.public_text),
        note_hash=digest(salt + turn.note) if turn.note else "",
    )
    return step


def _take_each_alone(turns: Sequence[_Turn[T]], moved: Moved[T]) -> None:
    """One of them is poisoned: it is refused by name, its neighbours move."""
    for turn in turns:
        try:
            with transaction.atomic():
                turn.alone()
        except (IntegrityError, DataError, OvertakenError) as problem:
            turn.row.refresh_from_db(fields=["status", "version", "office", "due_at"])
            moved.refused[turn.row.pk] = problem
        else:
            moved.rows.append(turn.row)
