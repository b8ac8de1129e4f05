"""One spelling for the same words, and headings."""

from hypothesis import given
from hypothesis import strategies as st

from channels_app.text.kinds import likely_kind
from channels_app.text.normal import tidy
from channels_app.text.titles import title_of


def test_what_nobody_can_see_is_gone_and_lines_stay() -> None:
    assert tidy("가\u200b나\r\n다\x00라\ufeff") == "가나\n다라"


@given(st.text())
def test_tidying_twice_changes_nothing_and_always_can_be_stored(text: str) -> None:
    tidied = tidy(text)

    assert tidy(tidied) == tidied
    assert "\x00" not in tidied
    tidied.encode()


@given(st.text(min_size=1))
def test_a_heading_is_one_short_line(text: str) -> None:
    heading = title_of(text)

    assert "\n" not in heading
    assert len(heading) <= 61


def test_a_heading_is_the_first_sentence() -> None:
    assert title_of("가로등이 꺼졌어요. 무서워요.") == "가로등이 꺼졌어요"


def test_kinds_are_guessed() -> None:
    assert likely_kind("담벼락이 무너질 것 같아요") == "hazard"
    assert likely_kind("심야버스를 늘리면 좋겠어요") == "idea"
    assert likely_kind("여권은 어디서 만드나요?") == "question"
    assert likely_kind("쓰레기가 안 치워졌어요") == "complaint"
