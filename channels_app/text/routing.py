"""Which office a text belongs to: deterministic rules, points, the words that mattered."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import add

from channels_app.text.normal import folded

SPACE = re.compile(r"\s+")
TOKEN = re.compile(r"\w+")
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
    """The keyword table made ready: build once, ask often.

    No row is looked for by itself: pairs of letters (Korean) and whole words (ASCII) of the text
    say which rows can be in it at all, so the cost follows the text, not the table.
    """

    def __init__(self, terms: Iterable[Term]) -> None:
        self._terms = list(terms)
        self._literals: dict[str, list[tuple[int, str]]] = defaultdict(list)
        self._tokens: dict[str, list[int]] = defaultdict(list)
        self._phrases: dict[str, list[tuple[int, re.Pattern[str]]]] = defaultdict(list)
        self._always: list[tuple[int, re.Pattern[str]]] = []
        for place, term in enumerate(self._terms):
            self._enter(place, term)

    def _enter(self, place: int, term: Term) -> None:
        if term.pattern:
            self._always.append((place, PATTERNS[term.pattern]))
        elif term.words.isascii():
            self._enter_ascii(place, folded(term.words))
        else:
            literal = SPACE.sub("", folded(term.words))
            self._literals[literal[:2]].append((place, literal))

    def _enter_ascii(self, place: int, literal: str) -> None:
        """ "bus" must not be found in "business", so it is a word of its own, or its plural."""
        first = TOKEN.match(literal)
        pattern = re.compile(rf"\b{re.escape(literal)}(?:s|es)?\b")
        if first is None:
            self._always.append((place, pattern))
        elif first[0] == literal:
            for form in (literal, f"{literal}s", f"{literal}es"):
                self._tokens[form].append(place)
        else:
            self._phrases[first[0]].append((place, pattern))

    def verdict(self, text: str, *, floor: float, margin: float) -> Verdict:
        """Weigh the text; decide by a rule that decides, or by points above floor and margin."""
        found = self._found(text)
        ranked = sorted(
            (_candidate(office, hits) for office, hits in found.items()),
            key=lambda candidate: (-candidate.decided, -candidate.points, candidate.office),
        )[:3]
        return Verdict(tuple(ranked), _decided(ranked, floor=floor, margin=margin))

    def _found(self, text: str) -> dict[int, list[tuple[Term, str]]]:
        """The rows that are in the text, literals first, each kind in the order of the table."""
        plain = folded(text)
        found: dict[int, list[tuple[Term, str]]] = defaultdict(list)
        for place in sorted(self._literals_in(plain)):
            term = self._terms[place]
            found[term.office].append((term, term.words))
        for place, hit in sorted(self._words_in(plain).items()):
            term = self._terms[place]
            found[term.office].append((term, term.words or hit.strip()))
        return found

    def _literals_in(self, plain: str) -> Iterator[int]:
        close = SPACE.sub("", plain)  # Korean is typed with and without spaces
        pairs = {*map(add, close, close[1:]), *close, ""}
        for pair in pairs & self._literals.keys():
            for place, literal in self._literals[pair]:
                if literal in close:
                    yield place

    def _words_in(self, plain: str) -> dict[int, str]:
        tokens = set(TOKEN.findall(plain))
        whole = [self._tokens[token] for token in tokens & self._tokens.keys()]
        found = {place: self._terms[place].words for places in whole for place in places}
        begun = [self._phrases[token] for token in tokens & self._phrases.keys()]
        for place, pattern in chain(self._always, *begun):
            if hit := pattern.search(plain):
                found[place] = hit[0]
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
