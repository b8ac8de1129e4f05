"""Plain words: what is found, what is left alone, and that our own pages hold none."""

from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from channels_app.text.plain import LONGEST_EN, LONGEST_KO, findings

PO = Path(__file__).parents[2] / "locale" / "ko" / "LC_MESSAGES" / "django.po"


def words_found(text: str) -> list[str]:
    """The officials' words in this text."""
    return [found.found for found in findings(text) if not found.is_long]


@pytest.mark.parametrize(
    ("text", "word", "plainer"),
    [
        ("처리기한은 금요일입니다.", "처리기한", "답할 날"),
        ("내일까지 회신하겠습니다.", "회신", "답"),
        ("서류를 제출해 주세요.", "제출", "보내기"),
        ("귀하의 의견에 감사드립니다.", "귀하", "님"),
        ("금번 공사는", "금번", "이번"),
        ("기 통보한 대로입니다.", "기 통보", "이미"),
        ("상기 내용", "상기", "위"),
        ("익일 처리", "익일", "다음 날"),
        ("차주에 알려 드립니다.", "차주", "다음 주"),
        ("소관 부서", "소관", "맡은"),
        ("구청으로 이첩했습니다.", "이첩", "넘"),
        ("현재 검토 중입니다.", "검토 중", "언제까지"),
        ("We acted pursuant to the rule.", "pursuant to", "under"),
        ("You are hereby told.", "hereby", "leave it out"),
        ("The aforementioned road.", "aforementioned", "this"),
        ("We utilized a lamp.", "utilized", "use"),
        ("Works are commencing.", "commencing", "begin"),
        ("It is under review.", "under review", "by when"),
    ],
)
def test_an_officials_word_comes_with_a_plain_one(text: str, word: str, plainer: str) -> None:
    (found,) = findings(text)

    assert found.found == word
    assert plainer in found.use


@pytest.mark.parametrize(
    "text",
    [
        "금요일까지 보도블록을 고치겠습니다.",
        "전기차 주차 자리를 늘립니다.",  # 차 주, not 차주
        "김철수님께서 이상기 씨와 만났습니다.",  # a name is no 상기
        "The road is reused, the furniture stays.",
        "We will mend it by Friday. Call 120.",
        "",
    ],
)
def test_plain_words_are_left_alone(text: str) -> None:
    assert findings(text) == []


def test_a_word_is_named_once_in_the_order_of_the_text() -> None:
    assert words_found("소관 부서가 회신합니다. 소관 부서입니다.") == ["소관", "회신"]


@pytest.mark.parametrize(("word", "longest"), [("road", LONGEST_EN), ("도로가", LONGEST_KO)])
def test_a_sentence_is_long_from_one_word_more(word: str, longest: int) -> None:
    good, long = (" ".join([word] * count) + "." for count in (longest, longest + 1))

    assert findings(good) == []
    assert [found.words for found in findings(f"{good} {long}")] == [longest + 1]


def test_a_date_or_a_number_ends_no_sentence_but_a_new_line_does() -> None:
    numbers = "2.5 km " * (LONGEST_EN // 2)
    lines = "\n".join(["one two three four five six"] * 5)

    assert findings(numbers) == []
    assert findings(lines) == []


def test_our_own_pages_hold_none() -> None:
    with PO.open("rb") as file:
        catalogue = read_po(file)

    said = [
        text
        for entry in catalogue
        for texts in (entry.id, entry.string or "")
        for text in ([texts] if isinstance(texts, str) else texts)
    ]

    assert {found.found: text for text in said for found in findings(text)} == {}
