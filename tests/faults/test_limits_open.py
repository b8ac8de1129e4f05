"""Valkey frozen, killed and back: no voice waits for it, none is held for a number meanwhile."""

import os
import time
from signal import SIGCONT, SIGSTOP

import pytest
from pytest_django.fixtures import Settings

from channels_app import limits, rules
from channels_app.actions import Said
from channels_app.models import HeldReason
from tests.faults.house import House

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


def test_a_frozen_valkey_costs_a_blink(valkey: House) -> None:
    assert valkey.valkey.process is not None
    limits.reason_to_hold(SAID, network="192.0.2.1")
    os.kill(valkey.valkey.process.pid, SIGSTOP)
    began = time.monotonic()

    held = limits.reason_to_hold(SAID, session="mina", network="192.0.2.1")

    assert held == ""
    assert time.monotonic() - began < 5  # frozen, it would not answer at all
    os.kill(valkey.valkey.process.pid, SIGCONT)
    assert say_all()[-1] == HeldReason.REPEATED


def test_killed_it_holds_nobody_and_counts_again_when_it_is_back(valkey: House) -> None:
    assert say_all()[-1] == HeldReason.REPEATED

    valkey.kill_valkey()
    assert set(say_all()) == {""}
    valkey.valkey.start()

    assert say_all()[-1] == HeldReason.REPEATED
