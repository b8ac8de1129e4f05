"""What everyone may read of the record: all hashes, the entries of public rows, and proofs."""

import json
from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

from lifecycle.models import Leaf, Seal, Step
from lifecycle.record import merkle, notes
from lifecycle.record.entries import Kind, kinds, line_of, moment_of, row_of
from lifecycle.record.notes import NoteError
from lifecycle.record.tree import Tree

PART = 4096  # leaves in one file; the script for strangers knows it too
STANDS = ("root__version", "root__status", "root__office_id", "root__due_at")


@dataclass(frozen=True)
class Proof:
    """One Step, and what shows that it is sealed; without an index it waits for the next seal."""

    step: Step
    status: str | Promise
    entry: str
    index: int | None = None
    seal: Seal | None = None
    path: Sequence[bytes] = ()
    is_whole: bool = False

    def as_json(self) -> str:
        """All that a stranger needs."""
        told = {
            "entry": self.entry,
            "index": self.index,
            "path": written(self.path),
            "checkpoint": self.seal.note if self.seal else "",
            "key": notes.verifier_key(),
        }
        return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


@dataclass(frozen=True)
class History:
    """All Steps of one public row, and whether they lead to where it stands."""

    kind: str
    root: Any
    proofs: Sequence[Proof]

    @property
    def is_replayed(self) -> bool:
        """Gapless, each from where the one before led, and the last one to here."""
        steps = [proof.step for proof in self.proofs]
        stood = ["", *(step.to_status for step in steps)]
        here = [(number, stood[number]) for number in range(len(steps))]
        if not steps or [(step.seq, step.from_status) for step in steps] != here:
            return False
        last, row = steps[-1], self.root
        return (last.seq, last.to_status, last.office_id, last.due_at) == (
            row.version,
            row.status,
            row.office_id,
            row.due_at,
        )

    @property
    def is_whole(self) -> bool:
        """Nothing is wrong; what waits for its seal is not."""
        return self.is_replayed and all(one.is_whole or one.index is None for one in self.proofs)


def written(path: Sequence[bytes]) -> list[str]:
    """Hashes as text."""
    return [b64encode(one).decode() for one in path]


def hashes(part: int) -> bytes:
    """All leaves of one file, one after the other."""
    rows = _part(part).values_list("hash", flat=True)
    return b"".join(bytes(one) for one in rows)


def lines(part: int) -> Iterator[str]:
    """Index, entry, and where the row stands today if this is its last Step, between tabs.

    A leaf whose Step is gone has a dash; one that not everyone may read has no line.
    """
    by_kind: dict[str, dict[int, int]] = {}
    for index, name, step in _part(part).values_list("index", "kind", "step"):
        by_kind.setdefault(name, {})[step] = index
    found: dict[int, str] = {}
    known = kinds()
    for name, places in by_kind.items():
        kind = known[name]
        there = set(kind.rows.filter(pk__in=places).values_list("pk", flat=True))
        found |= {index: "-" for step, index in places.items() if step not in there}
        public = _public(kind).filter(pk__in=places)
        for row in public.values_list(*kind.columns, *STANDS):
            found[places[row[0]]] = _opened(name, row)
    for index in sorted(found):
        yield f"{index}\t{found[index]}\n"


def histories(code: str) -> list[History]:
    """Every public row of this number: a message, and what became of it."""
    return [
        History(kind.name, root, _proofs(kind, root))
        for kind in kinds().values()
        if kind.has_code
        for root in kind.root._default_manager.public().filter(code=code)
    ]


def _proofs(kind: Kind, root: Any) -> list[Proof]:
    # One that was taken since the row was read comes with the next look.
    taken = root.steps.filter(seq__lte=root.version)
    steps = list(taken.select_related("office").order_by("seq"))
    seal = Seal.objects.newest()
    size = seal.size if seal else 0
    leaves = Leaf.objects.filter(kind=kind.name, step__in=[step.pk for step in steps])
    places = dict(leaves.filter(index__lt=size).values_list("step", "index"))
    try:
        paths = dict(zip(places, Tree().inclusions(places.values(), size), strict=True))
    except LookupError:  # somebody has taken leaves away
        paths = {}
    return [_proof(kind, step, seal, places.get(step.pk), paths.get(step.pk, ())) for step in steps]


def _proof(
    kind: Kind, step: Step, seal: Seal | None, index: int | None, path: Sequence[bytes]
) -> Proof:
    entry, status = line_of(kind.name, row_of(kind, step)), kind.word_for(step.to_status)
    if seal is None or index is None:
        return Proof(step, status, entry.decode())
    try:
        head = notes.read(seal.note)
    except NoteError:  # somebody has signed another one
        return Proof(step, status, entry.decode(), index, seal, path)
    is_whole = merkle.is_included(merkle.leaf_hash(entry), index, head.size, path, head.root)
    return Proof(step, status, entry.decode(), index, seal, path, is_whole)


def _part(part: int) -> QuerySet[Leaf]:
    span = (part * PART, part * PART + PART - 1)
    return Leaf.objects.filter(index__range=span).order_by("index")


def _public(kind: Kind) -> QuerySet[Any, Any]:
    return kind.rows.filter(root__in=kind.root._default_manager.public())


def _opened(kind: str, row: tuple[Any, ...]) -> str:
    *step, version, status, office, due = row
    entry = line_of(kind, tuple(step)).decode()
    stands = f"\t{status}\t{office}\t{moment_of(due)}" if step[2] == version else ""
    return entry + stands
