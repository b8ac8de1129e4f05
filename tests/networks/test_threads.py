"""Threads: what is said below the city's posts comes in once, its answers stand there once."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from channels_app.connectors import threads as module
from channels_app.connectors.contract import Heard, Inbound, Outbound, Picture
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
from channels_app.connectors.threads import Threads
from lifecycle import clock
from tests.networks import meta_pretend as meta
from tests.networks import threads_events as events
from tests.networks.meta_pretend import AGREED, SECRET, TOKEN, everything, signed
from tests.networks.pretend import Answer, playing
from tests.networks.threads_pretend import CITY, METRICS, MINA, OfThreads

WORDS = "고쳤습니다."


@pytest.fixture
def network() -> Iterator[OfThreads]:
    network = OfThreads()
    with playing(network):
        yield network


def ours(network: OfThreads, **more: Any) -> Threads:
    """The city's profile; nobody waits."""
    told: dict[str, Any] = {
        "token": TOKEN, "app_secret": SECRET, "verify_token": AGREED, "own_id": CITY,
        "pause": lambda _seconds: None,
    }  # fmt: skip
    return Threads(base=network.base, allow=network.allow, **{**told, **more})


def answer(ref: Any = None, **more: Any) -> Outbound:
    """Our words."""
    told: dict[str, Any] = {"key": "k", "text": WORDS, "visibility": "public"}
    return Outbound(**{**told, "reply_to": ref or {}, "created_at": clock.now(), **more})


def read(connector: Threads, cursor: str = "") -> list[Inbound]:
    return [one for batch in everything(connector, cursor) for one in batch.events]


def opened(told: dict[str, Any]) -> list[Inbound]:
    return list(Threads.open_hook(json.dumps(told).encode()))


def heard(told: dict[str, Any]) -> Heard:
    """What the only event of a call says."""
    (event,) = opened(told)
    return Threads.hear(event.kind, event.raw, own_id=CITY)


class TestReading:
    """What was missed."""

    def test_mentions_and_what_stands_below_our_words_come_once(self, network: OfThreads) -> None:
        own = network.post("알립니다", by=CITY)
        first = network.post("하나", below=own["id"])
        second = network.post("둘", below=first["id"])
        elsewhere = network.post("어디")
        mention = network.post(f"@{CITY} 셋")
        answered = network.post("네", by=CITY, below=elsewhere["id"])
        third = network.post("넷", below=answered["id"])

        once, again = read(ours(network)), read(ours(network))

        assert {one.external_id for one in once} == {
            one["id"] for one in (first, second, mention, third)
        }
        assert sorted(once, key=lambda one: int(one.external_id)) == once == again

    def test_after_a_cursor_there_is_what_came_since(self, network: OfThreads) -> None:
        own = network.post("알립니다", by=CITY)
        network.post("하나", below=own["id"])
        cursor = list(everything(ours(network)))[-1].cursor
        network.at = clock.now()
        later = network.post("둘", below=own["id"])

        assert [one.external_id for one in read(ours(network), cursor)] == [later["id"]]

    def test_a_flood_is_walked_to_its_end(self, network: OfThreads) -> None:
        own = network.post("알립니다", by=CITY)
        posts = [network.post(str(number), below=own["id"]) for number in range(40)]
        batches = list(everything(ours(network)))

        assert len(batches) > 1
        assert {one.external_id for batch in batches for one in batch.events} == {
            one["id"] for one in posts
        }

    def test_what_is_asked_for_has_the_name_that_a_call_gives(self, network: OfThreads) -> None:
        value = events.MENTION["values"]["value"]
        network.put("post", value["id"], **{**value, "timestamp": network.moment(), "_by": MINA})
        (asked,), (called,) = read(ours(network)), opened(events.MENTION)

        assert replace(asked, raw=b"") == replace(called, raw=b"")
        says = [Threads.hear("message", one.raw, own_id=CITY) for one in (asked, called)]
        assert says[0] == replace(says[1], at=says[0].at)


class TestHearing:
    """What an event says, and who called."""

    def test_a_reply(self) -> None:
        assert heard(events.REPLY) == Heard(
            "message", "8901234", author=MINA, author_name=MINA, text="저도 봤어요",
            at=datetime(2026, 11, 30, 9, tzinfo=UTC), answers="567890", root="123456",
            is_public=True, link="https://www.threads.com/@mina/post/Pp",
        )  # fmt: skip

    def test_a_mention_loses_our_name_and_keeps_its_picture(self) -> None:
        said = heard(events.MENTION)

        assert (said.text, said.answers, said.root) == ("가로등이 꺼졌어요", "", "8901234")
        assert said.pictures == (Picture("https://scontent.example/a.jpg", words="꺼진 등"),)

    def test_our_own_words_are_ours(self) -> None:
        assert heard(events.OWN).is_ours
        assert not heard(events.REPLY).is_ours

    @pytest.mark.parametrize("told", events.NOBODYS)
    def test_what_we_have_done_ourselves_is_no_news(self, told: dict[str, Any]) -> None:
        assert opened(told) == []

    def test_several_values_of_one_call_are_several_events(self) -> None:
        both = [events.REPLY["values"], {"field": "replies", "value": {"id": "2", "text": "둘"}}]

        assert len(opened({**events.REPLY, "values": both})) == 2

    def test_a_call_is_known_by_its_bytes_alone(self, network: OfThreads) -> None:
        body = json.dumps(events.REPLY).encode()

        ours(network).check_hook(signed(body), body)

        for headers, changed in (
            (signed(body), body.replace(b"mina", b"mins")),
            (signed(b"[]"), b"[]"),
            (signed(b"{}"), b"{}"),
            ({}, body),
        ):
            with pytest.raises(BadSignature):
                ours(network).check_hook(headers, changed)


class TestAnswering:
    """What leaves."""

    def test_an_answer_stands_below_what_it_answers(self, network: OfThreads) -> None:
        post = network.post(f"@{CITY} 하나")
        (event,) = read(ours(network))

        sent = ours(network).hand_over(answer(event.ref))

        (there,) = network.some("post", _by=CITY)
        assert there["replied_to"] == {"id": post["id"]}
        assert (sent.external_ids, sent.permalink) == ((there["id"],), there["permalink"])
        assert sent.ref == {"id": there["id"]}

    def test_it_is_shown_once_it_is_ready(self, network: OfThreads) -> None:
        waits: list[float] = []
        network.states = ["UNKNOWN", "IN_PROGRESS"]

        ours(network, pause=waits.append).hand_over(answer())

        assert waits == [1.0, 2.0]
        assert len(network.some("post")) == 1

    @pytest.mark.parametrize(
        ("states", "why"),
        [
            (["IN_PROGRESS"] * 9, Transient),
            (["EXPIRED"] * 9, Transient),
            (["ERROR"], ContentRejected),
        ],
    )
    def test_what_is_never_ready_is_never_shown(
        self, network: OfThreads, states: list[str], why: type[Exception]
    ) -> None:
        network.states = states

        with pytest.raises(why):
            ours(network).hand_over(answer())

        assert network.some("post") == []

    @pytest.mark.parametrize("below", [True, False])
    def test_a_lost_answer_is_found_and_not_said_again(
        self, network: OfThreads, *, below: bool
    ) -> None:
        ref = {"id": network.post(f"@{CITY} 하나")["id"]} if below else {}
        network.at, out = clock.now(), answer(ref)
        cut_at_the_end(network)
        with pytest.raises(OutcomeUnknown):
            ours(network).hand_over(out)
        network.cuts = False

        sent = ours(network).hand_over(out, again=True)

        assert [one["id"] for one in network.some("post", _by=CITY)] == [*sent.external_ids]
        assert sent.duplicate

    def test_the_same_words_below_another_post_are_no_lost_ones(self, network: OfThreads) -> None:
        first, second = (network.post(f"@{CITY} {word}")["id"] for word in ("하나", "둘"))
        network.at = clock.now()
        ours(network).hand_over(answer({"id": first}))

        assert ours(network).reconcile(answer({"id": first})) is not None
        assert ours(network).reconcile(answer({"id": second})) is None
        assert ours(network).reconcile(answer()) is None

    def test_what_was_only_laid_down_was_seen_by_nobody(self, network: OfThreads) -> None:
        network.cuts = True

        with pytest.raises(Transient):
            ours(network).hand_over(answer())

        assert network.some("post") == []

    def test_our_post_can_be_taken_back(self, network: OfThreads) -> None:
        (name,) = ours(network).hand_over(answer()).external_ids

        for _n in range(2):
            ours(network).delete(name)

        assert network.some("post") == []

    @pytest.mark.parametrize(
        ("out", "why"),
        [
            (answer(text="가" * 501), ContentRejected),
            (answer(text="😀" * 126), ContentRejected),
            (answer(pictures=(Picture(content=b"1"),)), ContentRejected),
            (answer(visibility="private"), Forbidden),
        ],
    )
    def test_what_may_not_leave_never_does(
        self, network: OfThreads, out: Outbound, why: type[Exception]
    ) -> None:
        with pytest.raises(why):
            ours(network).hand_over(out)

        assert network.asked == []

    def test_an_emoji_counts_as_its_bytes(self, network: OfThreads) -> None:
        ours(network).check(answer(text="😀" * 125))
        ours(network).check(answer(text="가" * 500))


class TestFailing:
    """What a refusal asks of us."""

    def test_a_refused_token_is_known(self, network: OfThreads) -> None:
        refused = ours(network, token="old")

        for ask in (refused.verify, lambda: refused.fetch(""), lambda: refused.send(answer())):
            with pytest.raises(AuthExpired):
                ask()

    def test_who_is_gone_is_told_from_what_is_shut(self, network: OfThreads) -> None:
        ref = {"id": network.post(f"@{CITY} 하나")["id"]}
        network.shut = {ref["id"]}
        with pytest.raises(Forbidden):
            ours(network).hand_over(answer(ref))
        del network.things[ref["id"]]

        with pytest.raises(TargetGone):
            ours(network).hand_over(answer(ref))

    @pytest.mark.parametrize(("used", "below"), [(250, False), (1000, True)])
    def test_where_a_day_is_full_we_wait(
        self, network: OfThreads, used: int, *, below: bool
    ) -> None:
        ref = {"id": network.post(f"@{CITY} 하나")["id"]} if below else {}
        network.used = used

        with pytest.raises(RateLimited) as limited:
            ours(network).hand_over(answer(ref))

        assert limited.value.retry_after == module.FULL

    def test_a_refusal_on_a_day_that_is_not_full_is_about_the_words(
        self, network: OfThreads
    ) -> None:
        network.next_answers = [meta.error(100, "THREADS_API__LINK_LIMIT_EXCEEDED")]

        with pytest.raises(ContentRejected):
            ours(network).hand_over(answer())

    def test_what_is_not_there_yet_comes_later(self, network: OfThreads) -> None:
        laid_down, ready = Answer(200, {"id": "1"}), Answer(200, {"id": "1", "status": "FINISHED"})
        network.next_answers = [laid_down, ready]

        with pytest.raises(Transient):
            ours(network).hand_over(answer())

    def test_we_wait_and_doubt_as_graph_says(self, network: OfThreads) -> None:
        laid_down, ready = Answer(200, {"id": "1"}), Answer(200, {"id": "1", "status": "FINISHED"})
        whys = {
            RateLimited: [replace(meta.BUSY, headers={"Retry-After": "40"})],
            Transient: [Answer(502)],
            OutcomeUnknown: [laid_down, ready, Answer(502)],
        }
        for why, told in whys.items():
            network.next_answers = list(told)
            with pytest.raises(why):
                ours(network).hand_over(answer())

    def test_a_server_that_is_away_is_transient(self) -> None:
        with playing(OfThreads()) as network:
            away = ours(network)  # type: ignore[arg-type]  # it is one of Threads

        for ask in (away.verify, lambda: away.fetch(""), lambda: away.send(answer())):
            with pytest.raises(Transient):
                ask()


class TestKnowing:
    """What Graph says of the profile and its posts."""

    @pytest.mark.parametrize(("allowed", "followers"), [(True, 21_000), (False, None)])
    def test_of_our_profile(
        self, network: OfThreads, followers: int | None, *, allowed: bool
    ) -> None:
        network.insights = allowed

        about = ours(network, own_id="").about()

        assert (about.own_id, about.handle, about.followers) == (CITY, CITY, followers)

    def test_which_posts_are_gone_and_how_many_liked_ours(self, network: OfThreads) -> None:
        kept = network.post(f"@{CITY} 하나")["id"]

        assert ours(network).gone_among([kept, "1"]) == {"1"}
        assert ours(network).counts_of([kept, "1"]) == {kept: METRICS}


def cut_at_the_end(network: OfThreads) -> None:
    """The line breaks when it shows what was laid down."""
    says = network.answer

    def answer_and_break(asked: Any) -> Answer:
        network.cuts = asked.path.endswith("threads_publish")
        return says(asked)

    network.answer = answer_and_break  # type: ignore[method-assign]  # of this one alone
