"""The place and the same matter in Chromium: axe, the location button, and no JavaScript at all."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from channels_app.models import Message
from lifecycle import clock, rules
from lifecycle.models import Rule
from people.models import OfficeKind
from tests.channels_app.factories import WORDS, routed_to
from tests.pages import visits
from tests.pages.browsing import TWO, Setting, reader
from tests.people import factories as people

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PHONE = Setting(390, "ko", "light")
HERE = {"latitude": 37.549612, "longitude": 126.913912, "accuracy": 12}


@pytest.fixture(autouse=True)
def _centre(transactional_db: None, settings: Settings) -> None:
    settings.KICKS = False
    people.centre()
    Rule.objects.create(name="limits.form_seconds", value=0, since=clock.now(), reason="test")
    rules.forget()


@pytest.mark.parametrize("setting", TWO, ids=str)
def test_nothing_is_wrong_with_place_and_joining(
    live_server: LiveServer, browser: Browser, axe: Axe, setting: Setting, tmp_path: Path
) -> None:
    visits.answered()
    routed_to(visits.office(), text=WORDS[:30], place="Hapjeong")
    joined = visits.joined()
    with reader(browser, live_server.url, setting) as mina:
        mina.type(WORDS)
        mina.look("check", axe)
        mina.page.screenshot(path=tmp_path / f"check {setting}.png", full_page=True)
        pages = {
            "case": joined.get_absolute_url(),
            "private": joined.private_url(),
            "done": joined.private_url("case_done"),
            "wall": "/smc/",
        }
        for name, path in pages.items():
            mina.go(path)
            mina.look(name, axe)
            mina.page.screenshot(path=tmp_path / f"{name} {setting}.png", full_page=True)

    assert mina.problems == []


def test_the_location_is_asked_for_by_a_button_and_can_be_taken_back(
    live_server: LiveServer, browser: Browser
) -> None:
    allowed = {"geolocation": HERE, "permissions": ["geolocation"]}
    with reader(browser, live_server.url, PHONE, **allowed) as mina:
        mina.type(WORDS)
        assert mina.page.input_value("[name=latitude]") == ""
        mina.page.click("[data-here-find]")
        expect(mina.page.locator("[data-here-told]")).to_contain_text("12")
        mina.page.click("[data-here-forget]")
        assert mina.page.input_value("[name=latitude]") == ""
        mina.page.click("[data-here-find]")
        expect(mina.page.locator("[name=latitude]")).to_have_value("37.549612")
        mina.send()

    assert Message.objects.get().position == (37.549612, 126.913912)
    assert mina.problems == []


def test_where_the_browser_refuses_the_words_are_enough(
    live_server: LiveServer, browser: Browser
) -> None:
    with reader(browser, live_server.url, Setting(390, "en", "light")) as mina:
        mina.type(WORDS)
        mina.page.click("[data-here-find]")
        expect(mina.page.locator("[data-here-told]")).to_contain_text("Write the place in words")
        mina.page.fill("#id_place", "합정역 8번 출구")
        mina.send()

    message = Message.objects.get()
    assert message.place == "합정역 8번 출구"
    assert message.position is None


def test_the_same_matter_is_joined_without_javascript(
    live_server: LiveServer, browser: Browser
) -> None:
    lead = routed_to(visits.office())
    people.make_office("mapo", OfficeKind.BOROUGH, name_ko="마포구청", name_en="Mapo-gu Office")
    with reader(browser, live_server.url, PHONE, java_script_enabled=False) as mina:
        mina.type(WORDS)
        expect(mina.page.locator("[data-here]")).to_be_hidden()
        mina.page.check(f"[name=same_as][value={lead.code}]")
        mina.page.select_option("#id_borough", label="마포구")
        mina.send()

        expect(mina.page.locator("main")).to_contain_text(lead.code)

    message = Message.objects.exclude(pk=lead.pk).get()
    assert message.lead == lead
    assert message.borough is not None
