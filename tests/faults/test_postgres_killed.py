"""PostgreSQL is killed under intake: the receipts people hold are the rows, and nobody has two."""

import os
import uuid
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from signal import SIGKILL

import pytest
from django.db import connection

from channels_app.models import Message, RoutingDecision
from seoul_portal.local.postgres import Postgres
from tests.faults.browser import Browser, Page
from tests.faults.city import DECIDING
from tests.faults.house import House, until
from tests.ledger import check_ledger

CLIENTS, VOICES, KILLS = 8, 20, 3
TRACES = ("Traceback", "psycopg", "OperationalError", "InterfaceError", "DoesNotExist")


def kill(cluster: Postgres) -> None:
    """kill -9: no shutdown, no checkpoint; the next start recovers from the log."""
    assert cluster.process is not None
    os.kill(cluster.process.pid, SIGKILL)
    cluster.process.wait()


def speak_on(port: int, client: int) -> tuple[list[str], list[Page]]:
    """One client: each voice until it is heard, and every fifth once more with its key."""
    browser, receipts = Browser(port), []
    for n in range(VOICES):
        key, text = uuid.uuid4(), f"{client}-{n} {DECIDING}"
        receipts.append(browser.say_until_heard(text, key))
        if n % 5 == 0:
            assert browser.say_until_heard(text, key) == receipts[-1]
    return receipts, browser.seen


def assert_quiet(page: Page) -> Page:
    """No page tells what broke inside."""
    assert not any(trace in page.body for trace in TRACES)
    return page


def assert_plain_words(page: Page) -> None:
    """Nothing but success, or "not now" with the words that were typed and when to come back."""
    assert assert_quiet(page).status in (302, 503), page.body[:2000]
    if page.status == 503:
        assert int(page.headers["Retry-After"]) > 0
        assert DECIDING in page.body


@pytest.mark.slow
def test_receipts_are_rows(own_house: House, cluster: Postgres) -> None:
    own_house.valkey.start()
    port = own_house.start_web()
    own_house.start_worker()

    with ThreadPoolExecutor(CLIENTS) as pool:
        saying = [pool.submit(speak_on, port, client) for client in range(CLIENTS)]
        for kills in range(1, KILLS + 1):
            until(partial(_are_rows, CLIENTS * VOICES * kills // (KILLS + 1)))
            kill(cluster)
            until(lambda: assert_quiet(Browser(port).get("/")).status == 503, within=5)
            assert_quiet(Browser(port).get("/track/"))
            cluster.start()
            until(lambda: Browser(port).get("/smc/").status == 200)
        said = [one.result() for one in saying]

    receipts = [receipt for receipts, _pages in said for receipt in receipts]
    for _receipts, pages in said:
        for page in pages:
            assert_plain_words(page)
    assert len(set(receipts)) == len(receipts) == CLIENTS * VOICES == Message.objects.count()
    until(lambda: not Message.objects.exclude(status="routed").exists(), within=30)
    assert RoutingDecision.objects.count() == len(receipts)
    check_ledger(receipts=receipts)


def _are_rows(fewest: int) -> bool:
    try:
        return Message.objects.count() >= fewest
    finally:
        connection.close()
