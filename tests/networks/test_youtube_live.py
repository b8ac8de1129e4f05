"""YouTube: what is said while the city broadcasts, and what the city says there."""

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest

from channels_app.connectors.contract import Batch
from channels_app.connectors.errors import (
    ContentRejected,
    Forbidden,
    OutcomeUnknown,
    TargetGone,
)
from channels_app.connectors.youtube import YouTube
from lifecycle import clock
from tests.networks.pretend import playing
from tests.networks.youtube_pretend import (
    BEGAN,
    LIVE,
    SEOUL,
    YouTubePretend,
    below,
    channel,
    into_chat,
)


@pytest.fixture
def youtube() -> Iterator[YouTubePretend]:
    network = YouTubePretend()
    with playing(network):
        yield network


@pytest.fixture
def seoul(youtube: YouTubePretend) -> YouTube:
    return channel(youtube)


def heard_in(batch: Batch) -> list[str]:
    return [YouTube.hear(one.kind, one.raw).text for one in batch.events]


def test_what_is_said_comes_once_and_in_its_own_time(
    youtube: YouTubePretend, seoul: YouTube
) -> None:
    youtube.speak("안녕하세요")
    first = seoul.fetch("")
    youtube.speak("질문 있어요")

    second = seoul.fetch(first.cursor)

    assert (heard_in(first), heard_in(second)) == (["안녕하세요"], ["질문 있어요"])
    assert first.wait == 12.345


def test_while_a_chat_is_read_comments_are_not_asked_for_every_time(
    youtube: YouTubePretend, seoul: YouTube
) -> None:
    youtube.speak("안녕하세요")
    with clock.at(BEGAN):
        cursor = seoul.fetch("").cursor
    youtube.say("하나")

    with clock.at(BEGAN + timedelta(seconds=15)):
        soon = seoul.fetch(cursor)
    with clock.at(BEGAN + timedelta(seconds=150)):
        later = seoul.fetch(soon.cursor)

    assert (heard_in(soon), heard_in(later)) == ([], ["하나"])


def test_a_question_that_was_paid_for_is_heard(youtube: YouTubePretend, seoul: YouTube) -> None:
    youtube.speak("언제 고치나요", kind="superChatEvent")

    assert heard_in(seoul.fetch("")) == ["언제 고치나요"]


def test_who_joins_says_nothing(youtube: YouTubePretend, seoul: YouTube) -> None:
    youtube.speak("", kind="newSponsorEvent")

    assert seoul.fetch("").events == ()


def test_what_was_taken_back_is_gone_by_its_name(youtube: YouTubePretend, seoul: YouTube) -> None:
    name = youtube.speak("안녕하세요")
    youtube.take_back(name)

    said, gone = seoul.fetch("").events

    heard = YouTube.hear(gone.kind, gone.raw, own_id=SEOUL)
    assert (heard.kind, heard.name, gone.external_id) == ("delete", f"chat/{name}", heard.name)
    assert said.external_id == heard.name


def test_the_last_words_of_a_broadcast_are_still_heard(
    youtube: YouTubePretend, seoul: YouTube
) -> None:
    youtube.speak("안녕하세요")
    cursor = seoul.fetch("").cursor
    youtube.speak("안녕히 계세요")
    youtube.offline = True

    last = seoul.fetch(cursor)

    assert heard_in(last) == ["안녕히 계세요"]
    assert json.loads(last.cursor)["chats"] == {}


def test_a_chat_that_has_ended_is_let_go(youtube: YouTubePretend, seoul: YouTube) -> None:
    youtube.speak("안녕하세요")
    cursor = seoul.fetch("").cursor
    youtube.ended.add(LIVE)

    after = seoul.fetch(cursor)

    assert json.loads(after.cursor)["chats"] == {}


def test_a_page_of_a_chat_that_is_forgotten_begins_again(
    youtube: YouTubePretend, seoul: YouTube
) -> None:
    youtube.speak("안녕하세요")

    batch = seoul.fetch(json.dumps({"chats": {LIVE: "forgotten"}}))

    assert heard_in(batch) == ["안녕하세요"]


def test_an_answer_is_said_in_the_chat(youtube: YouTubePretend, seoul: YouTube) -> None:
    youtube.speak("안녕하세요")
    (event,) = seoul.fetch("").events

    sent = seoul.hand_over(below("", reply_to=event.ref))

    ours = youtube.chats[LIVE][-1]
    assert ours["snippet"]["displayMessage"] == "고쳤습니다."
    assert sent.external_ids == (f"chat/{ours['id']}",)


def test_a_chat_takes_two_hundred_characters(youtube: YouTubePretend, seoul: YouTube) -> None:
    youtube.speak("안녕하세요")

    with pytest.raises(ContentRejected):
        seoul.hand_over(into_chat("가" * 201))

    assert not youtube.asked


def test_a_chat_that_has_ended_takes_no_answer(youtube: YouTubePretend, seoul: YouTube) -> None:
    youtube.speak("안녕하세요")
    youtube.ended.add(LIVE)

    with pytest.raises(TargetGone):
        seoul.hand_over(into_chat())


def test_a_lost_answer_in_a_chat_is_there_once(youtube: YouTubePretend, seoul: YouTube) -> None:
    youtube.speak("안녕하세요")
    seoul.verify()
    youtube.cuts = True
    with pytest.raises(OutcomeUnknown):
        seoul.hand_over(into_chat())
    youtube.cuts = False

    sent = seoul.hand_over(into_chat(), again=True)

    assert sent.duplicate
    assert len(youtube.chats[LIVE]) == 2


def test_our_words_in_a_chat_are_taken_back_and_never_changed(
    youtube: YouTubePretend, seoul: YouTube
) -> None:
    youtube.speak("안녕하세요")
    (name,) = seoul.hand_over(into_chat()).external_ids

    with pytest.raises(Forbidden):
        seoul.edit(name, into_chat("다시"))
    seoul.delete(name)

    assert len(youtube.chats[LIVE]) == 1
