"""Pages of answers, surveys and promises keep the contract; Chromium finds nothing wrong."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from people.models import Role
from tests.pages.browsing import Setting, reader
from tests.pages.html import broken_promises
from tests.pages.visits import Visit
from tests.people import factories as people
from tests.suggestions.visits_of_answers import VISITS, promise

IN_BROWSER = [visit for visit in VISITS if not visit.typed]


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("visit", VISITS, ids=lambda visit: visit.name)
def test_every_page_keeps_its_promises(visit: Visit, language: str, client: Client) -> None:
    page = visit.open(client, language)

    assert broken_promises(page, language) == []


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_desk_of_promises_keeps_them_too(language: str) -> None:
    one = promise()
    assert one.office is not None
    head = people.make_user()
    people.appoint(head, one.office, Role.HEAD)
    desk = people.signed_in_client(head)
    there = "/en/admin/promises/" if language == "en" else "/admin/promises/"

    pages = [
        (desk.get(there), 200),
        (desk.post(there, {"words": ""}), 422),
        (desk.get(f"{there}{one.pk}/"), 200),
        (desk.post(f"{there}{one.pk}/", {"act": "settle", "version": one.version}), 422),
    ]

    for page, status in pages:
        assert page.status_code == status
        assert broken_promises(page.content.decode(), language) == []


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize(
    "setting", [Setting(390, "ko", "light"), Setting(1280, "en", "dark")], ids=str
)
def test_nothing_is_wrong_with_any_page(
    transactional_db: None,
    settings: Settings,
    live_server: LiveServer,
    browser: Browser,
    axe: Axe,
    setting: Setting,
) -> None:
    settings.KICKS = False  # nobody here waits for a worker
    people.centre()
    with reader(browser, live_server.url, setting) as mina:
        for visit in IN_BROWSER:
            mina.go(visit.path())
            mina.look(visit.name, axe)

    assert mina.problems == []
