"""What changed between two wordings, word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

WORDS = re.compile(r"\s+|\S+")


@dataclass(frozen=True)
class Piece:
    """Some words: `kind` is "same", "new" or "gone"."""

    kind: str
    text: str


def between(before: str, after: str) -> list[Piece]:
    """The later wording with the words that are new in it, and those that are gone."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    return list(_pieces(old, new))


def _pieces(old: list[str], new: list[str]) -> Iterator[Piece]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for _kind, start, end, begins, ends in matcher.get_opcodes():
        gone, come = "".join(old[start:end]), "".join(new[begins:ends])
        if gone == come:
            yield Piece("same", come)
            continue
        if gone:
            yield Piece("gone", gone)
        if come:
            yield Piece("new", come)
