"""What every network has to hold, against a real server of it. One is added in `outside`."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

import pytest
from pytest_django import Settings

from channels_app import actions, tasks
from channels_app.connectors.contract import Batch, Connector
from channels_app.connectors.errors import (
    AuthExpired,
    ContentRejected,
    OutcomeUnknown,
    TargetGone,
    Transient,
)
from channels_app.models import Checkpoint, InboundEvent, KeptBecause, Message
from channels_app.states import InboundState
from tests.faults.city import build_city
from tests.mail_in.boxes import mailbox
from tests.mail_in.outside import KEY, NETWORKS, WORDS, Outside

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
READ = [one for one in NETWORKS if one.reads.caps.inbound == "poll"]
ANSWERED = [one for one in NETWORKS if one.sends.caps.sends]
THREADED = [one for one in ANSWERED if one in READ and one.sends.caps.threads]


@pytest.fixture
def outside(request: pytest.FixtureRequest, settings: Settings) -> Iterator[Outside]:
    with ExitStack() as stack:
        yield request.param(settings, stack)


def each(networks: list[type[Outside]]) -> pytest.MarkDecorator:
    """Every network that can do this."""
    names = [one.__name__ for one in networks]
    return pytest.mark.parametrize("outside", networks, ids=names, indirect=True)


def asks_of(outside: Outside, connector: Connector[Any]) -> list[Callable[[], object]]:
    """Everything that the portal asks of it over the line."""
    asks: list[Callable[[], object]] = [connector.verify] if outside.signs_in_there else []
    if connector.caps.inbound == "poll":
        asks.append(lambda: connector.fetch(""))
    if connector.caps.sends:
        asks.append(lambda: connector.hand_over(outside.answer()))
    return asks


def names(batch: Batch) -> list[tuple[str, str, str]]:
    return [(one.kind, one.external_id, one.revision) for one in batch.events]


@each(READ)
class TestReading:
    """What comes in."""

    def test_an_old_cursor_gives_the_same_names(self, outside: Outside) -> None:
        outside.put("하나")
        outside.put("둘")

        first, second = (names(outside.reader().fetch("")) for _n in range(2))

        assert first == second
        assert len(set(first)) == 2

    def test_what_came_since_is_there_and_nothing_is_left_out(self, outside: Outside) -> None:
        outside.put("하나")
        before = outside.reader().fetch("")
        outside.put("둘")

        after = outside.reader().fetch(before.cursor)

        assert names(outside.reader().fetch(""))[-1] in names(after)

    def test_intake_is_once_whatever_the_network_repeats(self, outside: Outside) -> None:
        account = mailbox()
        outside.put("하나")
        for _n in range(3):
            since = Checkpoint.of(account)
            actions.store(account, outside.reader().fetch(since), since=since)

        assert InboundEvent.objects.count() == 1


@each(list(NETWORKS))
class TestFailing:
    """What everything that is asked of it can come to."""

    def test_a_server_that_is_away_is_transient(self, outside: Outside) -> None:
        asks = asks_of(outside, outside.reader()) if type(outside) in READ else []
        asks += asks_of(outside, outside.carrier()) if type(outside) in ANSWERED else []
        outside.stop()

        assert asks
        for ask in asks:
            with pytest.raises(Transient):
                ask()

    def test_a_refused_sign_in_is_known_and_pauses_the_account(self, outside: Outside) -> None:
        account = mailbox()
        for connector in outside.refused():
            for ask in [connector.verify, *asks_of(outside, connector)]:
                with pytest.raises(AuthExpired) as refused:
                    ask()
            actions.fetching_failed(account, refused.value)
        account.refresh_from_db()

        assert account.is_paused == bool(outside.refused())


@each(ANSWERED)
class TestAnswering:
    """What leaves."""

    def test_what_is_handed_over_is_there_under_its_name(self, outside: Outside) -> None:
        sent = outside.carrier().hand_over(outside.answer())

        assert sent.external_ids
        assert [(one.key, one.words) for one in outside.heard()] == [(KEY, WORDS)]

    def test_a_lost_answer_is_there_once_or_in_doubt_under_one_name(self, outside: Outside) -> None:
        carrier, out = outside.carrier(), outside.answer()
        outside.cut(on=True)
        with pytest.raises(OutcomeUnknown):
            carrier.hand_over(out)
        outside.cut(on=False)

        carrier.hand_over(out, again=True)

        # Where nobody can tell, the row says that there may be two (faults/test_mail_errors).
        copies = 2 if carrier.caps.idempotent == "none" else 1
        assert [one.key for one in outside.heard()] == [KEY] * copies

    def test_what_is_too_long_never_leaves(self, outside: Outside) -> None:
        carrier = outside.carrier()
        long = replace(outside.answer(), text="x" * (carrier.caps.max_len + 1))

        with pytest.raises(ContentRejected):
            carrier.hand_over(long)

        assert outside.heard() == []

    def test_who_or_what_we_would_answer_is_gone(self, outside: Outside) -> None:
        outside.leave()

        with pytest.raises(TargetGone):
            outside.carrier().hand_over(outside.answer())


@each(THREADED)
class TestConversing:
    """What comes in and what leaves belong together."""

    def test_an_answer_stands_below_what_it_answers(self, outside: Outside) -> None:
        name = outside.put("하나")
        (event,) = outside.reader().fetch("").events

        outside.carrier().hand_over(outside.answer(event.ref))

        assert [one.below for one in outside.heard()] == [name]

    def test_our_own_words_are_no_voice(self, outside: Outside) -> None:
        build_city()
        account = mailbox()
        echo = outside.echo(outside.answer())

        actions.store(account, Batch((echo,), "1:1"), since="")
        tasks.take_in_events()

        event = InboundEvent.objects.get()
        assert (event.state, event.why) == (InboundState.AUTOMATIC, KeptBecause.LOOP)
        assert not Message.objects.exists()
