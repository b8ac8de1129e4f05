"""Telegram: answers stand below what they answer, refusals are told apart by their words."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import cast

import pytest

from channels_app.connectors.contract import Outbound, Picture
from channels_app.connectors.errors import (
    AuthExpired,
    ConnectorError,
    ContentRejected,
    Forbidden,
    OutcomeUnknown,
    RateLimited,
    TargetGone,
    Transient,
)
from channels_app.connectors.telegram import Telegram
from tests.networks import telegram_updates as updates
from tests.networks.pretend import Answer, playing
from tests.networks.telegram_pretend import TOKEN, BotApi, refused
from tests.networks.telegram_updates import BOT, CHANNEL, CLOSED, PRIVATE, SQUARE, USERNAME

KEY = "<S-2026-001000.answer@seoul.example>"
WORDS = "고쳤습니다."


@pytest.fixture
def server() -> Iterator[BotApi]:
    with playing(BotApi()) as network:
        yield cast("BotApi", network)


def bot(server: BotApi, *, token: str = TOKEN, channel: str = "") -> Telegram:
    """The city's bot."""
    return Telegram(token=token, channel=channel, base=server.base, allow=server.allow)


def answer(server: BotApi, update: updates.Update = updates.TEXT, text: str = WORDS) -> Outbound:
    """Our words below what the citizen said."""
    server.hears(update)
    (event,) = Telegram.open_hook(json.dumps(update).encode())
    return Outbound(key=KEY, text=text, reply_to=event.ref, visibility="public")


def asks_of(connector: Telegram, out: Outbound) -> list[Callable[[], object]]:
    """Everything that the portal asks of it."""
    return [connector.verify, lambda: connector.fetch(""), lambda: connector.send(out)]


class TestAnswering:
    """What leaves."""

    def test_an_answer_stands_below_what_it_answers(self, server: BotApi) -> None:
        sent = bot(server).hand_over(answer(server, updates.TO_US))

        (ours,) = server.ours()
        assert ours["reply_to_message"]["message_id"] == 1
        assert ours["text"] == WORDS
        assert sent.external_ids == (f"-1001/{ours['message_id']}",)
        assert sent.permalink == f"https://t.me/seoul_square/{ours['message_id']}"
        assert sent.ref == {
            "chat": "-1001", "message": str(ours["message_id"]), "topic": "", "public": "1"
        }  # fmt: skip

    def test_an_answer_in_a_topic_stays_in_it(self, server: BotApi) -> None:
        bot(server).hand_over(answer(server, updates.IN_TOPIC))

        assert server.ours()[0]["message_thread_id"] == 2

    def test_a_post_of_its_own_stands_in_its_channel(self, server: BotApi) -> None:
        server.chats["-1003"] = CHANNEL
        out = Outbound(key=KEY, text=WORDS, visibility="public")

        sent = bot(server, channel="@seoul_city").hand_over(out)

        assert sent.external_ids == ("-1003/1",)
        assert sent.permalink == "https://t.me/seoul_city/1"
        with pytest.raises(Forbidden):
            bot(server).hand_over(out)

    def test_a_lost_answer_may_be_there_and_nobody_can_tell(self, server: BotApi) -> None:
        out = answer(server)
        server.cuts = True
        with pytest.raises(OutcomeUnknown):
            bot(server).hand_over(out)
        server.cuts = False

        assert bot(server).reconcile(out) is None
        assert Telegram.caps.idempotent == "none"
        assert len(server.ours()) == 1

    def test_what_we_would_answer_is_gone(self, server: BotApi) -> None:
        out = answer(server)
        server.said.clear()

        with pytest.raises(TargetGone):
            bot(server).hand_over(out)

        assert server.ours() == []

    def test_who_blocked_the_bot_is_left_alone(self, server: BotApi) -> None:
        out = answer(server)
        server.blocked.add(str(PRIVATE["id"]))

        with pytest.raises(Forbidden):
            bot(server).hand_over(out)

    def test_what_is_private_is_not_said_where_everyone_reads_it(self, server: BotApi) -> None:
        out = replace(answer(server, updates.TO_US), visibility="private")

        with pytest.raises(Forbidden):
            bot(server).hand_over(out)

        assert server.asked == []

    @pytest.mark.parametrize("text", ["가" * 4097, "🏙" * 2049])
    def test_what_is_too_long_never_leaves(self, server: BotApi, text: str) -> None:
        with pytest.raises(ContentRejected):
            bot(server).hand_over(answer(server, text=text))
        with pytest.raises(ContentRejected):
            bot(server).edit("5001/1", answer(server, text=text))

        assert server.asked == []

    def test_the_longest_words_leave_and_pictures_do_not(self, server: BotApi) -> None:
        bot(server).hand_over(answer(server, text="🏙" * 2048))
        with pytest.raises(ContentRejected):
            bot(server).check(replace(answer(server), pictures=(Picture(content=b"PNG"),)))

        assert len(server.ours()) == 1

    def test_our_words_are_changed_and_taken_back(self, server: BotApi) -> None:
        (name,) = bot(server).hand_over(answer(server)).external_ids

        for _n in range(2):  # the second time they are there already
            sent = bot(server).edit(name, answer(server, text="고치겠습니다."))
        texts = [one["text"] for one in server.ours()]
        for _n in range(2):
            bot(server).delete(name)

        assert (texts, server.ours()) == (["고치겠습니다."], [])
        assert sent.external_ids == (name,)
        with pytest.raises(TargetGone):
            bot(server).edit(name, answer(server))

    def test_what_is_older_than_two_days_stays(self, server: BotApi) -> None:
        (name,) = bot(server).hand_over(answer(server)).external_ids
        server.old.add(int(name.rpartition("/")[2]))

        with pytest.raises(Forbidden):
            bot(server).delete(name)


class TestFailing:
    """What can go wrong, by what has to be done about it."""

    def test_we_are_let_in_under_our_name(self, server: BotApi) -> None:
        server.chats["-1003"] = CHANNEL
        bot(server).verify()

        about = bot(server, channel="-1003").about()

        assert (about.own_id, about.handle) == (str(BOT), f"@{USERNAME}")
        assert (about.followers, bot(server).about().followers) == (1_234, None)

    @pytest.mark.parametrize("token", ["110201543:wrong", "nonsense"])
    def test_a_refused_token_is_known_as_that(self, server: BotApi, token: str) -> None:
        connector = bot(server, token=token)

        for ask in asks_of(connector, answer(server)):
            with pytest.raises(AuthExpired) as refusal:
                ask()
            assert token not in str(refusal.value)
        assert token not in repr(connector)

    def test_a_server_that_is_away_is_transient(self) -> None:
        with playing(BotApi()) as network:
            connector = bot(cast("BotApi", network))
            out = answer(cast("BotApi", network))

        for ask in asks_of(connector, out):
            with pytest.raises(Transient):
                ask()

    @pytest.mark.parametrize(
        ("told", "seconds"),
        [
            (refused(429, "Too Many Requests: retry after 8", retry_after=8), 8.0),
            (refused(429, "Too Many Requests"), 300.0),
            (Answer(429, b"slow down", {"Retry-After": "4"}), 4.0),
        ],
    )
    def test_a_server_that_has_enough_of_us_is_left_alone(
        self, server: BotApi, told: Answer, seconds: float
    ) -> None:
        out = answer(server)
        server.next_answers = [told]

        with pytest.raises(RateLimited) as refusal:
            bot(server).hand_over(out)

        assert refusal.value.retry_after == seconds
        assert server.ours() == []

    @pytest.mark.parametrize(
        ("told", "reads", "writes"),
        [
            (refused(500, "Internal Server Error"), Transient, OutcomeUnknown),
            (Answer(502, b"<html>"), Transient, OutcomeUnknown),
            (Answer(200, b"<html>"), Transient, OutcomeUnknown),
            (Answer(404, b"<html>"), Transient, Transient),
            (refused(403, "Forbidden: user is deactivated"), TargetGone, TargetGone),
            (refused(403, "Forbidden: bot was kicked from the group chat"), Forbidden, Forbidden),
            (refused(400, "Bad Request: not enough rights to send"), Forbidden, Forbidden),
            (refused(400, "Bad Request: chat not found"), TargetGone, TargetGone),
            (refused(400, "Bad Request: group chat was upgraded to a supergroup chat",
                     migrate_to_chat_id=-1009), TargetGone, TargetGone),
            (refused(400, "Bad Request: message is too long"), ContentRejected, ContentRejected),
        ],
    )  # fmt: skip
    def test_each_refusal_asks_something_of_us(
        self,
        server: BotApi,
        told: Answer,
        reads: type[ConnectorError],
        writes: type[ConnectorError],
    ) -> None:
        out = answer(server)

        server.next_answers = [told]
        with pytest.raises(reads):
            bot(server).verify()
        server.next_answers = [told]
        with pytest.raises(writes):
            bot(server).send(out)

    def test_a_message_of_somebody_else_is_not_ours_to_change(self, server: BotApi) -> None:
        out = answer(server, updates.update(chat=CLOSED))

        with pytest.raises(Forbidden):
            bot(server).edit("-1002/1", out)
        with pytest.raises(TargetGone):
            bot(server).edit(f"{SQUARE['id']}/1", out)
