"""The Merkle tree of RFC 6962: pure functions over hashes, no database."""

import hashlib
from collections.abc import Callable, Iterable, Sequence

# The root of the complete subtree at (level, index): of the leaves from index · 2**level on.
Subtree = Callable[[int, int], bytes]
Whole = tuple[int, int, bytes]  # level, index, root of a complete subtree
TILE_BITS = 8
TILE = 1 << TILE_BITS
EMPTY = hashlib.sha256().digest()


def leaf_hash(entry: bytes) -> bytes:
    """A leaf can't be passed off as a node: each begins with a byte of its own."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The parent of two."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Growing:
    """A tree that only remembers the roots of its complete subtrees, the largest first."""

    def __init__(self, size: int = 0, peaks: Iterable[bytes] = ()) -> None:
        self.size, self.peaks = size, list(peaks)

    def append(self, leaf: bytes) -> list[Whole]:
        """Add one at the end; the subtrees of 256, 256², … leaves that it completes."""
        complete, level, index = [], 0, self.size
        while index & 1:
            leaf = node_hash(self.peaks.pop(), leaf)
            level, index = level + 1, index >> 1
            if level % TILE_BITS == 0:
                complete.append((level, index, leaf))
        self.peaks.append(leaf)
        self.size += 1
        return complete

    def root(self) -> bytes:
        """The head of all that was added."""
        if not self.peaks:
            return EMPTY
        found = self.peaks[-1]
        for peak in self.peaks[-2::-1]:
            found = node_hash(peak, found)
        return found


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The head of these leaves."""
    tree = Growing()
    for leaf in leaves:
        tree.append(leaf)
    return tree.root()


def peaks_of(size: int, subtree: Subtree) -> list[bytes]:
    """What `Growing` has to know of a tree of this size."""
    bits = range(size.bit_length() - 1, -1, -1)
    return [subtree(bit, (size >> bit) - 1) for bit in bits if size >> bit & 1]


def inclusion(index: int, size: int, subtree: Subtree) -> list[bytes]:
    """The neighbours on the way from a leaf up to the head. Raises IndexError outside."""
    if not 0 <= index < size:
        raise IndexError(f"no leaf {index} in a tree of {size}")
    path, first, end = [], 0, size
    while end - first > 1:
        middle = first + _half(end - first)
        if index < middle:
            path.append(_range(middle, end, subtree))
            end = middle
        else:
            path.append(_range(first, middle, subtree))
            first = middle
    return path[::-1]


def consistency(old: int, new: int, subtree: Subtree) -> list[bytes]:
    """What shows that the tree of `new` leaves begins with that of `old`. Raises IndexError."""
    if not 0 <= old <= new:
        raise IndexError(f"no tree of {old} in one of {new}")
    if old in (0, new):
        return []
    path, first, end, untouched = [], 0, new, True
    while old != end:
        middle = first + _half(end - first)
        if old <= middle:
            path.append(_range(middle, end, subtree))
            end = middle
        else:
            path.append(_range(first, middle, subtree))
            first, untouched = middle, False
    if not untouched:
        path.append(_range(first, end, subtree))
    return path[::-1]


def is_included(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether this leaf stands at `index` of the tree with this head (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    here, last = index, size - 1
    for neighbour in path:
        if last == 0:
            return False
        if here & 1 or here == last:
            leaf = node_hash(neighbour, leaf)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            leaf = node_hash(leaf, neighbour)
        here, last = here >> 1, last >> 1
    return last == 0 and leaf == root


def is_consistent(
    old: int, new: int, old_root: bytes, new_root: bytes, path: Sequence[bytes]
) -> bool:
    """Whether the larger tree begins with the smaller one (RFC 9162, 2.1.4.2)."""
    if old > new:
        return False
    if old == new:
        return not path and old_root == new_root
    if old == 0:
        return not path and old_root == EMPTY
    way = ([old_root] if old & (old - 1) == 0 else []) + list(path)
    return bool(way) and _two_roots(old - 1, new - 1, way) == (old_root, new_root)


def _two_roots(here: int, last: int, way: Sequence[bytes]) -> tuple[bytes, bytes] | None:
    """The heads of both sizes, as the neighbours on the way say; None where the way is wrong."""
    while here & 1:
        here, last = here >> 1, last >> 1
    small = large = way[0]
    for neighbour in way[1:]:
        if last == 0:
            return None
        if here & 1 or here == last:
            small, large = node_hash(neighbour, small), node_hash(neighbour, large)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            large = node_hash(large, neighbour)
        here, last = here >> 1, last >> 1
    return (small, large) if last == 0 else None


def _half(count: int) -> int:
    """The largest power of two below `count`: where RFC 6962 parts a tree."""
    return 1 << (count - 1).bit_length() - 1


def _range(first: int, end: int, subtree: Subtree) -> bytes:
    """The head of the leaves from `first` up to `end`."""
    count = end - first
    if count & (count - 1) == 0:
        level = count.bit_length() - 1
        return subtree(level, first >> level)
    middle = first + _half(count)
    return node_hash(_range(first, middle, subtree), _range(middle, end, subtree))
