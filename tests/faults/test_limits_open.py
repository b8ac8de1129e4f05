"""Valkey frozen, killed and back: no voice waits for it, none is held for a number meanwhile."""

import os
import time
from collections import Counter
from signal import SIGCONT, SIGSTOP

import pytest
import redis
from pytest_django.fixtures import Settings

from channels_app import limits, rules
from channels_app import valkey as door
from channels_app.actions import Said
from channels_app.models import HeldReason
from channels_app.valkey import PATIENCE
from tests.faults.house import House, until

SAID = Said(text="가로등이 꺼졌어요", kind="complaint")


@pytest.fixture
def valkey(house: House, settings: Settings) -> House:
    """A Valkey of its own, to be mistreated."""
    house.valkey.start()
    settings.REDIS_URL = house.valkey.url
    return house


def say_all() -> list[str]:
    """As often as the same words may be said, and once more."""
    return [limits.reason_to_hold(SAID) for _n in range(rules.LIMIT_REPEATED.value() + 1)]


def counts_again() -> bool:
    """Is it asked again?"""
    return say_all()[-1] == HeldReason.REPEATED


def test_a_frozen_valkey_costs_one_blink_and_not_one_a_voice(valkey: House) -> None:
    assert valkey.valkey.process is not None
    limits.reason_to_hold(SAID, network="192.0.2.1")
    os.kill(valkey.valkey.process.pid, SIGSTOP)
    began = time.monotonic()

    held = {limits.reason_to_hold(SAID, session="mina", network="192.0.2.1") for _n in range(20)}

    seconds = time.monotonic() - began
    os.kill(valkey.valkey.process.pid, SIGCONT)
    assert held == {""}
    assert seconds < 20 * PATIENCE / 2  # each of them asking would take twice as long at least
    until(counts_again, within=30, every=0.5)


def test_killed_it_holds_nobody_and_counts_again_when_it_is_back(valkey: House) -> None:
    assert say_all()[-1] == HeldReason.REPEATED

    valkey.kill_valkey()
    assert set(say_all()) == {""}
    valkey.valkey.start()

    until(counts_again, within=30, every=0.5)


def test_while_it_is_away_one_asks_in_each_pause() -> None:
    url, asked = "redis://127.0.0.1:1/0", Counter[str]()

    for _n in range(20):
        try:
            with door.asked(url) as client:
                asked["asked"] += 1
                client.ping()
        except redis.ConnectionError:
            asked["away"] += 1

    assert asked == {"asked": 1, "away": 20}
