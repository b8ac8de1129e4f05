"""The pages of the promise in Chromium: axe, overflow, targets; a case and an office on paper."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from tests.pages import cities, visits
from tests.pages.browsing import Setting, reader
from tests.people import factories as people

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SETTINGS = [Setting(390, "ko", "light"), Setting(1280, "en", "dark")]


@pytest.fixture(autouse=True)
def _city(transactional_db: None, settings: Settings) -> None:
    settings.KICKS = False  # nobody here waits for a worker
    people.centre()
    cities.settle(60)


@pytest.mark.parametrize("setting", SETTINGS, ids=str)
def test_nothing_is_wrong_with_the_pages_of_the_promise(
    live_server: LiveServer, browser: Browser, axe: Axe, setting: Setting
) -> None:
    with reader(browser, live_server.url, setting) as mina:
        for name, path in cities.PAGES.items():
            mina.go(path)
            mina.look(name, axe)

    assert mina.problems == []


def test_nothing_overflows_the_smallest_phone(live_server: LiveServer, browser: Browser) -> None:
    with reader(browser, live_server.url, Setting(320, "en", "light")) as mina:
        for name, path in cities.PAGES.items():
            mina.go(path)
            mina.look(name, None)

    assert mina.problems == []


@pytest.mark.parametrize(
    ("address", "most"),
    [(lambda: visits.answered().get_absolute_url(), 2), (lambda: "/departments/sidewalks/", 4)],
    ids=["case", "office"],
)
def test_what_is_printed_fits_on_few_sheets(
    live_server: LiveServer, browser: Browser, address: Callable[[], str], most: int
) -> None:
    with reader(browser, live_server.url, Setting(1280, "ko", "light")) as mina:
        mina.go(address())

        paper = mina.page.pdf(format="A4")

    assert 1 <= paper.count(b"/Type /Page\n") <= most
