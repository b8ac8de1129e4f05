"""The tree: the vectors of RFC 6962's authors, and what holds for trees of any size."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle.record import merkle, verify
from lifecycle.record.merkle import Growing, node_hash

ENTRIES = [
    bytes.fromhex(one)
    for one in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657",
                "606162636465666768696a6b6c6d6e6f")
]  # fmt: skip
ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
PATH_OF_THE_SIXTH = (
    "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
)
SIZES = st.integers(min_value=1, max_value=700)


def leaves_of(size: int) -> list[bytes]:
    """Different ones."""
    return [merkle.leaf_hash(str(number).encode()) for number in range(size)]


def subtrees(leaves: Sequence[bytes]) -> merkle.Subtree:
    """The roots of complete subtrees, computed plainly."""

    def subtree(level: int, index: int) -> bytes:
        if level == 0:
            return leaves[index]
        return node_hash(subtree(level - 1, 2 * index), subtree(level - 1, 2 * index + 1))

    return subtree


def plain_root(leaves: Sequence[bytes]) -> bytes:
    """As RFC 6962 writes it down (2.1)."""
    if len(leaves) < 2:
        return leaves[0] if leaves else merkle.EMPTY
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return node_hash(plain_root(leaves[:half]), plain_root(leaves[half:]))


@pytest.mark.parametrize("size", range(1, 9))
def test_the_heads_are_those_of_the_known_vectors(size: int) -> None:
    leaves = [merkle.leaf_hash(entry) for entry in ENTRIES[:size]]

    assert merkle.root_of(leaves).hex() == ROOTS[size - 1]
    assert merkle.EMPTY.hex().startswith("e3b0c44298fc1c14")


def test_the_path_is_that_of_the_known_vectors() -> None:
    leaves = [merkle.leaf_hash(entry) for entry in ENTRIES]

    path = merkle.inclusion(5, 8, subtrees(leaves))

    assert tuple(one.hex() for one in path) == PATH_OF_THE_SIXTH


@given(SIZES)
def test_a_tree_that_grows_is_the_tree_of_its_leaves(size: int) -> None:
    leaves = leaves_of(size)
    grown = Growing(size // 2, merkle.peaks_of(size // 2, subtrees(leaves)))

    for leaf in leaves[size // 2 :]:
        grown.append(leaf)

    assert grown.root() == merkle.root_of(leaves) == plain_root(leaves)


def test_what_it_completes_are_the_roots_of_256_leaves() -> None:
    leaves, tree, found = leaves_of(600), Growing(), []

    for leaf in leaves:
        found += tree.append(leaf)

    assert found == [
        (8, 0, plain_root(leaves[:256])),
        (8, 1, plain_root(leaves[256:512])),
    ]


@given(SIZES, st.data())
def test_a_leaf_is_shown_to_be_in_the_tree_and_no_other_is(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    leaves = leaves_of(size)
    root = merkle.root_of(leaves)

    path = merkle.inclusion(index, size, subtrees(leaves))

    for check in (merkle.is_included, verify.is_included):
        assert check(leaves[index], index, size, path, root)
        assert not check(merkle.leaf_hash(b"another"), index, size, path, root)
        assert not check(leaves[index], index, size, [*path, root], root)
        assert not check(leaves[index], (index + 1) % size, size, path, root) or size == 1
        assert not check(leaves[index], size + index, size, path, root)


@given(SIZES, st.data())
def test_a_tree_is_shown_to_continue_a_smaller_one(size: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(1, size))
    leaves = leaves_of(size)
    before, after = merkle.root_of(leaves[:old]), merkle.root_of(leaves)

    path = merkle.consistency(old, size, subtrees(leaves))

    for check in (merkle.is_consistent, verify.is_consistent):
        assert check(old, size, before, after, path)
        assert not check(old, size, merkle.leaf_hash(b"another"), after, path)
        assert not check(old, size, before, merkle.leaf_hash(b"another"), path)
        assert not check(old, size, before, after, [*path, after])
        assert not check(size + 1, size, before, after, path)


@given(SIZES, st.data())
def test_a_tree_with_another_past_is_refused(size: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(1, size))
    changed = data.draw(st.integers(0, old - 1))
    leaves = leaves_of(size)
    before = merkle.root_of(leaves[:old])
    leaves[changed] = merkle.leaf_hash(b"another")

    path = merkle.consistency(old, size, subtrees(leaves))

    for check in (merkle.is_consistent, verify.is_consistent):
        assert not check(old, size, before, merkle.root_of(leaves), path)


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_outside_the_tree_there_is_no_path(index: int, size: int) -> None:
    with pytest.raises(IndexError):
        merkle.inclusion(index, size, subtrees(leaves_of(3)))


@given(st.integers(0, 300))
def test_the_script_for_strangers_grows_the_same_tree(size: int) -> None:
    leaves, theirs = leaves_of(size), verify.Tree()

    for leaf in leaves:
        theirs.append(leaf)

    assert theirs.root() == plain_root(leaves)
