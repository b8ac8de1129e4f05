"""Mastodon: what becomes of what is there, and what every question can come to."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from channels_app.connectors.errors import (
    AuthExpired,
    ContentRejected,
    Forbidden,
    RateLimited,
    TargetGone,
    Transient,
)
from channels_app.connectors.mastodon import Mastodon
from lifecycle import clock
from tests.networks.mastodon_pretend import CITY, TOKEN, MastodonPretend, answer, ours
from tests.networks.pretend import Answer
from tests.networks.repeated import playing_whole

REACTIONS = {"likes": 3, "reposts": 2, "replies": 1, "quotes": 4}


@pytest.fixture
def network() -> Iterator[MastodonPretend]:
    with playing_whole(MastodonPretend()) as one:
        yield one


def asks_of(connector: Mastodon) -> list[Callable[[], object]]:
    """Everything that the portal asks of it over the line."""
    return [
        connector.verify,
        connector.about,
        lambda: connector.fetch(""),
        lambda: connector.hand_over(answer()),
        lambda: connector.edit("116000000000000001", answer()),
        lambda: connector.delete("116000000000000001"),
        lambda: connector.gone_among(["116000000000000001"]),
        lambda: connector.counts_of(["116000000000000001"]),
        lambda: connector.reconcile(answer()),
    ]


class TestAfterwards:
    """What becomes of what is there."""

    def test_other_words_stand_in_the_same_place_with_the_same_name_before_them(
        self, network: MastodonPretend
    ) -> None:
        network.post("@seoul 하나")
        (event,) = ours(network).fetch("").events
        (name,) = ours(network).hand_over(answer(event.ref)).external_ids

        sent = ours(network).edit(name, answer(event.ref, text="내일 고칩니다."))

        assert sent.external_ids == (name,)
        assert "내일 고칩니다." in network.statuses[name]["content"]
        assert "mina" in network.statuses[name]["content"]

    def test_other_words_are_looked_at_as_the_first_ones(self, network: MastodonPretend) -> None:
        (name,) = ours(network).hand_over(answer()).external_ids

        with pytest.raises(ContentRejected):
            ours(network).edit(name, answer(text="가" * 501))
        with pytest.raises(TargetGone):
            ours(network).edit("999", answer())

    def test_what_we_take_back_is_gone_and_once_more_is_no_error(
        self, network: MastodonPretend
    ) -> None:
        (name,) = ours(network).hand_over(answer()).external_ids

        for _n in range(2):
            ours(network).delete(name)

        assert network.statuses == {}

    @pytest.mark.parametrize("has_many", [True, False])
    def test_what_authors_removed_is_known(self, has_many: bool, network: MastodonPretend) -> None:
        network.has_many = has_many
        put = [network.post(f"@seoul {n}") for n in range(25)]
        gone = {put[0], put[24]}
        for name in gone:
            network.remove(name)

        assert ours(network).gone_among(put) == gone

    @pytest.mark.parametrize("told", [Answer(404, b"<html>no such site"), Answer(200, b"<html>")])
    def test_a_page_of_somebody_on_the_way_makes_nothing_gone(
        self, told: Answer, network: MastodonPretend
    ) -> None:
        name = network.post("@seoul 하나")
        network.next_answers = [told, told]

        with pytest.raises(Transient):
            ours(network).gone_among([name])

    @pytest.mark.parametrize("has_many", [True, False])
    def test_reactions_are_counted(self, has_many: bool, network: MastodonPretend) -> None:
        network.has_many = has_many
        (name,) = ours(network).hand_over(answer()).external_ids

        assert ours(network).counts_of([name, "999"]) == {name: REACTIONS}

    def test_who_we_are_and_how_many_follow_us(self, network: MastodonPretend) -> None:
        about = ours(network, own_id="").about()

        assert (about.own_id, about.handle, about.followers) == (CITY, "seoul", 821)


class TestFailing:
    """What everything that is asked of it can come to."""

    @pytest.mark.parametrize("status", [400, 401, 403, 422])
    def test_a_refused_token_is_known_whatever_its_status(
        self, status: int, network: MastodonPretend
    ) -> None:
        network.bad_token = status

        for ask in asks_of(ours(network, token="revoked")):
            with pytest.raises(AuthExpired):
                ask()

    @pytest.mark.parametrize(
        ("status", "problem"), [(400, ContentRejected), (403, Forbidden), (422, ContentRejected)]
    )
    def test_what_is_refused_while_we_are_let_in_is_not_about_our_token(
        self, status: int, problem: type[Exception], network: MastodonPretend
    ) -> None:
        network.next_answers = [Answer(status, {"error": "Validation failed"})]

        with pytest.raises(problem):
            ours(network).send(answer())

        assert network.asked[-1].path == "/api/v1/accounts/verify_credentials"

    def test_a_gate_on_the_way_says_nothing_of_our_token(self, network: MastodonPretend) -> None:
        gate = Answer(403, b"<html>Are you human?")
        network.next_answers = [gate, gate]

        with pytest.raises(Transient):
            ours(network).fetch("")
        network.next_answers = [Answer(401, b"<html>")]
        with pytest.raises(Transient):
            ours(network).fetch("")

    @pytest.mark.parametrize("seconds", [7, None])
    def test_a_network_that_has_enough_of_us_says_until_when(
        self, seconds: int | None, network: MastodonPretend
    ) -> None:
        headers = {}
        if seconds:
            then = clock.now() + timedelta(seconds=seconds)
            headers = {"X-RateLimit-Reset": then.isoformat().replace("+00:00", "Z")}
        told = Answer(429, {"error": "Too many requests"}, headers)
        for ask in asks_of(ours(network)):
            network.next_answers = [told]

            with pytest.raises(RateLimited) as refused:
                ask()

            assert refused.value.retry_after == pytest.approx(seconds or 300, abs=6)

    def test_a_server_that_is_away_is_transient(self) -> None:
        with playing_whole(MastodonPretend()) as network:
            connector = ours(network)

        for ask in asks_of(connector):
            with pytest.raises(Transient):
                ask()

    @pytest.mark.parametrize("status", [500, 502, 503])
    def test_a_server_in_trouble_is_read_later(self, status: int, network: MastodonPretend) -> None:
        asks: list[Any] = [ours(network).verify, lambda: ours(network).fetch("")]
        for ask in asks:
            network.next_answers = [Answer(status, b"oops")]

            with pytest.raises(Transient):
                ask()


def test_no_secret_is_shown(network: MastodonPretend) -> None:
    assert TOKEN not in repr(ours(network))
