"""The quick way of weighing finds exactly what looking for row after row finds."""

import random
import re
from collections import defaultdict

from hypothesis import given, settings
from hypothesis import strategies as st

from channels_app.seed_keywords import rows
from channels_app.text.normal import folded
from channels_app.text.routing import (
    PATTERNS,
    Term,
    Verdict,
    Weigher,
    _candidate,
    _decided,
)

SPACE = re.compile(r"\s+")


def row_after_row(terms: list[Term], text: str, *, floor: float, margin: float) -> Verdict:
    """The definition: every row is looked for in the whole text."""
    plain = folded(text)
    close = SPACE.sub("", plain)
    literals, words = [], []
    for term in terms:
        if not term.pattern and not term.words.isascii():
            if SPACE.sub("", folded(term.words)) in close:
                literals.append((term, term.words))
            continue
        literal = re.escape(folded(term.words))
        pattern = PATTERNS[term.pattern] if term.pattern else rf"\b{literal}(?:s|es)?\b"
        if hit := re.search(pattern, plain):
            words.append((term, term.words or hit[0].strip()))
    found = defaultdict(list)
    for term, word in literals + words:
        found[term.office].append((term, word))
    ranked = sorted(
        (_candidate(office, hits) for office, hits in found.items()),
        key=lambda candidate: (-candidate.decided, -candidate.points, candidate.office),
    )[:3]
    return Verdict(tuple(ranked), _decided(ranked, floor=floor, margin=margin))


OFFICES = sorted({row[0] for row in rows()})
CITY = [
    Term(OFFICES.index(slug), words, pattern, points, decides)
    for slug, words, pattern, points, decides in rows()
]
CITY_WEIGHER = Weigher(CITY)
pieces = st.sampled_from([term.words or "472번 버스" for term in CITY])
glue = st.sampled_from(["", " ", "\n", "s", "es", "를", "-", "_", ".", "'", "３", "ﬁ", "\u200b"])
letters = st.text(alphabet="버스보도 블록busBUSşßıI가나12호선-'+.es\n\u1100\u1161", max_size=12)
texts = st.lists(st.one_of(pieces, glue, letters, st.text(max_size=8)), max_size=25).map("".join)


@settings(max_examples=1500, deadline=None)
@given(texts)
def test_the_citys_table_gives_the_same_verdict(text: str) -> None:
    expected = row_after_row(CITY, text, floor=2.0, margin=1.0)

    assert CITY_WEIGHER.verdict(text, floor=2.0, margin=1.0) == expected


words = st.one_of(
    st.text(alphabet="abs 'c+.-_ ABe", max_size=6),
    st.text(alphabet="가나 버스ㄱㅏ\u1100\u1161ａ", max_size=4),
    st.text(max_size=3),
)
tables = st.lists(
    st.builds(
        Term,
        office=st.integers(1, 5),
        words=words,
        points=st.sampled_from([0.1, 0.7, 1.0, 2.5]),
        decides=st.booleans(),
    ),
    max_size=12,
)


@settings(max_examples=1500, deadline=None)
@given(tables, st.data())
def test_any_table_gives_the_same_verdict(table: list[Term], data: st.DataObject) -> None:
    known = st.sampled_from([term.words for term in table]) if table else st.just("")
    text = data.draw(st.lists(st.one_of(known, glue, words), max_size=12).map("".join))

    verdict = Weigher(table).verdict(text, floor=1.0, margin=0.5)

    assert verdict == row_after_row(table, text, floor=1.0, margin=0.5)


def test_thousands_of_ordinary_texts_give_the_same_verdict() -> None:
    dice = random.Random(20)
    some = [term.words or "2호선" for term in CITY]

    for _n in range(2000):
        text = " ".join(dice.choice(some) for _m in range(dice.randint(1, 30)))

        expected = row_after_row(CITY, text, floor=2.0, margin=1.0)
        assert CITY_WEIGHER.verdict(text, floor=2.0, margin=1.0) == expected
