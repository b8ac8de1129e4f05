"""The same announcement, and the same days, by four at once: each mail is owed once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from channels_app import actions, daily, tasks
from channels_app.models import Delivery, Notice
from lifecycle import clock
from people.models import Office
from tests.channels_app.factories import receive
from tests.faults.city import build_city
from tests.faults.house import House, leave_thread
from tests.following.readers import follow


@pytest.fixture
def roads(house: House) -> Office:
    """The office of a city of its own."""
    return build_city()


def four_times(act: Callable[[], object]) -> None:
    """In four threads at once, each with its own line to the database."""

    def run() -> None:
        try:
            act()
        finally:
            leave_thread()

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(run) for _n in range(4)]:
            done.result()


def test_four_who_announce_the_same_tell_it_once(roads: Office) -> None:
    message = receive()
    for n in range(20):
        follow(message, f"sora{n}@example.org")
    topic = actions.topic_of(message)

    four_times(lambda: actions.announce(topic, key="one", what="하나", path="/s/S-2026-000001/"))

    assert Notice.objects.count() == 1
    assert Delivery.objects.filter(event="notice").count() == 20


def test_four_sweeps_make_one_mail_of_a_day_for_each(roads: Office) -> None:
    message = receive()
    for n in range(20):
        one = follow(message, f"sora{n}@example.org")
        assert one.contact is not None
        actions.hear_daily(one.contact)
    topic = actions.topic_of(message)
    actions.announce(topic, key="one", what="하나", path="/s/S-2026-000001/")
    evening = daily.next_hour(clock.now()) + timedelta(seconds=1)

    def gather() -> None:
        with clock.at(evening):
            tasks.gather_days()

    four_times(gather)
    gather()

    assert Delivery.objects.filter(event="digest").count() == 20
    with clock.at(evening):
        assert not Delivery.objects.for_digest().exists()
