"""Text messages through the gateway, against one of this machine that goes by its book."""

import hmac
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest

from channels_app.connectors.contract import Batch, Picture
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
from channels_app.connectors.solapi import Solapi
from channels_app.connectors.texting import Text
from lifecycle import clock
from tests.networks.pretend import Answer, playing
from tests.networks.solapi_pretend import CITY, KEY, SECRET, Gateway, problem, too_often, written

MINA, AT_HOME = "+821012345678", "01012345678"
# As the documentation lists a message: https://docs.solapi.com/api-reference/messages.
FIXTURE: dict[str, object] = {
    "messageId": "M4V20211116140944VNOQH1HURYHEWL8", "groupId": "G4V20211116140944NLZUCJOCVNOYW9Y",
    "accountId": "12925149", "to": AT_HOME, "from": CITY, "type": "SMS", "country": "82",
    "text": "내용", "subject": None, "statusCode": "4000", "status": "COMPLETE", "reason": None,
    "networkName": "KTF", "customFields": {"seoulListens": "0" * 64}, "log": [],
    "replacement": False, "dateCreated": "2021-11-16T05:09:44.000Z",
    "dateUpdated": "2021-11-16T05:09:51.000Z", "dateProcessed": "2021-11-16T05:09:45.000Z",
    "dateReported": "2021-11-16T05:09:51.000Z", "dateReceived": "2021-11-16T05:09:50.000Z",
}  # fmt: skip


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    network = Gateway()
    with playing(network):
        yield network


def solapi(gateway: Gateway, secret: str = SECRET, key: str = KEY) -> Solapi:
    return Solapi(key=key, secret=secret, sender=CITY, base=gateway.base, allow=gateway.allow)


def text(words: str = "고쳤습니다.", to: str = MINA, key: str = "S-2026-001000.answer") -> Text:
    return Text(key=key, text=words, to=to)


def names(batch: Batch) -> list[tuple[str, str, str]]:
    return [(one.kind, one.external_id, one.revision) for one in batch.events]


def sent_many(gateway: Gateway, many: int) -> list[str]:
    """So many were sent and have arrived, a second after each other."""
    moment = clock.now() - timedelta(minutes=30)
    sent = solapi(gateway).send(text(key="S-2026-000999.answer"))
    first = gateway.messages[sent.external_ids[0]]
    found = [f"{first['messageId']}.{number:04d}" for number in range(1, many)]
    for name in found:
        gateway.messages[name] = {**first, "messageId": name, "_id": name}
    found.insert(0, first["messageId"])
    for number, name in enumerate(found):
        gateway.decides(name, at=moment + timedelta(seconds=number))
    return found


class TestSending:
    """What leaves."""

    def test_a_short_text_leaves_as_a_short_message(self, gateway: Gateway) -> None:
        sent = solapi(gateway).hand_over(text())

        (message,) = gateway.messages.values()
        assert (message["to"], message["from"], message["type"]) == (AT_HOME, CITY, "SMS")
        assert (message["text"], message["subject"]) == ("고쳤습니다.", None)
        assert sent.external_ids == (message["messageId"],)
        assert sent.ref == {"to": MINA}

    def test_a_long_text_leaves_with_a_title(self, gateway: Gateway) -> None:
        solapi(gateway).hand_over(text("가" * 46))

        (message,) = gateway.messages.values()
        assert (message["type"], message["subject"]) == ("LMS", "서울시")

    def test_the_sender_may_be_written_as_people_write_it(self, gateway: Gateway) -> None:
        replace(solapi(gateway), sender="02-2555-0120").hand_over(text())

        assert len(gateway.messages) == 1

    def test_the_longest_leaves_and_a_longer_one_never_does(self, gateway: Gateway) -> None:
        solapi(gateway).hand_over(text("가" * 1000))

        with pytest.raises(ContentRejected):
            solapi(gateway).hand_over(text("가" * 1000 + "a"))

        assert len(gateway.messages) == len(gateway.asked) == 1

    @pytest.mark.parametrize(
        ("out", "problem"),
        [
            (text("좋아요 😀"), ContentRejected),
            (text("  "), ContentRejected),
            (replace(text(), pictures=(Picture(url="https://seoul.example/1"),)), ContentRejected),
            (text(to="+4930123456"), Forbidden),
            (text(to=AT_HOME), Forbidden),
        ],
    )
    def test_what_no_phone_here_shows_never_leaves(
        self, gateway: Gateway, out: Text, problem: type[ConnectorError]
    ) -> None:
        with pytest.raises(problem):
            solapi(gateway).hand_over(out)

        assert gateway.asked == []

    def test_a_lost_answer_leaves_one_copy(self, gateway: Gateway) -> None:
        gateway.cuts = True
        with pytest.raises(OutcomeUnknown):
            solapi(gateway).hand_over(text())
        gateway.cuts = False

        sent = solapi(gateway).hand_over(text(), again=True)

        assert sent.duplicate
        assert list(gateway.messages) == list(sent.external_ids)

    def test_what_was_never_taken_is_sent_again(self, gateway: Gateway) -> None:
        solapi(gateway).hand_over(text(key="S-2026-001000.another"))

        sent = solapi(gateway).hand_over(text(), again=True)

        assert not sent.duplicate
        assert len(gateway.messages) == 2

    def test_one_that_was_refused_did_not_arrive(self, gateway: Gateway) -> None:
        (name,) = solapi(gateway).hand_over(text()).external_ids
        gateway.decides(name, "1062")

        assert solapi(gateway).reconcile(text()) is None

    def test_a_lost_one_is_found_behind_many_others(self, gateway: Gateway) -> None:
        (name,) = solapi(gateway).hand_over(text()).external_ids
        sent_many(gateway, 120)

        found = solapi(gateway).reconcile(text())

        assert found is not None
        assert found.external_ids == (name,)

    @pytest.mark.parametrize(
        ("code", "problem"),
        [
            ("1060", Forbidden),
            ("1061", Forbidden),
            ("1062", Forbidden),
            ("1064", Forbidden),
            ("3010", TargetGone),
            ("1029", ContentRejected),
            ("1024", Transient),
            ("1030", Transient),
            ("1020", AuthExpired),
        ],
    )
    def test_a_refused_message_says_what_is_to_be_done(
        self, gateway: Gateway, code: str, problem: type[ConnectorError]
    ) -> None:
        gateway.refuses = {AT_HOME: code}

        with pytest.raises(problem, match=code):
            solapi(gateway).hand_over(text())

    def test_a_number_that_may_not_send_is_known(self, gateway: Gateway) -> None:
        with pytest.raises(Forbidden, match="1062"):
            replace(solapi(gateway), sender="021111111").hand_over(text())

    def test_without_money_the_message_waits(self, gateway: Gateway) -> None:
        gateway.poor = True

        with pytest.raises(Transient, match="NotEnoughBalance"):
            solapi(gateway).hand_over(text())

    @pytest.mark.parametrize(
        ("told", "problem"),
        [
            (Answer(500), OutcomeUnknown),
            (Answer(200, b"<html>"), OutcomeUnknown),
            (Answer(200, {"failedMessageList": [], "groupInfo": {}}), OutcomeUnknown),
            (Answer(404), Transient),
            (problem(400, "ValidationError"), ContentRejected),
            (problem(403, "Forbidden"), Forbidden),
            (problem(403, "RequestTimeTooSkewed"), Transient),
        ],
    )
    def test_an_answer_that_is_no_name_says_what_is_to_be_done(
        self, gateway: Gateway, told: Answer, problem: type[ConnectorError]
    ) -> None:
        gateway.next_answers = [told]

        with pytest.raises(problem):
            solapi(gateway).hand_over(text())

    @pytest.mark.parametrize(
        ("told", "seconds"),
        [
            (too_often(**{"x-retry-after": "4.554"}), 4.554),
            (too_often(**{"retry-after": "17"}), 17.0),
            (too_often(), 5.0),
            (too_often(**{"x-retry-after": "soon"}), 5.0),
        ],
    )
    def test_too_often_says_for_how_long(
        self, gateway: Gateway, told: Answer, seconds: float
    ) -> None:
        for ask in (lambda: solapi(gateway).hand_over(text()), lambda: solapi(gateway).fetch("")):
            gateway.next_answers = [told]
            with pytest.raises(RateLimited) as refused:
                ask()
            assert refused.value.retry_after == seconds


class TestSigning:
    """Who we are."""

    def test_the_header_is_what_the_book_says(self, gateway: Gateway) -> None:
        with clock.at(datetime(2026, 11, 30, 0, 41, 48, tzinfo=UTC)):
            gateway.moment = clock.now()
            solapi(gateway).verify()

        said = dict(
            part.split("=")
            for part in gateway.asked[0]
            .headers["authorization"]
            .removeprefix("HMAC-SHA256 ")
            .split(", ")
        )
        told = f"2026-11-30T00:41:48Z{said['salt']}"
        assert said["date"] == "2026-11-30T00:41:48Z"
        assert said["signature"] == hmac.new(SECRET.encode(), told.encode(), sha256).hexdigest()
        assert len(said["salt"]) == 32

    def test_no_two_questions_bear_the_same(self, gateway: Gateway) -> None:
        connector = solapi(gateway)

        connector.verify()
        connector.verify()

        first, second = (asked.headers["authorization"] for asked in gateway.asked)
        assert first != second

    @pytest.mark.parametrize("wrong", [{"secret": "X" + SECRET[1:]}, {"key": "AAAAAAAAAAAAAAAA"}])
    def test_a_refused_key_is_known(self, gateway: Gateway, wrong: dict[str, str]) -> None:
        connector = solapi(gateway, **wrong)

        for ask in (
            connector.verify,
            lambda: connector.fetch(""),
            lambda: connector.hand_over(text()),
            lambda: connector.reconcile(text()),
        ):
            with pytest.raises(AuthExpired):
                ask()

        assert gateway.messages == {}

    def test_a_good_key_says_who_we_are(self, gateway: Gateway) -> None:
        assert solapi(gateway).about().own_id == CITY


class TestReports:
    """What became of what we have sent."""

    @pytest.mark.parametrize(("code", "arrived"), [("4000", 1), ("3043", 0), ("2254", 0)])
    def test_a_fate_is_told_once_it_is_decided(
        self, gateway: Gateway, code: str, arrived: int
    ) -> None:
        (name,) = solapi(gateway).hand_over(text()).external_ids
        before = solapi(gateway).fetch("")
        gateway.decides(name, code)

        after = solapi(gateway).fetch(before.cursor)

        (event,) = after.events
        heard = Solapi.hear(event.kind, event.raw)
        assert (before.events, names(after)) == ((), [("receipt", name, code)])
        assert (heard.kind, heard.name, heard.counts) == ("receipt", name, {"arrived": arrived})

    @pytest.mark.parametrize("code", ["2000", "3000", "3014", "TEST1000"])
    def test_what_is_open_is_told_by_nobody(self, gateway: Gateway, code: str) -> None:
        (name,) = solapi(gateway).hand_over(text()).external_ids
        gateway.decides(name, code)

        assert solapi(gateway).fetch("").events == ()

    def test_what_others_send_from_this_account_concerns_nobody(self, gateway: Gateway) -> None:
        (name,) = sent_many(gateway, 1)
        gateway.messages[name]["customFields"] = None

        assert solapi(gateway).fetch("").events == ()

    def test_an_old_cursor_gives_the_same_names(self, gateway: Gateway) -> None:
        sent_many(gateway, 3)
        old = solapi(gateway).fetch("").cursor

        first, second = (names(solapi(gateway).fetch("")) for _n in range(2))

        assert first == second
        assert len(first) == 3
        assert solapi(gateway).fetch(old).events == ()

    def test_many_pages_are_walked_and_nothing_is_left_out(self, gateway: Gateway) -> None:
        sent = sent_many(gateway, 520)

        first = solapi(gateway).fetch("")
        second = solapi(gateway).fetch(first.cursor)

        heard = [one.external_id for one in (*first.events, *second.events)]
        assert (first.more, second.more) == (True, False)
        assert sorted(heard) == sorted(sent)
        assert [one.external_id for one in second.events] == sent[:20]

    def test_a_page_that_they_no_longer_know_begins_anew(self, gateway: Gateway) -> None:
        sent_many(gateway, 2)
        place = {"since": written(clock.now() - timedelta(hours=1)), "until": written(clock.now()),
                 "page": "M4Vgone"}  # fmt: skip

        batch = solapi(gateway).fetch(json.dumps(place))

        assert len(batch.events) == 2

    @pytest.mark.parametrize("cursor", ["5:17", "[]", '{"uid": 3}'])
    def test_a_cursor_of_nobody_begins_anew(self, gateway: Gateway, cursor: str) -> None:
        sent_many(gateway, 1)

        assert len(solapi(gateway).fetch(cursor).events) == 1

    def test_what_changes_while_we_read_is_seen_the_next_time(self, gateway: Gateway) -> None:
        (name,) = sent_many(gateway, 1)
        before = solapi(gateway).fetch("")
        gateway.decides(name, "3040", at=clock.now() - timedelta(minutes=2))

        after = solapi(gateway).fetch(before.cursor)

        assert names(after) == [("receipt", name, "3040")]

    def test_a_report_is_read_from_what_was_stored(self) -> None:
        heard = Solapi.hear("receipt", json.dumps(FIXTURE).encode())

        assert heard.name == FIXTURE["messageId"]
        assert heard.at == datetime(2021, 11, 16, 5, 9, 50, tzinfo=UTC)
        assert (heard.counts, heard.is_ours) == ({"arrived": 1}, False)


class TestBeingAway:
    """Nobody answers."""

    def test_a_gateway_that_is_away_is_transient(self) -> None:
        gone = Gateway()
        with playing(gone):
            pass
        connector = solapi(gone)

        for ask in (
            connector.verify,
            lambda: connector.fetch(""),
            lambda: connector.hand_over(text()),
        ):
            with pytest.raises(Transient):
                ask()

    def test_a_fault_of_theirs_while_we_read_is_transient(self, gateway: Gateway) -> None:
        gateway.next_answers = [Answer(502)]

        with pytest.raises(Transient):
            solapi(gateway).fetch("")
