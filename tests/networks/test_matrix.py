"""Matrix: answers stand in their threads, one copy whatever gets lost, refusals are understood."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import cast

import pytest

from channels_app.connectors.contract import Inbound, Outbound, Picture
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
from channels_app.connectors.matrix import Matrix
from tests.networks.matrix_pretend import CITY, MINA, TOKEN, HomeServer, refused
from tests.networks.pretend import Answer, playing

KEY = "<S-2026-001000.answer@seoul.example>"
WORDS = "고쳤습니다."


@pytest.fixture
def server() -> Iterator[HomeServer]:
    with playing(HomeServer()) as network:
        yield cast("HomeServer", network)


def city(server: HomeServer, *, token: str = TOKEN, own_id: str = CITY, room: str = "") -> Matrix:
    """The city's account there."""
    return Matrix(base=server.base, token=token, own_id=own_id, room=room, allow=server.allow)


def answer(to: Inbound | None = None, text: str = WORDS) -> Outbound:
    """Our words, below what came in."""
    ref = to.ref if to else {}
    return Outbound(key=KEY, text=text, reply_to=ref, visibility="public")


def asked_for(server: HomeServer, room: str) -> Inbound:
    """The newest thing said there, as it comes in."""
    return [one for one in city(server).fetch("").events if one.ref["room"] == room][-1]


def asks_of(connector: Matrix) -> list[Callable[[], object]]:
    """Everything that the portal asks of it."""
    return [connector.verify, lambda: connector.fetch(""), lambda: connector.send(answer())]


class TestAnswering:
    """What leaves."""

    def test_an_answer_stands_in_the_thread_of_what_it_answers(self, server: HomeServer) -> None:
        room = server.open_room("public")
        event = server.say(room, "하나")

        sent = city(server).hand_over(answer(asked_for(server, room)))

        (ours,) = server.ours(room)
        relation = ours["content"]["m.relates_to"]
        assert sent.external_ids == (f"{room}/{ours['event_id']}",)
        assert sent.permalink.startswith("https://matrix.to/#/")
        assert (relation["rel_type"], relation["event_id"]) == ("m.thread", event)
        assert relation["m.in_reply_to"]["event_id"] == event
        assert ours["content"]["m.mentions"] == {"user_ids": [MINA]}
        assert ours["content"]["body"] == WORDS

    def test_what_is_written_below_our_own_words_goes_on_in_their_thread(
        self, server: HomeServer
    ) -> None:
        room = server.open_room()
        event = server.say(room, "하나")
        sent = city(server).hand_over(answer(asked_for(server, room)))

        more = Outbound(key="2", text="그리고", reply_to=sent.ref, visibility="private")
        city(server).hand_over(more)

        last = server.ours(room)[-1]["content"]["m.relates_to"]
        assert last["event_id"] == event
        assert last["m.in_reply_to"]["event_id"] == server.ours(room)[0]["event_id"]

    def test_below_a_plain_reply_no_thread_begins(self, server: HomeServer) -> None:
        room = server.open_room()
        first = server.say(room, "하나")
        reply = {"m.relates_to": {"m.in_reply_to": {"event_id": first}}}
        second = server.say(room, "둘", reply)

        city(server).hand_over(answer(asked_for(server, room)))

        (ours,) = server.ours(room)
        assert ours["content"]["m.relates_to"] == {"m.in_reply_to": {"event_id": second}}

    def test_a_lost_answer_is_there_once(self, server: HomeServer) -> None:
        room = server.open_room()
        server.say(room, "하나")
        out = answer(asked_for(server, room))
        server.cuts = True
        with pytest.raises(OutcomeUnknown):
            city(server).hand_over(out)
        server.cuts = False

        plain = city(server).send(out)
        server.keys.clear()  # a day later
        sent = city(server).hand_over(out, again=True)

        assert len(server.ours(room)) == 1
        assert sent.duplicate
        assert sent.external_ids == plain.external_ids
        assert sent.ref == plain.ref

    def test_what_did_not_arrive_is_sent_again(self, server: HomeServer) -> None:
        room = server.open_room()
        server.say(room, "하나")
        out = answer(asked_for(server, room))

        sent = city(server).hand_over(out, again=True)

        assert not sent.duplicate
        assert len(server.ours(room)) == 1

    def test_a_post_of_its_own_stands_in_its_own_room(self, server: HomeServer) -> None:
        room = server.open_room("public")

        sent = city(server, room=room).hand_over(answer())

        (ours,) = server.ours(room)
        assert sent.ref["root"] == ours["event_id"]
        assert "m.relates_to" not in ours["content"]
        assert sent.permalink
        with pytest.raises(Forbidden):
            city(server).hand_over(answer())

    def test_pictures_stand_behind_the_words(self, server: HomeServer) -> None:
        room = server.open_room()
        picture = Picture(content=b"PNG", kind="image/png", words="고친 가로등")
        out = replace(answer(), pictures=(picture,))

        sent = city(server, room=room).hand_over(out)
        again = city(server, room=room).hand_over(out, again=True)

        said, shown = (one["content"] for one in server.ours(room))
        assert server.media == [("image/png", b"PNG")]
        assert (said["body"], shown["body"]) == (WORDS, "고친 가로등")
        assert shown["url"] == "mxc://seoul.example/m1"
        assert again.external_ids == sent.external_ids
        with pytest.raises(ContentRejected):
            city(server, room=room).check(
                replace(out, pictures=(Picture(url="https://a.example"),))
            )

    def test_what_is_private_is_not_said_where_everyone_reads_it(self, server: HomeServer) -> None:
        room = server.open_room("public")
        server.say(room, "하나")
        out = replace(answer(asked_for(server, room)), visibility="private")

        with pytest.raises(Forbidden):
            city(server).hand_over(out)

        assert server.ours(room) == []

    def test_what_is_too_long_never_leaves(self, server: HomeServer) -> None:
        room = server.open_room()
        connector = city(server, room=room)

        with pytest.raises(ContentRejected):
            connector.hand_over(answer(text="가" * 10_667))
        with pytest.raises(ContentRejected):
            connector.edit(f"{room}/$e0", answer(text="가" * 10_667))

        assert server.asked == []

    def test_the_longest_edit_fits_into_an_event(self, server: HomeServer) -> None:
        room = server.open_room()
        connector = city(server, room=room)
        (name,) = connector.hand_over(answer()).external_ids

        connector.edit(name, answer(text="가" * 10_666))

        assert server.ours(room)[-1]["content"]["m.new_content"]["body"] == "가" * 10_666

    @pytest.mark.parametrize("redacted", [True, False])
    def test_what_we_would_answer_is_gone(self, server: HomeServer, redacted: bool) -> None:
        room = server.open_room()
        event = server.say(room, "하나")
        came = asked_for(server, room)
        if redacted:
            server.redact(room, event)
        else:
            server.line = [one for one in server.line if one["event_id"] != event]

        with pytest.raises(TargetGone):
            city(server).hand_over(answer(came))

        assert server.ours(room) == []

    def test_our_words_are_changed_and_taken_back(self, server: HomeServer) -> None:
        room = server.open_room()
        connector = city(server, room=room)
        (name,) = connector.hand_over(answer()).external_ids

        for _n in range(2):
            connector.edit(name, answer(text="고치겠습니다."))
        edits = server.ours(room)[1:]
        for _n in range(2):
            connector.delete(name)
        connector.delete(f"{room}/$nowhere")

        (edit,) = edits
        assert edit["content"]["m.relates_to"]["event_id"] == name.partition("/")[2]
        assert edit["content"]["m.new_content"]["body"] == "고치겠습니다."
        assert connector.gone_among([name]) == {name}

    def test_what_others_took_back_is_known(self, server: HomeServer) -> None:
        room = server.open_room()
        stays, goes = server.say(room, "하나"), server.say(room, "둘")
        server.redact(room, goes)

        gone = city(server).gone_among([f"{room}/{one}" for one in (stays, goes, "$never")])

        assert gone == {f"{room}/{goes}", f"{room}/$never"}

    def test_reactions_are_counted_by_their_sign(self, server: HomeServer) -> None:
        room = server.open_room()
        event = server.say(room, "하나", by=CITY)
        for sign in ("👍", "❤️", "👍"):
            server.react(room, event, sign)

        assert city(server).counts_of([f"{room}/{event}"]) == {f"{room}/{event}": {"👍": 2, "❤️": 1}}


class TestFailing:
    """What can go wrong, by what has to be done about it."""

    def test_we_are_let_in_under_our_name(self, server: HomeServer) -> None:
        assert city(server, own_id="").about().own_id == CITY
        city(server).verify()
        with pytest.raises(AuthExpired):
            city(server, own_id="@busan:seoul.example").verify()

    def test_a_refused_token_is_known_as_that(self, server: HomeServer) -> None:
        room = server.open_room()
        connector = city(server, token="wrong", room=room)

        for ask in asks_of(connector):
            with pytest.raises(AuthExpired):
                ask()

    def test_a_server_that_is_away_is_transient(self) -> None:
        with playing(HomeServer()) as network:
            connector = city(cast("HomeServer", network), room="!room:seoul.example")

        for ask in asks_of(connector):
            with pytest.raises(Transient):
                ask()

    @pytest.mark.parametrize(
        ("told", "seconds"),
        [
            (refused(429, "M_LIMIT_EXCEEDED", retry_after_ms=2500), 2.5),
            (replace(refused(429, "M_LIMIT_EXCEEDED"), headers={"Retry-After": "9"}), 9.0),
            (refused(429, "M_LIMIT_EXCEEDED"), 300.0),
            (Answer(429, b"slow down", {"Retry-After": "4"}), 4.0),
        ],
    )
    def test_a_server_that_has_enough_of_us_is_left_alone(
        self, server: HomeServer, told: Answer, seconds: float
    ) -> None:
        server.next_answers = [told]

        with pytest.raises(RateLimited) as refusal:
            city(server).fetch("")

        assert refusal.value.retry_after == seconds

    @pytest.mark.parametrize(
        ("told", "reads", "writes"),
        [
            (refused(500, "M_UNKNOWN"), Transient, OutcomeUnknown),
            (Answer(502, b"<html>"), Transient, OutcomeUnknown),
            (Answer(404, b"<html>"), Transient, Transient),
            (refused(404, "M_UNRECOGNIZED"), Transient, Transient),
            (refused(403, "M_RESOURCE_LIMIT_EXCEEDED"), Transient, Transient),
            (refused(403, "M_FORBIDDEN"), Forbidden, Forbidden),
            (refused(413, "M_TOO_LARGE"), ContentRejected, ContentRejected),
            (refused(401, "M_USER_LOCKED", soft_logout=True), AuthExpired, AuthExpired),
            (Answer(401, b"<html>"), Transient, Transient),
            (Answer(200, b"<html>"), Transient, OutcomeUnknown),
        ],
    )
    def test_each_refusal_asks_something_of_us(
        self,
        server: HomeServer,
        told: Answer,
        reads: type[ConnectorError],
        writes: type[ConnectorError],
    ) -> None:
        room = server.open_room()
        out = replace(answer(), reply_to={"room": room, "public": "1"})

        server.next_answers = [told]
        with pytest.raises(reads):
            city(server).verify()
        server.next_answers = [told]
        with pytest.raises(writes):
            city(server).send(out)

    def test_where_we_were_put_out_nothing_can_be_said(self, server: HomeServer) -> None:
        room = server.open_room()
        server.say(room, "하나")
        came = asked_for(server, room)
        server.put_out(room)

        with pytest.raises(Forbidden):
            city(server).hand_over(answer(came))

    def test_the_token_stands_in_no_text(self, server: HomeServer) -> None:
        city(server).verify()

        assert TOKEN not in repr(city(server))
        assert TOKEN not in json.dumps([one.path for one in server.asked])
