"""Pieces, marks and snippets: pure functions."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels_app.text.finding import (
    aligned,
    distance,
    jamo_of,
    letters_of,
    marked,
    pieces_of,
    snippet,
    stems_of,
    words_of,
)
from channels_app.text.titles import beyond_title

TEXT = st.text(
    alphabet=st.sampled_from("가나도서관버스 abcAB12ÀİßΣ＿ｂＵ.,-<>&'\"%_\\ㅂ\n"), max_size=60
)


@given(TEXT)
def test_every_sign_keeps_its_place(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)

    assert len(aligned(composed)) == len(composed)


@given(TEXT)
def test_parts_say_the_text_again(text: str) -> None:
    parts = marked(text, ["도서", "ab"])

    assert "".join(part.text for part in parts) == unicodedata.normalize("NFC", text)


@given(TEXT, st.data())
def test_a_text_has_every_piece_of_every_stretch_of_its_words(
    text: str, data: st.DataObject
) -> None:
    words = [word for word in letters_of(text).split() if len(word) > 1]
    if not words:
        return
    word = data.draw(st.sampled_from(words))
    start = data.draw(st.integers(0, len(word) - 2))
    end = data.draw(st.integers(start + 2, len(word)))
    every = {word[at : at + size] for at in range(len(word)) for size in (2, 3)}

    pieces = pieces_of(word[start:end])

    assert set(pieces) <= every
    assert set(word[start:end]) == set("".join(pieces))


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("도서관", ["도서", "서관"]),
        ("버스", ["버스"]),
        ("bus", ["bus"]),
        ("library", ["lib", "ibr", "bra", "rar", "ary"]),
        ("it", ["it"]),
        ("5호선", ["5호", "호선"]),
        ("kt위즈", ["kt", "위즈"]),
        ("연신내역", ["연신", "내역"]),
        ("국립도서관", ["국립", "도서", "서관"]),
        ("관", []),
    ],
)
def test_as_few_pieces_as_hold_each_letter(word: str, pieces: list[str]) -> None:
    assert pieces_of(word) == pieces


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("도서관, 버스", ["도서관", "버스"]),
        ("ＢＵＳ bus", ["bus"]),
        ("이 버스 는", ["버스"]),
        ("100% _sure_", ["100", "sure"]),
        (unicodedata.normalize("NFD", "도서관"), ["도서관"]),
        ("' OR 1=1; --", ["or"]),
        ("a " * 50, []),
        (" ".join(f"w{number}" for number in range(20)), [f"w{number}" for number in range(8)]),
    ],
)
def test_what_is_looked_for(typed: str, words: list[str]) -> None:
    assert words_of(typed) == words


def test_the_snippet_begins_near_the_word_and_marks_it() -> None:
    text = "처음 " * 60 + "동네 도서관이 너무 일찍 닫아요 " + "나중 " * 60

    parts = snippet(text, ["도서관"])

    assert [part.text for part in parts if part.is_hit] == ["도서관"]
    assert parts[0].text == "… "
    assert parts[-1].text == " …"
    assert sum(len(part.text) for part in parts) <= 164


def test_hits_are_found_in_any_spelling() -> None:
    hits = [
        part.text for part in marked("The LIBRARY, the ｌｉｂｒａｒｙ", ["library"]) if part.is_hit
    ]

    assert hits == ["LIBRARY", "ｌｉｂｒａｒｙ"]


@pytest.mark.parametrize(
    ("word", "stem"), [("도서관에서는", "도서관"), ("버스가", "버스"), ("구청으로", "구청")]
)
def test_a_noun_is_known_without_its_ending(word: str, stem: str) -> None:
    assert stems_of(word) == {word, stem}


@pytest.mark.parametrize("word", ["010", "s2026", "12층", "а1"])
def test_numbers_are_no_words(word: str) -> None:
    assert stems_of(word) == set()


@pytest.mark.parametrize(("typed", "meant"), [("도서괸", "도서관"), ("버쓰", "버스")])
def test_one_wrong_key_is_one_wrong_letter(typed: str, meant: str) -> None:
    assert distance(jamo_of(typed), jamo_of(meant)) == 1


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("버스가 늦어요. 어제도 그랬어요.", "어제도 그랬어요."),
        ("버스가 늦어요!", ""),
        ("버스가 늦어요", ""),
        ("버스가\n늦어요", "늦어요"),
        ("한 " * 40, "…" + ("한 " * 10).strip()),
    ],
)
def test_what_the_heading_says_is_not_said_twice(text: str, rest: str) -> None:
    assert beyond_title(text) == rest
