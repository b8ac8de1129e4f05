"""The pages of suggestions in Chromium: axe, overflow, target sizes; support without a script."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from suggestions import actions
from suggestions.models import Support
from tests.pages.browsing import Setting, reader
from tests.people import factories as people
from tests.suggestions import factories as ideas
from tests.suggestions import visits

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(autouse=True)
def _city(transactional_db: None, settings: Settings) -> None:
    settings.KICKS = False
    people.centre()
    ideas.listening()


@pytest.mark.parametrize(
    "setting",
    [
        Setting(390, "ko", "light"),
        Setting(1280, "en", "dark"),
    ],
    ids=str,
)
def test_nothing_is_wrong_with_any_page(
    live_server: LiveServer, browser: Browser, axe: Axe, setting: Setting
) -> None:
    pages = visits.pages()
    with reader(browser, live_server.url, setting) as mina:
        for name, path in pages.items():
            mina.go(path)
            mina.look(name, axe)

    assert "\n".join(mina.problems) == ""


def test_nothing_overflows_the_smallest_phone(live_server: LiveServer, browser: Browser) -> None:
    pages = visits.pages()
    with reader(browser, live_server.url, Setting(320, "en", "light")) as mina:
        for name, path in pages.items():
            mina.go(path)
            mina.look(name, None)

    assert "\n".join(mina.problems) == ""


def test_a_second_support_is_one_tap_without_a_script(
    live_server: LiveServer, browser: Browser
) -> None:
    link, other = visits.confirm_link(), visits.opened()
    phone = Setting(390, "ko", "light")
    with reader(browser, live_server.url, phone, java_script_enabled=False) as mina:
        mina.go(link)
        mina.page.click("button[value=confirm]")
        mina.go(f"/s/{other.code}/")
        mina.page.click("button[value=support]")
        counted = mina.page.locator(".notice--ok").count()

    actions.count_supports()
    assert counted == 1
    assert Support.objects.counting().filter(suggestion=other).count() == 4
