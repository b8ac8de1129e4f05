"""The worker is killed while it routes: every voice is routed or has a reader, once."""

from functools import partial

import pytest
import redis

from channels_app.models import Message, MessageStep, RoutingDecision
from people.models import Office
from tests.faults.city import speak
from tests.faults.house import House, until
from tests.ledger import check_ledger

VOICES = 800


def unrouted() -> int:
    """How many the sweep has not looked at."""
    return Message.objects.waiting_to_be_routed().count()


def enough_routed(goal: int) -> bool:
    """Whether at most so many are left."""
    return unrouted() <= goal


def assert_each_considered_once(roads: Office) -> None:
    """One decision each; one Step where it was routed, none where a reader has to look."""
    routed = Message.objects.filter(status="routed", office=roads)
    readers = Message.objects.filter(status="received", needs_reader=True, office__kind="centre")
    assert routed.count() + readers.count() == VOICES
    assert readers.count() == VOICES // 10
    assert RoutingDecision.objects.count() == VOICES
    assert MessageStep.objects.filter(seq=1).count() == routed.count()
    assert not MessageStep.objects.filter(seq__gt=1).exists()
    assert not Message.objects.filter(routing_failures__gt=0).exists()


@pytest.mark.slow
def test_a_worker_killed_again_and_again_routes_each_voice_once(
    house: House, roads: Office
) -> None:
    codes = [speak(unclear=n % 10 == 0).code for n in range(VOICES)]
    house.valkey.start()

    while left := unrouted():
        worker = house.start_worker()
        goal = max(0, left - 30)
        until(partial(enough_routed, goal), every=0.002)
        house.kill(worker)

    assert house.kills >= 4
    assert_each_considered_once(roads)
    check_ledger(receipts=codes)


@pytest.mark.slow
def test_with_every_kick_lost_the_sweep_routes_within_a_minute(house: House, roads: Office) -> None:
    house.valkey.start()
    bell = redis.Redis.from_url(house.valkey.url)
    house.start_worker(app="seoul_portal", PORTAL_KICKS="0")
    codes = []
    for n in range(VOICES):
        codes.append(speak(unclear=n % 10 == 0).code)
        if n % 20 == 0:
            bell.flushall()  # and with it whatever the clock had asked the worker to do

    until(lambda: not unrouted(), within=60)

    bell.close()
    assert_each_considered_once(roads)
    check_ledger(receipts=codes)
