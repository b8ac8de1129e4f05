"""The people of the desk's tests: Jun is in charge, Sora's office must see nothing."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import redis
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from channels_app.models import Message
from lifecycle import clock
from people.models import Office, User
from tests.channels_app import factories as voices
from tests.desk.screens import signed_in
from tests.people import factories as people

MINUTE = timedelta(minutes=1)
# What was typed and not kept yet would be sent into the next test.
ASKS_NO_MORE = "() => { window.fetch = () => new Promise(() => {}); }"


@pytest.fixture
def roads(db: None) -> Office:
    """The office in charge."""
    return people.make_office("roads")


@pytest.fixture
def buses(db: None) -> Office:
    """Another office."""
    return people.make_office("buses")


@pytest.fixture
def jun(roads: Office) -> User:
    """An officer of the office in charge."""
    return people.officer_of(roads, name="준")


@pytest.fixture
def sora(buses: Office) -> User:
    """An officer of another office."""
    return people.officer_of(buses, name="소라")


@pytest.fixture
def at_desk(jun: User) -> Client:
    """Jun, signed in with both factors."""
    return people.signed_in_client(jun)


@pytest.fixture
def page(browser: Browser, live_server: LiveServer, at_desk: Client) -> Iterator[Page]:
    """Jun's, at no page yet."""
    page = signed_in(browser, live_server.url, at_desk)
    yield page
    page.evaluate(ASKS_NO_MORE)


@pytest.fixture(autouse=True)
def _nobody_looks() -> None:
    with redis.Redis.from_url(settings.REDIS_URL) as valkey:
        for key in valkey.scan_iter("desk:looking:*"):
            valkey.delete(key)


@pytest.fixture
def at_centre(roads: Office) -> Client:
    return people.signed_in_client(people.centre_officer())


@pytest.fixture
def three(roads: Office) -> list[Message]:
    """Due one after the other."""
    made = []
    for minutes in (3, 2, 1):
        with clock.at(timezone.now() - minutes * MINUTE):
            made.append(voices.routed_to(roads))
    return made
