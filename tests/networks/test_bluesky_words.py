"""Bluesky: what each kind of notification says, read from its bytes alone."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from channels_app.connectors.bluesky import Bluesky
from channels_app.connectors.bluesky_words import event_of, facets, words_of
from channels_app.connectors.contract import Heard, Picture
from tests.networks import bluesky_events as events
from tests.networks.bluesky_events import CID, OUR_CID, OURS, THEIRS
from tests.networks.bluesky_pretend import CITY, MINA

AT = datetime(2026, 11, 30, 1, 2, 3, tzinfo=UTC)
SHOWN = "https://bsky.app/profile/mina.bsky.social/post/3lminapost000"


def heard(told: dict[str, Any], own_id: str = CITY) -> Heard:
    """As it is read when it was stored."""
    event = event_of(told)
    return Bluesky.hear(event.kind, event.raw, own_id=own_id)


def test_a_mention_says_its_words_without_our_name_and_with_whole_links() -> None:
    found = heard(events.MENTION)

    assert found == Heard(
        kind="message", name=THEIRS, author=MINA, author_name="미나", at=AT, root=THEIRS,
        text="가로등이 꺼졌어요 https://map.seoul.go.kr/lamps/1?of=hapjeong @jun.test",
        is_public=True, link=SHOWN,
    )  # fmt: skip


def test_a_reply_says_what_it_stands_below_and_where_all_began() -> None:
    found = heard(events.REPLY)

    assert (found.text, found.answers, found.root) == ("아직도 어두워요", f"{OURS}1", OURS)


def test_a_quote_shows_what_it_is_about_and_stands_below_nothing() -> None:
    found = heard(events.QUOTE)

    link = f"https://bsky.app/profile/{CITY}/post/3lourpost0000"
    assert found.text == f"서울시가 이렇게 답했네요\n\n{link}"
    assert (found.answers, found.root) == ("", THEIRS)


@pytest.mark.parametrize(
    ("told", "words"), [(events.PICTURES, "꺼진 가로등"), (events.QUOTED_WITH_PICTURE, "")]
)
def test_pictures_are_where_readers_get_them(told: dict[str, Any], words: str) -> None:
    url = f"https://cdn.bsky.app/img/feed_fullsize/plain/{MINA}/{CID}@jpeg"

    assert heard(told).pictures == (Picture(url, words=words),)


def test_the_page_of_a_card_is_part_of_the_words() -> None:
    assert heard(events.CARD).text == "이 기사 보세요\n\nhttps://news.example/1"


def test_what_is_written_against_the_book_is_read_as_far_as_it_goes() -> None:
    found = heard(events.ODD)

    assert (found.text, found.answers, found.root) == ("한", "", THEIRS)


def test_our_own_words_are_ours() -> None:
    assert heard(events.ECHO).is_ours
    assert not heard(events.MENTION).is_ours
    assert not heard(events.ECHO, own_id="").is_ours


def test_whose_name_is_empty_is_known_by_the_handle() -> None:
    author = {**events.REPLY["author"], "displayName": "", "handle": "handle.invalid"}

    found = heard({**events.REPLY, "author": author})

    assert found.author_name == "handle.invalid"
    assert found.link == f"https://bsky.app/profile/{MINA}/post/3lminapost000"


def test_a_moment_in_the_future_is_the_one_of_the_server() -> None:
    record = {**events.REPLY["record"], "createdAt": "2031-01-01T00:00:00Z"}

    found = heard({**events.REPLY, "record": record})

    assert found.at == datetime(2026, 11, 30, 1, 2, 3, 456000, tzinfo=UTC)


def test_what_is_needed_to_answer_is_kept_apart() -> None:
    assert event_of(events.MENTION).ref == {
        "uri": THEIRS, "cid": CID, "root": THEIRS, "root_cid": CID,
    }  # fmt: skip
    assert event_of(events.REPLY).ref == {
        "uri": THEIRS, "cid": CID, "root": OURS, "root_cid": OUR_CID,
    }  # fmt: skip


def test_only_other_words_are_another_revision() -> None:
    same = {**events.REPLY, "isRead": True, "cid": "bafyother"}
    other = {**events.REPLY, "record": {**events.REPLY["record"], "text": "이제 밝아요"}}

    assert event_of(same).revision == event_of(events.REPLY).revision
    assert event_of(other).revision != event_of(events.REPLY).revision
    assert json.loads(event_of(same).raw) == same


def test_a_link_behind_words_stands_behind_them() -> None:
    text = "여기 보세요"
    record = {"text": text, "facets": [events.facet(text, "여기", uri="https://seoul.go.kr")]}

    assert words_of(record) == "여기 (https://seoul.go.kr) 보세요"


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("https://seoul.go.kr에서", ["https://seoul.go.kr"]),
        ("(https://seoul.go.kr/a).", ["https://seoul.go.kr/a"]),
        (
            "https://a.example/b_(c), http://d.example!",
            ["https://a.example/b_(c)", "http://d.example"],
        ),
        ("seoul.go.kr", []),
        ("https://...", []),
        ("https://a)...).", ["https://a"]),
        ("👨‍👩‍👧 https://x.example", ["https://x.example"]),
    ],
)
def test_links_are_found_by_bytes(text: str, links: list[str]) -> None:
    found = facets(text)

    assert [one["features"][0]["uri"] for one in found] == links
    places = [(one["index"]["byteStart"], one["index"]["byteEnd"]) for one in found]
    assert [text.encode()[start:end].decode() for start, end in places] == links
