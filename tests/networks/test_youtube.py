"""YouTube: comments and replies come in, and what the stored ones say."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from channels_app.connectors.contract import Batch
from channels_app.connectors.youtube import YouTube
from tests.networks.pretend import playing
from tests.networks.youtube_pretend import (
    API,
    BEGAN,
    MINA,
    SEOUL,
    VIDEO,
    YouTubePretend,
    below,
    channel,
    live_message,
)


@pytest.fixture
def youtube() -> Iterator[YouTubePretend]:
    network = YouTubePretend()
    with playing(network):
        yield network


@pytest.fixture
def seoul(youtube: YouTubePretend) -> YouTube:
    return channel(youtube)


def names(batch: Batch) -> list[str]:
    return [one.external_id for one in batch.events]


def read_all(connector: YouTube, cursor: str = "") -> tuple[list[str], str, int]:
    """Everything until there is no more, where it ended, and in how many readings."""
    found: list[str] = []
    for readings in range(1, 50):
        batch = connector.fetch(cursor)
        found, cursor = [*found, *names(batch)], batch.cursor
        if not batch.more:
            return found, cursor, readings
    raise AssertionError("it never ends")


def heard_in(batch: Batch) -> list[str]:
    return [YouTube.hear(one.kind, one.raw).text for one in batch.events]


def asked_for(network: YouTubePretend, path: str) -> int:
    return sum(one.path == f"{API}{path}" for one in network.asked)


def test_comments_and_replies_come_oldest_first(youtube: YouTubePretend, seoul: YouTube) -> None:
    first = youtube.say("하나")
    youtube.say("둘")
    youtube.say("셋", below=first)

    batch = seoul.fetch("")

    assert heard_in(batch) == ["하나", "둘", "셋"]
    assert not batch.more
    assert batch.wait >= 60


def test_an_old_cursor_gives_the_same_names(youtube: YouTubePretend, seoul: YouTube) -> None:
    youtube.say("하나")
    youtube.say("둘")

    first, again = seoul.fetch(""), seoul.fetch("")

    assert names(first) == names(again)
    assert [one.revision for one in first.events] == [one.revision for one in again.events]


def test_what_came_since_is_there(youtube: YouTubePretend, seoul: YouTube) -> None:
    youtube.say("하나")
    cursor = seoul.fetch("").cursor
    new = youtube.say("둘")

    assert new in names(seoul.fetch(cursor))


def test_a_long_way_is_gone_in_several_readings_and_nothing_is_left_out(
    youtube: YouTubePretend, seoul: YouTube
) -> None:
    youtube.size = 2
    said = [youtube.say(str(n)) for n in range(15)]

    found, _cursor, readings = read_all(seoul)

    assert set(found) == set(said)
    assert readings > 1


def test_what_comes_during_a_long_way_is_not_left_out(
    youtube: YouTubePretend, seoul: YouTube
) -> None:
    youtube.size = 2
    said = [youtube.say(str(n)) for n in range(15)]
    begun = seoul.fetch("")
    said += [youtube.say(f"new {n}") for n in range(15)]

    found, cursor, _readings = read_all(seoul, begun.cursor)
    late, _cursor, _readings = read_all(seoul, cursor)

    assert set(said) <= {*names(begun), *found, *late}


def test_a_walk_stops_where_all_is_known(youtube: YouTubePretend, seoul: YouTube) -> None:
    youtube.size = 2
    for n in range(15):
        youtube.say(str(n))
    _found, cursor, _readings = read_all(seoul)
    before = asked_for(youtube, "/commentThreads")

    batch = seoul.fetch(cursor)

    assert not batch.more
    assert asked_for(youtube, "/commentThreads") - before <= 2


def test_replies_that_a_thread_does_not_show_are_listed_once(
    youtube: YouTubePretend, seoul: YouTube
) -> None:
    thread = youtube.say("하나")
    replies = [youtube.say(str(n), below=thread) for n in range(12)]

    found, cursor, _readings = read_all(seoul)
    before = asked_for(youtube, "/comments")
    read_all(seoul, cursor)

    assert set(found) == {thread, *replies}
    assert asked_for(youtube, "/comments") == before


def test_three_thousand_replies_are_a_long_way_too(youtube: YouTubePretend, seoul: YouTube) -> None:
    thread = youtube.say("하나")
    replies = [youtube.say(str(n), below=thread) for n in range(3000)]

    found, _cursor, readings = read_all(seoul)

    assert set(found) == {thread, *replies}
    assert readings == 10


def test_a_reply_to_an_old_thread_is_found_on_the_round(
    youtube: YouTubePretend, seoul: YouTube
) -> None:
    youtube.size = 2
    old = youtube.say("하나")
    for n in range(15):
        youtube.say(str(n))
    _found, cursor, _readings = read_all(seoul)
    late = youtube.say("아직도 꺼져 있어요", below=old)

    found: set[str] = set()
    for _n in range(10):
        batch = seoul.fetch(cursor)
        cursor, found = batch.cursor, found | set(names(batch))

    assert late in found


def test_other_words_have_the_same_name_and_another_revision(
    youtube: YouTubePretend, seoul: YouTube
) -> None:
    name = youtube.say("하나")
    (before,) = seoul.fetch("").events
    later = {"updatedAt": "2026-11-30T09:00:00Z", "textDisplay": "둘", "textOriginal": "둘"}
    youtube.threads[name]["snippet"].update(later)

    (after,) = seoul.fetch("").events

    heard = YouTube.hear(after.kind, after.raw, own_id=SEOUL)
    assert (before.kind, before.external_id) == (after.kind, after.external_id)
    assert before.revision != after.revision
    assert (heard.kind, heard.name, heard.text) == ("edit", name, "둘")


def test_a_page_that_youtube_has_forgotten_is_read_again_from_the_newest(
    youtube: YouTubePretend, seoul: YouTube
) -> None:
    youtube.size = 2
    said = [youtube.say(str(n)) for n in range(8)]
    lost = json.loads(seoul.fetch("").cursor) | {"page": "forgotten"}

    found, _cursor, _readings = read_all(seoul, json.dumps(lost))

    assert set(found) == set(said)


def test_a_thread_that_is_gone_meanwhile_is_passed_over(
    youtube: YouTubePretend, seoul: YouTube
) -> None:
    other = youtube.say("둘")
    gone = json.dumps({"todo": [["Ugxgone", VIDEO, ""]]})

    batch = seoul.fetch(gone)

    assert (names(batch), batch.more) == ([other], False)


def test_a_channel_that_does_not_broadcast_is_read_all_the_same(
    youtube: YouTubePretend, seoul: YouTube
) -> None:
    youtube.refusals["GET /liveBroadcasts"] = "liveStreamingNotEnabled 403"
    youtube.say("하나")

    assert heard_in(seoul.fetch("")) == ["하나"]


def test_without_its_own_name_it_asks_for_it(youtube: YouTubePretend) -> None:
    youtube.say("하나")

    assert heard_in(channel(youtube, own_id="").fetch("")) == ["하나"]


def test_a_comment_begins_a_conversation(youtube: YouTubePretend, seoul: YouTube) -> None:
    name = youtube.say("가로등이 <3 꺼졌어요")
    (event,) = seoul.fetch("").events

    heard = YouTube.hear(event.kind, event.raw, own_id=SEOUL)

    assert (heard.kind, heard.name, heard.text) == ("message", name, "가로등이 <3 꺼졌어요")
    assert (heard.author, heard.author_name) == (MINA, "@mina")
    assert (heard.answers, heard.root, heard.is_public) == ("", name, True)
    assert heard.at == BEGAN + timedelta(seconds=60)
    assert heard.link == f"https://www.youtube.com/watch?v={VIDEO}&lc={name}"
    assert event.ref == {"comment": name, "parent": name, "video": VIDEO}


def test_a_reply_stands_below_its_thread(youtube: YouTubePretend, seoul: YouTube) -> None:
    thread = youtube.say("하나")
    name = youtube.say("둘", below=thread)
    event = seoul.fetch("").events[-1]

    heard = YouTube.hear(event.kind, event.raw, own_id=SEOUL)

    assert (heard.name, heard.answers, heard.root) == (name, thread, thread)
    assert heard.link.endswith(name)
    assert event.ref == {"comment": name, "parent": thread, "video": VIDEO}


def test_our_own_words_are_ours(youtube: YouTubePretend, seoul: YouTube) -> None:
    thread = youtube.say("하나")
    seoul.hand_over(below(thread))

    theirs, ours = (YouTube.hear(one.kind, one.raw, own_id=SEOUL) for one in seoul.fetch("").events)

    assert (theirs.is_ours, ours.is_ours) == (False, True)


def test_nobody_is_ours_where_our_name_is_not_known() -> None:
    said = json.dumps(live_message("LCC.1", "네", author="")).encode()

    assert not YouTube.hear("message", said).is_ours


def test_something_said_live_is_a_conversation_of_its_own() -> None:
    said = json.dumps(live_message("LCC.1", "질문 있어요", seconds=5)).encode()

    heard = YouTube.hear("message", said, own_id=SEOUL)

    assert (heard.name, heard.root, heard.text) == ("chat/LCC.1", "chat/LCC.1", "질문 있어요")
    assert (heard.author, heard.author_name, heard.link) == (MINA, "mina", "")
    assert heard.at == BEGAN + timedelta(seconds=5)


@pytest.mark.parametrize(
    "gone",
    [
        live_message("LCC.2", "", kind="messageRetractedEvent",
                     messageRetractedDetails={"retractedMessageId": "LCC.1"}),
        live_message("LCC.2", "", kind="messageDeletedEvent",
                     messageDeletedDetails={"deletedMessageId": "LCC.1"}),
        live_message("LCC.1", "", kind="tombstone"),
    ],
    ids=["by its author", "by a moderator", "a stone where it was"],
)  # fmt: skip
def test_what_is_taken_back_is_named(gone: dict[str, Any]) -> None:
    heard = YouTube.hear("delete", json.dumps(gone).encode(), own_id=SEOUL)

    assert (heard.kind, heard.name) == ("delete", "chat/LCC.1")
