"""The people of the desk's tests: Jun is in charge, Sora's office must see nothing."""

import pytest
from django.test import Client

from people.models import Office, User
from tests.people import factories as people


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
