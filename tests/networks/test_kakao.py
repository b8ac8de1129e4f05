"""KakaoTalk: what a chatbot hands us, and how an answer leaves hours later."""

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
    TargetGone,
    Transient,
)
from channels_app.connectors.kakao import ANSWER, ARRIVED, Kakao
from lifecycle import clock
from tests.networks.kakao_pretend import (
    BOT,
    EVENT,
    KEY,
    MINA,
    KakaoPretend,
    relation_call,
    skill_call,
)
from tests.networks.pretend import Answer, playing

NOW = datetime(2026, 11, 30, 12, 0, 10, tzinfo=UTC)
CALLBACK = "https://bot-api.kakao.com/v1/callback/once"
TO_MINA = {"user": MINA, "type": "botUserKey"}
ADMIN = {"authorization": "KakaoAK admin-key", "x-kakao-resource-id": "Rvy1c2dkzBAZ5hGD3rqYbxvr"}


@pytest.fixture
def kakao() -> Iterator[KakaoPretend]:
    network = KakaoPretend()
    with playing(network):
        yield network


def channel(network: KakaoPretend | None = None) -> Kakao:
    """The city's, as it is set up; without a network nothing is asked."""
    base = network.base if network else "https://kakao.invalid"
    return Kakao(
        bot=BOT,
        rest_key=KEY,
        event=EVENT,
        admin_key="admin-key",
        base=base,
        allow=network.allow if network else frozenset(),
    )


def answer(words: str = "고쳤습니다.", **told: Any) -> Outbound:
    return replace(Outbound(key="S-1", text=words, reply_to=TO_MINA), **told)


def opened(body: bytes, *, at: datetime = NOW) -> Inbound:
    """The one event in it, as it came at this moment."""
    with clock.at(at):
        (event,) = Kakao.open_hook(body)
    return event


def said_by(body: bytes, connector: Kakao) -> Any:
    """What a citizen reads at once."""
    told = connector.hook_answer(body)
    assert told.content_type == "application/json"
    return json.loads(told.body)


def test_what_a_citizen_has_said_is_heard_with_the_moment_it_came() -> None:
    event = opened(skill_call("가로등이 꺼졌어요"))

    heard = Kakao.hear(event.kind, event.raw)

    assert (heard.kind, heard.text, heard.author) == ("message", "가로등이 꺼졌어요", MINA)
    assert (heard.at, heard.name, heard.is_public) == (NOW, event.external_id, False)
    assert event.ref == TO_MINA


def test_the_call_is_kept_as_it_came() -> None:
    body = skill_call("가로등이 꺼졌어요")

    event = opened(body)

    assert json.loads(event.raw)["call"] == json.loads(body)


def test_the_same_call_again_has_the_same_name() -> None:
    first, again = (opened(skill_call("예"), at=NOW + timedelta(seconds=n)) for n in (0, 5))

    assert (first.external_id, first.revision) == (again.external_id, again.revision)


def test_the_same_words_of_a_later_minute_are_another_voice() -> None:
    first, later = (opened(skill_call("예"), at=NOW + timedelta(minutes=n)) for n in (0, 5))

    assert first.external_id != later.external_id
    assert first.revision == later.revision


def test_a_call_with_a_callback_is_named_by_it_whenever_it_is_opened() -> None:
    body = skill_call("예", callback=CALLBACK)

    first, later = (opened(body, at=NOW + timedelta(hours=n)) for n in (0, 5))
    other = opened(skill_call("예", callback=f"{CALLBACK}2"))

    assert first.external_id == later.external_id != other.external_id


def test_two_citizens_with_the_same_words_are_two_voices() -> None:
    mina, jun = (opened(skill_call("예", user=user)) for user in (MINA, "jun"))

    assert mina.external_id != jun.external_id


def test_a_call_is_known_by_the_name_that_kakao_gives_it() -> None:
    named = [Kakao.hook_name({"x-request-id": name}, skill_call("예")) for name in "aab"]
    told = [Kakao.hook_name(ADMIN, relation_call(event)) for event in ("added", "blocked")]

    assert named[0] == named[1] != named[2]
    assert told[0] == told[1]


def test_a_call_without_a_name_is_known_for_a_minute() -> None:
    seen = []
    for seconds in (0, 5, 300):
        with clock.at(NOW + timedelta(seconds=seconds)):
            seen.append(Kakao.hook_name({}, skill_call("예")))

    assert seen[0] == seen[1] != seen[2]


def test_a_picture_is_heard_as_one_and_not_as_its_address() -> None:
    url = "https://talk.kakaocdn.net/dna/one.jpg"
    call = json.loads(skill_call(url))
    call["userRequest"]["params"]["media"] = {"type": "image", "url": url}
    event = opened(json.dumps(call).encode())

    heard = Kakao.hear(event.kind, event.raw)

    assert (heard.text, heard.pictures) == ("", (Picture(url=url),))


@pytest.mark.parametrize("event", ["added", "blocked"])
def test_who_adds_or_blocks_the_channel_says_nothing(event: str) -> None:
    assert Kakao.open_hook(relation_call(event)) == ()
    assert channel().hook_answer(relation_call(event)).body == b""


def test_an_empty_call_says_nothing() -> None:
    assert Kakao.open_hook(skill_call(" ")) == ()


def test_a_citizen_reads_at_once_that_the_words_have_arrived() -> None:
    said = said_by(skill_call("가로등"), channel())

    bubble = {"outputs": [{"simpleText": {"text": ARRIVED}}]}
    assert said == {"version": "2.0", "template": bubble}


def test_a_callback_is_taken_only_where_one_is_offered() -> None:
    said = said_by(skill_call("가로등", callback=CALLBACK), channel())

    assert said == {"version": "2.0", "useCallback": True, "data": {"text": ARRIVED}}


def test_the_block_of_our_own_event_is_given_our_words_and_is_no_voice() -> None:
    call = skill_call(EVENT, params={ANSWER: "고쳤습니다."})

    said = said_by(call, channel())

    assert said["template"] == {"outputs": [{"simpleText": {"text": "고쳤습니다."}}]}
    assert Kakao.open_hook(call) == ()


def test_a_call_of_our_bot_is_believed_at_the_secret_path() -> None:
    channel().check_hook({}, skill_call("가로등"))


def test_a_bot_that_is_tried_out_is_still_ours() -> None:
    tried = skill_call("가로등").replace(BOT.encode(), f"{BOT}!".encode())

    channel().check_hook({}, tried)


@pytest.mark.parametrize("told", ["", "wrong", "secreT", "시크릿"])
def test_where_the_console_sets_a_header_a_call_without_it_is_refused(told: str) -> None:
    guarded = replace(channel(), header="X-Listens", header_secret="secret")

    guarded.check_hook({"x-listens": "secret"}, skill_call("가로등"))

    with pytest.raises(BadSignature):
        guarded.check_hook({"x-listens": told} if told else {}, skill_call("가로등"))


@pytest.mark.parametrize(
    "body",
    [b"", b"no", b"[]", b'{"userRequest": 1}', skill_call("x").replace(BOT.encode(), b"other")],
)
def test_what_no_bot_of_ours_says_is_refused(body: bytes) -> None:
    with pytest.raises(BadSignature):
        channel().check_hook({}, body)


def test_kakao_itself_shows_the_key_of_the_app() -> None:
    channel().check_hook(ADMIN, relation_call())


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {**ADMIN, "authorization": "KakaoAK admin-keY"},
        {**ADMIN, "authorization": "admin-key"},
        {**ADMIN, "x-kakao-resource-id": ""},
    ],
)
def test_whoever_does_not_show_the_key_is_not_kakao(headers: dict[str, str]) -> None:
    with pytest.raises(BadSignature):
        channel().check_hook(headers, relation_call())


def test_without_a_key_of_the_app_nobody_is_kakao() -> None:
    keyless = replace(channel(), admin_key="")

    with pytest.raises(BadSignature):
        keyless.check_hook({**ADMIN, "authorization": "KakaoAK "}, relation_call())


def test_an_answer_is_shown_to_whom_it_answers(kakao: KakaoPretend) -> None:
    sent = channel(kakao).hand_over(answer())

    assert kakao.shown == [(MINA, "고쳤습니다.")]
    assert sent.external_ids == ("5f767a00-0",)
    assert sent.ref == TO_MINA


@pytest.mark.parametrize("lacks", [{"event": ""}, {"rest_key": ""}], ids=["no event", "no key"])
def test_without_an_event_there_is_no_way_to_write(kakao: KakaoPretend, lacks: Any) -> None:
    with pytest.raises(Forbidden, match="no way to write first"):
        replace(channel(kakao), **lacks).hand_over(answer())

    assert not kakao.asked


def test_nobody_is_written_to_first(kakao: KakaoPretend) -> None:
    with pytest.raises(Forbidden, match="no way to write first"):
        channel(kakao).hand_over(answer(reply_to={}))


def test_what_is_too_long_never_leaves(kakao: KakaoPretend) -> None:
    with pytest.raises(ContentRejected):
        channel(kakao).hand_over(answer("가" * 1001))

    assert not kakao.asked


def test_pictures_never_leave(kakao: KakaoPretend) -> None:
    with pytest.raises(ContentRejected):
        channel(kakao).hand_over(answer(pictures=(Picture(url="https://example.org/1"),)))

    assert not kakao.asked


def test_whom_kakao_no_longer_knows_is_gone(kakao: KakaoPretend) -> None:
    kakao.people.clear()

    with pytest.raises(TargetGone):
        channel(kakao).hand_over(answer())


def test_who_has_blocked_the_channel_is_not_tried_again(kakao: KakaoPretend) -> None:
    kakao.blocked.add(MINA)

    with pytest.raises(Forbidden, match="not a friend"):
        channel(kakao).hand_over(answer())

    assert kakao.shown == []


def test_an_answer_that_got_lost_stays_in_doubt(kakao: KakaoPretend) -> None:
    kakao.cuts = True

    with pytest.raises(OutcomeUnknown):
        channel(kakao).hand_over(answer())

    assert channel(kakao).reconcile(answer()) is None


def test_that_nobody_tells_what_became_of_it_is_no_failure(kakao: KakaoPretend) -> None:
    kakao.next_answers = [Answer(200, {"taskId": "t", "status": "SUCCESS"}), Answer(500, {})]

    sent = channel(kakao).hand_over(answer())

    assert sent.external_ids == ("t",)


@pytest.mark.parametrize(
    ("told", "error"),
    [
        (Answer(401, {"code": -401, "msg": "wrong appKey"}), AuthExpired),
        (Answer(403, {"msg": "ip mismatched"}), Forbidden),
        (Answer(404, {}), Forbidden),
        (Answer(400, {"status": "ERROR"}), ContentRejected),
        (Answer(200, {"status": "FAIL", "message": "event not found"}), Forbidden),
        (Answer(200, {"status": "ERROR"}), OutcomeUnknown),
        (Answer(200, b"ok"), OutcomeUnknown),
        (Answer(500, {}), OutcomeUnknown),
    ],
)
def test_each_refusal_asks_for_its_own(
    kakao: KakaoPretend, told: Answer, error: type[Exception]
) -> None:
    kakao.next_answers = [told]

    with pytest.raises(error):
        channel(kakao).hand_over(answer())


@pytest.mark.parametrize(("headers", "wait"), [({"Retry-After": "7"}, 7.0), ({}, 300.0)])
def test_too_many_answers_wait(kakao: KakaoPretend, headers: dict[str, str], wait: float) -> None:
    kakao.next_answers = [Answer(429, {}, headers)]

    with pytest.raises(RateLimited) as refused:
        channel(kakao).hand_over(answer())

    assert refused.value.retry_after == wait


def test_a_good_key_is_known_and_a_wrong_one_too(kakao: KakaoPretend) -> None:
    assert channel(kakao).about() == About(own_id=BOT)

    with pytest.raises(AuthExpired):
        replace(channel(kakao), rest_key="wrong").verify()


def test_nothing_is_asked_where_nothing_leaves(kakao: KakaoPretend) -> None:
    replace(channel(kakao), rest_key="").verify()

    assert not kakao.asked


def test_a_network_that_is_away_is_transient(kakao: KakaoPretend) -> None:
    away = replace(channel(kakao), base="http://127.0.0.1:1", allow=frozenset({"127.0.0.1:1"}))

    for ask in (away.verify, lambda: away.hand_over(answer())):
        with pytest.raises(Transient):
            ask()


def test_a_network_that_is_ill_is_asked_later(kakao: KakaoPretend) -> None:
    kakao.next_answers = [Answer(503, {})]

    with pytest.raises(Transient):
        channel(kakao).verify()
