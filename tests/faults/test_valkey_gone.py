"""Valkey only rings a bell: without it every voice is heard, and routed a little later."""

import uuid
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from channels_app.models import Message
from people.models import Office
from tests.faults.browser import Browser
from tests.faults.city import DECIDING
from tests.faults.house import House, until
from tests.faults.pace import as_quick_as
from tests.ledger import check_ledger

CLIENTS, VOICES = 4, 30


def speak_on(port: int, client: int) -> tuple[list[str], list[float]]:
    """One client's voices, each said once: the numbers and the seconds they took."""
    browser, receipts = Browser(port), []
    for n in range(VOICES):
        page = browser.say(f"{client}-{n} {DECIDING}", uuid.uuid4())
        assert page.status == 302, page.body[:500]
        receipts.append(page.receipt)
    return receipts, [page.seconds for page in browser.seen]


def routed() -> int:
    """How many have found their office."""
    return Message.objects.filter(status="routed").count()


def tended(house: House) -> bool:
    """Start again what has fallen; to be asked while waiting."""
    house.tend()
    return True


@pytest.mark.slow
def test_killed_and_emptied_under_intake(house: House, roads: Office) -> None:
    """A worker that holds a message while Valkey dies may fall itself (kombu 5.7 stumbles over
    the line it has closed), so it is tended here as the portal's supervisor tends it."""
    house.valkey.start()
    port = house.start_web()
    house.start_worker(app="seoul_portal")
    until(lambda: Browser(port).get("/healthz").status == 200)

    with ThreadPoolExecutor(CLIENTS) as pool:
        before = list(pool.map(partial(speak_on, port), range(CLIENTS, 2 * CLIENTS)))
        saying = [pool.submit(speak_on, port, client) for client in range(CLIENTS)]
        until(lambda: Message.objects.count() >= CLIENTS * VOICES * 5 // 4)
        house.kill_valkey()
        until(lambda: Message.objects.count() >= CLIENTS * VOICES * 7 // 4)
        house.valkey.start()
        during = [one.result() for one in saying]

    receipts = [receipt for receipts, _seconds in before + during for receipt in receipts]
    assert len(set(receipts)) == Message.objects.count() == 2 * CLIENTS * VOICES
    assert as_quick_as(_seconds(before), _seconds(during))
    until(lambda: tended(house) and routed() == len(receipts), within=60)
    check_ledger(receipts=receipts)


@pytest.mark.slow
def test_absent_altogether(house: House, roads: Office) -> None:
    port = house.start_web()

    receipts, seconds = speak_on(port, 1)

    assert len(set(receipts)) == Message.objects.count() == VOICES
    assert sorted(seconds)[VOICES * 9 // 10] < 1.0
    check_ledger(receipts=receipts, settled=False)


def _seconds(said: Iterable[tuple[list[str], list[float]]]) -> list[float]:
    return [second for _receipts, seconds in said for second in seconds]
