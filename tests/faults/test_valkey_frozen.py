"""Valkey stands still without falling: intake is as quick, and the worker wakes up by itself.

PORTAL_FROZEN says for how many seconds; the plan asks for 60.
"""

import os
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from signal import SIGCONT, SIGSTOP
from typing import Any

import pytest
import redis

from channels_app.models import Message
from lifecycle import clock
from lifecycle.models import Heartbeat
from people.models import Office
from seoul_portal.celery import app
from tests.faults.browser import Browser
from tests.faults.city import DECIDING
from tests.faults.house import House, until
from tests.faults.pace import as_quick_as
from tests.ledger import check_ledger

# Seconds: more than any line to it is patient, and more than two of our own pauses.
FROZEN = float(os.environ.get("PORTAL_FROZEN", "12"))
USUAL = 40  # voices before it
LONGEST_SILENCE = 15.0  # seconds after it is back


@contextmanager
def frozen(house: House) -> Iterator[None]:
    """Its lines stay open and nothing comes back."""
    assert house.valkey.process is not None
    os.kill(house.valkey.process.pid, SIGSTOP)
    try:
        yield
    finally:
        os.kill(house.valkey.process.pid, SIGCONT)


@pytest.mark.slow
def test_frozen_under_intake(house: House, roads: Office) -> None:
    house.valkey.start()
    port = house.start_web()
    house.start_worker()
    until(lambda: Heartbeat.objects.filter(sweep="route_waiting").exists(), within=30)
    browser = Browser(port)
    for _n in range(USUAL):
        browser.say(f"{uuid.uuid4().hex} {DECIDING}", uuid.uuid4())

    with frozen(house):
        stop = time.monotonic() + FROZEN
        while time.monotonic() < stop:
            browser.say(f"{uuid.uuid4().hex} {DECIDING}", uuid.uuid4())
    back = clock.now()
    until(
        lambda: Heartbeat.objects.filter(sweep="route_waiting", last_done_at__gt=back).exists(),
        within=LONGEST_SILENCE,
    )
    receipts = [page.receipt for page in browser.seen]
    until(lambda: Message.objects.filter(status="routed").count() == len(receipts), within=60)

    assert set(browser.statuses) == {302}
    seconds = [page.seconds for page in browser.seen]
    assert as_quick_as(seconds[:USUAL], seconds[USUAL:])
    check_ledger(receipts=receipts)


def test_a_kick_whose_end_can_not_be_told_makes_room_for_the_next(house: House) -> None:
    house.valkey.start()
    broker = house.valkey.url.replace("unix://", "redis+socket://", 1)
    with app.connection_for_read(broker, transport_options={"socket_timeout": 0.2}) as line:
        box = line.SimpleQueue("kicks")
        window: Any = box.channel
        box.consumer.qos(prefetch_count=1)
        box.put("a kick")
        kick = box.get(timeout=10)
        room_before = window.qos.can_consume()

        with frozen(house), pytest.raises(redis.TimeoutError):
            kick.ack()

        assert (room_before, window.qos.can_consume()) == (False, True)
