"""A Facebook page: what is said there comes in once, what we answer stands below it once."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from channels_app.connectors import meta as module
from channels_app.connectors.contract import Inbound, Outbound, Picture
from channels_app.connectors.errors import (
    AuthExpired,
    ContentRejected,
    Forbidden,
    OutcomeUnknown,
    RateLimited,
    TargetGone,
    Transient,
)
from channels_app.connectors.facebook import Facebook
from lifecycle import clock
from tests.networks import facebook_events as events
from tests.networks import meta_pretend as meta
from tests.networks.facebook_pretend import MINA, PAGE, OfFacebook
from tests.networks.meta_pretend import AGREED, SECRET, TOKEN, everything
from tests.networks.pretend import Answer, playing

WORDS = "고쳤습니다."


@pytest.fixture
def network() -> Iterator[OfFacebook]:
    network = OfFacebook()
    with playing(network):
        yield network


def ours(network: OfFacebook, **more: Any) -> Facebook:
    """The city's page."""
    told: dict[str, Any] = {
        "token": TOKEN, "app_secret": SECRET, "verify_token": AGREED, "own_id": PAGE,
    }  # fmt: skip
    return Facebook(base=network.base, allow=network.allow, **{**told, **more})


def answer(ref: Any = None, **more: Any) -> Outbound:
    """Our words."""
    told: dict[str, Any] = {"key": "k", "text": WORDS, "visibility": "public"}
    return Outbound(**{**told, "reply_to": ref or {}, "created_at": clock.now(), **more})


def in_private(ago: timedelta = timedelta(0), **more: Any) -> Outbound:
    """Our words to the citizen, who wrote so long ago."""
    at = int((clock.now() - ago).timestamp())
    return answer({"to": MINA, "at": str(at)}, visibility="private", **more)


def read(connector: Facebook, cursor: str = "") -> list[Inbound]:
    return [one for batch in everything(connector, cursor) for one in batch.events]


def body_of(*told: dict[str, Any]) -> bytes:
    return json.dumps(events.call(*told), ensure_ascii=False).encode()


class TestReading:
    """What was missed."""

    def test_the_wall_what_stands_below_it_and_messages_come_once(
        self, network: OfFacebook
    ) -> None:
        post = network.post("알립니다")
        first = network.comment("하나", below=post["id"])
        second = network.comment("둘", below=first["id"])
        message = network.write("셋")
        visitor = network.post("넷", by=MINA)

        once, again = read(ours(network)), read(ours(network))

        assert [one.external_id for one in once] == [
            one["id"] for one in (post, first, second, message, visitor)
        ]
        assert once == again

    def test_after_a_cursor_there_is_what_came_since(self, network: OfFacebook) -> None:
        post = network.post("알립니다")
        network.comment("하나", below=post["id"])
        cursor = list(everything(ours(network)))[-1].cursor
        network.at = clock.now()
        later = network.comment("둘", below=post["id"])

        assert [one.external_id for one in read(ours(network), cursor)] == [later["id"]]

    def test_a_flood_below_one_post_is_walked_to_its_end(self, network: OfFacebook) -> None:
        post = network.post("알립니다")
        comments = [network.comment(str(number), below=post["id"]) for number in range(40)]
        batches = list(everything(ours(network)))

        came = {one.external_id for batch in batches for one in batch.events}

        assert [batch.more for batch in batches] == [True, False]
        assert came == {one["id"] for one in [post, *comments]}
        assert len(network.asked) > module.PAGES

    def test_a_place_that_graph_has_forgotten_is_walked_again(self, network: OfFacebook) -> None:
        post = network.post("알립니다")
        comment = network.comment("하나", below=post["id"])
        cursor = json.dumps({"since": 0, "began": 0, "left": [["comments", post["id"], "old"]]})

        assert [one.external_id for one in read(ours(network), cursor)] == [comment["id"]]

    def test_a_post_that_goes_meanwhile_does_not_stop_the_walk(self, network: OfFacebook) -> None:
        cursor = json.dumps({"since": 0, "began": 0, "left": [["comments", f"{PAGE}_1", ""]]})

        assert read(ours(network), cursor) == []

    @pytest.mark.parametrize("cursor", ["gone", "[]", '{"since": "?"}'])
    def test_a_cursor_that_nobody_knows_yields_everything_again(
        self, network: OfFacebook, cursor: str
    ) -> None:
        network.post("알립니다")

        assert len(read(ours(network), cursor)) == 1

    def test_messages_that_we_may_not_read_do_not_hide_the_wall(self, network: OfFacebook) -> None:
        post = network.post("알립니다")
        feed = network.answer
        network.answer = lambda asked: (  # type: ignore[method-assign]  # one door is shut
            meta.NOT_ALLOWED if "conversations" in asked.path else feed(asked)
        )

        assert [one.external_id for one in read(ours(network))] == [post["id"]]

    def test_what_is_asked_for_has_the_name_that_a_call_gives(self, network: OfFacebook) -> None:
        network.put("post", events.POST, message="알립니다", **network._from(PAGE))
        network.put(
            "comment", events.COMMENT, message="가로등이 꺼졌어요", _post=events.POST,
            _over=events.POST, **network._from(MINA),
        )  # fmt: skip
        (_post, asked) = read(ours(network))

        (called,) = Facebook.open_hook(body_of(events.COMMENTED))

        assert (asked.kind, asked.external_id, asked.revision, asked.ref) == (
            called.kind, called.external_id, called.revision, called.ref,
        )  # fmt: skip
        says = [Facebook.hear("message", one.raw, own_id=PAGE) for one in (asked, called)]
        assert says[0] == replace(says[1], at=says[0].at)

    def test_a_message_that_is_asked_for_says_the_same(self, network: OfFacebook) -> None:
        network.write("제 번호는 010")
        network.write("네", by=PAGE)

        theirs, own = [
            Facebook.hear("message", one.raw, own_id=PAGE) for one in read(ours(network))
        ]

        assert (theirs.text, theirs.root, theirs.is_ours) == ("제 번호는 010", MINA, False)
        assert (own.root, own.is_ours, own.is_public) == (MINA, True, False)


class TestAnswering:
    """What leaves."""

    def test_an_answer_stands_below_what_it_answers(self, network: OfFacebook) -> None:
        comment = network.comment("하나", below=network.post("알립니다")["id"])

        sent = ours(network).hand_over(answer({"id": comment["id"], "top": comment["id"]}))

        (there,) = network.some("comment", _over=comment["id"])
        assert (sent.external_ids, sent.permalink) == ((there["id"],), there["permalink_url"])
        assert (there["message"], there["from"]["id"]) == (WORDS, PAGE)
        assert sent.ref == {"id": there["id"], "top": comment["id"]}

    def test_a_post_of_its_own_stands_on_the_wall(self, network: OfFacebook) -> None:
        sent = ours(network).hand_over(answer())

        assert [one["id"] for one in network.some("post")] == [*sent.external_ids]

    @pytest.mark.parametrize("where", ["comment", "nested", "wall", "private"])
    def test_a_lost_answer_is_found_and_not_said_again(
        self, network: OfFacebook, where: str
    ) -> None:
        comment = network.comment("하나", below=network.post("알립니다")["id"])["id"]
        below = network.comment("둘", below=comment)["id"]
        network.write("셋", created_time=f"{clock.now():%Y-%m-%dT%H:%M:%S}+0000")
        out = {
            "comment": answer({"id": comment, "top": comment}),
            "nested": answer({"id": below, "top": comment}),
            "wall": answer(),
            "private": in_private(),
        }[where]
        network.cuts, network.at = True, clock.now()
        with pytest.raises(OutcomeUnknown):
            ours(network).hand_over(out)
        network.cuts = False

        sent = ours(network).hand_over(out, again=True)

        copies = [name for name, one in network.things.items() if one["message"] == WORDS]
        assert copies == [*sent.external_ids]
        assert sent.duplicate

    def test_the_refusal_of_a_duplicate_leads_to_what_is_there(self, network: OfFacebook) -> None:
        network.at = clock.now()
        first = ours(network).hand_over(answer())

        again = ours(network).hand_over(answer())

        assert again == replace(first, duplicate=True)

    def test_a_person_is_answered_in_private_in_time(self, network: OfFacebook) -> None:
        for ago in (timedelta(hours=1), timedelta(days=3)):
            network.write("하나", created_time=f"{clock.now() - ago:%Y-%m-%dT%H:%M:%S}+0000")
            sent = ours(network).hand_over(in_private(ago))

            assert network.things[sent.external_ids[0]]["message"] == WORDS
        assert [one.json.get("tag") for one in network.asked] == [None, "HUMAN_AGENT"]

    def test_our_words_can_be_changed_and_taken_back(self, network: OfFacebook) -> None:
        (name,) = ours(network).hand_over(answer()).external_ids

        ours(network).edit(name, answer(text="다시 고쳤습니다."))
        changed = network.things[name]["message"]
        for _n in range(2):
            ours(network).delete(name)

        assert changed == "다시 고쳤습니다."
        assert name not in network.things
        for ask in (
            lambda: ours(network).delete("m_1"),
            lambda: ours(network).edit("m_1", answer()),
        ):
            with pytest.raises(Forbidden):
                ask()

    @pytest.mark.parametrize(
        ("out", "why"),
        [
            (answer(text="가" * 2001), ContentRejected),
            (answer(pictures=(Picture(content=b"1"),)), ContentRejected),
            (in_private(timedelta(days=7, seconds=1)), Forbidden),
            (answer({"to": MINA, "at": "1"}), Forbidden),
            (answer(visibility="private"), Forbidden),
        ],
    )
    def test_what_may_not_leave_never_does(
        self, network: OfFacebook, out: Outbound, why: type[Exception]
    ) -> None:
        with pytest.raises(why):
            ours(network).hand_over(out)

        assert network.asked == []


class TestFailing:
    """What a refusal asks of us."""

    def test_a_refused_token_is_known(self, network: OfFacebook) -> None:
        network.token = "another"
        refused = ours(network)

        for ask in (refused.verify, lambda: refused.fetch(""), lambda: refused.send(answer())):
            with pytest.raises(AuthExpired):
                ask()

    def test_without_the_proof_of_the_secret_nothing_is_given(self, network: OfFacebook) -> None:
        with pytest.raises(AuthExpired):
            ours(network, app_secret="another").verify()

    def test_who_is_gone_is_told_from_what_is_shut(self, network: OfFacebook) -> None:
        comment = network.comment("하나", below=network.post("알립니다")["id"])
        out = answer({"id": comment["id"], "top": comment["id"]})
        network.silent = {comment["_post"]}
        with pytest.raises(Forbidden):
            ours(network).hand_over(out)
        del network.things[comment["id"]]

        with pytest.raises(TargetGone):
            ours(network).hand_over(out)

    def test_whoever_has_blocked_us_or_left_is_known(self, network: OfFacebook) -> None:
        network.closed = True
        with pytest.raises(Forbidden):
            ours(network).hand_over(in_private())
        network.closed = False

        with pytest.raises(TargetGone):
            ours(network).hand_over(
                answer({"to": "9", "at": in_private().reply_to["at"]}, visibility="private")
            )

    @pytest.mark.parametrize(
        ("told", "why"),
        [
            (meta.WINDOW, Forbidden),
            (meta.error(1200, "Temporary send message failure."), Transient),
            (meta.NOT_NOW, OutcomeUnknown),
            (meta.error(100, "no", is_transient=True), OutcomeUnknown),
            (Answer(502, b"<html>"), OutcomeUnknown),
            (Answer(401, b"<html>"), Transient),
            (Answer(200, b"{}"), OutcomeUnknown),
            (meta.error(803, "Some of the aliases do not exist"), TargetGone),
            (meta.error(102, "Session"), AuthExpired),
            (meta.WRONG, ContentRejected),
        ],
    )
    def test_the_number_of_an_error_says_what_to_do(
        self, network: OfFacebook, told: Answer, why: type[Exception]
    ) -> None:
        network.next_answers = [told]

        with pytest.raises(why):
            ours(network).send(answer())

    def test_what_is_read_is_never_in_doubt(self, network: OfFacebook) -> None:
        network.next_answers = [meta.NOT_NOW]

        with pytest.raises(Transient):
            ours(network).fetch("")

    def test_we_wait_as_long_as_graph_says(self, network: OfFacebook) -> None:
        usage = {PAGE: [{"type": "pages", "estimated_time_to_regain_access": 19}]}
        told = [
            replace(meta.BUSY, headers={"X-Business-Use-Case-Usage": json.dumps(usage)}),
            replace(meta.BUSY, headers={"X-Business-Use-Case-Usage": "?", "Retry-After": "40"}),
            meta.error(80001, "There have been too many calls to this Page account."),
            meta.error(368, "The action attempted has been deemed abusive"),
        ]
        waits = []
        for one in told:
            network.next_answers = [one]
            with pytest.raises(RateLimited) as limited:
                ours(network).send(answer())
            waits.append(limited.value.retry_after)

        assert waits == [19 * 60, 40, 300, 3600]

    def test_a_server_that_is_away_is_transient(self) -> None:
        with playing(OfFacebook()) as network:
            away = ours(network)  # type: ignore[arg-type]  # it is one of Facebook

        for ask in (away.verify, lambda: away.fetch(""), lambda: away.send(answer())):
            with pytest.raises(Transient):
                ask()


class TestKnowing:
    """What Graph says of the page and its posts."""

    def test_of_our_page(self, network: OfFacebook) -> None:
        about = ours(network, own_id="").about()

        assert (about.own_id, about.handle, about.followers) == (PAGE, "seoulcity", 51_000)

    def test_an_answer_without_sense_is_no_sign_in(self, network: OfFacebook) -> None:
        network.next_answers = [Answer(200, b"<html>")]

        with pytest.raises(Transient):
            ours(network).verify()

    def test_which_comments_are_gone_is_told_where_others_can_be_read(
        self, network: OfFacebook
    ) -> None:
        kept = network.comment("하나", below=network.post("알립니다")["id"])["id"]

        assert ours(network).gone_among([kept, "200_1"]) == {"200_1"}
        assert ours(network).gone_among(["200_1", "200_2"]) == frozenset()

    def test_how_many_liked_what_we_said(self, network: OfFacebook) -> None:
        post = network.post("알립니다")["id"]
        own = network.comment("하나", below=post, by=PAGE)["id"]

        assert ours(network).counts_of([post, own, "200_1"]) == {
            post: {"likes": 7, "replies": 1, "shares": 2},
            own: {"likes": 7, "replies": 0},
        }
