"""The web processes are killed fifty times under intake: receipts are rows, and nobody has two."""

import os
import random
import threading
import uuid
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path
from signal import SIGKILL

import pytest
from django.db import connection

from channels_app.models import Message
from people.models import Office
from tests.faults.browser import Browser
from tests.faults.city import DECIDING
from tests.faults.house import House, until
from tests.ledger import check_ledger

CLIENTS, KILLS, WORKERS = 20, 50, 3


def web_workers(house: House) -> list[int]:
    """The processes that answer: children of the one that was started, once they serve."""
    (parent,) = (process.pid for process in house.running)
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return [int(pid) for pid in children if _answers(int(pid))]


def is_busy(house: House, *, heard: int) -> bool:
    """Voices come in, and somebody is there to be killed."""
    house.tend()
    try:
        return Message.objects.count() > heard and bool(web_workers(house))
    finally:
        connection.close()


def are_done(house: House, saying: list[Future[list[str]]]) -> bool:
    """Everybody was heard; what ends by the last kill is started again, as the supervisor does."""
    house.tend()
    return all(one.done() for one in saying)


def _answers(pid: int) -> bool:
    """It has loaded the portal: one that dies while it starts tells us nothing."""
    try:
        return "_psycopg" in Path(f"/proc/{pid}/maps").read_text()
    except OSError:
        return False


def speak_until(over: threading.Event, port: int, client: int) -> list[str]:
    """Voice after voice, each until it is heard; every third once more with its key."""
    browser = Browser(port)
    receipts: list[str] = []
    while not over.is_set():
        key, text = uuid.uuid4(), f"{client}-{len(receipts)} {DECIDING}"
        receipts.append(browser.say_until_heard(text, key))
        if len(receipts) % 3 == 0:
            assert browser.say_until_heard(text, key) == receipts[-1]
    return receipts


@pytest.mark.slow
def test_receipts_are_rows(house: House, roads: Office) -> None:
    dice, over = random.Random(1), threading.Event()
    house.valkey.start()
    port = house.start_web(workers=WORKERS)

    with ThreadPoolExecutor(CLIENTS) as pool:
        saying = [pool.submit(speak_until, over, port, client) for client in range(CLIENTS)]
        try:
            for kill in range(KILLS):
                until(partial(is_busy, house, heard=2 * kill), within=60)
                over.wait(dice.uniform(0.0, 0.2))
                with suppress(ProcessLookupError, IndexError):
                    os.kill(dice.choice(web_workers(house)), SIGKILL)
        finally:
            over.set()
        until(partial(are_done, house, saying), within=120)
        receipts = [receipt for one in saying for receipt in one.result()]

    assert len(set(receipts)) == len(receipts) == Message.objects.count()
    assert len(receipts) > KILLS
    check_ledger(receipts=receipts, settled=False)
