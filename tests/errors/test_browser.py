"""Error pages and fixed pages in Chromium: axe, overflow, target sizes."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.utils import translation
from playwright.sync_api import Browser

from lifecycle import actions, rules
from tests.desk.screens import problems
from tests.errors.test_without_database import PAGES, request_of
from tests.pages.browsing import TWO, Setting
from tests.people import factories as people

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PATHS = ("/say/send/", "/admin/case/S-2026-000001/answer/", "/accounts/login/")


@pytest.mark.parametrize("setting", TWO, ids=str)
def test_nothing_is_wrong_with_an_error_page(setting: Setting, browser: Browser, axe: Axe) -> None:
    typed = {"text": "가로등이 꺼져 있어요", "answer": "고치겠습니다"}
    with translation.override(setting.language):
        found = {name: view(request_of("/nothing/")) for name, (view, _status) in PAGES.items()}
        for path in PATHS:
            posts = {f"{n} at {path}": v(request_of(path, **typed)) for n, (v, _s) in PAGES.items()}
            found.update(posts)

    assert problems(browser, axe, setting, found) == []


@pytest.mark.django_db
@pytest.mark.parametrize("setting", TWO, ids=str)
def test_nothing_is_wrong_with_a_fixed_page(setting: Setting, browser: Browser, axe: Axe) -> None:
    actions.amend_rule("answer.idea", to="6", reason="Quicker", by=people.administrator())
    rules.forget()
    language = "/en" if setting.language == "en" else ""
    officer = people.signed_in_client(people.officer_of(people.make_office("roads")))
    found: dict[str, Any] = {
        name: Client().get(f"{language}/{name}/")
        for name in ("how-it-works", "rules", "privacy", "accessibility")
    }

    found["me"] = officer.get(f"{language}/me/")

    assert problems(browser, axe, setting, found) == []
