"""The phone desk in Chromium: axe, overflow, targets; one call by keyboard alone; no script."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as house
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from channels_app.models import Message
from people.models import Office, OfficeKind
from tests.channels_app import factories as voices
from tests.desk.screens import problems
from tests.knowledge import library
from tests.pages.browsing import TWO, Setting
from tests.people import factories as people
from tests.phone.calls import IMPORT, PHONE, WORDS, bring, brought, call, taken_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]
MINA = "mina@example.org"
LONG = "w" * 120


@pytest.fixture(autouse=True)
def _quick_answers(settings: Any) -> None:
    settings.KICKS = False


def every_page(client: Client, prefix: str) -> dict[str, Any]:
    """Each screen of a call and of a file, empty, filled in and wrong."""
    phone, sheets = (path.replace("/en", prefix, 1) for path in (PHONE, IMPORT))
    officer = people.officer_of(people.make_office("roads"))
    roads = officer.posts[0].office
    voices.receive(f"{WORDS} {LONG}", public=False, contact=("mail", MINA))
    voices.published_by(officer, roads, f"고쳤습니다 {LONG}", contact=("mail", MINA))
    voices.receive(WORDS)
    library.write(question_ko=f"{WORDS} {LONG}"[:200], office=roads, by=officer)
    typed = call(contact=MINA, text=f"{WORDS} 010-1234-5678")
    pages = {
        "empty": client.get(phone),
        "letter": client.get(f"{phone}?channel=letter"),
        "looked up": client.post(phone, {**typed, "act": "look"}),
        "wrong": client.post(phone, {**typed, "text": "", "contact": LONG, "kind": "poem"}),
        "sent": client.post(phone, typed, follow=True),
        "handed over": client.post(phone, call(kind="hazard"), follow=True),
        "joined": client.post(phone, call(act=f"add:{voices.receive().code}"), follow=True),
    }
    good, rest = (taken_in(client, f"text,kind,{LONG}\nhello,{LONG},\nyes,\n"),
                  brought(client, "text,shoes\n" + "a\n,,\n" * 120))  # fmt: skip
    return {
        **pages,
        "no file": client.post(sheets, {}),
        "bad file": bring(client, b"\xff\xff"),
        "files": client.get(sheets),
        "taken in": client.get(f"{sheets}{good.pk}/"),
        "looked through": client.get(f"{sheets}{rest.pk}/"),
    }


@pytest.mark.django_db
@pytest.mark.parametrize("setting", TWO, ids=str)
def test_nothing_is_wrong_with_any_page(
    setting: Setting, browser: Browser, axe: Axe, at_phone: Client
) -> None:
    pages = every_page(at_phone, "/en" if setting.language == "en" else "")

    assert problems(browser, axe, setting, pages) == []


def signed_in(browser: Browser, server: LiveServer, *, script: bool = True) -> Page:
    """The phone desk, opened by an officer of the call centre."""
    people.centre()
    dasan = people.make_office("dasan", OfficeKind.CALL_CENTRE)
    client = people.signed_in_client(people.officer_of(dasan))
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, java_script_enabled=script
    )
    cookie = client.cookies[house.SESSION_COOKIE_NAME].value
    context.add_cookies([
        {"name": house.SESSION_COOKIE_NAME, "value": cookie, "url": server.url}
    ])  # fmt: skip
    page = context.new_page()
    page.goto(f"{server.url}{PHONE}")
    return page


@pytest.mark.django_db(transaction=True)
def test_one_call_by_keyboard_alone(browser: Browser, live_server: LiveServer) -> None:
    people.centre()
    earlier = voices.receive("전에 한 말입니다", public=False, contact=("mail", MINA))
    page = signed_in(browser, live_server)
    keys = page.keyboard

    expect(page.locator("#id_text")).to_be_focused()
    keys.type(WORDS)
    keys.press("Tab")
    expect(page.locator("#id_contact")).to_be_focused()
    keys.type(MINA)
    expect(page.locator("#panels")).to_contain_text(earlier.code)
    expect(page.locator("[data-told]")).to_contain_text("Earlier cases: 1.")
    with page.expect_navigation():
        keys.press("Control+Enter")

    message = Message.objects.latest("pk")
    assert message.text == WORDS
    expect(page.locator(".read-out__number")).to_contain_text(message.code)
    expect(page.get_by_role("link", name="Next call")).to_be_focused()
    with page.expect_navigation():
        keys.press("Enter")
    expect(page.locator("#id_text")).to_be_focused()
    assert page.locator("#id_text").input_value() == ""


@pytest.mark.django_db(transaction=True)
def test_a_syllable_being_composed_saves_nothing(browser: Browser, live_server: LiveServer) -> None:
    page = signed_in(browser, live_server)

    page.evaluate(
        """() => document.querySelector("#id_text").dispatchEvent(new KeyboardEvent("keydown",
        {code: "Enter", ctrlKey: true, isComposing: true, bubbles: true}))"""
    )

    assert page.url.endswith(PHONE)
    assert not Message.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_without_a_script_one_button_looks_up(browser: Browser, live_server: LiveServer) -> None:
    people.centre()
    earlier = voices.receive("전에 한 말입니다", public=False, contact=("mail", MINA))
    page = signed_in(browser, live_server, script=False)

    page.fill("#id_text", WORDS)
    page.fill("#id_contact", MINA)
    with page.expect_navigation():
        page.get_by_role("button", name="Look up").click()

    expect(page.locator("#panels")).to_contain_text(earlier.code)
    assert page.locator("#id_text").input_value() == WORDS
    with page.expect_navigation():
        page.get_by_role("button", name=f"Add to {earlier.code}").click()
    assert Message.objects.latest("pk").lead == earlier


@pytest.mark.django_db(transaction=True)
def test_where_looking_up_fails_it_says_so_and_nothing_is_lost(
    browser: Browser, live_server: LiveServer
) -> None:
    page = signed_in(browser, live_server)
    page.route("**/panels/", lambda route: route.abort())

    page.fill("#id_text", WORDS)

    expect(page.locator("[data-told]")).to_contain_text("Looking up did not work")
    expect(page.get_by_role("button", name="Look up")).to_be_visible()
    assert page.locator("#id_text").input_value() == WORDS
    assert Office.objects.filter(slug="dasan").exists()
