"""The page of the open data in Chromium: nothing is wrong with it, full or empty."""

from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser

from lifecycle import clock
from mayors_office import tasks
from tests.desk.screens import problems
from tests.opendata import shelf
from tests.pages import cities
from tests.pages.browsing import TWO, Setting

pytestmark = [pytest.mark.django_db, pytest.mark.browser, pytest.mark.slow]


def everything(language: str) -> dict[str, Any]:
    """Without a file, and with two years of them."""
    path = "/en/opendata/" if language == "en" else "/opendata/"
    empty = Client().get(path)
    cities.settle(150)
    tasks.count_days()
    with clock.at(clock.now() - timedelta(days=1)):
        shelf.write()
    shelf.write()
    return {"empty": empty, "full": Client().get(path)}


@pytest.mark.parametrize("setting", TWO, ids=str)
def test_nothing_is_wrong_with_the_page(setting: Setting, browser: Browser, axe: Axe) -> None:
    assert problems(browser, axe, setting, everything(setting.language)) == []
