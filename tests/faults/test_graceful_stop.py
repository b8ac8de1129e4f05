"""Asked to stop, everybody finishes what is in their hands: no voice and no mail is cut off."""

import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from signal import SIGTERM
from subprocess import Popen

import pytest
from django.db import connection, transaction

from channels_app.models import Delivery, Message
from people.models import Office
from tests.faults import city
from tests.faults.browser import Browser
from tests.faults.house import House, until
from tests.faults.smtp import counting
from tests.ledger import check_ledger

PATIENCE = 20.0  # twice what a worker gives itself: beside other tests everything takes longer


def stopped(process: "Popen[bytes]", house: House) -> float:
    """Ask it to stop; after how many seconds it has."""
    began = time.monotonic()
    process.send_signal(SIGTERM)
    process.wait(PATIENCE)
    del house.running[process]
    return time.monotonic() - began


@pytest.mark.slow
def test_a_request_that_is_being_answered_gets_its_answer(house: House, roads: Office) -> None:
    house.valkey.start()
    port = house.start_web()
    (web,) = house.running
    browser, text = Browser(port), f"slow {city.DECIDING}"
    browser.get("/")
    with ThreadPoolExecutor(2) as pool:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("LOCK TABLE channels_app_message IN ACCESS EXCLUSIVE MODE")
            saying = pool.submit(browser.say, text, uuid.uuid4())
            until(waits_for_a_lock, within=10)
            stopping = pool.submit(stopped, web, house)
            threading.Event().wait(0.3)  # it has been told, and the request still runs
        page, seconds = saying.result(), stopping.result()

    assert page.receipt
    assert Message.objects.filter(code=page.receipt).count() == 1
    assert seconds < PATIENCE


def waits_for_a_lock() -> bool:
    """Is somebody waiting for us?"""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(cursor.fetchone()[0])


@pytest.mark.slow
def test_a_mail_that_is_leaving_leaves_once_and_is_written_down(
    house: House, roads: Office
) -> None:
    with counting(slowness=0.5) as (server, port):
        house.mail_port = port
        rows = [city.owe(f"{number}-mina@example.org") for number in range(3)]
        house.valkey.start()
        worker = house.start_worker()
        until(lambda: Delivery.objects.filter(state="sending").exists(), within=30)

        seconds = stopped(worker, house)

        assert seconds < PATIENCE
        assert not Delivery.objects.filter(state="sending").exists()
        assert Delivery.objects.filter(state="sent").count() == len(server.kept) >= 1
        assert set(server.copies.values()) == {1}
        # Only receipts: a worker that was quick enough has already told of the office that has it.
        assert Delivery.objects.filter(event="receipt").count() == len(rows)
        check_ledger(outside=server.copies, settled=False)
