"""The pages of the record in Chromium: nothing is wrong with them, whole, waiting or changed."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser

from tests.desk.screens import problems
from tests.pages.browsing import TWO, Setting
from tests.record import lives

pytestmark = [pytest.mark.django_db, pytest.mark.browser, pytest.mark.slow]


def everything(language: str) -> dict[str, Any]:
    """Both pages in every state that they know."""
    client, tongue = Client(), "/en" if language == "en" else ""
    empty = client.get(f"{tongue}/opendata/record/")
    message = lives.sealed(2)[0]
    case = f"{tongue}/s/{message.code}/record/"
    whole = client.get(case)
    lives.pass_on(message)
    waiting = client.get(case)
    with lives.superuser() as cursor:
        cursor.execute("UPDATE channels_app_messagestep SET cause = 'x' WHERE seq = 1")
    return {
        "empty": empty,
        "full": client.get(f"{tongue}/opendata/record/"),
        "whole": whole,
        "waiting": waiting,
        "changed": client.get(case),
    }


@pytest.mark.parametrize("setting", TWO, ids=str)
def test_nothing_is_wrong_with_the_pages(setting: Setting, browser: Browser, axe: Axe) -> None:
    assert problems(browser, axe, setting, everything(setting.language)) == []
