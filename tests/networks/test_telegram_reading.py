"""Telegram: who calls us proves it, what waits is read once, and what each kind of update says."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import cast

import pytest

from channels_app.connectors.contract import HOOK, Batch, Heard, Picture
from channels_app.connectors.errors import BadSignature, Transient
from channels_app.connectors.telegram import Telegram
from tests.networks import telegram_updates as updates
from tests.networks.pretend import playing
from tests.networks.telegram_pretend import TOKEN, BotApi, refused
from tests.networks.telegram_updates import BOT

SECRET = "Vf3_kq-9"
HEADER = "x-telegram-bot-api-secret-token"


@pytest.fixture
def server() -> Iterator[BotApi]:
    with playing(BotApi()) as network:
        yield cast("BotApi", network)


def bot(server: BotApi) -> Telegram:
    """The city's bot."""
    return Telegram(token=TOKEN, secret=SECRET, base=server.base, allow=server.allow)


def called(update: updates.Update) -> Heard:
    """What a call of Telegram's holds, heard."""
    (event,) = Telegram.open_hook(json.dumps(update).encode())
    return Telegram.hear(event.kind, event.raw, own_id=str(BOT))


def names(batch: Batch) -> list[tuple[str, str, str]]:
    return [(one.kind, one.external_id, one.revision) for one in batch.events]


class TestCalling:
    """Telegram calls us."""

    def test_who_knows_the_secret_is_let_in(self, server: BotApi) -> None:
        bot(server).check_hook({HEADER: SECRET}, b"{}")

    @pytest.mark.parametrize(
        "headers",
        [{HEADER: "Vf3_kq-8"}, {HEADER: ""}, {HEADER: f"{SECRET}0"}, {HEADER: "비밀"}, {}],
    )
    def test_nobody_else_is(self, server: BotApi, headers: dict[str, str]) -> None:
        with pytest.raises(BadSignature):
            bot(server).check_hook(headers, b"{}")

    def test_without_a_secret_nobody_is(self, server: BotApi) -> None:
        with pytest.raises(BadSignature):
            replace(bot(server), secret="").check_hook({HEADER: ""}, b"{}")

    def test_nothing_is_asked_beforehand_and_nothing_is_said_back(self, server: BotApi) -> None:
        with pytest.raises(BadSignature):
            bot(server).handshake({})

        assert bot(server).hook_answer(b"{}").body == b""

    def test_where_telegram_calls_it_is_told_the_secret(self, server: BotApi) -> None:
        bot(server).listen_at("https://seoul.example/hooks/7")

        assert server.hook["url"] == "https://seoul.example/hooks/7"
        assert server.hook["secret_token"] == SECRET
        assert server.hook["allowed_updates"] == [
            "message",
            "edited_message",
            "message_reaction_count",
        ]

    def test_the_same_call_twice_holds_the_same_event(self) -> None:
        body = json.dumps(updates.TEXT).encode()

        first, second = (Telegram.open_hook(body) for _n in range(2))

        assert first == second
        assert first[0].external_id == "5001/1"

    @pytest.mark.parametrize("update", updates.NOBODYS)
    def test_what_concerns_nobody_is_left_out(self, update: updates.Update) -> None:
        assert Telegram.open_hook(json.dumps(update).encode()) == ()


class TestReading:
    """What waits, where Telegram does not call."""

    def test_what_waits_is_read_once_and_oldest_first(self, server: BotApi) -> None:
        server.hears(updates.TEXT)
        server.hears(updates.EDITED)

        first = bot(server).fetch("")
        again = bot(server).fetch("")
        second = bot(server).fetch(first.cursor)

        assert [one.kind for one in first.events] == ["message", "edit"]
        assert names(first) == names(again)
        assert (second.events, second.cursor) == ((), first.cursor)

    def test_more_than_a_page_is_read_in_several(self, server: BotApi) -> None:
        for n in range(1, 251):
            server.hears(updates.update(n))

        batches = [bot(server).fetch("")]
        while batches[-1].more:
            batches.append(bot(server).fetch(batches[-1].cursor))

        found = [one.external_id for batch in batches for one in batch.events]
        assert found == [f"5001/{n}" for n in range(1, 251)]
        assert len(batches) == 3

    def test_where_telegram_calls_us_nothing_waits(self, server: BotApi) -> None:
        server.hears(updates.TEXT)
        bot(server).listen_at("https://seoul.example/hooks/7")

        batch = bot(server).fetch("12")
        bot(server).listen_at("")
        after = bot(server).fetch("")

        assert (batch.events, batch.cursor, batch.more) == ((), "12", False)
        assert len(after.events) == 1

    def test_somebody_else_who_reads_is_a_passing_trouble(self, server: BotApi) -> None:
        words = "Conflict: terminated by other getUpdates request"
        server.next_answers = [refused(409, words)]

        with pytest.raises(Transient):
            bot(server).fetch("")

    def test_what_can_not_be_opened_stops_nothing(self, server: BotApi) -> None:
        server.waiting = [{"update_id": 1, "message": {"text": "?"}}, updates.update(2)]

        batch = bot(server).fetch("")

        assert [one.kind for one in batch.events] == [HOOK, "message"]
        assert batch.cursor == "3"


class TestHearing:
    """What each kind of update says."""

    def test_a_private_message(self) -> None:
        heard = called(updates.TEXT)

        assert (heard.kind, heard.name, heard.root) == ("message", "5001/1", "5001/1")
        assert (heard.author, heard.author_name) == ("5001", "미나 김")
        assert heard.text == "가로등이 꺼졌어요"
        assert heard.at == datetime.fromtimestamp(updates.DATE, UTC)
        assert (heard.is_public, heard.link, heard.answers, heard.is_ours) == (False, "", "", False)

    @pytest.mark.parametrize(
        ("update", "text"),
        [
            (updates.TO_US, "불이요"),
            (updates.TO_OUR_NAME, "불이요"),
            (updates.TO_ANOTHER, "@mayor_oh 불이요"),
            (updates.PLACE, "37.5665, 126.978"),
            (updates.VENUE, "서울시청\n세종대로 110\n37.5665, 126.978"),
            (updates.FILE, "가로등.pdf"),
            (updates.PHOTO, "이 가로등이요"),
        ],
    )
    def test_the_words_of_each(self, update: updates.Update, text: str) -> None:
        assert called(update).text == text

    def test_a_chat_with_a_name_is_public_and_one_without_is_not(self) -> None:
        public, closed = called(updates.TO_US), called(updates.IN_GROUP)

        assert (public.is_public, public.link) == (True, "https://t.me/seoul_square/1")
        assert (closed.is_public, closed.link) == (False, "")

    @pytest.mark.parametrize(
        ("update", "answers", "root"),
        [
            (updates.REPLY, "-1001/7", "-1001/7"),
            (updates.IN_THREAD, "-1001/7", "-1001/3"),
            (updates.IN_TOPIC, "", "-1002/9"),
            (updates.COMMENT, "-1003/44", "-1002/7"),
        ],
    )
    def test_where_each_stands(self, update: updates.Update, answers: str, root: str) -> None:
        heard = called(update)

        assert (heard.answers, heard.root) == (answers, root)

    def test_a_picture_in_its_largest_size(self) -> None:
        assert called(updates.PHOTO).pictures == (Picture("telegram:large"),)

    def test_who_speaks_for_a_chat_is_the_chat(self) -> None:
        heard = called(updates.NAMELESS)

        assert (heard.author, heard.author_name) == ("-1001", "서울광장")

    def test_an_edit_is_the_same_message_with_other_words(self) -> None:
        heard = called(updates.EDITED)

        assert (heard.kind, heard.name, heard.text) == ("edit", "5001/2", "가로등이 켜졌어요")
        assert heard.at == datetime.fromtimestamp(updates.DATE + 60, UTC)

    def test_words_that_are_changed_back_are_another_change(self) -> None:
        back = {**updates.EDITED["edited_message"], "edit_date": updates.DATE + 120}
        bodies = [updates.EDITED, {"update_id": 9, "edited_message": back}]

        first, second = (Telegram.open_hook(json.dumps(one).encode())[0] for one in bodies)

        assert first.external_id == second.external_id
        assert first.revision != second.revision

    def test_reactions_to_a_post(self) -> None:
        heard = called(updates.REACTIONS)

        assert (heard.kind, heard.name) == ("counts", "-1003/44")
        assert heard.counts == {"👍": 12, "🔥": 3, "paid": 1}

    def test_our_own_words_are_ours(self) -> None:
        echo = updates.message(by={"id": BOT, "is_bot": True}, text="고쳤습니다.")

        heard = Telegram.hear("message", json.dumps(echo).encode(), own_id=str(BOT))

        assert heard.is_ours
        with pytest.raises(ValueError, match="no receipt here"):
            Telegram.hear("receipt", json.dumps(echo).encode())
