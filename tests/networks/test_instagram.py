"""Instagram: what is said below the city's pictures comes in once, its answers stand there once."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from channels_app.connectors.contract import Heard, Inbound, Outbound
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
from channels_app.connectors.instagram import Instagram
from lifecycle import clock
from tests.networks import instagram_events as events
from tests.networks import meta_pretend as meta
from tests.networks.instagram_pretend import CITY, MINA, OfInstagram
from tests.networks.meta_pretend import AGREED, SECRET, TOKEN, everything, signed
from tests.networks.pretend import Answer, playing

WORDS = "고쳤습니다."


@pytest.fixture
def network() -> Iterator[OfInstagram]:
    network = OfInstagram()
    with playing(network):
        yield network


def ours(network: OfInstagram, **more: Any) -> Instagram:
    """The city's account."""
    told: dict[str, Any] = {
        "token": TOKEN, "app_secret": SECRET, "verify_token": AGREED, "own_id": CITY,
    }  # fmt: skip
    return Instagram(base=network.base, allow=network.allow, **{**told, **more})


def answer(ref: Any = None, **more: Any) -> Outbound:
    """Our words."""
    told: dict[str, Any] = {"key": "k", "text": WORDS, "visibility": "public"}
    return Outbound(**{**told, "reply_to": ref or {}, "created_at": clock.now(), **more})


def in_private(**more: Any) -> Outbound:
    """Our words to the citizen, who wrote just now."""
    return answer(
        {"to": MINA, "at": f"{clock.now().timestamp():.0f}"}, visibility="private", **more
    )


def read(connector: Instagram, cursor: str = "") -> list[Inbound]:
    return [one for batch in everything(connector, cursor) for one in batch.events]


def opened(told: dict[str, Any]) -> list[Inbound]:
    return list(Instagram.open_hook(json.dumps(events.call(told)).encode()))


def heard(told: dict[str, Any]) -> Heard:
    """What the only event of a call says."""
    (event,) = opened(told)
    return Instagram.hear(event.kind, event.raw, own_id=CITY)


class TestReading:
    """What was missed."""

    def test_comments_answers_and_messages_come_once(self, network: OfInstagram) -> None:
        picture = network.picture()
        first = network.comment("하나", below=picture["id"])
        second = network.comment("둘", below=first["id"])
        message = network.write("셋")

        once, again = read(ours(network)), read(ours(network))

        assert [one.external_id for one in once] == [one["id"] for one in (first, second, message)]
        assert once == again

    def test_after_a_cursor_there_is_what_came_since(self, network: OfInstagram) -> None:
        picture = network.picture()
        network.comment("하나", below=picture["id"])
        cursor = list(everything(ours(network)))[-1].cursor
        network.at = clock.now()
        later = network.comment("둘", below=picture["id"])

        assert [one.external_id for one in read(ours(network), cursor)] == [later["id"]]

    def test_a_flood_is_walked_to_its_end(self, network: OfInstagram) -> None:
        picture = network.picture()
        comments = [network.comment(str(number), below=picture["id"]) for number in range(20)]
        batches = list(everything(ours(network)))

        assert len(batches) > 1
        assert {one.external_id for batch in batches for one in batch.events} == {
            one["id"] for one in comments
        }

    def test_what_is_asked_for_has_the_name_that_a_call_gives(self, network: OfInstagram) -> None:
        network.put("media", events.MEDIA, comments_count=1)
        network.put(
            "comment", events.COMMENT, text="가로등이 꺼졌어요", media={"id": events.MEDIA},
            _top=events.MEDIA, **{"from": {"id": MINA, "username": "mina"}},
        )  # fmt: skip
        (asked,), (called,) = read(ours(network)), opened(events.COMMENTED)

        assert replace(asked, raw=b"") == replace(called, raw=b"")
        says = [Instagram.hear("message", one.raw, own_id=CITY) for one in (asked, called)]
        assert says[0] == replace(says[1], at=says[0].at)


class TestHearing:
    """What an event says."""

    @pytest.mark.parametrize("told", [events.COMMENTED, events.IN_THE_ENTRY, events.LIVE])
    def test_a_comment(self, told: dict[str, Any]) -> None:
        assert heard(told) == Heard(
            "message", events.COMMENT, author=MINA, author_name="mina", text="가로등이 꺼졌어요",
            at=datetime(2026, 11, 30, 9, tzinfo=UTC), answers=events.MEDIA, root=events.MEDIA,
            is_public=True,
        )  # fmt: skip

    def test_an_answer_knows_the_comment_that_began_it(self) -> None:
        (event,) = opened(events.BELOW)

        assert heard(events.BELOW).answers == events.COMMENT
        assert heard(events.BELOW).root == events.MEDIA
        assert event.ref == {"id": "17900000000000002", "top": events.COMMENT}

    def test_our_own_words_are_ours(self) -> None:
        assert heard(events.OWN).is_ours
        assert heard(events.ECHO).is_ours
        assert not heard(events.WRITTEN).is_ours

    def test_a_message_its_change_and_its_end_bear_one_name(self) -> None:
        written, edited, unsent = map(heard, (events.WRITTEN, events.EDITED, events.UNSENT))

        assert [one.kind for one in (written, edited, unsent)] == ["message", "edit", "delete"]
        assert {one.name for one in (written, edited, unsent)} == {"aWdf1"}
        assert (written.text, edited.text) == ("제 번호는 010", "제 번호는 011")
        assert (written.root, written.is_public) == (MINA, False)

    @pytest.mark.parametrize("told", events.NOBODYS)
    def test_what_concerns_nobody_is_left_out(self, told: dict[str, Any]) -> None:
        assert opened(told) == []

    def test_a_call_is_known_by_its_bytes_alone(self, network: OfInstagram) -> None:
        body = json.dumps(events.call(events.COMMENTED)).encode()

        ours(network).check_hook(signed(body), body)

        for headers, changed in ((signed(body), body + b" "), ({}, body)):
            with pytest.raises(BadSignature):
                ours(network).check_hook(headers, changed)


class TestAnswering:
    """What leaves."""

    def test_an_answer_stands_below_what_it_answers(self, network: OfInstagram) -> None:
        comment = network.comment("하나", below=network.picture()["id"])
        (event,) = read(ours(network))

        sent = ours(network).hand_over(answer(event.ref))

        (there,) = network.some("comment", _top=comment["id"])
        assert (there["text"], sent.external_ids) == (WORDS, (there["id"],))
        assert sent.ref == {"id": there["id"], "top": comment["id"]}

    @pytest.mark.parametrize("where", ["comment", "answer", "private"])
    def test_a_lost_answer_is_found_and_not_said_again(
        self, network: OfInstagram, where: str
    ) -> None:
        comment = network.comment("하나", below=network.picture()["id"])["id"]
        below = network.comment("둘", below=comment)["id"]
        network.write("셋", created_time=f"{clock.now():%Y-%m-%dT%H:%M:%S}+0000")
        out = {
            "comment": answer({"id": comment, "top": comment}),
            "answer": answer({"id": below, "top": comment}),
            "private": in_private(),
        }[where]
        network.cuts, network.at = True, clock.now()
        with pytest.raises(OutcomeUnknown):
            ours(network).hand_over(out)
        network.cuts = False

        sent = ours(network).hand_over(out, again=True)

        said = (one.get("text") or one.get("message") for one in network.things.values())
        assert list(said).count(WORDS) == 1
        assert sent.duplicate

    def test_our_answer_can_be_taken_back(self, network: OfInstagram) -> None:
        comment = network.comment("하나", below=network.picture()["id"])["id"]
        (name,) = ours(network).hand_over(answer({"id": comment})).external_ids

        for _n in range(2):
            ours(network).delete(name)

        assert name not in network.things
        with pytest.raises(Forbidden):
            ours(network).delete("aWdf1")

    @pytest.mark.parametrize(
        ("out", "why"),
        [
            (in_private(text="가" * 334), ContentRejected),
            (answer({"id": "1"}, text="x" * 1001), ContentRejected),
            (answer(), Forbidden),
            (answer({"to": MINA, "at": "1"}), Forbidden),
            (answer({"to": MINA, "at": "1"}, visibility="private"), Forbidden),
        ],
    )
    def test_what_may_not_leave_never_does(
        self, network: OfInstagram, out: Outbound, why: type[Exception]
    ) -> None:
        with pytest.raises(why):
            ours(network).hand_over(out)

        assert network.asked == []

    def test_who_is_gone_is_told_from_what_is_shut(self, network: OfInstagram) -> None:
        comment = network.comment("하나", below=network.picture()["id"])["id"]
        network.hidden = {comment}
        with pytest.raises(Forbidden):
            ours(network).hand_over(answer({"id": comment}))
        del network.things[comment]

        with pytest.raises(TargetGone):
            ours(network).hand_over(answer({"id": comment}))

    def test_refusals_and_silences_are_what_they_are(self, network: OfInstagram) -> None:
        out = answer({"id": network.comment("하나", below=network.picture()["id"])["id"]})
        whys = {AuthExpired: meta.NO_TOKEN, RateLimited: meta.BUSY, OutcomeUnknown: Answer(500)}
        for why, told in whys.items():
            network.next_answers = [told]
            with pytest.raises(why):
                ours(network).hand_over(out)

    def test_a_server_that_is_away_is_transient(self) -> None:
        with playing(OfInstagram()) as network:
            away = ours(network)  # type: ignore[arg-type]  # it is one of Instagram

        for ask in (away.verify, lambda: away.fetch(""), lambda: away.send(answer({"id": "1"}))):
            with pytest.raises(Transient):
                ask()


class TestKnowing:
    """What Graph says of the account, and how long our token lives."""

    def test_of_our_account(self, network: OfInstagram) -> None:
        about = ours(network, own_id="").about()

        assert (about.own_id, about.handle, about.followers) == (CITY, "seoul_city", 33_000)

    def test_which_comments_are_gone_and_how_many_liked_ours(self, network: OfInstagram) -> None:
        kept = network.comment("하나", below=network.picture()["id"])["id"]

        assert ours(network).gone_among([kept, "1"]) == {"1"}
        assert ours(network).counts_of([kept, "1"]) == {kept: {"likes": 4}}

    def test_a_token_is_made_new_once_and_used_from_then_on(self, network: OfInstagram) -> None:
        kept: list[str] = []
        ours(network, keep=kept.append).verify()

        later = ours(network, keep=kept.append, session=kept[-1])
        later.verify()
        with clock.at(clock.now() + timedelta(days=31)):
            later.verify()

        assert network.renewals == [TOKEN, "newer token 1"]
        assert json.loads(kept[-1])["token"] == network.token == "newer token 2"
        assert TOKEN not in kept[0]

    @pytest.mark.parametrize("session", ["", "none", "[]"])
    def test_another_token_that_was_typed_counts_more_than_one_that_was_kept(
        self, network: OfInstagram, session: str
    ) -> None:
        kept: list[str] = []
        ours(network, keep=kept.append).verify()
        network.token = "typed"

        ours(network, token="typed", session=session or kept[0]).about()

        with pytest.raises(AuthExpired):
            ours(network, session=kept[0]).about()

    def test_what_can_not_be_made_new_yet_is_still_good(self, network: OfInstagram) -> None:
        kept: list[str] = []
        me = Answer(200, {"user_id": CITY, "username": "seoul_city"})
        network.next_answers = [me, meta.NO_TOKEN]

        ours(network, keep=kept.append).verify()

        assert kept == []
