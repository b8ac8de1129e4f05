"""Pages made by Django's test client, looked at in Chromium: no server, no second database."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from playwright.sync_api import Browser, Route

from tests.pages.browsing import Setting, reader
from tests.photos.pictures import photo

HOME = "http://localhost"  # a browser trusts it like https


def problems(
    browser: Browser, axe: Axe | None, setting: Setting, pages: Mapping[str, Any]
) -> list[str]:
    """What is wrong with these pages under this setting; nothing, if all is well."""
    shown: list[Any] = [None]
    with reader(browser, HOME, setting) as officer:
        # One route from first to last: an icon asked for late must not reach a real server.
        officer.page.route("**/*", partial(answer_with, shown))
        for name, page in pages.items():
            shown[0] = page
            officer.page.goto(f"{HOME}/")
            officer.look(name, axe)
    return officer.problems


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
    elif path.startswith("/live/"):  # what is live is tested elsewhere
        route.fulfill(status=204)
    elif "/beside/" in path:  # what the full page of a case shows too
        route.fulfill(content_type="text/html", body="<p>…</p>")
    else:
        route.abort()
