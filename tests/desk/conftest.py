"""The people of the desk's tests: Jun is in charge, Sora's office must see nothing."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, sync_playwright

from people.models import Office, User
from tests.pages.browsing import CHROMIUM
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


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for all; its loop is no danger to the database, which Django alone asks."""
    if not CHROMIUM.exists():
        pytest.skip("needs Chromium")
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def axe() -> Axe:
    """The accessibility engine, read once."""
    return Axe()
