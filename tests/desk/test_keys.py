"""The keys of the desk in Chromium: what each one does, where they rest, their list and switch."""

from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from channels_app import actions
from channels_app.models import Message, RoutingRule
from channels_app.text.routing import Weigher
from desk.models import Taken
from people.models import Office
from tests.channels_app import factories as voices
from tests.desk.doors import QUEUE
from tests.desk.screens import signed_in
from tests.people import factories as people

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser, pytest.mark.slow]
HANGUL_J = {"key": "ㅓ", "code": "KeyJ"}
# Whether the page lets a key go by: what it acts upon it takes for itself.
RESTS = """init => (document.activeElement ?? document.body).dispatchEvent(
  new KeyboardEvent("keydown", { bubbles: true, cancelable: true, ...init }))"""


@pytest.fixture(autouse=True)
def _no_worker(settings: Settings) -> None:
    settings.KICKS = False  # nobody here waits for one


@pytest.fixture
def opened(page: Page, three: list[Message], buses: Office) -> Page:
    """The list of Jun's office, its first message open."""
    page.goto(f"{QUEUE}?show=all")
    page.wait_for_selector("[data-beside] #alike-title")
    return page


def rests(page: Page, **init: Any) -> bool:
    """Whether the keys of the desk leave this one alone, pressed where the focus is."""
    return bool(page.evaluate(RESTS, init))


def press(page: Page, key: str) -> None:
    """A key that leads on."""
    with page.expect_navigation():
        page.keyboard.press(key)


def leave_the_field(page: Page) -> None:
    page.evaluate("document.activeElement.blur()")


def test_each_key_does_its_one_thing(opened: Page, three: list[Message]) -> None:
    page, number = opened, opened.locator(".dossier__head h2")

    press(page, "j")
    expect(number).to_have_text(three[1].code)
    press(page, "k")
    expect(number).to_have_text(three[0].code)
    page.keyboard.press("x")
    expect(page.locator(".item--open input[name=chosen]")).to_be_checked()
    for key, field in {
        "n": "textarea[name=note]",
        "w": "input[name=day]",
        "o": "[data-key~=KeyO] select",
        "r": "[data-answer] textarea[name=answer]",
        "b": "form[action*=hand-back] [name=reason]",
        "d": "form[action*=set-aside] [name=reason]",
    }.items():
        page.keyboard.press(key)
        expect(page.locator(field)).to_be_focused()
        leave_the_field(page)
    press(page, "t")
    assert Taken.objects.get().message == three[0]
    press(page, "t")
    assert not Taken.objects.exists()


def test_the_digits_give_it_to_the_first_second_or_third_suggested_office(
    browser: Browser, live_server: LiveServer, at_centre: Client
) -> None:
    for slug in ("roads", "buses", "parks"):
        RoutingRule.objects.create(office=people.make_office(slug), words="들썩돌", points=6)
    weigher = Weigher(RoutingRule.objects.terms())
    asked = [
        actions.consider(voices.receive(f"들썩돌이 튀어나왔어요, {word}"), weigher=weigher)
        for word in ("하나", "둘", "셋")
    ]
    thought_of = asked[0].routing_decisions.get().candidates
    page = signed_in(browser, live_server.url, at_centre)
    page.goto(QUEUE)

    for digit in ("3", "2", "1"):
        press(page, digit)

    given = [Message.objects.get(pk=one.pk).office_id for one in asked]
    assert given == [one["office"] for one in reversed(thought_of)]


def test_a_key_counts_by_its_place_whatever_the_layout_makes_of_it(
    opened: Page, three: list[Message]
) -> None:
    with opened.expect_navigation():
        assert not rests(opened, **HANGUL_J)

    expect(opened.locator(".dossier__head h2")).to_have_text(three[1].code)


def test_keys_rest_in_every_field(opened: Page) -> None:
    opened.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")

    for field in ("textarea[name=answer]", "[data-key~=KeyO] select", "#view-name"):
        opened.locator(field).focus()
        assert rests(opened, **HANGUL_J), field
        opened.keyboard.press("?")
        expect(opened.locator("[data-keys-dialog]")).to_be_hidden()


def test_what_is_typed_is_written_and_does_nothing_else(opened: Page) -> None:
    answer = opened.locator("[data-answer] textarea[name=answer]")

    answer.press_sequentially("jkxtu?")

    expect(answer).to_have_value("jkxtu?")
    assert opened.url.endswith("?show=all")
    assert not Taken.objects.exists()


def test_keys_rest_while_composing_and_with_another_key_held(opened: Page) -> None:
    for held in ("isComposing", "ctrlKey", "altKey", "metaKey", "repeat"):
        assert rests(opened, **HANGUL_J, **{held: True}), held


def test_nothing_is_sent_by_the_enter_that_ends_a_syllable(opened: Page) -> None:
    opened.locator("[data-answer] textarea[name=answer]").fill("고쳤습니다")

    assert rests(opened, key="Enter", code="Enter", ctrlKey=True, isComposing=True)
    with opened.expect_navigation():
        assert not rests(opened, key="Enter", code="Enter", ctrlKey=True)


def test_switched_off_they_stay_off_until_switched_on_again(
    opened: Page, three: list[Message]
) -> None:
    opened.locator("[data-keys-on]").uncheck()
    assert rests(opened, **HANGUL_J)

    opened.reload()
    expect(opened.locator("[data-keys-on]")).not_to_be_checked()
    assert rests(opened, **HANGUL_J)
    opened.keyboard.press("?")
    expect(opened.locator("[data-keys-dialog]")).to_be_hidden()

    opened.locator("[data-keys-on]").check()
    press(opened, "j")
    expect(opened.locator(".dossier__head h2")).to_have_text(three[1].code)


def test_a_question_mark_opens_the_list_of_all_keys(opened: Page) -> None:
    listed = opened.locator("[data-keys-dialog]")

    opened.keyboard.press("?")

    expect(listed).to_be_visible()
    for key in ("J", "K", "X", "A", "1", "2", "3", "O", "R", "N", "M", "B", "D", "T", "W", "U"):
        expect(listed.get_by_text(key, exact=True).first).to_be_visible()
    assert rests(opened, **HANGUL_J)
    opened.keyboard.press("Escape")
    expect(listed).to_be_hidden()
    press(opened, "j")
