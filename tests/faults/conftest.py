"""Houses: a fresh portal for every fault test."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from pytest_django import DjangoDbBlocker, Settings

from people.models import Office, User
from seoul_portal.local.postgres import Postgres
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
