"""Personal data out of everything public: known spellings, generated numbers, and what stays."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels_app.text.masking import KINDS, SIGNS, found_in, holds_personal_data, mask
from channels_app.text.normal import tidy
from tests.text.growth import grows_in_proportion
from tests.text.invented import Invented, bare, invented
from tests.text.public_numbers import PUBLIC

SEED = 2026


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
        ("010ㅡ1234ㅡ5678", "010-****-****"),
        ("0 1 0 1 2 3 4 5 6 7 8", "010-****-****"),
        ("0️⃣1️⃣0️⃣-1234-5678", "010-****-****"),
        ("٠١٠-١٢٣٤-٥٦٧٨", "010-****-****"),
        ("010\u200b-12\u206034-5678", "010-****-****"),
        ("공일공 일이삼사 오육칠팔", "010-****-****"),
        ("O1O-1234-5678", "010-****-****"),
        ("011-123-4567", "010-****-****"),
        ("집 02-345-6789, 070-1234-5678", "집 ***-****-****, ***-****-****"),
        ("+82-31-234-5678", "***-****-****"),
        ("0505-123-4567", "***-****-****"),
        ("전화 345-6789", "전화 ***-****-****"),
        ("+1 415-555-2671", "***-****-****"),
        ("900101-1234567", "******-*******"),
        ("900101 - 1234567", "******-*******"),
        ("9001011234567", "******-*******"),
        ("900101-1******", "******-*******"),
        ("201201-3999999", "******-*******"),
        ("90.01.01-1234567", "******-*******"),
        ("4111-1111-1111-1111", "****-****-****-****"),
        ("카드 5555-5555-5555-1234", "카드 ****-****-****-****"),
        ("국민은행 123456-78-901234로", "국민은행 ***-***-******로"),
        ("110-234-567890 (신한은행)", "***-***-****** (신한은행)"),
        ("개인사업자 123-45-67891", "개인사업자 ***-**-*****"),
        ("면허번호 112212345678", "면허번호 **-**-******-**"),
        ("서울 12-345678-90", "**-**-******-**"),
        ("여권 M12345678, M123A4567", "여권 *********, *********"),
        ("여권번호는 m12345678", "여권번호는 *********"),
        ("12가 3456, 서울1가1234", "***-****, ***-****"),
        ("68조 1234", "***-****"),
        ("은평구 한솔아파트 101동 1203호", "은평구 한솔아파트 ***"),
        ("상계로 12길 34-5, 302호", "상계로 12길 ***"),
        ("응암동 123-45번지 201호", "응암동 ***"),
        ("저희 집은 통일로 123-4예요", "저희 집은 통일로 ***예요"),
        ("kim.chul+x@naver.com으로", "***@***으로"),
        ("메일은 김철수@naver.com", "메일은 ***@***"),
        ("kim@한글.kr로", "***@***로"),
        ("kim (at) naver (dot) com", "***@***"),
        ("kim＠naver．com", "***@***"),
        ("kim골뱅이naver.com", "***@***"),
        ("kim at gmail.com", "***@***"),
        ("이름: 홍길동", "이름: ***"),
        ("담당자 김철수 주무관", "담당자 *** 주무관"),
        ("My name is Kim Chulsu.", "My name is ***."),
    ],
)
def test_what_tells_who_somebody_is_is_masked(text: str, masked: str) -> None:
    assert mask(text) == masked
    assert holds_personal_data(text)
    assert not holds_personal_data(masked)


def test_almost_no_number_of_the_city_is_touched() -> None:
    touched = [text for text in PUBLIC if mask(text) != text]

    assert len(PUBLIC) >= 120
    assert len(touched) <= 0.02 * len(PUBLIC), touched


@pytest.mark.parametrize("seed", [SEED, 13, 987_654_321])
def test_no_generated_number_survives_and_nothing_else_is_touched(seed: int) -> None:
    voices = list(invented(seed))

    leaks = [
        (voice, original)
        for voice in voices
        for original in voice.originals
        if original.heart in bare(mask(voice.text))
    ]
    touched = [voice for voice in voices if _starred(mask(voice.text)) != _starred(voice.masked)]

    assert leaks == []
    assert len(touched) <= 0.002 * len(voices), touched


def _starred(masked: str) -> str:
    """Which sign stands there may differ where one number could be two kinds."""
    for sign in SIGNS:
        masked = masked.replace(sign, "*")
    return masked


def test_the_invented_voices_are_many_and_the_same_for_the_same_seed() -> None:
    voices = list(invented(SEED))

    assert voices == list(invented(SEED))
    assert len({voice.text for voice in voices}) >= 2000
    assert {original.kind for voice in voices for original in voice.originals} == set(KINDS)
    english = [voice for voice in voices if voice.text[0].isascii() and voice.text[0].isupper()]
    assert 0.1 < len(english) / len(voices) < 0.25


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("가로등이 꺼졌어요", ()),
        ("12가 3456 차를 봤어요. 010-1234-5678로 알려 주세요", ("phone", "plate")),
        ("이름: 홍길동, 02-345-6789, 900101-1234567", ("registration", "phone", "name")),
        ("02-2133-2279", ()),
    ],
)
def test_the_kinds_are_named_in_a_fixed_order(text: str, kinds: tuple[str, ...]) -> None:
    assert found_in(text) == kinds


@pytest.mark.parametrize(
    ("near", "far"),
    [
        ("종로구청 02-2148-1114", "02-2148-1114"),
        ("사업자등록번호 123-45-67891", "대표 홍길동, 사업자등록번호 123-45-67891"),
        ("대표 홍길동 120-81-47521", "대표 홍길동 123-45-67891"),
        ("서소문청사 1동 302호", "한솔아파트 1동 302호"),
        ("모델 M12345678", "여권 M12345678"),
        ("통일로 684 앞", "제 집 주소는 통일로 684"),
        ("접수번호 9001011234567", "주민번호 9001011234567"),
        ("담당자: 도로관리과", "담당자: 고길동"),
    ],
)
def test_the_words_beside_it_decide(near: str, far: str) -> None:
    assert mask(near) == near
    assert mask(far) != far


@given(st.text())
def test_masking_twice_changes_nothing(text: str) -> None:
    assert mask(mask(text)) == mask(text)


PARTS = st.sampled_from(
    [*"0123456789", *"-. ()+,:*@\n", "010", "900101", "4111", "02", "82", "12가", "계좌", "은행",
     "대표", "면허", "여권", "M", "동 ", "호", "로 ", "길", "집", "번지", "이름", "김철수",
     "입니다", "naver", ".com", " at ", " dot ", "골뱅이", "전화", "공일공", "\u200b", "０",
     "①", *SIGNS]
)  # fmt: skip


@given(st.lists(PARTS, max_size=60).map("".join))
def test_masking_twice_changes_nothing_where_everything_looks_like_a_number(text: str) -> None:
    masked = mask(text)

    assert mask(masked) == masked
    assert not holds_personal_data(masked)


@given(st.text(), st.sampled_from(list(invented(SEED, 60))))
def test_a_number_in_any_words_is_covered(words: str, voice: Invented) -> None:
    text = f"{words}\n{voice.text}\n{words}"

    masked = bare(mask(tidy(text)))

    whole = [one.heart for one in voice.originals if len(one.heart) > 7]
    assert [heart for heart in whole if heart in masked and heart not in bare(words)] == []


RUBBISH = (
    "a", "a.", "a@", "a@b.", "0", "0-", "01 ", "(at)", "1", "가@", "1-", "10 ", "계좌1", "계좌 1 ",
    "공일", "o1", "12가", "101동 ", "집 1-", "로1", "*1", "+1 ", "a at b dot ", "name: A",
    "이름:김", "900101-", "4111 ", "주소 길1", "이름은김철", "가1", "면허1", "M1", "골뱅이",
    "길1,가", "82", "1,", "대표1", "a.b@c.", "B1", "010-1234-5678 ", "계좌 110-234-567890 ", "①",
    "0\u200b", "집",
)  # fmt: skip


@pytest.mark.parametrize("rubbish", RUBBISH)
def test_long_rubbish_takes_time_in_proportion(rubbish: str) -> None:
    assert grows_in_proportion(mask, rubbish)


def test_a_long_message_is_masked_in_milliseconds() -> None:
    text = " ".join(voice.text for voice in invented(SEED, 100))[:5000]
    mask(text)

    assert min(_seconds(text) for _n in range(5)) < 5 * 0.015  # machines of tests are slow


def _seconds(text: str) -> float:
    start = time.process_time()
    mask(text)
    return time.process_time() - start
