"""Two sweeps at once, a sweep killed at any statement, and a walk through a real mail server."""

import os
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client
from pytest_django import Settings

from channels_app import actions, tasks
from channels_app.models import Delivery, Follow, Message
from people.models import Office
from tests.channels_app.factories import receive
from tests.faults.city import build_city
from tests.faults.house import House, leave_thread
from tests.faults.smtp import CountingServer, counting
from tests.following.readers import SORA, confirmed, follow, route, settled, sweep
from tests.people import factories as people

VOICES = 60


@pytest.fixture
def roads(house: House) -> Office:
    """The office of a city of its own."""
    return build_city()


@pytest.fixture
def server(settings: Settings) -> Iterator[CountingServer]:
    """Where the mail goes; nobody waits for a worker."""
    settings.KICKS = False
    with counting() as (one, port):
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        yield one


def changed(roads: Office, count: int) -> list[Message]:
    """Public voices of confirmed authors, each followed by somebody, each given to the roads."""
    said = [receive(contact=confirmed(f"mina{n}@example.org")) for n in range(count)]
    for n, message in enumerate(said):
        follow(message, f"sora{n}@example.org")
    centre = people.centre_officer()
    return [route(message, roads, centre) for message in said]


def news() -> tuple[int, int]:
    """How many mails are owed, and to how many different people."""
    rows = Delivery.objects.filter(event="news")
    return rows.count(), rows.values("contact").distinct().count()


def untold() -> int:
    """How many messages the sweep has not told of."""
    with settled():
        return Message.objects.with_untold_steps().count()


def test_four_sweeps_at_once_owe_each_mail_once(roads: Office) -> None:
    changed(roads, VOICES)

    def run() -> None:
        try:
            with settled():
                tasks.tell()
        finally:
            leave_thread()

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(run) for _n in range(4)]:
            done.result()
    with settled():
        tasks.tell()

    assert news() == (2 * VOICES, 2 * VOICES)
    assert untold() == 0


@contextmanager
def _dying_at(number: int) -> Iterator[None]:
    """As by kill -9 before the n-th statement: no handler, no goodbye to the database."""
    seen = 0

    def count(execute: Callable[..., Any], *statement: Any) -> Any:
        nonlocal seen
        seen += 1
        if seen == number:
            os._exit(9)
        return execute(*statement)

    with connection.execute_wrapper(count):
        yield


def _killed_at(number: int) -> bool:
    """Whether a process that tells was killed before its n-th statement."""
    connections.close_all()  # a fork must not share a line to the database
    child = os.fork()
    if child == 0:
        try:
            with _dying_at(number), settled():
                tasks.tell()
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


def test_a_sweep_killed_at_any_statement_loses_and_doubles_nothing(roads: Office) -> None:
    changed(roads, 3)
    killed = 0

    while _killed_at(killed + 1):
        killed += 1
        assert killed < 60
    with settled():
        tasks.tell()

    assert killed > 8
    assert news() == (6, 6)
    assert untold() == 0


def test_from_the_form_to_the_last_press_by_real_mail(
    roads: Office, server: CountingServer
) -> None:
    message = receive(text="가로등이 꺼졌어요")
    reader = Client()

    reader.post(f"{message.get_absolute_url()}follow/", {"mail": SORA})
    tasks.send_due()
    asked = server.kept[-1].get_content()
    link = re.search(r"(/follow/\d+/[\w-]{28}/)", asked)
    assert link is not None
    assert "가로등" not in asked
    reader.post(link[1], {"act": "confirm"})

    message = route(message, roads)
    sweep()
    with settled():
        tasks.send_due()
    told = server.kept[-1]
    assert told["To"] == SORA
    assert message.code in told["Subject"]
    assert told["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    ended = re.fullmatch(r"<http://localhost:8000((?:/en)?/unsubscribe/\d+/[\w-]{28}/)>",
                         told["List-Unsubscribe"])  # fmt: skip
    assert ended is not None
    reader.post(ended[1], {"List-Unsubscribe": "One-Click"})

    jun = people.officer_of(roads)
    actions.hand_back(message, reason="물 문제", by=jun)
    sweep()
    with settled():
        tasks.send_due()

    assert not Follow.objects.active().exists()
    assert len(server.kept) == 2
