"""Bluesky: what is said to us comes in once, what we answer stands below it once."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from channels_app.connectors import bluesky, bluesky_words
from channels_app.connectors.bluesky import Bluesky
from channels_app.connectors.contract import Batch, Picture
from channels_app.connectors.errors import (
    ContentRejected,
    Forbidden,
    OutcomeUnknown,
    TargetGone,
    Transient,
)
from lifecycle import clock
from tests.networks.bluesky_pretend import (
    HANDLE,
    MINA,
    NOW,
    POST,
    TID,
    WORDS,
    BlueskyPretend,
    answer,
    ours,
)
from tests.networks.pretend import Answer
from tests.networks.repeated import every, playing_whole

PIXEL = Picture(content=b"\x89PNG....", kind="image/png", words="고친 가로등")


@pytest.fixture
def network() -> Iterator[BlueskyPretend]:
    with playing_whole(BlueskyPretend()) as one:
        yield one


def read(connector: Bluesky, cursor: str = "") -> Batch:
    """All there is, however many readings it takes."""
    batch = connector.fetch(cursor)
    events = list(batch.events)
    while batch.more:
        batch = connector.fetch(batch.cursor)
        events += batch.events
    return Batch(tuple(events), batch.cursor)


def names(batch: Batch) -> list[str]:
    return [one.external_id for one in batch.events]


def asked(network: BlueskyPretend, name: str) -> list[Any]:
    return [one for one in network.asked if one.path.endswith(f".{name}")]


def name_of(sent: Any) -> str:
    """The name of its record."""
    return str(sent.external_ids[0].rpartition("/")[2])


class TestReading:
    """What comes in."""

    def test_what_is_said_to_us_comes_oldest_first_and_the_same_again(
        self, network: BlueskyPretend
    ) -> None:
        first = network.post("하나", at=NOW)
        second = network.post("둘", reason="reply", at=NOW + timedelta(minutes=1))
        network.post("셋", reason="like", at=NOW + timedelta(minutes=2))

        batches = [ours(network).fetch("") for _n in range(2)]

        assert names(batches[0]) == [first, second]
        assert batches[0].events == batches[1].events
        assert every(asked(network, "listNotifications")[0], "reasons") == list(bluesky.REASONS)

    def test_the_raw_bytes_are_the_network_s_own(self, network: BlueskyPretend) -> None:
        network.post("하나", at=NOW)

        (event,) = ours(network).fetch("").events

        assert json.loads(event.raw) == network.notifications[0]
        assert set(event.ref) == {"uri", "cid", "root", "root_cid"}

    def test_who_is_told_for_two_reasons_hears_it_once(self, network: BlueskyPretend) -> None:
        network.post("하나", at=NOW)
        network.notifications.append({**network.notifications[0], "reason": "reply"})

        assert len(ours(network).fetch("").events) == 1

    def test_several_pages_are_walked_and_nothing_between_is_lost(
        self, network: BlueskyPretend
    ) -> None:
        network.most = 2
        put = [network.post(str(n), at=NOW + timedelta(minutes=n)) for n in range(25)]

        batch = ours(network).fetch("")
        whole = read(ours(network))

        assert batch.more
        assert len(batch.events) == bluesky.PAGES * 2
        assert sorted(names(whole)) == sorted(put)

    def test_what_comes_during_a_walk_is_found_after_it(self, network: BlueskyPretend) -> None:
        network.most = 2
        put = [network.post(str(n), at=NOW + timedelta(minutes=n)) for n in range(12)]
        begun = ours(network).fetch("")
        put.append(network.post("새것", at=NOW + timedelta(hours=3)))

        rest = read(ours(network), begun.cursor)
        then = ours(network).fetch(rest.cursor)

        assert set(names(begun)) | set(names(rest)) | set(names(then)) == set(put)

    def test_the_next_reading_ends_where_all_is_known(self, network: BlueskyPretend) -> None:
        network.most = 3
        for n in range(30):
            network.post(str(n), at=NOW + timedelta(hours=n))
        with clock.at(NOW + timedelta(days=3)):
            before = read(ours(network))
            new = network.post("새것", at=NOW + timedelta(hours=31))
            network.asked.clear()

            after = ours(network).fetch(before.cursor)

        assert names(after)[-1] == new
        assert len(asked(network, "listNotifications")) == 1
        assert not after.more

    def test_pages_without_anything_for_us_still_lead_down(self, network: BlueskyPretend) -> None:
        network.most = 2
        known = network.post("하나", at=NOW)
        for n in range(8):
            network.post("좋아요", reason="like", at=NOW - timedelta(hours=20 - n))
        with clock.at(NOW):
            cursor = read(ours(network)).cursor
            network.asked.clear()

            batch = ours(network).fetch(cursor)

        assert names(batch) == [known]
        assert len(asked(network, "listNotifications")) == 1

    def test_what_an_author_s_clock_dates_back_is_found_within_the_hour(
        self, network: BlueskyPretend
    ) -> None:
        network.most = 1
        for hours in (0, 7, 8):
            network.post("하나", at=NOW + timedelta(hours=hours))
        with clock.at(NOW + timedelta(hours=9)):
            cursor = read(ours(network)).cursor
        late = network.post("늦은 것", at=NOW + timedelta(hours=2))
        with clock.at(NOW + timedelta(hours=9, minutes=5)):
            soon = read(ours(network), cursor)
        with clock.at(NOW + timedelta(hours=10, minutes=1)):
            later = read(ours(network), soon.cursor)

        assert late not in names(soon)
        assert late in names(later)

    def test_a_place_that_the_network_knows_no_more_begins_again(
        self, network: BlueskyPretend
    ) -> None:
        put = network.post("하나", at=NOW)

        batch = ours(network).fetch(json.dumps({"page": "long gone"}))

        assert names(batch) == [put]

    @pytest.mark.parametrize("cursor", ["", "7", "[]", "{", '{"seen": "yesterday"}', '{"x": 1}'])
    def test_a_cursor_of_nobody_reads_from_the_beginning(
        self, cursor: str, network: BlueskyPretend
    ) -> None:
        put = network.post("하나", at=NOW)

        assert names(ours(network).fetch(cursor)) == [put]

    def test_what_its_author_took_back_comes_no_more(self, network: BlueskyPretend) -> None:
        network.remove(network.post("하나", at=NOW))

        assert ours(network).fetch("").events == ()


class TestAnswering:
    """What leaves."""

    def test_an_answer_stands_below_what_it_answers(self, network: BlueskyPretend) -> None:
        root = {"uri": f"at://{MINA}/{POST}/3lroot0000000", "cid": "bafyroot"}
        parent = network.post("하나", reply={"root": root, "parent": root})
        (event,) = ours(network).fetch("").events

        sent = ours(network).hand_over(answer(event.ref))

        record = network.records[sent.external_ids[0]]
        assert record["text"] == WORDS
        assert record["langs"] == ["ko"]
        assert record["createdAt"] == "2026-11-30T18:00:00.000+09:00"
        assert record["reply"]["parent"] == {"uri": parent, "cid": event.ref["cid"]}
        assert record["reply"]["root"] == root
        assert sent.permalink == f"https://bsky.app/profile/{HANDLE}/post/{name_of(sent)}"

    def test_what_stands_below_ours_has_the_same_root(self, network: BlueskyPretend) -> None:
        network.post("하나")
        (event,) = ours(network).fetch("").events
        first = ours(network).hand_over(answer(event.ref))

        second = ours(network).hand_over(answer(first.ref, key="R-1/2"))

        record = network.records[second.external_ids[0]]
        assert record["reply"]["parent"]["uri"] == first.external_ids[0]
        assert record["reply"]["root"]["uri"] == event.external_id

    def test_a_post_of_our_own_is_its_own_root(self, network: BlueskyPretend) -> None:
        sent = ours(network).hand_over(answer())

        assert "reply" not in network.records[sent.external_ids[0]]
        assert sent.ref["root"] == sent.ref["uri"] == sent.external_ids[0]

    def test_the_same_twice_is_there_once(self, network: BlueskyPretend) -> None:
        first, second = (ours(network).send(answer()) for _n in range(2))

        assert first.external_ids == second.external_ids
        assert network.writes == 1

    def test_without_a_moment_it_is_there_once_too(self, network: BlueskyPretend) -> None:
        out = answer(created_at=None)
        with clock.at(NOW):
            first = ours(network).send(out)

        second = ours(network).send(out)

        assert second.external_ids == first.external_ids
        assert second.duplicate
        assert network.writes == 1

    def test_a_lost_answer_leaves_one_copy(self, network: BlueskyPretend) -> None:
        connector = ours(network)
        connector.verify()
        network.cuts = True
        with pytest.raises(OutcomeUnknown):
            connector.hand_over(answer())
        network.cuts = False

        sent = connector.hand_over(answer(), again=True)

        assert sent.duplicate
        assert network.writes == 1
        assert list(network.records) == list(sent.external_ids)

    def test_what_never_arrived_is_not_there(self, network: BlueskyPretend) -> None:
        assert ours(network).reconcile(answer()) is None

    def test_other_words_under_the_same_name_are_never_written_over(
        self, network: BlueskyPretend
    ) -> None:
        first = ours(network).send(answer())

        with pytest.raises(ContentRejected):
            ours(network).send(answer(text="다른 말"))

        assert network.records[first.external_ids[0]]["text"] == WORDS

    def test_two_texts_of_one_moment_have_two_names(self) -> None:
        made = {bluesky_words.tid(NOW, f"R-{n}") for n in range(2000)}

        assert len(made) == 2000
        assert all(TID.fullmatch(one) for one in made)
        assert max(made) < bluesky_words.tid(NOW + timedelta(seconds=2), "R-0")

    def test_the_letters_of_a_name_count_as_the_specification_says(self) -> None:
        name = bluesky_words.tid(NOW, "R-1")

        number = 0
        for letter in name:
            number = number * 32 + "234567abcdefghijklmnopqrstuvwxyz".index(letter)
        assert number >> 10 >= NOW.timestamp() * 1e6
        assert (number >> 10) // 1_000_000 == int(NOW.timestamp())

    def test_links_are_marked_by_bytes(self, network: BlueskyPretend) -> None:
        text = "자세히 보기: https://seoul.go.kr/답 (https://news.example/a_(b)). 끝"

        sent = ours(network).hand_over(answer(text=text))

        marks = network.records[sent.external_ids[0]]["facets"]
        links = [one["features"][0]["uri"] for one in marks]
        assert links == ["https://seoul.go.kr/", "https://news.example/a_(b)"]

    def test_pictures_go_with_their_words(self, network: BlueskyPretend) -> None:
        sent = ours(network).hand_over(answer(pictures=(PIXEL,)))

        (image,) = network.records[sent.external_ids[0]]["embed"]["images"]
        assert image["alt"] == PIXEL.words
        assert image["image"]["mimeType"] == "image/png"

    def test_a_picture_that_was_lost_on_its_way_has_told_nobody(
        self, network: BlueskyPretend
    ) -> None:
        connector = ours(network)
        connector.verify()
        network.cuts = True

        with pytest.raises(Transient):
            connector.hand_over(answer(pictures=(PIXEL,)))

        assert network.records == {}

    @pytest.mark.parametrize(
        "wrong",
        [
            {"text": "가" * 301},
            {"text": "👨‍👩‍👧‍👦" * 150},
            {"pictures": (PIXEL,) * 5},
            {"pictures": (Picture(url="https://seoul.go.kr/1.jpg"),)},
            {"pictures": (Picture(content=b"x" * 2_000_001),)},
            {"pictures": (Picture(content=b"x", kind="application/pdf"),)},
        ],
    )
    def test_what_the_network_does_not_take_never_leaves(
        self, wrong: dict[str, Any], network: BlueskyPretend
    ) -> None:
        with pytest.raises(ContentRejected):
            ours(network).hand_over(answer(**wrong))

        assert network.asked == []

    def test_300_signs_leave(self, network: BlueskyPretend) -> None:
        sent = ours(network).hand_over(answer(text="각" * 300))

        assert sent.external_ids

    def test_what_is_private_never_leaves(self, network: BlueskyPretend) -> None:
        with pytest.raises(Forbidden):
            ours(network).hand_over(answer(visibility="private"))

        assert network.asked == []

    def test_what_is_answered_is_gone(self, network: BlueskyPretend) -> None:
        uri = network.post("하나")
        (event,) = ours(network).fetch("").events
        network.remove(uri)

        with pytest.raises(TargetGone):
            ours(network).hand_over(answer(event.ref))

        assert network.writes == 0

    def test_our_own_post_above_is_gone(self, network: BlueskyPretend) -> None:
        sent = ours(network).hand_over(answer())
        network.remove(sent.external_ids[0])

        with pytest.raises(TargetGone):
            ours(network).hand_over(answer(sent.ref, key="R-2"))

    def test_who_blocks_us_or_takes_no_answers_hears_none(self, network: BlueskyPretend) -> None:
        uri = network.post("하나")
        (event,) = ours(network).fetch("").events
        network.closed.add(uri)
        with pytest.raises(Forbidden):
            ours(network).hand_over(answer(event.ref))
        network.blocked.add(MINA)

        with pytest.raises(Forbidden):
            ours(network).hand_over(answer(event.ref))

        assert network.writes == 0

    def test_a_server_in_trouble_may_have_taken_it(self, network: BlueskyPretend) -> None:
        connector = ours(network)
        connector.verify()
        network.next_answers = [Answer(502, {"error": "UpstreamFailure", "message": "x"})]

        with pytest.raises(OutcomeUnknown):
            connector.send(answer())
