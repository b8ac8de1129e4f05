"""The operator's numbers: for whoever has the token, from the rows, and few questions long."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from channels_app.models import Message
from lifecycle import clock
from lifecycle.models import Heartbeat, Upkeep, UpkeepKind
from tests.channels_app import factories

pytestmark = pytest.mark.django_db
TOKEN = "a-token-of-the-test"
LINE = re.compile(r'[a-z_]+(\{[a-z_]+="[^"]*"(,[a-z_]+="[^"]*")*\})? -?[0-9.e+]+')


@pytest.fixture
def read(settings: Any, client: Client) -> Callable[[], str]:
    """The page, as a collector reads it."""
    settings.METRICS_TOKEN = TOKEN

    def page() -> str:
        answer = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
        assert answer.status_code == 200
        return answer.content.decode()

    return page


def test_without_a_token_in_the_settings_there_is_no_such_page(client: Client) -> None:
    answer = client.get("/metrics", headers={"Authorization": "Bearer "})

    assert answer.status_code == 404


@pytest.mark.parametrize("brought", ["", "Bearer ", "Bearer wrong", f"Basic {TOKEN}", TOKEN])
def test_nobody_else_reads_it(brought: str, settings: Any, client: Client) -> None:
    settings.METRICS_TOKEN = TOKEN

    answer = client.get("/metrics", headers={"Authorization": brought})

    assert answer.status_code == 401
    assert answer.content == b""


def test_every_line_is_in_the_format(read: Callable[[], str]) -> None:
    factories.receive(contact=("mail", "mina@example.org"))

    lines = [line for line in read().splitlines() if not line.startswith("#")]

    assert len(lines) > 20
    assert [line for line in lines if not LINE.fullmatch(line)] == []


def test_it_counts_what_waits(read: Callable[[], str]) -> None:
    factories.receive(contact=("mail", "mina@example.org"))
    with clock.at(clock.now() + timedelta(seconds=90)):
        page = read()

    assert 'portal_messages{status="received"} 1\n' in page
    assert 'portal_deliveries{state="queued"} 1\n' in page
    assert 'portal_oldest_undone_seconds{sweep="route_waiting"} 90' in page
    assert 'portal_sweep_silent{sweep="send_due"} 1\n' in page
    assert "mina" not in page


def test_a_late_message_a_beat_and_a_backup_are_seen(read: Callable[[], str]) -> None:
    factories.receive()
    Message.objects.update(due_at=clock.now() - timedelta(hours=1))
    Heartbeat.beat("send_due")
    Upkeep.enter(UpkeepKind.BACKUP)

    page = read()

    assert "portal_messages_late 1\n" in page
    assert 'portal_sweep_silent{sweep="send_due"} 0\n' in page
    assert "portal_backup_seconds" in page


def test_it_asks_little(
    read: Callable[[], str], django_assert_num_queries: Callable[[int], AbstractContextManager[Any]]
) -> None:
    factories.receive()

    with django_assert_num_queries(77):
        read()
