"""PostgreSQL is killed while people speak and mails leave: the receipts people hold are the rows,
nobody has two, and what lies in the mailboxes is what the outbox says.
"""

import os
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from signal import SIGKILL

import pytest
from django.db import connection

from channels_app.models import Delivery, Message, RoutingDecision
from lifecycle import clock
from seoul_portal.local.postgres import Postgres
from tests.faults.browser import Browser, Page
from tests.faults.city import DECIDING
from tests.faults.house import House, until
from tests.faults.smtp import counting
from tests.ledger import check_ledger

CLIENTS, VOICES, KILLS = 8, 25, 10
RECOVERY = 5.0  # seconds from the start of PostgreSQL until a page with rows is there again
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
        address = f"mina{client}-{n}@example.org"
        receipts.append(browser.say_until_heard(text, key, address))
        if n % 5 == 0:
            assert browser.say_until_heard(text, key, address) == receipts[-1]
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


def kill_and_start(cluster: Postgres, port: int) -> float:
    """Once; how many seconds until the pages are back, from the start on."""
    kill(cluster)
    until(lambda: assert_quiet(Browser(port).get("/")).status == 503, within=5)
    assert_quiet(Browser(port).get("/track/"))
    began = time.monotonic()
    cluster.start()
    until(lambda: Browser(port).get("/smc/").status == 200)
    return time.monotonic() - began


def let_every_mail_leave(house: House) -> None:
    """What was on its way at a kill waits for its lease: a sender that ends lets it run out now."""
    until(lambda: tended(house) and not Delivery.objects.filter(state="queued"), within=60)
    worker = house.process("worker.log")
    assert worker is not None
    house.kill(worker)
    Delivery.objects.filter(state="sending").update(lease_until=clock.now())
    house.start_worker(app="seoul_portal")
    until(lambda: not Delivery.objects.filter(state__in=("queued", "sending")), within=60)


def tended(house: House) -> bool:
    """A worker may fall with its database; the portal's supervisor starts it again."""
    house.tend()
    return True


@pytest.mark.slow
def test_receipts_are_rows_and_mails_are_those_of_the_outbox(
    own_house: House, cluster: Postgres
) -> None:
    own_house.valkey.start()
    with counting() as (server, own_house.mail_port):
        port = own_house.start_web()
        own_house.start_worker(app="seoul_portal")
        with ThreadPoolExecutor(CLIENTS) as pool:
            saying = [pool.submit(speak_on, port, client) for client in range(CLIENTS)]
            recoveries = []
            for kills in range(1, KILLS + 1):
                until(partial(_are_rows, CLIENTS * VOICES * kills // (KILLS + 1)), within=60)
                recoveries.append(kill_and_start(cluster, port))
                own_house.tend()
            said = [one.result() for one in saying]
        until(lambda: not Message.objects.exclude(status="routed").exists(), within=60)
        let_every_mail_leave(own_house)

    receipts = [receipt for receipts, _pages in said for receipt in receipts]
    for _receipts, pages in said:
        for page in pages:
            assert_plain_words(page)
    assert len(set(receipts)) == len(receipts) == CLIENTS * VOICES == Message.objects.count()
    assert RoutingDecision.objects.count() == len(receipts)
    assert Delivery.objects.filter(event="receipt").count() == len(receipts)
    assert max(recoveries) < RECOVERY, recoveries
    check_ledger(receipts=receipts, outside=server.copies)


def _are_rows(fewest: int) -> bool:
    try:
        return Message.objects.count() >= fewest
    finally:
        connection.close()
