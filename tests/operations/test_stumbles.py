"""What fails three times rests for an hour, has an owner and a way out, and delays no other row."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from channels_app import actions, tasks
from channels_app.models import Delivery, Message, Passage, Topic
from lifecycle import clock
from lifecycle.models import POISON, Heartbeat, Stumble
from people.models import Office
from tests.channels_app import factories
from tests.following.test_days import EVENING, MORNING, followed_daily, happen
from tests.operations import portal
from tests.pages import promises, visits
from tests.people import factories as people
from tests.poison import poison

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
SWEEPS: dict[str, Any] = {
    "publish_answers": tasks.publish_answers,
    "stop_waiting": tasks.stop_waiting,
    "send_stale": tasks.send_stale,
    "tell": tasks.tell,
    "open_topics": tasks.open_topics,
    "index_texts": tasks.index_texts,
    "gather_days": tasks.gather_days,
}


@dataclass
class Pair:
    """A row that can't be written, its neighbour behind it, and how one sees that that is done."""

    table: str
    rows: str
    is_done: Callable[[], bool]
    office: Office
    at: str = "UPDATE"
    moment: datetime = field(default_factory=clock.now)


def two_answers() -> Pair:
    """Their ten seconds are over."""
    office = visits.office()
    with clock.at(clock.now() - MINUTE):
        bad, good = (factories.answered_by(promises.jun(), office, f"{n}") for n in range(2))
    return Pair(
        "channels_app_reply",
        f"NEW.id = {bad.pk}",
        lambda: type(good).objects.published().filter(pk=good.pk).exists(),
        office,
    )


def two_waiting() -> Pair:
    """Their authors never answered the question."""
    with clock.at(clock.now() - timedelta(days=60)):
        bad, good = (promises.asked_back(text=f"{n} 가로등이 꺼졌어요") for n in range(2))
    return Pair(
        "channels_app_message",
        f"NEW.id = {bad.pk}",
        lambda: not Message.objects.get(pk=good.pk).is_waiting_for_author,
        visits.office(),
    )


def two_claimed() -> Pair:
    """Their sender died."""
    with clock.at(clock.now() - HOUR):
        for n in range(2):
            factories.receive(f"{n} 가로등이 꺼졌어요", contact=("mail", f"{n}@example.org"))
        bad, good = (Delivery.objects.claim(f"{n}") for n in range(2))
    assert bad is not None
    assert good is not None
    return Pair(
        "channels_app_delivery",
        f"NEW.id = {bad.pk}",
        lambda: Delivery.objects.get(pk=good.pk).state != "sending",
        people.centre(),
    )


def two_told() -> Pair:
    """They were given to an office, and nobody was told."""
    with clock.at(clock.now() - HOUR):
        bad, good = (factories.routed_to(visits.office()) for _n in range(2))
    return Pair(
        "channels_app_message",
        f"NEW.id = {bad.pk}",
        lambda: not Message.objects.with_untold_steps().filter(pk=good.pk).exists(),
        visits.office(),
    )


def two_new() -> Pair:
    """Nobody can follow them yet."""
    bad, good = (factories.receive() for _n in range(2))
    return Pair(
        "channels_app_topic",
        f"NEW.code = '{bad.code}'",
        lambda: Topic.objects.filter(messages=good).exists(),
        people.centre(),
        at="INSERT",
    )


def two_unread() -> Pair:
    """Nobody finds them yet."""
    bad, good = (factories.receive() for _n in range(2))
    return Pair(
        "channels_app_passage",
        f"NEW.message_id = {bad.pk}",
        lambda: Passage.objects.filter(message=good).exists(),
        people.centre(),
        at="INSERT",
    )


def two_daily() -> Pair:
    """Two people want one mail a day, and its hour has come."""
    with clock.at(MORNING):
        (first, bad), (second, good) = (
            followed_daily(f"{n}@example.org", text=f"{n} 가로등이 꺼졌어요") for n in range(2)
        )
        for message in (first, second):
            happen(message, visits.office())
    return Pair(
        "channels_app_delivery",
        f"NEW.event = 'digest' AND NEW.contact_id = {bad.contact_id}",
        lambda: Delivery.objects.filter(event="digest", contact=good.contact).exists(),
        visits.office(),
        at="INSERT",
        moment=EVENING + MINUTE,
    )


PAIRS: dict[str, Callable[[], Pair]] = {
    "publish_answers": two_answers,
    "stop_waiting": two_waiting,
    "send_stale": two_claimed,
    "tell": two_told,
    "open_topics": two_new,
    "index_texts": two_unread,
    "gather_days": two_daily,
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", PAIRS)
def test_three_failures_and_it_rests_with_an_owner(name: str) -> None:
    portal.moving()
    pair, sweep = PAIRS[name](), SWEEPS[name]
    keeper = people.administrator()

    def go(after: timedelta) -> int:
        with clock.at(pair.moment + after):
            sweep()
            return sum(Stumble.objects.filter(sweep=name).values_list("tries", flat=True))

    with poison(pair.table, pair.rows, at=pair.at):
        assert go(MINUTE) == 1
        assert pair.is_done()
        Heartbeat.objects.filter(sweep=name).delete()
        tries = [go(after) for after in (2 * MINUTE, 3 * MINUTE, 4 * MINUTE, 50 * MINUTE)]
        with clock.at(pair.moment + 51 * MINUTE):
            page = portal.opened_by(keeper, "/en" + portal.PAGE)
        again = go(2 * HOUR)

    assert tries == [2, POISON, POISON, POISON]
    assert again == POISON + 1
    assert Heartbeat.objects.filter(sweep=name).exists()
    assert f"the sweep “{name}” failed on it three times" in page
    assert f"lies with {pair.office.name_en}" in page
    assert go(4 * HOUR) == 0  # what was wrong with it is mended: it is done, and forgotten


@pytest.mark.django_db
@pytest.mark.parametrize("name", SWEEPS)
def test_a_sweep_over_nothing_asks_once_what_it_stumbled_over(name: str) -> None:
    people.centre()

    with CaptureQueriesContext(connection) as asked:
        SWEEPS[name]()

    about = [one["sql"] for one in asked.captured_queries if "lifecycle_stumble" in one["sql"]]
    assert len(about) == 1
    assert about[0].startswith("SELECT")


@pytest.mark.django_db
def test_a_hundred_answers_that_cant_leave_stop_the_next_one_for_three_turns_only() -> None:
    office, jun = visits.office(), promises.jun()
    with clock.at(clock.now() - HOUR):
        bad = [factories.answered_by(jun, office, f"{n}") for n in range(3)]
    with clock.at(clock.now() - MINUTE):
        good = factories.answered_by(jun, office, "고쳤습니다.")
    keys = ", ".join(str(reply.pk) for reply in bad)

    with pytest.MonkeyPatch.context() as patch, poison("channels_app_reply", f"NEW.id IN ({keys})"):
        patch.setattr(tasks, "BATCH", len(bad))
        for _turn in range(POISON + 1):
            tasks.publish_answers()

    good.refresh_from_db()
    assert good.published_at is not None
    assert actions.take_back(bad[0].message, by=jun).taken_back_at is not None  # the way out
