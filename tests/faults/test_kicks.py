"""A kick from the door: the worker routes at once, though its clock says nothing."""

import base64
import json
import os
import uuid
from typing import cast

import redis
from pytest_django import Settings

from channels_app import kicks, tasks
from channels_app.models import Message
from people.models import Office
from seoul_portal.celery import app
from tests.faults.browser import Browser
from tests.faults.city import DECIDING
from tests.faults.house import House, until


def test_a_voice_from_the_form_is_routed_without_the_clock(house: House, roads: Office) -> None:
    house.valkey.start()
    house.start_worker(app="tests.faults.no_clock")
    port = house.start_web(PORTAL_KICKS="1")

    receipt = Browser(port).say(f"{DECIDING}이 들썩해요", uuid.uuid4()).receipt

    until(lambda: Message.objects.get(code=receipt).status == "routed")


def test_a_kick_that_can_not_be_given_costs_only_itself(
    house: House, roads: Office, settings: Settings
) -> None:
    settings.KICKS = True
    assert tasks.route_one.app is app
    bell = redis.Redis.from_url(settings.REDIS_URL)
    number = 10**9 + os.getpid()

    kicks.kick_on_commit(tasks.route_one, cast("int", object()))  # no broker takes that
    kicks.kick_on_commit(tasks.route_one, number)

    until(lambda: any(_asks_for(number, asked) for asked in bell.lrange("fast", 0, -1)))
    bell.close()


def _asks_for(number: int, asked: bytes | str) -> bool:
    arguments, _named, _rest = json.loads(base64.b64decode(json.loads(asked)["body"]))
    return bool(arguments == [number])
