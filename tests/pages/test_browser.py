"""The pages in Chromium: axe, overflow, target sizes, the fold; and what JavaScript adds."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from channels_app.models import Message
from tests.channels_app.factories import WORDS, receive
from tests.pages.browsing import TWELVE, TWO, Setting, archetypes, every_page, reader
from tests.people import factories as people

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
]
PHONE = Setting(390, "ko", "light")


@pytest.fixture(autouse=True)
def _centre(transactional_db: None, settings: Settings) -> None:
    settings.KICKS = False  # nobody here waits for a worker
    people.centre()


@pytest.mark.parametrize("setting", TWO, ids=str)
def test_nothing_is_wrong_with_any_page(
    live_server: LiveServer, browser: Browser, axe: Axe, setting: Setting
) -> None:
    with reader(browser, live_server.url, setting) as mina:
        for name, step in every_page().items():
            step(mina)
            mina.look(name, axe)

    assert mina.problems == []


@pytest.mark.parametrize("setting", TWELVE, ids=str)
def test_nothing_is_wrong_with_the_main_pages_in_any_setting(
    live_server: LiveServer, browser: Browser, axe: Axe, setting: Setting
) -> None:
    with reader(browser, live_server.url, setting) as mina:
        for name, step in archetypes().items():
            step(mina)
            mina.look(name, axe)

    assert mina.problems == []


def test_nothing_overflows_the_smallest_phone_nor_at_twice_the_text(
    live_server: LiveServer, browser: Browser
) -> None:
    receive(text="w" * 300)
    with reader(browser, live_server.url, Setting(320, "en", "light")) as mina:
        for name, step in every_page().items():
            step(mina)
            mina.look(name, None)
            mina.page.evaluate("document.documentElement.style.fontSize = '200%'")
            mina.look(f"{name} at 200 %", None)

    # The page itself sets no style: the one above is the test's, and the policy lets it pass.
    assert mina.problems == []


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_box_and_next_stand_above_the_fold(
    live_server: LiveServer, browser: Browser, language: str
) -> None:
    with reader(browser, live_server.url, Setting(390, language, "light")) as mina:
        mina.go("/")

        box = mina.page.locator("#say-form button[type=submit]").bounding_box()

    assert box is not None
    assert box["y"] + box["height"] < 844


def test_everything_is_sent_without_javascript(live_server: LiveServer, browser: Browser) -> None:
    with reader(browser, live_server.url, PHONE, java_script_enabled=False) as mina:
        mina.page.goto(live_server.url)
        mina.page.click("details.menu > summary")
        expect(mina.page.locator("details.menu a").first).to_be_visible()
        mina.type(WORDS)
        mina.send()

        expect(mina.page.locator(".receipt__code")).to_have_text(Message.objects.get().code)
        expect(mina.page.locator("[data-copy]")).to_be_hidden()


def test_a_draft_is_kept_until_it_is_sent(live_server: LiveServer, browser: Browser) -> None:
    with reader(browser, live_server.url, PHONE) as mina:
        kept = "localStorage.getItem('draft')"
        mina.go("/")
        mina.page.fill("#id_text", WORDS)
        mina.page.reload()
        expect(mina.page.locator("#id_text")).to_have_value(WORDS)

        mina.page.context.set_offline(True)
        mina.page.click("#say-form button[type=submit]")
        expect(mina.page.locator(".say__told")).not_to_be_empty()
        mina.page.context.set_offline(False)

        mina.page.click("#say-form button[type=submit]")
        assert WORDS in mina.page.evaluate(kept)
        mina.send()
        expect(mina.page.locator(".receipt__code")).to_be_visible()
        assert mina.page.evaluate(kept) is None


def test_characters_are_counted_near_the_limit(live_server: LiveServer, browser: Browser) -> None:
    with reader(browser, live_server.url, PHONE) as mina:
        mina.go("/")
        mina.page.evaluate("document.getElementById('id_text').dataset.limit = '20'")
        mina.page.add_script_tag(url=f"{live_server.url}/static/js/count.js")
        told = mina.page.locator("#id_text + [role=status]").first

        mina.page.fill("#id_text", "x" * 17)
        expect(told).to_have_text("")
        mina.page.fill("#id_text", " " + "😀" * 19 + " ")
        expect(told).to_contain_text("1")
        mina.page.fill("#id_text", "x" * 23)
        expect(told).to_contain_text("3")

    assert mina.problems == []


def test_a_draft_can_be_deleted(live_server: LiveServer, browser: Browser) -> None:
    with reader(browser, live_server.url, PHONE) as mina:
        mina.go("/")
        mina.page.fill("#id_text", WORDS)
        mina.page.reload()
        mina.page.click(".say__told button")

        expect(mina.page.locator("#id_text")).to_have_value("")
        assert mina.page.evaluate("localStorage.getItem('draft')") is None


def test_the_private_link_is_copied(live_server: LiveServer, browser: Browser) -> None:
    message = receive()
    allowed = ["clipboard-read", "clipboard-write"]
    with reader(browser, live_server.url, PHONE, permissions=allowed) as mina:
        mina.go(message.private_url("case_done"))
        mina.page.click("[data-copy]")
        expect(mina.page.locator("[data-copy-told]")).not_to_be_empty()

        assert mina.page.evaluate("navigator.clipboard.readText()").endswith(message.private_url())


def test_an_error_takes_the_focus_to_its_summary(live_server: LiveServer, browser: Browser) -> None:
    with reader(browser, live_server.url, PHONE, java_script_enabled=False) as mina:
        mina.type(" ")

        expect(mina.page.locator(".error-summary")).to_be_focused()
