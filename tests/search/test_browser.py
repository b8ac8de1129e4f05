"""The search at the desk in Chromium; the public page is looked at among all public ones."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser

from people.models import Office
from tests.channels_app.factories import published_by, receive, routed_to
from tests.desk.conftest import at_desk, jun, roads
from tests.desk.screens import problems
from tests.pages.browsing import Setting
from tests.people import factories as people
from tests.search.looking import read_in, searched

__all__ = ["at_desk", "jun", "roads"]
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db]
MINA = ("mail", "mina@example.org")


@pytest.mark.parametrize(
    "setting", [Setting(390, "ko", "light"), Setting(1280, "en", "dark")], ids=str
)
def test_nothing_is_wrong_with_the_search_at_the_desk(
    at_desk: Client, roads: Office, browser: Browser, axe: Axe, setting: Setting
) -> None:
    jun = people.officer_of(roads)
    for _number in range(22):
        routed_to(roads, text="분수대가 멈췄어요. 언제 고치나요?", public=False)
    message = published_by(jun, roads, text="분수대를 고쳤습니다.")
    receive(contact=MINA, public=False)
    read_in()
    path = "/admin/search/" if setting.language == "ko" else "/en/admin/search/"
    centre = people.signed_in_client(people.centre_officer())

    pages = {
        "nothing yet": searched(at_desk, "", path),
        "hits": searched(at_desk, "분수대", path),
        "no hits": searched(at_desk, "쒧쀍", path),
        "by number": searched(at_desk, str(int(message.code[7:])), path),
        "wrong": searched(at_desk, "분수대", path, since="then"),
        "of a person": centre.post(f"{path}person/", {"address": MINA[1]}),
        "no address": centre.post(f"{path}person/", {"address": "mina"}),
    }

    assert problems(browser, axe, setting, pages) == []
