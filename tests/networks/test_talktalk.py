"""Naver TalkTalk: a chat that names nothing, and an answer that may leave at any time."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from channels_app.connectors.contract import About, Inbound, Outbound, Picture
from channels_app.connectors.errors import (
    AuthExpired,
    BadSignature,
    ContentRejected,
    Forbidden,
    OutcomeUnknown,
    RateLimited,
    Transient,
)
from channels_app.connectors.talktalk import TalkTalk
from lifecycle import clock
from tests.networks.pretend import Answer, playing
from tests.networks.talktalk_pretend import (
    KEY,
    MINA,
    PARTNER,
    TalkTalkPretend,
    echoed,
    event_call,
    refused,
    said,
)

NOW = datetime(2026, 11, 30, 12, 0, 10, tzinfo=UTC)
URL = "https://shop1.phinf.naver.net/20170216_20/one.jpg"


@pytest.fixture
def naver() -> Iterator[TalkTalkPretend]:
    network = TalkTalkPretend()
    with playing(network):
        yield network


def account(network: TalkTalkPretend | None = None) -> TalkTalk:
    """The city's; without a network nothing is asked."""
    base = network.base if network else "https://naver.invalid"
    allow = network.allow if network else frozenset()
    return TalkTalk(key=KEY, partner=PARTNER, base=base, allow=allow)


def answer(words: str = "고쳤습니다.", **told: Any) -> Outbound:
    return replace(Outbound(key="S-1", text=words, reply_to={"user": MINA}), **told)


def opened(body: bytes, *, at: datetime = NOW) -> Inbound:
    """The one event in it, as it came at this moment."""
    with clock.at(at):
        (event,) = TalkTalk.open_hook(body)
    return event


def test_what_a_citizen_has_said_is_heard_with_the_moment_it_came() -> None:
    event = opened(said("가로등이 꺼졌어요"))

    heard = TalkTalk.hear(event.kind, event.raw, own_id=PARTNER)

    assert (heard.kind, heard.text, heard.author) == ("message", "가로등이 꺼졌어요", MINA)
    assert (heard.at, heard.name) == (NOW, event.external_id)
    assert (heard.is_public, heard.is_ours) == (False, False)
    assert event.ref == {"user": MINA}


def test_the_call_is_kept_as_it_came() -> None:
    event = opened(said("가로등이 꺼졌어요"))

    assert json.loads(event.raw)["call"] == json.loads(said("가로등이 꺼졌어요"))


def test_the_same_call_again_has_the_same_name() -> None:
    first, again = (opened(said("예"), at=NOW + timedelta(seconds=n)) for n in (0, 5))

    assert (first.external_id, first.revision) == (again.external_id, again.revision)


def test_the_same_words_of_a_later_minute_are_another_voice() -> None:
    first, later = (opened(said("예"), at=NOW + timedelta(minutes=n)) for n in (0, 5))

    assert first.external_id != later.external_id


def test_two_citizens_with_the_same_words_are_two_voices() -> None:
    mina, jun = (opened(said("예", user=user)) for user in (MINA, "jun"))

    assert mina.external_id != jun.external_id


def test_the_same_call_is_known_for_a_minute() -> None:
    seen = []
    for seconds in (0, 5, 300):
        with clock.at(NOW + timedelta(seconds=seconds)):
            seen.append(TalkTalk.hook_name({}, said("예")))

    assert seen[0] == seen[1] != seen[2]


def test_a_picture_is_heard_as_one() -> None:
    event = opened(event_call(imageContent={"imageUrl": URL}))

    heard = TalkTalk.hear(event.kind, event.raw)

    assert (heard.text, heard.pictures) == ("", (Picture(url=URL),))


def test_an_echo_is_ours_and_never_bears_the_name_of_a_citizens_words() -> None:
    theirs, ours = opened(said("예")), opened(echoed("예"))

    heard = TalkTalk.hear(ours.kind, ours.raw, own_id=PARTNER)

    assert (heard.is_ours, heard.author, heard.text) == (True, PARTNER, "예")
    assert ours.external_id != theirs.external_id


@pytest.mark.parametrize(
    "body",
    [
        event_call("open", options={"inflow": "list", "under14": False}),
        event_call("leave"),
        event_call("friend", options={"set": "on"}),
        event_call("profile", options={"nickname": "미나", "result": "SUCCESS"}),
        event_call("handover", partner=PARTNER, options={"control": "passThread"}),
        event_call("send", textContent={"text": " "}),
        event_call("test"),
    ],
)
def test_who_comes_and_goes_is_nobodys_concern(body: bytes) -> None:
    assert TalkTalk.open_hook(body) == ()


def test_an_event_at_the_secret_path_is_believed_and_answered_by_nothing() -> None:
    account().check_hook({}, said("가로등"))
    account().check_hook({}, echoed("가로등"))

    assert account().hook_answer(said("가로등")).body == b""


@pytest.mark.parametrize("body", [b"", b"no", b"[]", b"{}", event_call("echo", partner="other")])
def test_what_no_account_of_ours_is_told_is_refused(body: bytes) -> None:
    with pytest.raises(BadSignature):
        account().check_hook({}, body)


def test_an_answer_is_in_the_chat_and_the_phone_says_so(naver: TalkTalkPretend) -> None:
    sent = account(naver).hand_over(answer())

    assert naver.kept == [(MINA, "고쳤습니다.", True)]
    assert (sent.external_ids, sent.ref) == (("S-1",), {"user": MINA})


def test_nobody_is_written_to_first(naver: TalkTalkPretend) -> None:
    with pytest.raises(Forbidden, match="no way to write first"):
        account(naver).hand_over(answer(reply_to={}))

    assert not naver.asked


@pytest.mark.parametrize(
    "out", [answer("가" * 10_001), answer(pictures=(Picture(url=URL),))], ids=["long", "picture"]
)
def test_what_does_not_fit_never_leaves(naver: TalkTalkPretend, out: Outbound) -> None:
    with pytest.raises(ContentRejected):
        account(naver).hand_over(out)

    assert not naver.asked


def test_the_longest_answer_arrives(naver: TalkTalkPretend) -> None:
    account(naver).hand_over(answer("가" * 10_000))

    assert len(naver.kept) == 1


def test_an_answer_that_got_lost_stays_in_doubt(naver: TalkTalkPretend) -> None:
    naver.cuts = True

    with pytest.raises(OutcomeUnknown):
        account(naver).hand_over(answer())

    assert account(naver).reconcile(answer()) is None


@pytest.mark.parametrize(
    ("told", "error"),
    [
        (refused("01", "Authorization 정보 오류"), AuthExpired),
        (refused("02", "request json 문자열 파싱 오류"), ContentRejected),
        (refused("99", "처리 중 오류"), Transient),
        (refused("IMG-02", "시간 초과"), Transient),
        (refused("IMG-03", "크기 초과"), ContentRejected),
        (Answer(200, {"success": False}), OutcomeUnknown),
        (Answer(200, b"ok"), OutcomeUnknown),
        (Answer(200, []), OutcomeUnknown),
        (Answer(500, {}), OutcomeUnknown),
        (Answer(403, {}), Forbidden),
    ],
)
def test_each_refusal_asks_for_its_own(
    naver: TalkTalkPretend, told: Answer, error: type[Exception]
) -> None:
    naver.next_answers = [told]

    with pytest.raises(error):
        account(naver).hand_over(answer())


@pytest.mark.parametrize(("headers", "wait"), [({"Retry-After": "7"}, 7.0), ({}, 300.0)])
def test_too_many_answers_wait(
    naver: TalkTalkPretend, headers: dict[str, str], wait: float
) -> None:
    naver.next_answers = [Answer(429, {}, headers)]

    with pytest.raises(RateLimited) as limited:
        account(naver).hand_over(answer())

    assert limited.value.retry_after == wait


def test_a_good_key_is_known_and_nobody_is_disturbed(naver: TalkTalkPretend) -> None:
    assert account(naver).about() == About(own_id=PARTNER)

    assert naver.kept == []


def test_a_wrong_key_is_known_whatever_is_asked(naver: TalkTalkPretend) -> None:
    stranger = replace(account(naver), key="ct_wrong")

    for ask in (stranger.verify, lambda: stranger.hand_over(answer())):
        with pytest.raises(AuthExpired):
            ask()


def test_a_network_that_is_away_or_ill_is_asked_later(naver: TalkTalkPretend) -> None:
    away = replace(account(naver), base="http://127.0.0.1:1", allow=frozenset({"127.0.0.1:1"}))
    for ask in (away.verify, lambda: away.hand_over(answer())):
        with pytest.raises(Transient):
            ask()

    naver.cuts = True
    with pytest.raises(Transient):
        account(naver).verify()

    naver.cuts, naver.next_answers = False, [Answer(503, {})]
    with pytest.raises(Transient):
        account(naver).verify()
