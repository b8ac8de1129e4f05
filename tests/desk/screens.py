"""Pages made by Django's test client, looked at in Chromium: no server, no second database."""

import re
from collections.abc import Mapping
from functools import partial
from html import unescape
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as house
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Browser, Page, Route

from tests.pages.browsing import Reader, Setting, reader
from tests.photos.pictures import photo

HOME = "http://localhost"  # a browser trusts it like https
BESIDE = re.compile(r'data-beside="([^"]+)"')
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
UNFOLD = "for (const one of document.querySelectorAll('details')) one.open = true"


def problems(
    browser: Browser,
    axe: Axe | None,
    setting: Setting,
    pages: Mapping[str, Any],
    *,
    unfolded: bool = False,
    dialogs: bool = False,
) -> list[str]:
    """What is wrong with these pages under this setting; nothing, if all is well.

    `unfolded`: with all open that can be unfolded. `dialogs`: also under each of their dialogs.
    """
    shown: list[Any] = [None, b""]
    with reader(browser, HOME, setting) as officer:
        # One route from first to last: an icon asked for late must not reach a real server.
        officer.page.route("**/*", partial(answer_with, shown))
        for name, page in pages.items():
            shown[:] = page, beside_of(page)
            officer.page.goto(f"{HOME}/")
            if shown[1]:
                officer.page.wait_for_selector("[data-beside] #alike-title", state="attached")
            if unfolded:
                officer.page.evaluate(UNFOLD)
            officer.look(name, axe)
            if dialogs:
                look_into_dialogs(officer, name, axe)
    return officer.problems


def beside_of(page: Any) -> bytes:
    """What the list asks for once it has opened a message; nothing where none is open."""
    found = BESIDE.search(page.content.decode())
    if found is None:
        return b""
    part = page.client.get(unescape(found[1]))
    assert part.status_code == 200
    return bytes(part.content)


def look_into_dialogs(officer: Reader, name: str, axe: Axe | None) -> None:
    """Each one open over the page, its list filled where typing fills it."""
    for number, dialog in enumerate(officer.page.locator("dialog").all()):
        dialog.evaluate("one => one.showModal()")
        dialog.evaluate("one => one.querySelector('input')?.dispatchEvent(new Event('input'))")
        officer.look(f"{name}, dialog {number}", axe)
        dialog.evaluate("one => one.close()")


def answer_with(shown: list[Any], route: Route) -> None:
    """The page at its address, under its own security policy; beside it only our static files."""
    path = route.request.url.removeprefix(HOME)
    if path == "/":
        headers: dict[str, Any] = dict(shown[0].items())
        route.fulfill(headers=headers, body=shown[0].content)  # its status is tested elsewhere
    elif path.startswith("/static/") and (found := finders.find(path.removeprefix("/static/"))):
        route.fulfill(path=Path(str(found)))
    elif path.endswith("/small/"):
        route.fulfill(content_type="image/jpeg", body=photo())
    elif path.endswith("/badge.svg"):
        route.fulfill(content_type="image/svg+xml", body=DRAWING)
    elif path.startswith("/live/") or "/pulse/" in path:  # what is live is tested elsewhere
        route.fulfill(status=204)
    elif "/beside/" in path:
        route.fulfill(content_type="text/html", body=shown[1])
    else:
        route.abort()


def signed_in(browser: Browser, home: str, client: Client) -> Page:
    """A browser of this officer's own against a running server, in English, at no page yet."""
    key = client.cookies[house.SESSION_COOKIE_NAME].value
    context = browser.new_context(base_url=home, locale="en-GB")
    context.add_cookies([{"name": house.SESSION_COOKIE_NAME, "value": key, "url": home}])
    return context.new_page()
