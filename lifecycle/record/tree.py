"""The tree as the database holds it, read in tiles of 256 rows: a statement for each height."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from django.db import connection

from lifecycle.models import HASH, Node
from lifecycle.record import merkle
from lifecycle.record.merkle import TILE, TILE_BITS, Growing, Subtree, Whole

V = TypeVar("V")
Tile = tuple[int, int]  # height, index


class Tree:
    """What was read is kept: ask for one as long as you need it, not longer."""

    def __init__(self) -> None:
        self._tiles: dict[Tile, bytes] = {}

    def growing(self, size: int) -> Growing:
        """To go on from this size. Raises LookupError where rows are missing."""
        return Growing(size, self._asked(lambda subtree: merkle.peaks_of(size, subtree)))

    def inclusions(self, indexes: Iterable[int], size: int) -> list[list[bytes]]:
        """For each of these leaves what shows that it is in the tree of this size."""
        wanted = list(indexes)
        return self._asked(
            lambda subtree: [merkle.inclusion(index, size, subtree) for index in wanted]
        )

    def consistency(self, old: int, new: int) -> list[bytes]:
        """What shows that one size continues the other. Raises IndexError for no such sizes."""
        return self._asked(lambda subtree: merkle.consistency(old, new, subtree))

    def _asked(self, question: Callable[[Subtree], V]) -> V:
        """Asked twice: first to learn which tiles it needs, then with all of them at hand."""
        needed: set[Tile] = set()

        def noted(level: int, index: int) -> bytes:
            needed.add(_tile_of(level, index))
            return merkle.EMPTY

        question(noted)
        self._read(needed - self._tiles.keys())
        return question(self._subtree)

    def _subtree(self, level: int, index: int) -> bytes:
        """The root of a complete subtree."""
        count = 1 << level % TILE_BITS
        first = index * count % TILE
        hashes = self._tiles[_tile_of(level, index)][first * HASH : (first + count) * HASH]
        if len(hashes) != count * HASH:
            raise LookupError(f"rows of the record are missing: {level}/{index}")
        return merkle.root_of(hashes[place : place + HASH] for place in range(0, len(hashes), HASH))

    def _read(self, tiles: Iterable[Tile]) -> None:
        by_height: dict[int, list[int]] = defaultdict(list)
        for height, index in tiles:
            by_height[height].append(index)
            self._tiles[height, index] = b""
        for height, indexes in by_height.items():
            for index, hashes in _rows(height, indexes):
                self._tiles[height, index] = bytes(hashes)


def _tile_of(level: int, index: int) -> Tile:
    height, rest = divmod(level, TILE_BITS)
    return height, (index << rest) // TILE


def _rows(height: int, tiles: Sequence[int]) -> list[tuple[int, bytes]]:
    """Each tile and its hashes, one after the other."""
    of_height = "lifecycle_node" if height else "lifecycle_leaf"
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT tile, string_agg(row.hash, ''::bytea ORDER BY row.index)
            FROM unnest(%s::bigint[]) tile
            JOIN {of_height} row ON row.index BETWEEN tile * {TILE} AND tile * {TILE} + {TILE - 1}
            {"AND row.level = %s" if height else ""} GROUP BY tile""",  # noqa: S608 - words of this module
            [list(tiles), *([height] if height else [])],
        )
        found: list[tuple[int, bytes]] = cursor.fetchall()
    return found


def node_of(whole: Whole) -> Node:
    """The row that keeps a complete subtree."""
    level, index, root = whole
    return Node(level=level // TILE_BITS, index=index, hash=root)
