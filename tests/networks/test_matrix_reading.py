"""Matrix: rooms read once and whole, and what each kind of event says."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import cast

import pytest

from channels_app.connectors.contract import Batch, Picture
from channels_app.connectors.errors import RateLimited
from channels_app.connectors.matrix import Matrix
from channels_app.connectors.matrix_events import as_inbound, kind_of
from tests.networks import matrix_events as events
from tests.networks.matrix_pretend import CITY, MINA, TOKEN, HomeServer, refused
from tests.networks.pretend import playing


@pytest.fixture
def server() -> Iterator[HomeServer]:
    with playing(HomeServer()) as network:
        yield cast("HomeServer", network)


def city(server: HomeServer) -> Matrix:
    """The city's account there."""
    return Matrix(base=server.base, token=TOKEN, own_id=CITY, allow=server.allow)


def words(batch: Batch) -> list[str]:
    return [Matrix.hear(one.kind, one.raw, own_id=CITY).text for one in batch.events]


def names(batch: Batch) -> list[tuple[str, str, str]]:
    return [(one.kind, one.external_id, one.revision) for one in batch.events]


def read_all(connector: Matrix, cursor: str = "") -> tuple[list[Batch], str]:
    """Everything after this cursor, call by call."""
    batches = [connector.fetch(cursor)]
    while batches[-1].more:
        batches.append(connector.fetch(batches[-1].cursor))
    return batches, batches[-1].cursor


class TestReading:
    """What comes in."""

    def test_what_is_said_is_read_once_and_oldest_first(self, server: HomeServer) -> None:
        room = server.open_room()
        server.say(room, "하나")
        server.say(room, "둘")

        first = city(server).fetch("")
        second = city(server).fetch(first.cursor)

        assert words(first) == ["하나", "둘"]
        assert (second.events, first.more, second.more) == ((), False, False)

    def test_an_old_cursor_gives_the_same_names(self, server: HomeServer) -> None:
        room = server.open_room()
        event = server.say(room, "하나")
        server.change(room, event, "둘")
        server.redact(room, event)

        first, second = (names(city(server).fetch("")) for _n in range(2))

        assert first == second
        assert [(kind, name) for kind, name, _revision in first] == [
            ("edit", f"{room}/{event}"),
            ("delete", f"{room}/{event}"),
        ]

    def test_what_came_in_several_rooms_is_told_in_its_order(self, server: HomeServer) -> None:
        first, second = server.open_room(), server.open_room()
        for n, room in enumerate([first, second, first, second]):
            server.say(room, str(n))

        batch = city(server).fetch("")

        assert words(batch) == ["0", "1", "2", "3"]

    def test_a_gap_is_walked_back_within_one_call(self, server: HomeServer) -> None:
        room = server.open_room()
        server.say(room, "before")
        before = city(server).fetch("").cursor
        said = [server.say(room, str(n)) and str(n) for n in range(65)]

        after = city(server).fetch(before)

        assert words(after) == said
        assert not after.more

    def test_a_long_gap_takes_several_calls_and_loses_nothing(self, server: HomeServer) -> None:
        room = server.open_room()
        before = city(server).fetch("").cursor
        said = {server.say(room, str(n)) and str(n) for n in range(300)}

        batches, cursor = read_all(city(server), before)

        found = [one for batch in batches for one in words(batch)]
        assert len(batches) == 2
        assert (set(found), len(found)) == (said, len(said))
        assert city(server).fetch(cursor).events == ()

    def test_a_pause_in_the_midst_of_a_walk_keeps_what_was_reached(
        self, server: HomeServer
    ) -> None:
        room = server.open_room()
        before = city(server).fetch("").cursor
        said = [server.say(room, str(n)) and str(n) for n in range(90)]
        server.patience = 3

        first = city(server).fetch(before)
        with pytest.raises(RateLimited):
            city(server).fetch(first.cursor)
        server.patience = None
        batches, _cursor = read_all(city(server), first.cursor)

        assert (first.wait, first.more, words(first)) == (7.0, True, said[-40:])
        assert [one for batch in batches for one in words(batch)] == said[:-40]

    def test_what_was_said_before_we_were_asked_in_is_not_read(self, server: HomeServer) -> None:
        room = server.open_room(inside=False)
        server.say(room, "among ourselves")
        server.invite(room)
        server.say(room, "to the city")

        batches, _cursor = read_all(city(server))

        assert [one for batch in batches for one in words(batch)] == ["to the city"]
        assert CITY in server.rooms[room].inside

    @pytest.mark.parametrize("later", [0, 30])
    def test_what_was_said_until_we_came_in_is_read_whole(
        self, server: HomeServer, later: int
    ) -> None:
        room = server.open_room(inside=False)
        server.say(room, "among ourselves")
        server.invite(room)
        said = [server.say(room, str(n)) and str(n) for n in range(50)]
        cursor = city(server).fetch("").cursor
        said += [server.say(room, f"later {n}") and f"later {n}" for n in range(later)]

        batches, _cursor = read_all(city(server), cursor)

        assert [one for batch in batches for one in words(batch)] == said

    def test_an_invitation_to_an_encrypted_room_is_declined_with_a_reason(
        self, server: HomeServer
    ) -> None:
        room = server.open_room(inside=False)
        server.rooms[room].sealed = True
        server.invite(room)

        batch = city(server).fetch("")

        assert CITY not in server.rooms[room].inside
        assert "encrypted" in server.declined[0]
        assert not batch.more

    def test_an_invitation_that_can_not_be_answered_now_waits(self, server: HomeServer) -> None:
        room = server.open_room(inside=False)
        server.invite(room)
        server.patience = 1

        waiting = city(server).fetch("")
        server.patience = None
        batches, _cursor = read_all(city(server), waiting.cursor)

        assert (waiting.wait, waiting.more) == (7.0, False)
        assert CITY in server.rooms[room].inside
        assert len(batches) == 2

    def test_a_cursor_that_is_no_longer_known_gives_everything_again(
        self, server: HomeServer
    ) -> None:
        room = server.open_room()
        said = [server.say(room, str(n)) and str(n) for n in range(30)]
        cursor = city(server).fetch("").cursor
        server.forget_tokens()

        batches, _cursor = read_all(city(server), cursor)

        assert [one for batch in batches for one in words(batch)] == said

    def test_a_walk_whose_place_is_forgotten_begins_anew(self, server: HomeServer) -> None:
        room = server.open_room()
        before = city(server).fetch("").cursor
        said = {server.say(room, str(n)) and str(n) for n in range(300)}
        first = city(server).fetch(before)
        server.forget_tokens()

        batches, _cursor = read_all(city(server), first.cursor)

        assert {one for batch in (first, *batches) for one in words(batch)} == said

    def test_what_was_said_before_we_were_put_out_is_read(self, server: HomeServer) -> None:
        room = server.open_room()
        before = city(server).fetch("").cursor
        server.say(room, "나가세요")
        server.put_out(room)

        after = city(server).fetch(before)

        assert words(after) == ["나가세요"]

    def test_an_answer_that_is_too_much_is_asked_for_in_less(self, server: HomeServer) -> None:
        room = server.open_room()
        said = [server.say(room, str(n)) and str(n) for n in range(3)]
        server.next_answers = [refused(413, "M_TOO_LARGE")]

        batches, _cursor = read_all(city(server))

        assert [one for batch in batches for one in words(batch)] == said

    @pytest.mark.parametrize(
        ("rule", "public"),
        [("public", True), ("invite", False), ("knock", False), ("restricted", False)],
    )
    def test_what_everyone_may_join_is_public(
        self, server: HomeServer, rule: str, public: bool
    ) -> None:
        room = server.open_room(rule)
        event = server.say(room, "하나")

        (one,) = city(server).fetch("").events
        heard = Matrix.hear(one.kind, one.raw)

        assert heard.is_public is public
        assert bool(one.ref["public"]) is public
        assert (heard.link != "") is public
        assert (heard.author, heard.author_name) == (MINA, "미나")
        assert heard.name == one.external_id == f"{room}/{event}"


class TestHearing:
    """What an event says."""

    def test_words_without_our_name_before_them(self) -> None:
        heard = Matrix.hear("message", events.kept(events.TO_US, rule="public"), own_id=CITY)

        assert heard.text == "가로등이 꺼졌어요"
        assert heard.at == datetime(2015, 5, 27, 14, 10, 24, 653000, UTC)
        assert heard.root == heard.name == f"{events.ROOM}/$143273582443PhrSn"
        place = "%21636q39766251%3Aseoul.example/%24143273582443PhrSn"
        assert heard.link == f"https://matrix.to/#/{place}?via=seoul.example"
        assert (heard.answers, heard.is_ours) == ("", False)

    @pytest.mark.parametrize(
        ("said", "text"),
        [
            ("@seoul: 불이요", "불이요"),
            (f"{CITY} 불이요", "불이요"),
            ("@seoulite 불이요", "@seoulite 불이요"),
            ("불이요 @seoul", "불이요 @seoul"),
        ],
    )
    def test_our_name_is_left_out_only_where_it_stands_before(self, said: str, text: str) -> None:
        one = events.event({"msgtype": "m.text", "body": said})

        assert Matrix.hear("message", events.kept(one), own_id=CITY).text == text

    @pytest.mark.parametrize(
        ("one", "answers", "root"),
        [
            (events.IN_THREAD, "$root", "$root"),
            (events.REPLY_IN_THREAD, "$target", "$root"),
            (events.PLAIN_REPLY, "$another_event", "$another_event"),
        ],
    )
    def test_what_stands_below_something_says_so(
        self, one: events.Event, answers: str, root: str
    ) -> None:
        heard = Matrix.hear("message", events.kept(one), own_id=CITY)

        assert heard.answers == f"{events.ROOM}/{answers}"
        assert heard.root == f"{events.ROOM}/{root}"

    def test_a_reply_does_not_repeat_what_it_answers(self) -> None:
        heard = Matrix.hear("message", events.kept(events.PLAIN_REPLY), own_id=CITY)

        assert heard.text == "아직 어두워요"

    @pytest.mark.parametrize(
        ("kind", "one", "text"),
        [
            ("edit", events.EDIT, "가로등이 켜졌어요"),
            ("delete", events.REDACTION, ""),
            ("delete", events.OLD_REDACTION, ""),
        ],
    )
    def test_a_change_names_what_it_is_about(self, kind: str, one: events.Event, text: str) -> None:
        heard = Matrix.hear(kind, events.kept(one), own_id=CITY)

        assert (heard.kind, heard.name) == (kind, f"{events.ROOM}/$some_event_id")
        assert (heard.text, heard.author) == (text, MINA)

    @pytest.mark.parametrize(
        ("one", "text", "kind"),
        [(events.IMAGE, "", "image/png"), (events.CAPTIONED, "이 가로등이요", "image/jpeg")],
    )
    def test_a_picture_comes_with_its_words(self, one: events.Event, text: str, kind: str) -> None:
        heard = Matrix.hear("message", events.kept(one))

        assert heard.text == text
        assert heard.pictures == (Picture("mxc://seoul.example/JWEIFJgwEIhweiWJE", kind=kind),)

    def test_our_own_words_are_ours(self) -> None:
        echo = events.kept({**events.TEXT, "sender": CITY})

        assert Matrix.hear("message", echo, own_id=CITY).is_ours
        assert not Matrix.hear("message", events.kept(events.TEXT), own_id=CITY).is_ours

    @pytest.mark.parametrize(
        "one",
        [events.NOTICE, events.REACTION, events.SEALED, events.REDACTED, *events.BROKEN],
    )
    def test_what_says_nothing_to_us_is_left_out(self, one: events.Event) -> None:
        assert kind_of(one) is None
        with pytest.raises(ValueError, match="this is no message"):
            Matrix.hear("message", events.kept(one))

    def test_what_a_broken_program_says_stops_nobody_else(self, server: HomeServer) -> None:
        room = server.open_room()
        for one in events.BROKEN:
            server.add(room, one["type"], one["content"], MINA, origin_server_ts="soon")
        server.say(room, "하나")

        assert words(city(server).fetch("")) == ["하나"]

    def test_signs_that_no_database_takes_are_left_out(self) -> None:
        one = events.event({"msgtype": "m.text", "body": "불\0이\ud800요"})
        event = as_inbound(events.ROOM, one, "message", rule="invite", author_name="미나")

        heard = Matrix.hear("message", event.raw)

        assert heard.text == "불이?요"
