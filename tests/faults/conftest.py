"""Houses: a fresh portal for every fault test."""

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker, Settings

from people.models import Office, User
from tests.faults import house as houses
from tests.faults.city import build_city
from tests.faults.house import House
from tests.people import factories as people

_number = itertools.count(1)


@pytest.fixture(scope="session")
def template(django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The migrated database that every house is a copy of."""
    with django_db_blocker.unblock():
        houses.build_template()
        yield houses.TEMPLATE
        houses.execute("DROP DATABASE {} WITH (FORCE)", houses.TEMPLATE)


@pytest.fixture
def house(template: str, tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[House]:
    """A portal of its own; the test's code stands in its database."""
    name = f"{template}_{next(_number)}"
    with django_db_blocker.unblock():
        houses.execute("CREATE DATABASE {} TEMPLATE {}", name, template)
        try:
            with House(tmp_path, database_url=houses.url_of(name)).inside() as one:
                yield one
        finally:
            houses.execute("DROP DATABASE {} WITH (FORCE)", name)


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
