"""Which office a text belongs to: deterministic rules, points, the words that mattered."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from channels_app.text.normal import folded

SPACE = re.compile(r"\s+")
PATTERNS: dict[str, re.Pattern[str]] = {
    # "472번 버스", "N26 버스", "bus 472", "bus no. 7016"
    "bus_route": re.compile(
        r"\b[n마강]?\d{2,4}(?:-\d)?\s?번?\s?버스|\bbus\s(?:no\.?\s?|number\s)?n?\d{1,4}\b"
    ),
    # "2호선", "line 9"
    "subway_line": re.compile(r"\b[1-9]호선|\bline\s[1-9]\b"),
}


@dataclass(frozen=True)
class Term:
    """One row of the keyword table: a literal or the name of a pattern above."""

    office: int
    words: str = ""
    pattern: str = ""
    points: float = 1.0
    decides: bool = False


@dataclass(frozen=True)
class Candidate:
    """An office that could be meant, its points, and the words that gave them."""

    office: int
    points: float
    words: tuple[str, ...]
    decided: bool = False


@dataclass(frozen=True)
class Verdict:
    """At most three candidates, best first, and the office decided on (None: needs a reader)."""

    candidates: tuple[Candidate, ...]
    office: int | None


class Weigher:
    """The keyword table made ready: build once, ask often."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._literals: list[tuple[str, Term]] = []
        self._words: list[tuple[re.Pattern[str], Term]] = []
        for term in terms:
            if term.pattern:
                self._words.append((PATTERNS[term.pattern], term))
            elif term.words.isascii():
                # "bus" must not be found in "business"
                literal = re.escape(folded(term.words))
                self._words.append((re.compile(rf"\b{literal}(?:s|es)?\b"), term))
            else:
                self._literals.append((SPACE.sub("", folded(term.words)), term))

    def verdict(self, text: str, *, floor: float, margin: float) -> Verdict:
        """Weigh the text; decide by a rule that decides, or by points above floor and margin."""
        found = self._found(text)
        ranked = sorted(
            (_candidate(office, hits) for office, hits in found.items()),
            key=lambda candidate: (-candidate.decided, -candidate.points, candidate.office),
        )[:3]
        return Verdict(tuple(ranked), _decided(ranked, floor=floor, margin=margin))

    def _found(self, text: str) -> dict[int, list[tuple[Term, str]]]:
        plain = folded(text)
        close = SPACE.sub("", plain)  # Korean is typed with and without spaces
        found: dict[int, list[tuple[Term, str]]] = defaultdict(list)
        for literal, term in self._literals:
            if literal in close:
                found[term.office].append((term, term.words))
        for pattern, term in self._words:
            if hit := pattern.search(plain):
                found[term.office].append((term, term.words or hit[0].strip()))
        return found


def _candidate(office: int, hits: Sequence[tuple[Term, str]]) -> Candidate:
    return Candidate(
        office=office,
        points=round(sum(term.points for term, _word in hits), 2),
        words=tuple(dict.fromkeys(word for _term, word in hits)),
        decided=any(term.decides for term, _word in hits),
    )


def _decided(ranked: Sequence[Candidate], *, floor: float, margin: float) -> int | None:
    """A deciding rule wins unless two offices have one; points need floor and margin."""
    if not ranked:
        return None
    best, second = ranked[0], ranked[1] if len(ranked) > 1 else None
    if best.decided:
        return None if second and second.decided else best.office
    if best.points >= floor and (second is None or best.points - second.points >= margin):
        return best.office
    return None
