"""The fixtures of a whole portal: known to every test once, by tests/conftest.py."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from seoul_portal import settings
from tests.faults import house as houses
from tests.faults.house import House

_number = itertools.count(1)


@pytest.fixture(scope="session")
def template(django_db_setup: None) -> str:
    """The migrated database that every house is a copy of."""
    return houses.TEMPLATE


@pytest.fixture
def house(template: str, tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[House]:
    """A portal of its own; the test's code stands in its database and hashes as its web checks."""
    name = f"{template}_{next(_number)}"
    with django_db_blocker.unblock():
        houses.execute("CREATE DATABASE {} TEMPLATE {}", name, template)
        try:
            with (
                override_settings(PASSWORD_HASHERS=settings.PASSWORD_HASHERS),
                House(tmp_path, database_url=houses.url_of(name)).inside() as one,
            ):
                yield one
        finally:
            houses.execute("DROP DATABASE {} WITH (FORCE)", name)
