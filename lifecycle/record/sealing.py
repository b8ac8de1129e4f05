"""What was written since goes into the tree, and its new head is signed."""

from django.db import connection, transaction

from lifecycle import clock
from lifecycle.models import Leaf, Node, Seal, Unsealed
from lifecycle.record import notes
from lifecycle.record.entries import hash_now, hash_of, kinds
from lifecycle.record.merkle import Growing
from lifecycle.record.tree import Tree, node_of

BATCH = 5_000
LOCK = 0x5EA1  # one sealer at a time, whoever started it
INSERT = """
    INSERT INTO lifecycle_leaf (index, kind, step, hash)
    SELECT * FROM unnest(%s::bigint[], %s::text[], %s::bigint[], %s::bytea[])
"""


class RecordBrokenError(Exception):
    """The tree is not the one that was sealed last: nothing is sealed over it."""


@transaction.atomic
def seal(most: int = BATCH) -> int:
    """Give a leaf to Steps that have none, and sign the new head; how many there were.

    Never by a range of keys: a slow transaction commits a lower one later. Nothing happens where
    somebody else seals. Once a day a head is signed even if nothing is new. Raises
    RecordBrokenError.
    """
    if not _is_alone():
        return 0
    last = Seal.objects.newest()
    tree = _as_sealed(last)
    today = clock.seoul().date()
    day = None if last and Seal.objects.filter(day=today).exists() else today
    fresh = _grow(tree, most)
    if fresh or day:
        note = notes.sign(tree.size, tree.root())
        Seal.objects.create(size=tree.size, note=note, day=day, at=clock.now())
    return fresh


def _is_alone() -> bool:
    """Until this transaction ends; then the next one sees all of it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return bool(cursor.fetchone()[0])


def _as_sealed(last: Seal | None) -> Growing:
    """The tree, once it is what the last seal says; what was changed is not signed as well."""
    size = last.size if last else 0
    newest = Leaf.objects.order_by("-index").first()
    if (newest.index + 1 if newest else 0) != size:
        raise RecordBrokenError(f"the last seal says {size} leaves, the newest one is {newest}")
    if newest and hash_now(newest) != bytes(newest.hash):
        raise RecordBrokenError(f"{newest} was changed, or RECORD_KEY is another one")
    try:
        tree = Tree().growing(size)
    except LookupError as problem:
        raise RecordBrokenError(str(problem)) from problem
    if last and tree.root() != notes.read(last.note).root:
        raise RecordBrokenError(f"the tree of {size} leaves is not the one that was sealed")
    return tree


def _grow(tree: Growing, most: int) -> int:
    """Leaves for what waits, kind after kind; what has vanished stays on the list and is late."""
    numbers, leaves, nodes = [], [], []
    for kind in kinds().values():
        for number, row in kind.unsealed(most):
            hashed = hash_of(kind.name, row)
            numbers.append(number)
            leaves.append((tree.size, kind.name, row[0], hashed))
            nodes += [node_of(whole) for whole in tree.append(hashed)]
    if leaves:
        with connection.cursor() as cursor:
            cursor.execute(INSERT, [list(column) for column in zip(*leaves, strict=True)])
        Node.objects.bulk_create(nodes)
        Unsealed.objects.filter(pk__in=numbers).delete()
    return len(leaves)
