"""Bluesky: one session is kept and made new; what fails says what it asks of us."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from channels_app.connectors.errors import (
    AuthExpired,
    ContentRejected,
    Forbidden,
    OutcomeUnknown,
    RateLimited,
    Transient,
)
from lifecycle import clock
from tests.networks.bluesky_pretend import CITY, HANDLE, PASSWORD, BlueskyPretend, answer, ours
from tests.networks.pretend import Answer
from tests.networks.repeated import playing_whole


@pytest.fixture
def network() -> Iterator[BlueskyPretend]:
    with playing_whole(BlueskyPretend()) as one:
        yield one


def asked(network: BlueskyPretend, name: str) -> list[Any]:
    return [one for one in network.asked if one.path.endswith(f".{name}")]


class Drawer:
    """Where a session is kept for all workers."""

    def __init__(self) -> None:
        self.text = ""
        self.put: list[str] = []

    def keep(self, text: str) -> None:
        """The newest one."""
        self.text = text
        self.put.append(text)

    def look(self) -> str:
        """What is kept now."""
        return self.text


def worker(network: BlueskyPretend, drawer: Drawer, **more: Any) -> Any:
    """One that begins with what is kept."""
    return ours(network, session=drawer.text, keep=drawer.keep, kept=drawer.look, **more)


class TestSigningIn:
    """One session for all workers and all calls."""

    def test_a_kept_session_is_used_and_nobody_signs_in(self, network: BlueskyPretend) -> None:
        drawer = Drawer()
        worker(network, drawer).verify()

        for _n in range(3):
            worker(network, drawer).fetch("")

        assert network.logins == 1
        assert len(drawer.put) == 1
        kept = {"did", "handle", "accessJwt", "refreshJwt", "user"}
        assert set(json.loads(drawer.text)) == kept

    def test_a_session_that_is_over_is_made_new_and_the_question_asked_again(
        self, network: BlueskyPretend
    ) -> None:
        drawer = Drawer()
        worker(network, drawer).verify()
        network.expire()

        worker(network, drawer).verify()

        assert network.logins == 1
        assert len(asked(network, "refreshSession")) == 1
        assert json.loads(drawer.text)["refreshJwt"] == "refresh-2"

    def test_what_is_written_is_written_once_though_the_session_was_over(
        self, network: BlueskyPretend
    ) -> None:
        drawer = Drawer()
        worker(network, drawer).verify()
        network.expire()

        worker(network, drawer).hand_over(answer())

        assert network.writes == 1

    def test_of_two_workers_the_later_one_takes_what_is_kept(self, network: BlueskyPretend) -> None:
        drawer = Drawer()
        worker(network, drawer).verify()
        first, second = worker(network, drawer), worker(network, drawer)
        network.expire()

        first.verify()
        second.verify()

        assert len(asked(network, "refreshSession")) == 1
        assert network.logins == 1

    def test_of_two_that_renew_at_once_the_loser_takes_what_is_kept(
        self, network: BlueskyPretend
    ) -> None:
        drawer = Drawer()
        worker(network, drawer).verify()
        old, looks = drawer.text, iter([drawer.text])
        loser = ours(network, session=old, keep=drawer.keep, kept=lambda: next(looks, drawer.text))
        network.expire()
        worker(network, drawer).verify()
        kept = drawer.text

        loser.verify()

        assert len(asked(network, "refreshSession")) == 2
        assert network.logins == 1
        assert drawer.text == kept

    def test_where_no_session_can_be_made_new_we_sign_in(self, network: BlueskyPretend) -> None:
        drawer = Drawer()
        worker(network, drawer).verify()
        network.expire()
        network.refresh.clear()

        worker(network, drawer).verify()
        worker(network, drawer).verify()

        assert network.logins == 2

    @pytest.mark.parametrize("kept", ["", "{", "[]", '{"did": "x"}', '{"did": 1, "handle": ""}'])
    def test_what_is_no_session_is_not_used(self, kept: str, network: BlueskyPretend) -> None:
        ours(network, session=kept).verify()

        assert network.logins == 1

    def test_a_token_of_nobody_is_replaced(self, network: BlueskyPretend) -> None:
        stale = {**network.session(), "accessJwt": "from another server", "refreshJwt": "too"}

        ours(network, session=json.dumps({**stale, "user": HANDLE})).verify()

        assert network.logins == 1
        assert len(asked(network, "refreshSession")) == 1

    def test_a_session_of_another_user_is_not_used(self, network: BlueskyPretend) -> None:
        drawer = Drawer()
        worker(network, drawer).verify()

        with pytest.raises(AuthExpired):
            worker(network, drawer, user="borough.test").verify()

        assert network.logins == 2

    def test_a_wrong_password_is_known_and_nothing_is_kept(self, network: BlueskyPretend) -> None:
        drawer = Drawer()
        refused = worker(network, drawer, password="wrong")

        for ask in (refused.verify, refused.about, lambda: refused.fetch(""),
                    lambda: refused.hand_over(answer())):  # fmt: skip
            with pytest.raises(AuthExpired):
                ask()

        assert drawer.put == []

    def test_somebody_else_s_session_is_refused(self, network: BlueskyPretend) -> None:
        with pytest.raises(AuthExpired):
            ours(network, own_id="did:plc:borough").verify()

    @pytest.mark.parametrize("status", ["deactivated", "suspended", "takendown"])
    def test_an_account_that_may_not_speak_is_known(
        self, status: str, network: BlueskyPretend
    ) -> None:
        network.status = status

        with pytest.raises(AuthExpired, match=status):
            ours(network).verify()

    def test_a_sign_in_without_an_answer_has_carried_nothing(self, network: BlueskyPretend) -> None:
        network.cuts = True

        with pytest.raises(Transient):
            ours(network).hand_over(answer())

        assert network.writes == 0

    def test_a_renewal_in_trouble_is_no_reason_to_sign_in(self, network: BlueskyPretend) -> None:
        drawer = Drawer()
        worker(network, drawer).verify()
        network.expire()
        over = Answer(400, {"error": "ExpiredToken"})
        network.next_answers = [over, Answer(503, {"error": "NotEnoughResources"})]

        with pytest.raises(Transient):
            worker(network, drawer).fetch("")

        assert network.logins == 1

    def test_too_many_sign_ins_wait(self, network: BlueskyPretend) -> None:
        told = {"error": "RateLimitExceeded", "message": "Rate Limit Exceeded"}
        network.next_answers = [Answer(429, told, {"Retry-After": "86"})]

        with pytest.raises(RateLimited) as refused:
            ours(network).fetch("")

        assert refused.value.retry_after == 86


class TestAfterwards:
    """What becomes of what is there."""

    def test_what_we_take_back_is_gone_and_once_more_is_no_error(
        self, network: BlueskyPretend
    ) -> None:
        (uri,) = ours(network).hand_over(answer()).external_ids

        for _n in range(2):
            ours(network).delete(uri)

        assert network.records == {}

    def test_what_others_wrote_is_not_ours_to_take_back(self, network: BlueskyPretend) -> None:
        uri = network.post("하나")

        with pytest.raises(Forbidden):
            ours(network).delete(uri)
        with pytest.raises(ContentRejected):
            ours(network).delete("3lminapost000")

        assert uri in network.records

    def test_what_authors_removed_is_told_apart_from_what_they_hide_from_us(
        self, network: BlueskyPretend
    ) -> None:
        uris = [network.post(str(n)) for n in range(30)]
        hidden = network.post("숨긴 것", by="did:plc:sora")
        network.blocked.add("did:plc:sora")
        for uri in uris[:2] + uris[-1:]:
            network.remove(uri)
        network.asked.clear()

        gone = ours(network).gone_among([*uris, hidden])

        assert gone == {uris[0], uris[1], uris[-1]}
        assert len(asked(network, "getPosts")) == 2

    def test_reactions_are_counted(self, network: BlueskyPretend) -> None:
        (uri,) = ours(network).hand_over(answer()).external_ids

        counts = ours(network).counts_of([uri])

        assert counts == {uri: {"likes": 3, "reposts": 2, "replies": 0, "quotes": 1}}

    def test_who_we_are_and_how_many_follow_us(self, network: BlueskyPretend) -> None:
        about = ours(network).about()

        assert (about.own_id, about.handle, about.followers) == (CITY, HANDLE, 1234)


class TestFailing:
    """What everything that is asked of it can come to."""

    @pytest.mark.parametrize("retry_after", [{"Retry-After": "7"}, {"RateLimit-Reset": "+7"}, {}])
    def test_a_network_that_has_enough_of_us_says_until_when(
        self, retry_after: dict[str, str], network: BlueskyPretend
    ) -> None:
        connector = ours(network)
        connector.verify()
        if "RateLimit-Reset" in retry_after:
            then = clock.now() + timedelta(seconds=8)
            retry_after = {"RateLimit-Reset": str(int(then.timestamp()))}
        told = Answer(429, {"error": "RateLimitExceeded", "message": "x"}, retry_after)
        network.next_answers = [told, told]

        with pytest.raises(RateLimited) as reading:
            connector.fetch("")
        with pytest.raises(RateLimited) as sending:
            connector.send(answer())

        expected = (1, 8) if retry_after else (300, 300)
        for one in (reading, sending):
            assert expected[0] <= one.value.retry_after <= expected[1]

    def test_a_server_that_is_away_is_transient(self) -> None:
        with playing_whole(BlueskyPretend()) as network:
            connector = ours(network)
        asks: list[Callable[[], object]] = [
            connector.verify,
            connector.about,
            lambda: connector.fetch(""),
            lambda: connector.hand_over(answer()),
            lambda: connector.gone_among(["at://did:plc:mina/app.bsky.feed.post/1"]),
            lambda: connector.delete("at://did:plc:mina/app.bsky.feed.post/1"),
        ]

        for ask in asks:
            with pytest.raises(Transient):
                ask()

    @pytest.mark.parametrize("status", [500, 502, 503])
    def test_a_server_in_trouble_is_read_later(self, status: int, network: BlueskyPretend) -> None:
        connector = ours(network)
        connector.verify()
        network.next_answers = [Answer(status, {"error": "InternalServerError"})]

        with pytest.raises(Transient):
            connector.fetch("")

    @pytest.mark.parametrize("page", [b"<html>maintenance", b"[]", b"{}"])
    def test_an_answer_that_is_none_is_no_empty_page(
        self, page: bytes, network: BlueskyPretend
    ) -> None:
        connector = ours(network)
        connector.verify()
        asks: list[tuple[Callable[[], object], type[Exception]]] = [
            (connector.verify, Transient),
            (lambda: connector.fetch(""), Transient),
            (lambda: connector.send(answer()), OutcomeUnknown),
        ]

        for ask, problem in asks:
            network.next_answers = [Answer(200, page)]

            with pytest.raises(problem):
                ask()

    @pytest.mark.parametrize("status", [401, 404])
    def test_a_refusal_that_is_not_the_network_s_own_says_nothing_of_our_sign_in(
        self, status: int, network: BlueskyPretend
    ) -> None:
        connector = ours(network)
        connector.verify()
        network.next_answers = [Answer(status, b"<html>who are you?")]

        with pytest.raises(Transient):
            connector.send(answer())


def test_no_secret_is_shown(network: BlueskyPretend) -> None:
    connector = ours(network, session=json.dumps({**network.session(), "user": HANDLE}))
    connector.verify()

    shown = repr(connector) + repr(connector._we)

    assert PASSWORD not in shown
    assert "access-" not in shown
    assert "refresh-" not in shown
    assert network.logins == 0


def test_a_connector_is_the_same_with_the_same(network: BlueskyPretend) -> None:
    assert replace(ours(network), user="x") != ours(network)
