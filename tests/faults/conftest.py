"""Houses: a fresh portal for every fault test."""

from collections.abc import Callable

import pytest
from pytest_django import Settings

from people.models import Office, User
from tests.faults.city import build_city
from tests.faults.house import House
from tests.people import factories as people


@pytest.fixture
def roads(house: House) -> Office:
    """The office that the word of `city` leads to."""
    return build_city()


@pytest.fixture
def jun(roads: Office) -> User:
    """Its officer."""
    return people.officer_of(roads)


@pytest.fixture
def send_to(settings: Settings) -> Callable[[int], None]:
    """Lets the test's own process send its mail to this port."""

    def point(port: int) -> None:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port

    return point
