"""Who writes down for others: 120 Dasan, the centre, an officer of any office."""

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from people.models import Office, OfficeKind, User
from tests.people import factories as people


@pytest.fixture(autouse=True)
def _no_worker(settings: Settings) -> None:
    settings.KICKS = False  # nobody here waits for one


@pytest.fixture
def dasan(db: None) -> Office:
    """The call centre."""
    people.centre()
    return people.make_office("dasan", OfficeKind.CALL_CENTRE)


@pytest.fixture
def nari(dasan: Office) -> User:
    """An officer of the call centre."""
    return people.officer_of(dasan, name="나리")


@pytest.fixture
def at_phone(nari: User) -> Client:
    """Nari, signed in with both factors."""
    return people.signed_in_client(nari)


@pytest.fixture
def roads(db: None) -> Office:
    """Any other office."""
    return people.make_office("roads")


@pytest.fixture
def jun(roads: Office) -> User:
    """Its officer."""
    return people.officer_of(roads, name="준")
