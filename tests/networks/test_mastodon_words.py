"""Mastodon: what each kind of notification says, and how long a text is there."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from channels_app.connectors.contract import Heard, Picture
from channels_app.connectors.mastodon import Mastodon
from channels_app.connectors.mastodon_words import counted, event_of, named_in, squeezed, words_of
from tests.networks import mastodon_events as events
from tests.networks.mastodon_pretend import CITY, MINA, page_of

NAME = "103186126728896492"


def heard(told: dict[str, Any], own_id: str = CITY, root: str = "") -> Heard:
    """As it is read when it was stored."""
    event = event_of(told, root)
    return Mastodon.hear(event.kind, event.raw, own_id=own_id)


def test_a_mention_says_its_words_without_html_and_without_our_name() -> None:
    assert heard(events.MENTION) == Heard(
        kind="message", name=NAME, author=MINA, author_name="미나",
        text="가로등이 꺼졌어요\nhttps://map.seoul.go.kr/lamps/1?of=hapjeong\n\n"
        "밤길이 <아주> 어두워요",
        at=datetime(2026, 11, 30, 1, 2, 3, 456000, tzinfo=UTC), root=NAME,
        is_public=True, link=f"https://away.example/@mina/{NAME}",
    )  # fmt: skip


def test_a_reply_keeps_the_names_of_others_and_knows_its_place() -> None:
    found = heard(events.REPLY, root="103186126728896000")

    assert found.text == "@jun 아직도요"
    assert (found.answers, found.root) == ("103186126728896400", "103186126728896000")


def test_what_its_author_changed_is_an_edit_of_the_same_post() -> None:
    first, edited = event_of(events.MENTION, ""), event_of(events.EDITED, "")

    assert (edited.kind, edited.external_id) == (first.kind, first.external_id)
    assert edited.revision != first.revision
    assert heard(events.EDITED).kind == "edit"
    assert heard(events.EDITED).text == "이제 켜졌어요"


@pytest.mark.parametrize("told", [events.PRIVATE, events.FOLLOWERS])
def test_what_not_everyone_reads_is_private(told: dict[str, Any]) -> None:
    assert not heard(told).is_public


def test_what_is_not_listed_is_still_public() -> None:
    assert heard(events.event("<p>하나</p>", visibility="unlisted")).is_public


def test_a_warning_stands_before_the_words() -> None:
    assert heard(events.WARNED).text.startswith("사고 사진\n\n")


def test_pictures_have_their_words_and_films_are_none() -> None:
    found = heard(events.PICTURES)

    url = "https://files.city.example/1.png"
    assert found.pictures == (Picture(url, kind="image/png", words="꺼진 가로등"),)
    assert found.text == ""


def test_our_name_is_known_with_its_server_too() -> None:
    assert heard(events.ELSEWHERE).text == "여기요"
    assert heard(events.ELSEWHERE, own_id="").text == "@seoul@city.example 여기요"


def test_our_own_words_are_ours() -> None:
    assert heard(events.ECHO).is_ours
    assert not heard(events.ECHO, own_id="").is_ours
    assert not heard(events.MENTION).is_ours


def test_the_network_s_own_words_are_kept_and_what_is_needed_to_answer() -> None:
    event = event_of(events.PRIVATE, "")

    assert json.loads(event.raw)["notification"] == events.PRIVATE
    assert event.ref == {
        "id": NAME, "acct": "mina@away.example", "author": MINA, "visibility": "direct",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("<p>하나</p><p>둘<br>셋</p>", "하나\n\n둘\n셋"),
        (
            '<p><a href="https://a.example/1">여기</a> 보세요</p>',
            "여기 (https://a.example/1) 보세요",
        ),
        ('<a href="https://a.example/long">a.example/lo…</a>', "https://a.example/long"),
        ('<p>#<a href="https://a.example/t" class="mention hashtag">가로등</a></p>', "#가로등"),
        ("<ul><li>하나</li><li>둘</li></ul>", "하나\n둘"),
        ("하나 <b>둘", "하나 둘"),
        ("<p>  하나\n 둘  </p>", "하나 둘"),
        ("1 &lt; 2 &amp; 3", "1 < 2 & 3"),
    ],
)
def test_html_is_read_as_people_see_it(page: str, words: str) -> None:
    assert words_of({"content": page}) == words


def test_another_html_of_the_same_words_is_no_edit() -> None:
    other = events.event("<p><span>하나</span> 둘</p>")

    assert event_of(other, "").revision == event_of(events.event("<p>하나 둘</p>"), "").revision


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("가나다", 3),
        ("👨‍👩‍👧‍👦", 1),
        ("http://a.kr", 23),
        ("https://seoul.go.kr/" + "x" * 200, 23),
        ("https://seoul.go.kr에서", 25),
        ("@mina@away.example 네", 7),
        ("help@seoul.go.kr", 16),
    ],
)
def test_a_text_is_as_long_as_the_network_counts(text: str, count: int) -> None:
    assert counted(text) == count


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@mina님, @Jun@Away.example 보세요", {"mina", "jun@away.example"}),
        ("help@seoul.go.kr https://x.example/@mina", set()),
        ("@ 3시 @한글", set()),
    ],
)
def test_who_is_named_is_known(text: str, names: set[str]) -> None:
    assert named_in(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "고쳤습니다.",
        "하나\n둘\n\n셋  넷",
        "@mina@away.example 보세요: https://seoul.go.kr/lamps/very/long/path?a=1&b=2 끝",
        "1 < 2 & \"셋\" 'x' @jun 도",
    ],
)
def test_what_the_network_makes_of_our_words_is_known_again(text: str) -> None:
    shown = words_of({"content": page_of(f"@mina@away.example {text}")})

    assert squeezed(shown) == squeezed(text)
