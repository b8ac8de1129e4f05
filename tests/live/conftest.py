"""A house whose bell the test's own code rings too."""

import pytest
from pytest_django.fixtures import Settings

from people.models import Office
from tests.faults.city import build_city
from tests.faults.house import House


@pytest.fixture
def roads(house: House, settings: Settings) -> Office:
    """An office of the house; what the test does there is told to its Valkey."""
    settings.REDIS_URL = house.valkey.url
    return build_city()
