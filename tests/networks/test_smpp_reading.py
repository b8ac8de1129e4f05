"""What citizens send by SMPP, and receipts: fetched from a message centre of this machine."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from channels_app.connectors.smpp import Smpp
from lifecycle import clock
from tests.networks.smpp_account import names, read_to_the_end, smpp, text, words
from tests.networks.smsc import (
    BIND_TRX,
    DELIVER,
    MINA,
    NACK,
    SUBMIT,
    Centre,
    delivery,
    parameter,
    playing,
)

NOON = datetime(2026, 11, 30, 3, 0, tzinfo=UTC)


@pytest.fixture
def centre() -> Iterator[Centre]:
    with playing(Centre()) as there:
        yield there


class TestTakingIn:
    """What citizens send: never lost, and known again."""

    def test_what_waits_there_is_handed_over(self, centre: Centre) -> None:
        centre.says("가로등이 꺼졌어요")

        batch = smpp(centre).fetch("")

        (event,) = batch.events
        heard = Smpp.hear(event.kind, event.raw)
        assert (heard.kind, heard.text, heard.author) == ("message", "가로등이 꺼졌어요", MINA)
        assert (heard.name, heard.root, heard.is_ours) == (event.external_id, MINA, False)
        assert event.ref == {"to": MINA}
        assert centre.binds == [BIND_TRX]

    def test_it_is_acknowledged_only_once_a_cursor_proves_that_it_is_stored(
        self, centre: Centre
    ) -> None:
        centre.says("하나")

        first = smpp(centre).fetch("")
        assert (centre.known, first.more) == ([], True)
        second = smpp(centre).fetch(first.cursor)

        assert (len(centre.known), centre.waiting) == (1, [])
        assert (second.events, second.more) == ((), False)

    def test_an_old_cursor_gives_the_same_names(self, centre: Centre) -> None:
        centre.says("하나")
        centre.says("둘")

        first, second = (names(smpp(centre).fetch("")) for _n in range(2))

        assert first == second
        assert len(set(first)) == 2

    def test_a_worker_that_dies_before_it_stores_loses_nothing(self, centre: Centre) -> None:
        centre.says("하나")
        smpp(centre).fetch("")

        found, _cursor = read_to_the_end(centre)

        assert [Smpp.hear(one.kind, one.raw).text for one in found] == ["하나"]
        assert centre.waiting == []

    def test_the_same_words_of_another_day_are_another_message(self, centre: Centre) -> None:
        centre.says("감사합니다")
        first, cursor = read_to_the_end(centre)
        centre.says("감사합니다")

        second, _cursor = read_to_the_end(centre, cursor)

        assert len({one.external_id for one in [*first, *second]}) == 2

    def test_the_same_words_twice_at_once_are_two_messages(self, centre: Centre) -> None:
        centre.says("네")
        centre.says("네")

        found, _cursor = read_to_the_end(centre)

        assert len({one.external_id for one in found}) == 2
        assert (centre.waiting, len(centre.known)) == ([], 2)

    def test_a_centre_that_waits_for_each_word_of_ours_is_read_to_the_end(
        self, centre: Centre
    ) -> None:
        centre.window = 1
        for said in ("하나", "둘", "셋"):
            centre.says(said)

        found, _cursor = read_to_the_end(centre)

        assert [Smpp.hear(one.kind, one.raw).text for one in found] == ["하나", "둘", "셋"]
        assert centre.waiting == []

    def test_what_the_centre_did_not_hear_us_acknowledge_stays_one_message(
        self, centre: Centre
    ) -> None:
        centre.says("하나")
        first = smpp(centre).fetch("")
        centre.forgets = True
        second = smpp(centre).fetch(first.cursor)
        centre.forgets = False

        third = smpp(centre).fetch(second.cursor)

        assert (second.events, third.events, centre.waiting) == ((), (), [])

    def test_a_centre_without_a_farewell_is_read_as_any_other(self, centre: Centre) -> None:
        centre.curt = True
        centre.says("하나")
        _first, cursor = read_to_the_end(centre)
        centre.says("하나")

        second, _cursor = read_to_the_end(centre, cursor)

        assert len(second) == 1
        assert centre.waiting == []

    def test_words_that_come_again_after_a_broken_line_are_not_swallowed(
        self, centre: Centre
    ) -> None:
        centre.says("하나")
        first = smpp(centre).fetch("")
        centre.forgets = True
        second = smpp(centre).fetch(first.cursor)
        centre.forgets, centre.waiting = False, []  # it had heard us after all
        third = smpp(centre).fetch(second.cursor)
        centre.says("하나")

        fourth = smpp(centre).fetch(third.cursor)

        assert words(fourth) == ["하나"]
        assert names(fourth) != names(first)

    def test_what_a_centre_has_forgotten_holds_up_nothing_after_a_day(self, centre: Centre) -> None:
        with clock.at(NOON):
            centre.says("하나")
            first = smpp(centre).fetch("")
        centre.waiting = []
        centre.says("하나")

        with clock.at(NOON + timedelta(days=2)):
            second = smpp(centre).fetch(first.cursor)

        assert names(second) != names(first)
        assert len(second.events) == 1

    def test_a_cursor_of_nobody_begins_anew(self, centre: Centre) -> None:
        centre.says("하나")

        assert words(smpp(centre).fetch("5:17")) == ["하나"]

    def test_an_idle_centre_leaves_the_cursor_as_it_is(self, centre: Centre) -> None:
        first = smpp(centre).fetch("")

        second = smpp(centre).fetch(first.cursor)

        assert first.cursor == second.cursor

    def test_a_number_written_at_home_is_the_same_person(self, centre: Centre) -> None:
        centre.says("하나", national=1)

        (event,) = smpp(centre).fetch("").events

        assert event.ref == {"to": MINA}

    def test_what_nobody_can_read_is_kept_as_it_came(self, centre: Centre) -> None:
        centre.waiting = [b"\0\1\1821012345678", delivery(MINA, b"\1\2\3", coding=4)]

        found, _cursor = read_to_the_end(centre)

        assert len(found) == 2
        for event in found:
            assert json.loads(event.raw)["pdus"]
            with pytest.raises(ValueError, match=r"too early|no text"):
                Smpp.hear(event.kind, event.raw)

    def test_our_own_words_are_ours(self, centre: Centre) -> None:
        centre.says("안내", source="+8225550120")

        (event,) = smpp(centre).fetch("").events

        assert Smpp.hear(event.kind, event.raw, own_id="02-555-0120").is_ours

    @pytest.mark.parametrize(
        ("coding", "raw", "said"),
        [
            (0, b"caf\x05 \x1b\x65 \x11", "café € _"),
            (1, b"a@b_c", "a@b_c"),
            (1, b"a\0b\x11c", "a@b_c"),
            (3, "café\0".encode("latin-1"), "café"),
            (8, "가로등😀".encode("utf-16-be"), "가로등😀"),
            (14, "가로등".encode("cp949"), "가로등"),
            (0x18, "가".encode("utf-16-be"), "가"),
            (0xF1, b"now", "now"),
        ],
    )
    def test_words_are_read_in_their_letters(
        self, centre: Centre, coding: int, raw: bytes, said: str
    ) -> None:
        centre.waiting = [delivery(MINA, raw, coding=coding)]

        assert words(smpp(centre).fetch("")) == [said]


class TestJoining:
    """A text of several parts is one message."""

    def test_parts_become_one_message(self, centre: Centre) -> None:
        centre.says_in_parts("우리 동네 ", "가로등이 ", "꺼졌어요")

        found, _cursor = read_to_the_end(centre)

        assert [Smpp.hear(one.kind, one.raw).text for one in found] == [
            "우리 동네 가로등이 꺼졌어요"
        ]
        assert centre.waiting == []

    def test_parts_in_any_order_and_of_two_people(self, centre: Centre) -> None:
        centre.says_in_parts("가", "나")
        centre.says_in_parts("다", "라", source="+821087654321")
        centre.waiting.reverse()

        batch = smpp(centre).fetch("")

        assert sorted(words(batch)) == ["가나", "다라"]

    def test_parts_that_come_one_by_one_wait_in_the_cursor(self, centre: Centre) -> None:
        centre.window = 1
        centre.says_in_parts("하나 ", "둘 ", "셋")

        found, cursor = read_to_the_end(centre)

        assert [Smpp.hear(one.kind, one.raw).text for one in found] == ["하나 둘 셋"]
        assert (centre.waiting, json.loads(cursor)["waiting"]) == ([], "")

    def test_what_waits_in_the_cursor_is_sealed(self, centre: Centre) -> None:
        def seal(words: str) -> str:
            return words.encode().hex()[::-1]

        def unseal(sealed: str) -> str:
            return bytes.fromhex(sealed[::-1]).decode()

        sealed = replace(smpp(centre), seal=seal, unseal=unseal)
        centre.says_in_parts("하나 ", "둘")
        second = centre.waiting.pop()
        first = sealed.fetch("")
        centre.waiting.append(second)

        batch = sealed.fetch(first.cursor)

        assert MINA.removeprefix("+").encode().hex() not in first.cursor
        assert words(batch) == ["하나 둘"]

    def test_what_stays_unfinished_comes_after_an_hour_with_its_gap(self, centre: Centre) -> None:
        with clock.at(NOON):
            centre.says_in_parts("하나 ", "둘 ", "셋")
            del centre.waiting[1]
            first = smpp(centre).fetch("")

        with clock.at(NOON + timedelta(hours=2)):
            second = smpp(centre).fetch(first.cursor)

        assert first.events == ()
        assert words(second) == ["하나 …셋"]
        assert [one.is_cut for one in second.events] == [True]

    def test_a_name_that_comes_again_is_another_text(self, centre: Centre) -> None:
        centre.says_in_parts("하나 ", "둘")
        del centre.waiting[1]
        centre.says_in_parts("셋 ", "넷")

        batch = smpp(centre).fetch("")

        assert words(batch) == ["하나 …", "셋 넷"]

    def test_parts_that_parameters_name_are_joined_too(self, centre: Centre) -> None:
        centre.waiting = [
            delivery(MINA, said, extras=parameter(0x020C, b"\0\7") + parameter(0x020E, b"\2")
                     + parameter(0x020F, bytes([position])) + parameter(0x1501, b"of a maker"))
            for position, said in ((1, b"one "), (2, b"two"))
        ]  # fmt: skip

        assert words(smpp(centre).fetch("")) == ["one two"]

    def test_a_payload_is_the_text(self, centre: Centre) -> None:
        payload = parameter(0x0424, ("가" * 500).encode("utf-16-be"))
        centre.waiting = [delivery(MINA, b"", coding=8, extras=payload)]

        assert words(smpp(centre).fetch("")) == ["가" * 500]

    def test_a_sign_torn_between_parts_is_whole_again(self, centre: Centre) -> None:
        raw = "😀".encode("utf-16-be")
        centre.waiting = [
            delivery(MINA, bytes([5, 0, 3, 9, 2, position]) + half, coding=8, kind=0x40)
            for position, half in ((1, raw[:2]), (2, raw[2:]))
        ]

        assert words(smpp(centre).fetch("")) == ["😀"]


class TestReceipts:
    """What became of what we have sent."""

    @pytest.mark.parametrize(("state", "arrived"), [("DELIVRD", 1), ("UNDELIV", 0), ("EXPIRED", 0)])
    def test_a_receipt_says_whether_it_arrived(
        self, centre: Centre, state: str, arrived: int
    ) -> None:
        (name,) = smpp(centre).hand_over(text()).external_ids
        centre.tells(name, state)

        (event,) = smpp(centre).fetch("").events

        heard = Smpp.hear(event.kind, event.raw)
        assert (event.kind, event.external_id, event.revision) == ("receipt", name, state)
        assert (heard.kind, heard.name, heard.counts) == ("receipt", name, {"arrived": arrived})

    def test_its_parameters_count_more_than_its_words(self, centre: Centre) -> None:
        told = parameter(0x001E, b"7F3A\0") + parameter(0x0427, b"\5")
        centre.waiting = [delivery(MINA, b"id:32570 stat:DELIVRD", kind=0x04, extras=told)]

        (event,) = smpp(centre).fetch("").events

        heard = Smpp.hear(event.kind, event.raw)
        assert (heard.name, heard.counts) == ("7F3A", {"arrived": 0})

    def test_that_it_is_under_way_concerns_nobody(self, centre: Centre) -> None:
        centre.tells("m-1", "ENROUTE")

        batch = smpp(centre).fetch("")

        assert (batch.events, batch.more, centre.waiting) == ((), False, [])

    def test_a_receipt_in_a_word_of_its_own_is_left_to_a_person(self, centre: Centre) -> None:
        centre.tells("m-1", "PARKED")

        (event,) = smpp(centre).fetch("").events

        assert event.kind == "receipt"
        with pytest.raises(ValueError, match="word of its own"):
            Smpp.hear(event.kind, event.raw)

    def test_while_we_send_nothing_that_waits_is_lost(self, centre: Centre) -> None:
        centre.says("하나")

        smpp(centre).hand_over(text())

        assert words(smpp(centre).fetch("")) == ["하나"]
        assert [command for command, _status in centre.heard if command == SUBMIT] == [SUBMIT]
        assert DELIVER | NACK not in [command for command, _status in centre.heard]
