"""Mastodon: what is said to us comes in once, what we answer stands below it once."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from channels_app.connectors import mastodon
from channels_app.connectors.contract import Batch, Inbound, Picture
from channels_app.connectors.errors import (
    ContentRejected,
    Forbidden,
    OutcomeUnknown,
    TargetGone,
    Transient,
)
from channels_app.connectors.mastodon import Mastodon
from tests.networks.mastodon_pretend import CITY, JUN, NOW, WORDS, MastodonPretend, answer, ours
from tests.networks.pretend import Answer
from tests.networks.repeated import every, playing_whole

PIXEL = Picture(content=b"\x89PNG\r\n--....", kind="image/png", words="고친 가로등")


@pytest.fixture
def network() -> Iterator[MastodonPretend]:
    with playing_whole(MastodonPretend()) as one:
        yield one


def names(batch: Batch) -> list[str]:
    return [one.external_id for one in batch.events]


def said(network: MastodonPretend, text: str = "@seoul 하나", **more: Any) -> Inbound:
    """The citizen's words, as they came in."""
    name = network.post(text, **more)
    return next(one for one in ours(network).fetch("").events if one.external_id == name)


def copies(network: MastodonPretend) -> list[dict[str, Any]]:
    """What stands there of ours."""
    return [one for one in network.statuses.values() if one["account"]["id"] == CITY]


class TestReading:
    """What comes in."""

    def test_what_is_said_to_us_comes_oldest_first_and_the_same_again(
        self, network: MastodonPretend
    ) -> None:
        put = [network.post(f"@seoul {n}") for n in range(3)]

        batches = [ours(network).fetch("") for _n in range(2)]

        assert names(batches[0]) == put
        assert batches[0].events == batches[1].events
        assert every(network.asked[0], "types[]") == ["mention"]
        assert network.asked[0].query["include_filtered"] == "true"

    def test_what_came_since_is_there_alone(self, network: MastodonPretend) -> None:
        network.post("@seoul 하나")
        cursor = ours(network).fetch("").cursor
        new = network.post("@seoul 둘")

        assert names(ours(network).fetch(cursor)) == [new]

    def test_many_pages_are_read_one_after_the_other(self, network: MastodonPretend) -> None:
        network.most = 2
        put = [network.post(f"@seoul {n}") for n in range(9)]

        first = batch = ours(network).fetch("")
        found = names(batch)
        while batch.more:
            batch = ours(network).fetch(batch.cursor)
            found += names(batch)

        assert first.more
        assert found == put

    @pytest.mark.parametrize("cursor", ["from another server", "1", "0"])
    def test_a_place_that_the_network_does_not_know_reads_it_again(
        self, cursor: str, network: MastodonPretend
    ) -> None:
        put = network.post("@seoul 하나")

        assert names(ours(network).fetch(cursor)) == [put]

    def test_what_was_changed_since_is_another_revision(self, network: MastodonPretend) -> None:
        event = said(network)
        cursor = ours(network).fetch("").cursor
        network.rewrite(event.external_id, "@seoul 둘")

        edits = [ours(network).fetch(cursor).events for _n in range(2)]

        (edit,) = edits[0]
        assert edit.external_id == event.external_id
        assert edit.revision != event.revision
        assert Mastodon.hear(edit.kind, edit.raw, own_id=CITY).text == "둘"
        assert edits[0] == edits[1]

    def test_a_reply_knows_what_its_conversation_began_with(self, network: MastodonPretend) -> None:
        (root,) = ours(network).hand_over(answer()).external_ids
        first = network.post("@seoul 하나", in_reply_to_id=root)
        for n in range(5):
            network.post(f"@seoul {n}", by=JUN, in_reply_to_id=first)

        events = ours(network).fetch("").events

        heard = [Mastodon.hear(one.kind, one.raw, own_id=CITY) for one in events]
        assert {one.root for one in heard} == {root}
        assert [one.answers for one in heard] == [root, *[first] * 5]
        assert len([one for one in network.asked if one.path.endswith("/context")]) == 2

    def test_where_the_beginning_is_gone_it_begins_above(self, network: MastodonPretend) -> None:
        event = said(network, in_reply_to_id="999")

        assert Mastodon.hear(event.kind, event.raw).root == "999"

    def test_what_its_author_took_back_comes_no_more(self, network: MastodonPretend) -> None:
        network.remove(network.post("@seoul 하나"))

        assert ours(network).fetch("").events == ()

    def test_a_notification_about_nothing_is_passed_over(self, network: MastodonPretend) -> None:
        network.post("@seoul 하나")
        network.notifications[0] |= {"status": None}
        put = network.post("@seoul 둘")

        assert names(ours(network).fetch("")) == [put]

    @pytest.mark.parametrize("page", [b"<html>maintenance", b"{}"])
    def test_an_answer_that_is_none_is_no_empty_page(
        self, page: bytes, network: MastodonPretend
    ) -> None:
        network.next_answers = [Answer(200, page)]

        with pytest.raises(Transient):
            ours(network).fetch("")


class TestAnswering:
    """What leaves."""

    def test_an_answer_stands_below_what_it_answers_and_its_author_is_told(
        self, network: MastodonPretend
    ) -> None:
        event = said(network)

        sent = ours(network).hand_over(answer(event.ref))

        (one,) = copies(network)
        assert one["in_reply_to_id"] == event.external_id
        assert (one["visibility"], one["language"]) == ("public", "ko")
        assert network.told == [(sent.external_ids[0], "mina@away.example")]
        assert sent.permalink == one["url"]
        assert network.asked[-1].headers["idempotency-key"] == "R-1"

    def test_who_is_named_already_is_not_named_twice(self, network: MastodonPretend) -> None:
        event = said(network)

        ours(network).hand_over(answer(event.ref, text="@Mina@away.example 고쳤습니다."))

        assert copies(network)[0]["content"].count("mina") <= 2
        assert network.asked[-1].json["status"] == "@Mina@away.example 고쳤습니다."

    @pytest.mark.parametrize(
        ("above", "ours_is", "there"),
        [
            ("public", "public", "public"),
            ("unlisted", "public", "unlisted"),
            ("private", "public", "direct"),
            ("direct", "public", "direct"),
            ("public", "private", "direct"),
            ("direct", "private", "direct"),
        ],
    )
    def test_an_answer_is_never_more_public_than_what_it_answers(
        self, above: str, ours_is: str, there: str, network: MastodonPretend
    ) -> None:
        event = said(network, visibility=above)

        sent = ours(network).hand_over(answer(event.ref, visibility=ours_is))

        assert copies(network)[0]["visibility"] == there
        assert bool(sent.permalink) == (there != "direct")
        assert [who for _name, who in network.told] == ["mina@away.example"]

    def test_what_stands_below_ours_is_told_to_the_same_person(
        self, network: MastodonPretend
    ) -> None:
        event = said(network, visibility="direct")
        first = ours(network).hand_over(answer(event.ref, visibility="private"))

        second = ours(network).hand_over(answer(first.ref, key="R-2", visibility="private"))

        assert copies(network)[1]["in_reply_to_id"] == first.external_ids[0]
        assert second.ref["visibility"] == "direct"
        assert [who for _name, who in network.told] == ["mina@away.example"] * 2

    def test_private_words_to_nobody_or_naming_another_never_leave(
        self, network: MastodonPretend
    ) -> None:
        event = said(network, visibility="direct")
        network.asked.clear()

        with pytest.raises(Forbidden):
            ours(network).hand_over(answer(visibility="private"))
        with pytest.raises(ContentRejected):
            ours(network).hand_over(answer(event.ref, text="@jun 님이 물으셨어요"))

        assert network.asked == []

    @pytest.mark.parametrize("keeps_promise", [True, False])
    def test_a_lost_answer_leaves_one_copy_whatever_the_network_promised(
        self, keeps_promise: bool, network: MastodonPretend
    ) -> None:
        network.keeps_promise = keeps_promise
        event = said(network)
        out = answer(event.ref, text="고쳤습니다.\n\n사진: https://seoul.go.kr/lamps/1?a=1&b=2")
        network.cuts = True
        with pytest.raises(OutcomeUnknown):
            ours(network).hand_over(out)
        network.cuts = False

        sent = ours(network).hand_over(out, again=True)

        assert sent.duplicate
        assert [one["id"] for one in copies(network)] == list(sent.external_ids)

    def test_a_lost_post_is_found_among_our_own_page_by_page(
        self, network: MastodonPretend
    ) -> None:
        network.most = 2
        network.cuts = True
        with pytest.raises(OutcomeUnknown):
            ours(network, own_id="").hand_over(answer())
        network.cuts = False
        for n in range(5):
            ours(network).hand_over(answer(key=f"L-{n}", text=str(n)))

        found = ours(network, own_id="").reconcile(answer())

        assert found is not None
        assert network.statuses[found.external_ids[0]]["in_reply_to_id"] is None
        assert len(copies(network)) == 6

    def test_a_lost_answer_is_found_though_what_it_answers_is_gone(
        self, network: MastodonPretend
    ) -> None:
        event = said(network)
        ours(network).hand_over(answer(event.ref))
        network.remove(event.external_id)

        assert ours(network).reconcile(answer(event.ref)) is not None

    def test_other_words_of_ours_are_not_taken_for_a_lost_one(
        self, network: MastodonPretend
    ) -> None:
        event, other = said(network), said(network, by=JUN)
        ours(network).hand_over(answer(other.ref, key="R-2"))
        ours(network).hand_over(answer(key="R-3"))
        ours(network).hand_over(answer(event.ref, key="R-4", text="아직 고칩니다."))
        network.post(f"@seoul {WORDS}", in_reply_to_id=event.external_id)
        below = said(network, by=JUN, in_reply_to_id=event.external_id)
        ours(network).hand_over(answer(below.ref, key="R-5"))

        assert ours(network).reconcile(answer(event.ref)) is None

    def test_an_answer_is_not_taken_for_a_lost_post(self, network: MastodonPretend) -> None:
        event = said(network)
        ours(network).hand_over(answer(event.ref))

        assert ours(network).reconcile(answer(key="R-2")) is None

    def test_the_same_words_of_an_earlier_day_are_not_taken_for_a_lost_one(
        self, network: MastodonPretend
    ) -> None:
        ours(network).hand_over(answer())

        later = answer(key="R-2", created_at=NOW + timedelta(days=1))

        assert ours(network).reconcile(later) is None

    def test_pictures_go_with_their_words(self, network: MastodonPretend) -> None:
        ours(network).hand_over(answer(pictures=(PIXEL, PIXEL)))

        attached = copies(network)[0]["media_attachments"]
        assert [one["description"] for one in attached] == [PIXEL.words] * 2
        assert network.files == [("image/png", PIXEL.content)] * 2

    def test_a_picture_that_is_not_ready_waits(self, network: MastodonPretend) -> None:
        network.is_prepared = False
        with pytest.raises(Transient):
            ours(network).hand_over(answer(pictures=(PIXEL,)))
        network.cuts = True

        with pytest.raises(Transient):
            ours(network).hand_over(answer(pictures=(PIXEL,)))

        assert copies(network) == []

    @pytest.mark.parametrize(
        "wrong",
        [
            {"pictures": (PIXEL,) * 5},
            {"pictures": (Picture(url="https://seoul.go.kr/1.jpg"),)},
            {"pictures": (Picture(content=b"x", kind="application/pdf"),)},
        ],
    )
    def test_what_the_network_does_not_take_never_leaves(
        self, wrong: dict[str, Any], network: MastodonPretend
    ) -> None:
        with pytest.raises(ContentRejected):
            ours(network).hand_over(answer(**wrong))

        assert network.asked == []

    def test_what_is_too_long_never_leaves(self, network: MastodonPretend) -> None:
        most = Mastodon.caps.max_len

        with pytest.raises(ContentRejected):
            ours(network).hand_over(answer(text="가" * (most + 1)))

        assert copies(network) == []

    def test_the_longest_one_leaves_with_a_name_and_a_long_link(
        self, network: MastodonPretend
    ) -> None:
        event = said(network)
        link = "https://seoul.go.kr/" + "x" * 300
        text = "가" * (Mastodon.caps.max_len - 24) + f" {link}"

        ours(network).hand_over(answer(event.ref, text=text))

        assert len(copies(network)) == 1

    def test_a_server_that_takes_more_is_told_more(self, network: MastodonPretend) -> None:
        network.longest = 5000

        ours(network).hand_over(answer(text="가" * (5000 - mastodon.NAME)))
        with pytest.raises(ContentRejected):
            ours(network).hand_over(answer(text="가" * 5000))

        assert len(copies(network)) == 1

    def test_an_old_server_that_says_nothing_takes_the_usual(
        self, network: MastodonPretend
    ) -> None:
        network.next_answers = [Answer(404, {"error": "Not Found"})]

        with pytest.raises(ContentRejected):
            ours(network).check(answer(text="가" * 500))

    def test_what_is_answered_is_gone(self, network: MastodonPretend) -> None:
        event = said(network)
        network.remove(event.external_id)

        with pytest.raises(TargetGone):
            ours(network).hand_over(answer(event.ref))

        assert copies(network) == []

    def test_who_blocks_us_is_no_post_that_is_gone(self, network: MastodonPretend) -> None:
        event = said(network)
        network.blocks.add(event.ref["author"])

        with pytest.raises(Forbidden):
            ours(network).hand_over(answer(event.ref))

    def test_a_post_of_our_own_has_nothing_that_could_be_gone(
        self, network: MastodonPretend
    ) -> None:
        network.next_answers = [Answer(404, b"no such page")]

        with pytest.raises(Transient):
            ours(network).hand_over(answer())

    @pytest.mark.parametrize("told", [Answer(200, b"<html>"), Answer(503, b"")])
    def test_an_answer_that_says_nothing_leaves_us_in_doubt(
        self, told: Answer, network: MastodonPretend
    ) -> None:
        network.next_answers = [told]

        with pytest.raises(OutcomeUnknown):
            ours(network).hand_over(answer())
