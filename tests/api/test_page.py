"""The page about the open interface: whole without JavaScript, in both languages, at any width."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser
from pytest_django import DjangoAssertNumQueries
from pytest_django.live_server_helper import LiveServer

from channels_app.api import reference
from channels_app.api.problems import KINDS
from tests.pages.browsing import NARROW, TWO, Setting, reader


@pytest.mark.parametrize("path", ["/api/", "/en/api/"])
def test_the_page_tells_every_operation_and_every_problem(client: Client, path: str) -> None:
    words = client.get(path).content.decode()

    for operation in reference.operations("en"):
        assert f'id="{operation.name}"' in words
        assert operation.path in words
        assert operation.asks or operation.name in ("offices", "boroughs")
    for kind in KINDS.values():
        assert (f'id="{kind.name}"' in words) == (kind.status < 500)
    assert "Idempotency-Key" in words
    assert "curl " in words


def test_the_page_asks_the_database_nothing(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, db: None
) -> None:
    with django_assert_num_queries(0):
        assert client.get("/api/").status_code == 200


def test_the_page_speaks_the_language_of_its_address(client: Client) -> None:
    korean, english = (client.get(path).content.decode() for path in ("/api/", "/en/api/"))

    assert reference.operations("en")[0].title in english
    assert reference.operations("ko")[0].title in korean


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("setting", [*TWO, NARROW], ids=str)
def test_nothing_is_wrong_with_the_page(
    live_server: LiveServer, browser: Browser, axe: Axe, setting: Setting
) -> None:
    with reader(browser, live_server.url, setting) as mina:
        mina.go("/api/")
        for details in mina.page.locator("main details").all():
            details.locator("summary").click()
        mina.look("api", axe if setting in TWO else None)

    assert mina.problems == []
