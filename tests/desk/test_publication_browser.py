"""The publication desk in Chromium: axe, overflow, targets, in every setting; keys; no script."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as house
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from channels_app import actions
from channels_app.models import HeldReason, Message
from people.models import User
from tests.channels_app import factories as voices
from tests.desk.screens import problems
from tests.pages.browsing import TWO, Setting
from tests.people import factories as people

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LONG = "소리가 너무 커요. " * 30 + "w" * 120


@pytest.fixture(autouse=True)
def _no_worker(settings: Settings) -> None:
    settings.KICKS = False  # nobody here waits for one


def fill(centre: User) -> None:
    """A card of every sort in every view."""
    voices.receive(LONG, held=HeldReason.TONE)
    voices.receive("사진이 있는 말", held=HeldReason.PHOTO)
    voices.receive("The office only", held=HeldReason.MACHINE, public=False)
    for _n in range(12):
        voices.receive("같은 말을 또 합니다", held=HeldReason.REPEATED)
    actions.report(voices.receive("이웃이 시끄러워요"), words="이름이 나와요 " + "w" * 90)
    actions.flag(voices.receive("이 말도요"))
    actions.hide(voices.receive("숨긴 말"), reason="abuse", by=centre)
    actions.show(voices.receive("보인 말", held=HeldReason.TONE), by=centre)
    actions.set_aside(voices.receive("광고"), reason="spam", by=centre)


@pytest.mark.django_db
@pytest.mark.parametrize("setting", TWO, ids=str)
def test_nothing_is_wrong_with_any_page(setting: Setting, browser: Browser, axe: Axe) -> None:
    centre = people.centre_officer()
    client = people.signed_in_client(centre)
    path = "/en/admin/publication/" if setting.language == "en" else "/admin/publication/"

    def page(**asked: str) -> Any:
        return client.get(path, asked)

    pages = {"empty": page(), "nothing chosen": client.post(f"{path}screen/", {"verdict": "show"})}
    fill(centre)
    pages |= {show: page(show=show) for show in ("held", "reported", "decided")}
    card = page().context["shelf"].cards[0]
    pages["no reason"] = client.post(
        f"{path}screen/",
        {"verdict": "hide", "card": card.key, "at": card.message.code},
    )

    assert problems(browser, axe, setting, pages) == []


def desk(browser: Browser, live_server: LiveServer, client: Client, *, script: bool) -> Page:
    """The centre's desk in a browser of its own."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, java_script_enabled=script, locale="en-GB"
    )
    key = client.cookies[house.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": house.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"{live_server.url}/en/admin/publication/")
    return page


def test_five_hundred_copies_fall_to_one_press_without_javascript(
    transactional_db: None, live_server: LiveServer, browser: Browser
) -> None:
    for _n in range(30):
        voices.receive("같은 말", held=HeldReason.REPEATED)
    client = people.signed_in_client(people.centre_officer())
    page = desk(browser, live_server, client, script=False)

    with page.expect_navigation():
        page.click("[data-card] button[value=set_aside]")

    expect(page.locator("main")).to_contain_text("30 messages are set aside")
    assert Message.objects.filter(status="set_aside").count() == 30


def test_the_keyboard_alone_decides(
    transactional_db: None, live_server: LiveServer, browser: Browser
) -> None:
    texts = ("하나", "둘", "셋")
    made = [voices.receive(text, held=HeldReason.TONE) for text in texts]
    client = people.signed_in_client(people.centre_officer())
    page = desk(browser, live_server, client, script=True)

    page.keyboard.press("s")  # no card has the focus: a stray key decides nothing
    page.keyboard.press("j")
    page.keyboard.press("j")
    with page.expect_navigation():
        page.keyboard.press("s")
    page.keyboard.press("j")
    page.keyboard.press("h")
    expect(page.locator("[data-card] select[name=hide_reason]").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.uncheck("[data-keys-on]")
    page.locator("[data-card]").first.focus()
    page.keyboard.press("x")

    rows = Message.objects.in_bulk([row.pk for row in made])
    assert [rows[row.pk].publication for row in made] == ["hidden", "public", "held"]
    assert rows[made[2].pk].status == "received"
