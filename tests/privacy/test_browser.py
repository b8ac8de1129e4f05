"""The pages about privacy in Chromium: axe, overflow, target sizes; deleting without JavaScript."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.utils import translation
from playwright.sync_api import Browser

from channels_app import actions
from channels_app.models import Message
from tests.desk.screens import problems
from tests.pages.browsing import TWO, Setting
from tests.pages.visits import english
from tests.people import factories as people
from tests.privacy import lives
from tests.privacy.test_readings import MONDAY, a_lively_september

pytestmark = [pytest.mark.django_db, pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(autouse=True)
def _korean_first(settings: Any, tmp_path: Any) -> Any:
    settings.MEDIA_ROOT = tmp_path
    with translation.override("ko"):
        yield


def in_language(path: str, setting: Setting) -> str:
    """The address on this desk."""
    return english(path) if setting.language == "en" else path


def authors_pages(client: Client, setting: Setting) -> dict[str, Any]:
    """Before, in between and after; open and finished, public and not."""
    answered, private = lives.in_state("replied"), lives.in_state("routed", public=False)
    gone = lives.in_state("answered", public=False)
    actions.erase_message(gone, by=None)
    half = lives.in_state("replied")
    actions.erase_message(half, by=None)

    def page(message: Message, name: str = "own_data") -> Any:
        return client.get(in_language(message.private_url(name), setting))

    return {
        "own data": page(answered),
        "erase public": page(answered, "own_data_erase"),
        "erase private": page(private, "own_data_erase"),
        "erased": page(gone),
        "erased case": page(gone, "case_private"),
        "half erased": page(half),
        "half erased case": page(half, "case_private"),
        "erase the rest": page(half, "own_data_erase"),
        "privacy": client.get(in_language("/privacy/", setting)),
    }


def officers_pages(setting: Setting) -> dict[str, Any]:
    """The centre's page for somebody; the auditor's months, rows and evidence."""
    message = lives.in_state("replied")
    jun = people.officer_of(lives.roads(), name="준")
    a_lively_september(message, jun)
    centre = people.signed_in_client(people.centre_officer(name="이하늘"))
    auditor = people.signed_in_client(people.auditor(name="강민서"))
    keeper = people.signed_in_client(people.administrator(name="조은별"))
    one = in_language(f"/admin/privacy/?code={message.code}", setting)
    erase = in_language(f"/admin/privacy/{message.code}/erase/", setting)
    months = in_language("/admin/readings/?month=2026-09", setting)
    rows = in_language("/admin/readings/rows/", setting)
    day = f"{MONDAY:%Y-%m-%d}"
    pages = {
        "for somebody": centre.get(one),
        "no reason": centre.post(erase, {"reason": ""}),
        "unknown number": centre.get(in_language("/admin/privacy/?code=x", setting)),
        "months": auditor.get(months),
        "months of a keeper": keeper.get(months),
        "rows": auditor.get(f"{rows}?first={day}&last={day}"),
        "wrong rows": auditor.get(f"{rows}?officer=nobody"),
    }
    centre.post(erase, {"reason": "asked at the counter"})
    actions.review_readings(MONDAY.date(), findings="nothing", by=people.auditor())
    return {
        **pages,
        "nothing left": centre.get(one),
        "evidence": auditor.get(in_language("/admin/privacy/", setting)),
        "looked at": auditor.get(months),
    }


@pytest.mark.parametrize("setting", TWO, ids=str)
def test_nothing_is_wrong_with_the_authors_pages(
    setting: Setting, browser: Browser, axe: Axe, client: Client
) -> None:
    assert problems(browser, axe, setting, authors_pages(client, setting)) == []


@pytest.mark.parametrize("setting", TWO, ids=str)
def test_nothing_is_wrong_with_the_officers_pages(
    setting: Setting, browser: Browser, axe: Axe
) -> None:
    assert problems(browser, axe, setting, officers_pages(setting)) == []
