"""PostgreSQL is killed under intake: the receipts people hold are the rows, and nobody has two."""

import os
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from signal import SIGKILL

import pytest
from django.core.management import call_command
from django.db import connection
from pytest_django import DjangoDbBlocker

from channels_app.models import Message, RoutingDecision
from seoul_portal.local.postgres import Postgres
from tests.faults.browser import Browser, Page
from tests.faults.city import DECIDING, build_city
from tests.faults.house import House, until
from tests.ledger import check_ledger

CLIENTS, VOICES, KILLS = 8, 20, 3
TRACES = ("Traceback", "psycopg", "OperationalError", "InterfaceError", "DoesNotExist")


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Postgres]:
    """A PostgreSQL of its own that keeps what it has promised (fsync on)."""
    server = Postgres(tmp_path / "postgres", log=tmp_path / "postgres.log")
    server.start()
    try:
        yield server
    finally:
        server.stop()


@pytest.fixture
def own_house(
    cluster: Postgres, tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> Iterator[House]:
    """A portal on that cluster."""
    with (
        django_db_blocker.unblock(),
        House(tmp_path, database_url=cluster.url).inside() as house,
    ):
        call_command("migrate", verbosity=0)
        build_city()
        connection.close()
        yield house


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
    recoveries = []

    with ThreadPoolExecutor(CLIENTS) as pool:
        saying = [pool.submit(speak_on, port, client) for client in range(CLIENTS)]
        for kills in range(1, KILLS + 1):
            until(partial(_are_rows, CLIENTS * VOICES * kills // (KILLS + 1)))
            kill(cluster)
            until(lambda: assert_quiet(Browser(port).get("/")).status == 503, within=5)
            assert_quiet(Browser(port).get("/track/"))
            began = time.monotonic()
            cluster.start()
            until(lambda: Browser(port).get("/smc/").status == 200)
            recoveries.append(time.monotonic() - began)
        said = [one.result() for one in saying]

    receipts = [receipt for receipts, _pages in said for receipt in receipts]
    for _receipts, pages in said:
        for page in pages:
            assert_plain_words(page)
    assert max(recoveries) < 5.0
    assert len(set(receipts)) == len(receipts) == CLIENTS * VOICES == Message.objects.count()
    until(lambda: not Message.objects.exclude(status="routed").exists(), within=30)
    assert RoutingDecision.objects.count() == len(receipts)
    check_ledger(receipts=receipts)


def _are_rows(fewest: int) -> bool:
    try:
        return Message.objects.count() >= fewest
    finally:
        connection.close()
