"""The wall in Chromium while things happen: it tells, and never moves what somebody reads."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request, expect

from people.models import Office
from tests.channels_app.factories import published_by, receive
from tests.faults.house import House
from tests.pages.browsing import Setting, reader
from tests.people import factories as people

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WIDE = Setting(1280, "en", "dark")
WITHIN = 20_000  # milliseconds; without a bell it is five seconds and some
HIDE = """(hidden) => {
  Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""
PLACES = "[...document.querySelectorAll('.voice')].map((e) => e.getBoundingClientRect().top)"


@pytest.fixture
def home(house: House, roads: Office) -> str:
    """The portal with its stream, and some voices on its wall."""
    house.valkey.start()
    for number in range(3):
        receive(text=f"voice {number}")
    return f"http://127.0.0.1:{house.start_web()}"


class Asked:
    """What the page asks for beside itself."""

    def __init__(self, page: Page) -> None:
        self.open: list[Request] = []
        self.polls = 0
        page.on("request", self._begin)
        page.on("requestfailed", self._end)
        page.on("requestfinished", self._end)

    def _begin(self, request: Request) -> None:
        if request.url.endswith("/live/wall"):
            self.open.append(request)
        self.polls += request.url.endswith("/live/wall.json")

    def _end(self, request: Request) -> None:
        if request in self.open:
            self.open.remove(request)


def wait_until(page: Page, question: Callable[[], bool]) -> None:
    """Let the browser go on until it is true."""
    for _time in range(WITHIN // 100):
        if question():
            return
        page.wait_for_timeout(100)
    raise AssertionError("it never came true")


@pytest.mark.parametrize("setting", [Setting(390, "ko", "light"), WIDE], ids=str)
def test_new_ones_are_told_and_nothing_moves(
    home: str, roads: Office, browser: Browser, axe: Axe, setting: Setting
) -> None:
    with reader(browser, home, setting) as mina:
        mina.go("/smc/")
        show = mina.page.locator("[data-live-show]")
        expect(mina.page.locator("[data-live-at]")).not_to_be_empty(timeout=WITHIN)
        expect(show).to_be_hidden()
        mina.look("the wall", axe)
        before = mina.page.evaluate(PLACES)

        newest = receive(text="the newest voice")
        published_by(people.officer_of(roads), roads, text="Fixed.")

        expect(show).to_contain_text("3", timeout=WITHIN)
        expect(mina.page.locator("[data-live-told]")).to_contain_text("2")
        assert mina.page.evaluate(PLACES) == before
        mina.look("the wall with news", axe)
        show.click()
        expect(mina.page.locator(".voice")).to_have_count(5)
        expect(mina.page.locator(f'[id="{newest.code}"]')).to_be_visible()
        expect(mina.page.locator("[data-live-show]")).to_be_hidden()

    assert mina.problems == []


def test_it_rests_when_paused_and_catches_up_after(home: str, browser: Browser) -> None:
    with reader(browser, home, WIDE) as mina:
        asked = Asked(mina.page)
        mina.go("/smc/")
        wait_until(mina.page, lambda: len(asked.open) == 1)

        mina.page.get_by_role("button", name="Pause").click()
        wait_until(mina.page, lambda: not asked.open)
        expect(mina.page.get_by_role("status")).to_contain_text("Paused.")
        receive(text="a voice meanwhile")
        mina.page.evaluate(HIDE, False)  # coming back to the tab is no reason to go on
        assert not asked.open

        mina.page.get_by_role("button", name="Resume").click()
        expect(mina.page.get_by_role("link", name="Show 1 new")).to_be_visible(timeout=WITHIN)
        expect(mina.page.get_by_role("status")).not_to_contain_text("Paused.")


def test_a_hidden_tab_asks_nothing_and_catches_up(home: str, browser: Browser) -> None:
    with reader(browser, home, WIDE) as mina:
        asked = Asked(mina.page)
        mina.go("/smc/")
        wait_until(mina.page, lambda: len(asked.open) == 1)

        mina.page.evaluate(HIDE, True)
        wait_until(mina.page, lambda: not asked.open)
        receive(text="a voice meanwhile")
        mina.page.evaluate(HIDE, False)

        expect(mina.page.get_by_role("link", name="Show 1 new")).to_be_visible(timeout=WITHIN)
        assert len(asked.open) == 1
        assert asked.polls == 0


def test_without_a_stream_it_looks_by_itself_and_says_so(home: str, browser: Browser) -> None:
    with reader(browser, home, WIDE) as mina:
        asked = Asked(mina.page)
        mina.page.route("**/live/wall", lambda route: route.fulfill(status=503))
        mina.go("/smc/")

        expect(mina.page.get_by_role("status")).to_contain_text("every few seconds", timeout=WITHIN)
        receive(text="a voice meanwhile")
        expect(mina.page.get_by_role("link", name="Show 1 new")).to_be_visible(timeout=WITHIN * 2)
        assert asked.polls >= 2


def test_without_javascript_the_wall_is_whole(home: str, browser: Browser, axe: Axe) -> None:
    with reader(browser, home, WIDE, java_script_enabled=False) as mina:
        mina.go("/smc/")

        expect(mina.page.locator(".voice")).to_have_count(3)
        expect(mina.page.get_by_role("link", name="Show")).to_have_count(0)
