"""X: what names the city comes in once, what we answer stands below it once."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from channels_app.connectors import x as module
from channels_app.connectors.contract import Batch, Inbound, Outbound, Picture
from channels_app.connectors.errors import (
    AuthExpired,
    ContentRejected,
    Forbidden,
    OutcomeUnknown,
    RateLimited,
    TargetGone,
    Transient,
)
from channels_app.connectors.x import X
from lifecycle import clock
from tests.networks import x_events as events
from tests.networks import x_pretend as pretend
from tests.networks.pretend import Answer, playing
from tests.networks.x_pretend import CITY, KEYS, MINA, OfX

WORDS = "고쳤습니다. 자세히: https://seoul.go.kr/등 <도로과>"
PIXEL = Picture(content=b"\x89PNG", kind="image/png", words="고친 등")


@pytest.fixture
def network() -> Iterator[OfX]:
    network = OfX()
    with playing(network):
        yield network


def ours(network: OfX, **more: Any) -> X:
    """The city's account there."""
    told: dict[str, Any] = {**KEYS, "base": network.base, "allow": network.allow, "own_id": CITY}
    return X(**{**told, **more})


def answer(ref: dict[str, str] | None = None, **more: Any) -> Outbound:
    """Our words."""
    told: dict[str, Any] = {"key": "k", "text": WORDS, "visibility": "public"}
    return Outbound(**{**told, "reply_to": ref or {}, "created_at": clock.now(), **more})


def read(connector: X, cursor: str = "") -> tuple[list[Inbound], str]:
    """All there is, however many readings it takes."""
    found: list[Inbound] = []
    more = True
    while more:
        batch = connector.fetch(cursor)
        found += batch.events
        cursor, more = batch.cursor, batch.more
    return found, cursor


def json_of(call: dict[str, Any]) -> bytes:
    return json.dumps(call).encode()


class TestReading:
    """What was missed."""

    def test_mentions_come_oldest_first_and_the_same_again(self, network: OfX) -> None:
        posts = [network.post(f"@seoul_city {number}") for number in range(3)]

        batches = [ours(network).fetch("") for _n in range(2)]

        assert [one.external_id for one in batches[0].events] == [one["id"] for one in posts]
        assert batches[0] == batches[1]

    def test_after_a_cursor_there_is_only_what_came_since(self, network: OfX) -> None:
        network.post("@seoul_city 하나")
        cursor = ours(network).fetch("").cursor
        later = network.post("@seoul_city 둘")

        first, second = ours(network).fetch(cursor), ours(network).fetch(cursor)

        assert [one.external_id for one in first.events] == [later["id"]]
        assert first == second
        assert ours(network).fetch(first.cursor) == Batch((), first.cursor)

    def test_a_flood_is_walked_to_its_end_whatever_comes_meanwhile(self, network: OfX) -> None:
        posts = [network.post(f"@seoul_city {number}") for number in range(18)]
        first = ours(network).fetch("")
        meanwhile = network.post("@seoul_city 더")

        rest, cursor = read(ours(network), first.cursor)
        after, _cursor = read(ours(network), cursor)

        assert first.more
        assert len(first.events) == module.PAGES * pretend.PAGE
        came = {one.external_id for one in [*first.events, *rest]}
        assert came == {one["id"] for one in posts}
        assert [one.external_id for one in after] == [meanwhile["id"]]

    @pytest.mark.parametrize("cursor", ["gone", "[]", '{"since": "none"}', '{"since": "1"}'])
    def test_a_cursor_that_nobody_knows_yields_everything_again(
        self, network: OfX, cursor: str
    ) -> None:
        post = network.post("@seoul_city 하나")

        batch = ours(network).fetch(cursor)

        assert [one.external_id for one in batch.events] == [post["id"]]

    def test_a_repost_says_nothing_of_its_own(self, network: OfX) -> None:
        network.post("RT @seoul_city", referenced_tweets=[{"type": "retweeted", "id": "1"}])

        assert ours(network).fetch("").events == ()

    def test_what_is_asked_for_has_the_name_that_the_webhook_gives(self, network: OfX) -> None:
        network.posts.append({**events.POST, "public_metrics": {}})
        (asked,) = ours(network).fetch("").events

        (of_new,) = X.open_hook(json_of(events.NEW_REPLY))
        (of_old,) = X.open_hook(json_of(events.MENTION))

        names = {(one.kind, one.external_id, one.revision) for one in (asked, of_new, of_old)}
        assert len(names) == 1
        assert X.hear(asked.kind, asked.raw, own_id=CITY) == X.hear(
            of_new.kind, of_new.raw, own_id=CITY
        )

    def test_without_an_own_id_the_network_is_asked_for_it(self, network: OfX) -> None:
        network.post("@seoul_city 하나")

        assert len(ours(network, own_id="").fetch("").events) == 1


class TestAnswering:
    """What leaves."""

    def test_an_answer_stands_below_what_it_answers(self, network: OfX) -> None:
        post = network.post("@seoul_city 하나")
        (event,) = ours(network).fetch("").events

        sent = ours(network).hand_over(answer(dict(event.ref)))

        (there,) = [one for one in network.posts if one["author_id"] == CITY]
        assert sent.external_ids == (there["id"],)
        assert there["referenced_tweets"] == [{"type": "replied_to", "id": post["id"]}]
        assert sent.permalink == f"https://x.com/i/status/{there['id']}"

    def test_one_can_go_on_below_our_own_words(self, network: OfX) -> None:
        first = ours(network).hand_over(answer())

        ours(network).hand_over(answer(dict(first.ref), text="더 있습니다."))

        assert network.posts[-1]["referenced_tweets"][0]["id"] == first.external_ids[0]

    @pytest.mark.parametrize("below", [True, False])
    def test_a_lost_answer_is_found_and_not_said_again(self, network: OfX, *, below: bool) -> None:
        ref = {"id": network.post("@seoul_city 하나")["id"], "to": MINA} if below else {}
        out, network.cuts = answer(ref), True
        with pytest.raises(OutcomeUnknown):
            ours(network).hand_over(out)
        network.cuts = False

        sent = ours(network).hand_over(out, again=True)

        assert [one["id"] for one in network.posts if one["author_id"] == CITY] == [
            *sent.external_ids
        ]
        assert sent.duplicate

    def test_the_refusal_of_a_duplicate_leads_to_what_is_there(self, network: OfX) -> None:
        first = ours(network).hand_over(answer())

        again = ours(network).hand_over(answer())

        assert again == replace(first, duplicate=True)

    def test_the_same_words_of_long_ago_are_no_lost_ones(self, network: OfX) -> None:
        ours(network).hand_over(answer())
        later = answer(created_at=clock.now() + timedelta(hours=1))

        with pytest.raises(ContentRejected, match="already"):
            ours(network).hand_over(later)

    def test_the_same_message_of_long_ago_is_no_lost_one(self, network: OfX) -> None:
        told: dict[str, Any] = {"reply_to": {"to": MINA}, "visibility": "private"}
        ours(network).hand_over(answer(**told))
        later = clock.now() + timedelta(hours=1)

        assert ours(network).reconcile(answer(**told)) is not None
        assert ours(network).reconcile(answer(**told, created_at=later)) is None

    def test_what_never_arrived_is_not_found(self, network: OfX) -> None:
        network.post(WORDS, by=CITY, below=network.post("@seoul_city 하나")["id"])

        assert ours(network).reconcile(answer()) is None
        assert ours(network).reconcile(answer(visibility="private", reply_to={"to": MINA})) is None

    def test_a_person_is_answered_in_private_once(self, network: OfX) -> None:
        out, network.cuts = answer({"to": MINA}, visibility="private", text="가" * 500), True
        with pytest.raises(OutcomeUnknown):
            ours(network).hand_over(out)
        network.cuts = False

        sent = ours(network).hand_over(out, again=True)

        assert [f"dm/{one['id']}" for one in network.messages] == [*sent.external_ids]
        assert sent.ref == {"to": MINA}

    def test_a_picture_lies_there_with_its_words_before_the_post(self, network: OfX) -> None:
        ours(network).hand_over(answer(pictures=(PIXEL,)))

        (name,) = network.posts[0]["_pictures"]
        assert (network.pictures[name], network.alt[name]) == (b"\x89PNG", "고친 등")

    def test_our_post_can_be_taken_back_and_twice_is_no_harm(self, network: OfX) -> None:
        (name,) = ours(network).hand_over(answer()).external_ids

        for _n in range(2):
            ours(network).delete(name)

        assert network.posts == []
        with pytest.raises(Forbidden):
            ours(network).delete("dm/1")

    @pytest.mark.parametrize(
        ("out", "why"),
        [
            (answer(text="가" * 141), ContentRejected),
            (answer({"to": MINA}, visibility="private", text="x" * 10_001), ContentRejected),
            (answer({"to": MINA}, visibility="private", pictures=(PIXEL,)), ContentRejected),
            (answer(pictures=(PIXEL,) * 5), ContentRejected),
            (answer(pictures=(replace(PIXEL, content=b""),)), ContentRejected),
            (answer({"to": MINA}), Forbidden),
            (answer(visibility="private"), Forbidden),
        ],
    )
    def test_what_may_not_leave_never_does(
        self, network: OfX, out: Outbound, why: type[Exception]
    ) -> None:
        with pytest.raises(why):
            ours(network).hand_over(out)

        assert network.asked == []


class TestFailing:
    """What a refusal asks of us."""

    @pytest.mark.parametrize("wrong", ["token", "token_secret", "consumer_secret"])
    def test_a_refused_token_is_known(self, network: OfX, wrong: str) -> None:
        refused = ours(network, **{wrong: "old"})

        for ask in (refused.verify, lambda: refused.fetch(""), lambda: refused.send(answer())):
            with pytest.raises(AuthExpired):
                ask()

    @pytest.mark.parametrize(
        "told",
        [
            Answer(402, {"title": "CreditsDepleted", "detail": "no credits"}),
            pretend.refusal(403, "Your account is suspended."),
            pretend.refusal(403, "no", "https://api.x.com/2/problems/oauth1-permissions"),
        ],
    )
    def test_what_is_wrong_with_us_is_no_fault_of_the_words(
        self, network: OfX, told: Answer
    ) -> None:
        network.next_answers = [told]

        with pytest.raises(AuthExpired):
            ours(network).send(answer())

    @pytest.mark.parametrize("said", [True, False])
    def test_who_is_gone_is_told_from_who_takes_nothing(self, network: OfX, *, said: bool) -> None:
        ref = {"id": network.post("@seoul_city 하나")["id"], "to": MINA}
        network.closed = {MINA}
        for visibility in ("public", "private"):
            with pytest.raises(Forbidden):
                ours(network).hand_over(answer(ref, visibility=visibility))

        network.remove(ref["id"])
        network.next_answers = [] if said else [pretend.refusal(403, "Another wording.")]

        with pytest.raises(TargetGone):
            ours(network).hand_over(answer(ref))

    def test_an_answer_nobody_asked_for_is_forbidden(self, network: OfX) -> None:
        ref = {"id": network.post("하나")["id"]}
        network.refuses_replies = True

        with pytest.raises(Forbidden):
            ours(network).hand_over(answer(ref))

    def test_we_wait_as_long_as_x_says(self, network: OfX) -> None:
        soon, tomorrow = (int(clock.now().timestamp()) + wait for wait in (60, 7200))
        headers = [
            {"x-rate-limit-reset": str(soon)},
            {},
            {"x-rate-limit-reset": str(soon), "x-user-limit-24hour-remaining": "0",
             "x-user-limit-24hour-reset": str(tomorrow)},
        ]  # fmt: skip
        network.next_answers = [replace(pretend.refusal(429, ""), headers=one) for one in headers]
        waits = []
        for _each in headers:
            with pytest.raises(RateLimited) as limited:
                ours(network).send(answer())
            waits.append(limited.value.retry_after)

        assert waits == [pytest.approx(60, abs=5), 300, pytest.approx(7200, abs=5)]

    def test_a_server_in_trouble_is_in_doubt_only_for_what_was_written(self, network: OfX) -> None:
        network.next_answers = [Answer(503), Answer(503), Answer(502), Answer(200, b"?")]

        with pytest.raises(Transient):
            ours(network).verify()
        with pytest.raises(OutcomeUnknown):
            ours(network).send(answer())
        with pytest.raises(Transient):  # the picture lies nowhere that anybody sees
            ours(network).send(answer(pictures=(PIXEL,)))
        with pytest.raises(OutcomeUnknown):
            ours(network).send(answer())

    def test_a_server_that_is_away_is_transient(self) -> None:
        with playing(OfX()) as network:
            away = ours(network)  # type: ignore[arg-type]  # it is one of X

        for ask in (away.verify, lambda: away.fetch(""), lambda: away.send(answer())):
            with pytest.raises(Transient):
                ask()


class TestKnowing:
    """What X says of accounts and posts."""

    def test_of_our_account(self, network: OfX) -> None:
        about = ours(network, own_id="").about()

        assert (about.own_id, about.handle, about.followers) == (CITY, "seoul_city", 812_000)

    def test_which_posts_their_authors_have_removed(self, network: OfX) -> None:
        kept, gone = network.post("@seoul_city 하나")["id"], network.post("@seoul_city 둘")["id"]
        many = [str(number) for number in range(100)]
        network.remove(gone)

        assert ours(network).gone_among([kept, gone, "dm/1"]) == {gone}
        assert ours(network).gone_among([*many, kept]) == {*many}

        network.friends_only = {MINA}
        assert ours(network).gone_among([kept]) == {kept}

    def test_how_many_liked_what_we_said(self, network: OfX) -> None:
        name = network.post(WORDS, by=CITY)["id"]

        assert ours(network).counts_of([name, "1"]) == {
            name: {"likes": 3, "reposts": 1, "quotes": 4, "replies": 2}
        }
