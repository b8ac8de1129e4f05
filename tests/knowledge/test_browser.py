"""The pages of the knowledge base in Chromium: axe, overflow, the size of what is pressed."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser

from channels_app import actions
from tests.channels_app.factories import published_by
from tests.desk.screens import problems
from tests.knowledge import library
from tests.pages.browsing import TWO, Setting
from tests.people import factories as people

pytestmark = [pytest.mark.django_db, pytest.mark.browser, pytest.mark.slow]


def everything(language: str) -> dict[str, Any]:
    """Each page, with all that can stand on it."""
    lead = "/en" if language == "en" else ""
    roads = people.make_office("roads-of-the-test")
    jun = people.officer_of(roads)
    citizen, officer = Client(), people.signed_in_client(jun)
    source = published_by(jun, roads)
    both = {"question_en": library.QUESTION_EN, "answer_en": library.ANSWER_EN}
    shown = library.write(office=roads, by=jun, source=source, **both)
    stale = library.stale(office=roads, by=jun, answer_ko="가" * 300)
    gone = library.write(office=roads, by=jun)
    actions.withdraw_article(gone, because="w" * 120, by=jun)
    actions.count_help(shown, helped=True)
    typed = {"office": roads.pk, "question_ko": "회신?", "answer_ko": "010-1234-5678"}
    slug = f"{lead}/dasan/faq/{shown.slug}/"
    desk = f"{lead}/admin/knowledge/"
    return {
        "dasan": citizen.get(f"{lead}/dasan/"),
        "of an office": citizen.get(f"{lead}/dasan/?office={roads.slug}"),
        "found": citizen.get(f"{lead}/dasan/?q=폐기물"),
        "not found": citizen.get(f"{lead}/dasan/?q={'w' * 200}"),
        "article": citizen.get(slug),
        "stale": citizen.get(f"{lead}/dasan/faq/{stale.slug}/"),
        "thanks": citizen.get(f"{slug}?thanks=unsent"),
        "check": citizen.post(f"{lead}/say/check/", {"text": library.QUESTION}),
        "list": officer.get(desk),
        "list of stale": officer.get(f"{desk}?show=stale"),
        "list of withdrawn": officer.get(f"{desk}?show=withdrawn"),
        "write": officer.get(f"{desk}new/"),
        "write with errors": officer.post(f"{desk}new/", {"act": "publish"}),
        "look": officer.post(f"{desk}new/", {**typed, "act": "look"}),
        "from an answer": officer.get(f"{desk}from/{source.code}/"),
        "one": officer.get(f"{desk}{stale.pk}/"),
        "one withdrawn": officer.get(f"{desk}{gone.pk}/"),
        "only read": people.signed_in_client(people.mayors_officer()).get(f"{desk}{shown.pk}/"),
        "monday": officer.get(f"{lead}/admin/office/{roads.slug}/"),
    }


@pytest.mark.parametrize("setting", TWO, ids=str)
def test_nothing_is_wrong_with_any_page_of_the_knowledge_base(
    browser: Browser, axe: Axe, setting: Setting
) -> None:
    assert problems(browser, axe, setting, everything(setting.language)) == []
