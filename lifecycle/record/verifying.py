"""Is the record what was sealed, and is every row where its Steps have led it?

Everything is computed again from the rows themselves; every place that is wrong is named.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.db import connection

from lifecycle.models import Leaf, Node, Seal
from lifecycle.record import notes
from lifecycle.record.entries import Kind, Row, hash_of, kinds
from lifecycle.record.merkle import TILE, Growing
from lifecycle.record.notes import Checkpoint, NoteError
from lifecycle.record.tree import node_of

BATCH = 5_000
Progress = Callable[[int], object]


def problems(
    *, kept: Checkpoint | None = None, progress: Progress = lambda _leaves: None
) -> Iterator[str]:
    """Each place that is wrong, in a sentence. `kept` is a head that somebody has held on to.

    Others may seal meanwhile: what was not there at the beginning is not looked at.
    """
    yield from _Walk(kept, progress).problems()
    for kind in kinds().values():
        yield from _without_leaf(kind)
        yield from _replayed(kind)


class _Walk:
    """Once through all leaves, in order, with the tree growing beside.

    After a first head that is wrong all later ones are: only that one is named.
    """

    def __init__(self, kept: Checkpoint | None, progress: Progress) -> None:
        self.tree, self.progress, self.kept = Growing(), progress, kept
        self.kinds = kinds()
        self.leaves, self.last = _ends()
        self.seals = Seal.objects.filter(pk__lte=self.last[0]).order_by("id").iterator()
        self.next: Seal | None = next(self.seals, None)
        self.nodes: dict[tuple[int, int], bytes] = {}
        self.is_known_wrong = False

    def problems(self) -> Iterator[str]:
        """Leaf after leaf, and each head at its size."""
        yield from self._heads()
        leaves = Leaf.objects.filter(index__lt=self.leaves).order_by("index")
        columns = leaves.values_list("index", "kind", "step", "hash")
        rows = columns.iterator(chunk_size=BATCH)
        while batch := list(islice(rows, BATCH)):
            found = self._rows_of(batch)
            self.nodes = _nodes_between(batch[0][0], batch[-1][0])
            for index, kind, step, hashed in batch:
                yield from _of_step(index, kind, step, bytes(hashed), found.get((kind, step)))
                yield from self._grown(index, bytes(hashed))
                yield from self._heads()
            self.progress(len(batch))
        yield from self._end()

    def _rows_of(self, batch: Sequence[tuple[int, str, int, Any]]) -> dict[tuple[str, int], Row]:
        """The Steps of these leaves."""
        found = {}
        for name, kind in self.kinds.items():
            steps = [step for _index, of, step, _hash in batch if of == name]
            for row in kind.rows.filter(pk__in=steps).values_list(*kind.columns):
                found[name, row[0]] = row
        return found

    def _grown(self, index: int, hashed: bytes) -> Iterator[str]:
        if self.is_known_wrong:
            return
        if index != self.tree.size:
            self.is_known_wrong = True
            yield f"leaf {self.tree.size}: it is missing; the next one is {index}"
            return
        for whole in self.tree.append(hashed):
            node = node_of(whole)
            if self.nodes.get((node.level, node.index)) != node.hash:
                yield f"node {node}: not that of its leaves, which end with {index}"

    def _heads(self) -> Iterator[str]:
        """Every seal of the size that is reached, and the kept one."""
        while self.next and self.next.size <= self.tree.size and not self.is_known_wrong:
            if wrong := self._wrong_with(self.next):
                self.is_known_wrong = True
                yield f"seal {self.next.pk} of {self.next.size} leaves: {wrong}"
            self.next = next(self.seals, None)
        if self.kept and self.kept.size == self.tree.size and self.kept.root != self.tree.root():
            yield f"the first {self.kept.size} leaves are not those of the head that was kept"
            self.kept = None

    def _wrong_with(self, seal: Seal) -> str:
        try:
            said = notes.read(seal.note)
        except NoteError as problem:
            return str(problem)
        if not seal.size == said.size == self.tree.size:
            return f"it says {said.size}, and comes after {self.tree.size} leaves"
        if said.root != self.tree.root():
            return "the leaves up to it are not those that were sealed"
        return ""

    def _end(self) -> Iterator[str]:
        if not self.is_known_wrong and self.last[1] != self.leaves:
            yield f"there are {self.leaves} leaves, but the last seal says {self.last[1]}"
        if self.kept and self.kept.size > self.leaves:
            yield f"there are {self.leaves} leaves, but {self.kept.size} in the head that was kept"


def _ends() -> tuple[int, tuple[int, int]]:
    """How many leaves there are; key and size of the last seal. At one moment."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT coalesce(max(index) + 1, 0) FROM lifecycle_leaf), id, size"
            " FROM (SELECT 0 AS id, 0 AS size UNION ALL SELECT id, size FROM lifecycle_seal) seal"
            " ORDER BY id DESC LIMIT 1"
        )
        leaves, seal, size = cursor.fetchone()
    return leaves, (seal, size)


def _of_step(index: int, kind: str, step: int, hashed: bytes, row: Row | None) -> Iterator[str]:
    """The Step behind a leaf, as it stands today."""
    if row is None:
        yield f"leaf {index}: {kind} step {step} is missing"
    elif hash_of(kind, row) != hashed:
        yield f"leaf {index}: {kind} step {step} (number {row[2]} of {row[1]}) was changed"


def _nodes_between(first: int, last: int) -> dict[tuple[int, int], bytes]:
    """The nodes that end with one of these leaves."""
    found, level, width = {}, 1, TILE
    while width <= last + 1:
        span = (first // width, last // width)
        for node in Node.objects.filter(level=level, index__range=span):
            found[level, node.index] = bytes(node.hash)
        level, width = level + 1, width * TILE
    return found


def _without_leaf(kind: Kind) -> Iterator[str]:
    """Steps that nobody sealed and that wait for no seal; what waits and is not there."""
    table = connection.ops.quote_name(kind.steps._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT step.id FROM {table} step
            WHERE NOT EXISTS (SELECT FROM lifecycle_leaf l WHERE l.kind = %s AND l.step = step.id)
            AND NOT EXISTS
                (SELECT FROM lifecycle_unsealed u WHERE u.kind = %s AND u.step = step.id)
            ORDER BY step.id""",  # noqa: S608 - a table of ours
            [kind.name, kind.name],
        )
        for (step,) in cursor.fetchall():
            yield f"{kind.name} step {step}: it came by another way and is not in the record"
        cursor.execute(
            f"""SELECT u.step FROM lifecycle_unsealed u WHERE u.kind = %s
            AND NOT EXISTS (SELECT FROM {table} step WHERE step.id = u.step)
            ORDER BY u.step""",  # noqa: S608 - a table of ours
            [kind.name],
        )
        for (step,) in cursor.fetchall():
            yield f"{kind.name} step {step}: it is missing and was not sealed yet"


def _replayed(kind: Kind) -> Iterator[str]:
    """Each row, as its Steps tell its life: gapless, each from where the last one led, to here."""
    steps = connection.ops.quote_name(kind.steps._meta.db_table)
    roots = connection.ops.quote_name(kind.root._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT {kind.code_in_sql}, step.seq FROM
            (SELECT root_id, seq, from_status, lag(to_status, 1, '') OVER life AS stood,
                    lag(seq, 1, -1) OVER life AS before
             FROM {steps} WINDOW life AS (PARTITION BY root_id ORDER BY seq)) step
            JOIN {roots} root ON root.id = step.root_id
            WHERE step.seq <> step.before + 1 OR step.from_status <> step.stood
               OR step.seq > root.version
            ORDER BY root.id, step.seq"""  # noqa: S608 - tables of ours
        )
        for code, seq in cursor.fetchall():
            yield f"{code}: its step {seq} does not follow from the one before"
        cursor.execute(
            f"""SELECT {kind.code_in_sql}, root.version, step.id IS NULL FROM {roots} root
            LEFT JOIN {steps} step ON step.root_id = root.id AND step.seq = root.version
            WHERE step.id IS NULL OR (step.to_status, step.office_id, step.due_at)
                IS DISTINCT FROM (root.status, root.office_id, root.due_at)
            ORDER BY root.id"""  # noqa: S608 - tables of ours
        )
        for code, version, is_missing in cursor.fetchall():
            what = "is missing" if is_missing else "leads to another status, office or date"
            yield f"{code}: its last step, number {version}, {what}"
