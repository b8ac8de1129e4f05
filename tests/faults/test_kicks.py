"""A kick from the door: the worker routes at once, though its clock says nothing."""

import json
import uuid
from functools import partial

import redis
from django.db import transaction
from pytest_django import Settings

from channels_app import kicks, tasks
from channels_app.models import Message
from people.models import Office
from seoul_portal.celery import app
from seoul_portal.sweeps import SWEEPS
from tests.faults.browser import Browser
from tests.faults.city import DECIDING
from tests.faults.house import House, until


def test_a_voice_from_the_form_is_routed_without_the_clock(house: House, roads: Office) -> None:
    house.valkey.start()
    house.start_worker(app="tests.faults.no_clock")
    port = house.start_web(PORTAL_KICKS="1")
    until(partial(_is_listening, house))

    receipt = Browser(port).say(f"{DECIDING}이 들썩해요", uuid.uuid4()).receipt

    until(lambda: Message.objects.get(code=receipt).status == "routed")


def test_a_kick_that_can_not_be_given_costs_only_itself(
    house: House, roads: Office, settings: Settings
) -> None:
    settings.KICKS = True
    assert tasks.route_waiting.app is app
    bell = _emptied(settings)

    kicks.kick_on_commit(object())  # no broker takes that
    kicks.kick_on_commit(tasks.route_waiting)

    until(lambda: _asked(bell) == [tasks.route_waiting.name])
    bell.close()


def test_a_hundred_voices_in_a_moment_are_one_kick(
    house: House, roads: Office, settings: Settings
) -> None:
    settings.KICKS = True
    bell = _emptied(settings)

    with transaction.atomic():  # all of them are wanted at its end
        for _voice in range(100):
            kicks.kick_on_commit(tasks.route_waiting)
        kicks.kick_on_commit(tasks.draw_photos)

    until(lambda: bell.llen("slow") == 1)
    assert _asked(bell) == [tasks.route_waiting.name]
    bell.close()


def test_no_kick_keeps_a_sweep_of_the_clock_from_its_turn() -> None:
    shortest = min(every for sweeps in SWEEPS.values() for every in sweeps.values())
    assert shortest > kicks.EXPIRES


def _is_listening(house: House) -> bool:
    """The worker waits for its next kick."""
    with redis.Redis.from_url(house.valkey.url) as bell:
        return any(line["cmd"] == "brpop" for line in bell.client_list())


def _emptied(settings: Settings) -> "redis.Redis":
    bell = redis.Redis.from_url(settings.REDIS_URL)
    bell.delete("fast", "slow")
    return bell


def _asked(bell: "redis.Redis") -> list[str]:
    return [json.loads(asked)["headers"]["task"] for asked in bell.lrange("fast", 0, -1)]
