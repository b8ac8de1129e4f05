"""Personal data out of everything public: known spellings, generated numbers, and what stays."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels_app.text.masking import holds_personal_data, mask
from channels_app.text.normal import tidy


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("제 번호는 010-1234-5678입니다", "제 번호는 010-****-****입니다"),
        ("+82 10 1234 5678", "010-****-****"),
        ("+82-(0)10-1234-5678", "010-****-****"),
        ("０１０－１２３４－５６７８", "010-****-****"),
        ("010.1234.5678 / 01098765432", "010-****-**** / 010-****-****"),
        ("010)1234-5678", "010-****-****"),
        ("010 - 1234 - 5678", "010-****-****"),
        ("0 1 0 1 2 3 4 5 6 7 8", "010-****-****"),
        ("011-123-4567", "010-****-****"),
        ("900101-1234567", "******-*******"),
        ("900101 - 1234567", "******-*******"),
        ("9001011234567", "******-*******"),
        ("900101-1******", "******-*******"),
        ("201201-3999999", "******-*******"),
        ("kim.chul+x@naver.com으로", "***@***으로"),
        ("메일은 김철수@naver.com", "메일은 ***@***"),
        ("kim@한글.kr로", "***@***로"),
        ("kim (at) naver (dot) com", "***@***"),
        ("kim＠naver．com", "***@***"),
    ],
)
def test_a_persons_number_or_address_is_masked(text: str, masked: str) -> None:
    assert mask(text) == masked
    assert holds_personal_data(text)


@pytest.mark.parametrize(
    "text",
    [
        "시청 02-2133-1234, 120번",
        "472번 버스가 2026-11-23 14:30에 안 왔어요",
        "예산 1,234,567,890원",
        "S-2026-004127",
        "주문 20240101123456789",
        "991399-1234567",  # no such month
        "세종대로 110, 종로3가",
        "ISBN 979-11-5664-123-4",
        "위도 37.5665, 경도 126.9780",
    ],
)
def test_a_number_of_the_city_stays(text: str) -> None:
    assert mask(text) == text
    assert not holds_personal_data(text)


@given(st.text())
def test_masking_twice_changes_nothing(text: str) -> None:
    assert mask(mask(text)) == mask(text)


@pytest.mark.parametrize("rubbish", ["a", "a.", "a@", "a@b.", "0", "0-", "01 ", "(at)", "1", "가@"])
def test_long_rubbish_is_read_in_one_go(rubbish: str) -> None:
    """A pattern that looks back at every sign would not come to an end here."""
    masked = mask(rubbish * 50_000)

    assert mask(masked) == masked


def test_no_generated_number_survives() -> None:
    dice = random.Random(2026)
    for _n in range(2000):
        number, written = dice.choice((_mobile, _registration))(dice)
        text = tidy(f"안녕하세요 {written} 연락 주세요")

        assert number not in "".join(sign for sign in mask(text) if sign.isdigit())


def _mobile(dice: random.Random) -> tuple[str, str]:
    head, middle, tail = "010", f"{dice.randrange(1000, 9999)}", f"{dice.randrange(10000):04d}"
    gap = dice.choice(["", "-", " ", ".", " - ", "\u200b-", "·", ")"])
    return middle + tail, gap.join((head, middle, tail))


def _registration(dice: random.Random) -> tuple[str, str]:
    day = f"{dice.randrange(100):02d}{dice.randrange(1, 13):02d}{dice.randrange(1, 29):02d}"
    tail = f"{dice.randrange(1, 9)}{dice.randrange(10**6):06d}"
    return day + tail, day + dice.choice(["-", "", " ", " - ", "–"]) + tail
