"""The entry of a Step: the line whose hash is its leaf.

An entry carries a salt, so its hash says nothing about it: the hashes of all are published, the
lines only of what everyone may read now. Nothing in a line is about a person: who acted and which
words were published stand in it as values that only our key can make, so that a line which got
out stays harmless after an erasure, and a changed Step is found all the same.
"""

import hmac
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils.functional import Promise

from lifecycle.models import Leaf, Step, Unsealed
from lifecycle.record.merkle import leaf_hash

HALF = 16  # bytes of a salt or a keyed value: nobody guesses 128 bits
COLUMNS = (
    "pk", "root__code", "seq", "from_status", "to_status", "cause", "by_id", "by_office_id",
    "office_id", "due_at", "at", "text_digest", "note_hash",
)  # fmt: skip
Row = tuple[Any, ...]


@dataclass(frozen=True)
class Kind:
    """One kind of Step, named by what it is a Step of."""

    name: str
    steps: type[Step]

    @property
    def root(self) -> Any:
        """The model whose rows take these Steps."""
        fields: Any = self.steps._meta  # the child has it, not `Step` itself
        return fields.get_field("root").related_model

    @property
    def has_code(self) -> bool:
        """Its rows have a number for life; others are called by their kind and key."""
        return any(one.name == "code" for one in self.root._meta.get_fields())

    @property
    def columns(self) -> Sequence[Any]:
        """What an entry is made of, as a query asks for it."""
        if self.has_code:
            return COLUMNS
        called = Concat(Value(f"{self.name}-"), Cast("root_id", CharField()))
        return [called if column == "root__code" else column for column in COLUMNS]

    @property
    def code_in_sql(self) -> str:
        """How a row called `root` is called."""
        return "root.code" if self.has_code else f"'{self.name}-' || root.id"

    def word_for(self, status: str) -> str | Promise:
        """A status as people call it."""
        choices: Iterable[Any] = self.root._meta.get_field("status").choices or ()
        found: str | Promise = dict(choices).get(status, status)
        return found

    @property
    def rows(self) -> QuerySet[Any, Any]:
        """All of them."""
        rows: QuerySet[Any, Any] = self.steps._default_manager.order_by()
        return rows

    def unsealed(self, most: int) -> list[tuple[int, Row]]:
        """Steps without a leaf and their numbers on the list, in the order they came."""
        waiting = Unsealed.objects.filter(kind=self.name).order_by("id")[:most]
        numbers = {step: number for number, step in waiting.values_list("id", "step")}
        rows = self.rows.filter(pk__in=numbers).values_list(*self.columns)
        return sorted((numbers[row[0]], row) for row in rows)


def kinds() -> dict[str, Kind]:
    """Every kind of Step that the house has, by name."""
    found = {}
    for model in apps.get_models():
        if issubclass(model, Step):
            name = str(model._meta.model_name).removesuffix("step")
            found[name] = Kind(name, model)
    return found


def row_of(kind: Kind, step: Any) -> Row:
    """The columns of a Step that was read as an object."""
    called = step.root.code if kind.has_code else f"{kind.name}-{step.root_id}"
    return tuple(called if name == "root__code" else getattr(step, name) for name in COLUMNS)


def line_of(kind: str, row: Row) -> bytes:
    """The entry of one Step, the same bytes whenever it is asked for."""
    pk, code, seq, came_from, to, cause, by, by_office, office, due, at, text, note = row
    keyed = _keyed_for(kind, pk)
    said = {
        "at": moment_of(at),
        "by": keyed("by", by),
        "by_office": by_office,
        "case": code,
        "cause": cause,
        "due": moment_of(due),
        "from": came_from,
        "kind": kind,
        "note": note,
        "office": office,
        "salt": keyed("salt", pk),
        "seq": seq,
        "text": keyed("text", text),
        "to": to,
    }
    return _written(said).encode()


def hash_of(kind: str, row: Row) -> bytes:
    """The leaf of one Step."""
    return leaf_hash(line_of(kind, row))


def hash_now(leaf: Leaf) -> bytes:
    """The hash of what stands in its Step today; nothing where that is gone."""
    kind = kinds().get(leaf.kind)
    row = kind.rows.filter(pk=leaf.step).values_list(*kind.columns).first() if kind else None
    return hash_of(leaf.kind, row) if row else b""


def _keyed_for(kind: str, pk: int) -> Callable[[str, Any], str]:
    """Values that only our key can make, for this Step alone; nothing for nothing."""
    key, of = settings.RECORD_KEY.encode(), f"{kind}\n{pk}"

    def keyed(name: str, value: Any) -> str:
        if value in (None, ""):
            return ""
        return hmac.digest(key, f"{name}\n{of}\n{value}".encode(), "sha256")[:HALF].hex()

    return keyed


def moment_of(at: datetime | None) -> str:
    """To the microsecond, in UTC; nothing for nothing."""
    return at.astimezone(UTC).isoformat(timespec="microseconds") if at else ""


_written = json.JSONEncoder(separators=(",", ":"), sort_keys=True).encode
