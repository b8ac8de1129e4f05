"""The button, its worker and a notice on the screen, in Chromium, on a page of a running server.

A maker's service can't be reached from here: the browser is told which address it would have got
from there, and the notice is handed to its worker as the maker's line would do it.
"""

import json
from typing import Any

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from channels_app.models import Follow
from tests.channels_app.factories import receive
from tests.following.browsers import VAPID_KEY, Browser

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
FOLLOW, END = "Tell me on this device", "Do not tell me on this device any more"
# What the maker's service would answer.
SUBSCRIBED = """(device) => {
  const own = { toJSON: () => device };
  PushManager.prototype.subscribe = async (wanted) => {
    if (!wanted.userVisibleOnly || !wanted.applicationServerKey) throw new Error("no key");
    sessionStorage.setItem("subscribed", "1");
    return own;
  };
  PushManager.prototype.getSubscription = async () =>
    sessionStorage.getItem("subscribed") ? own : null;
}"""


@pytest.fixture
def page(browser: Chromium, live_server: LiveServer, settings: Settings) -> Any:
    """A browser whose owner lets us show notices."""
    settings.VAPID_KEY = VAPID_KEY
    with browser.new_context(permissions=["notifications"]) as context:
        device = Browser("https://push.example.org/mina").device
        keys = {"p256dh": device.p256dh, "auth": device.auth}
        told = json.dumps({"endpoint": device.endpoint, "keys": keys})
        context.add_init_script(f"({SUBSCRIBED})({told})")
        yield context.new_page()


def test_a_press_follows_and_a_notice_shows_and_leads_to_the_case(
    page: Page, live_server: LiveServer
) -> None:
    problems: list[str] = []
    page.on("console", lambda said: problems.append(said.text) if said.type == "error" else None)
    message = receive()
    page.goto(f"{live_server.url}/en/s/{message.code}/")

    page.get_by_role("button", name=FOLLOW, exact=True).click()

    expect(page.get_by_role("button", name=END)).to_be_visible()
    expect(page.locator("[data-push] [role=status]")).to_have_text(
        "This device tells you when something changes."
    )
    assert Follow.objects.active().get().language == "en"
    page.reload()
    expect(page.get_by_role("button", name=END)).to_be_visible()
    assert shown(page, live_server, title="News", link=f"/en/s/{message.code}/") == ["News"]

    page.get_by_role("button", name=END).click()

    expect(page.get_by_role("button", name=FOLLOW, exact=True)).to_be_visible()
    assert not Follow.objects.active().exists()
    assert problems == []


def shown(page: Page, live_server: LiveServer, **notice: str) -> Any:
    """The notices on the screen after the worker was handed this one, twice."""
    told = {"body": "…", "lang": "en", "stop": "/", "stop_words": "Stop", "tag": "one", **notice}
    line = page.context.new_cdp_session(page)
    workers: list[dict[str, Any]] = []
    line.on("ServiceWorker.workerRegistrationUpdated", lambda e: workers.extend(e["registrations"]))
    line.send("ServiceWorker.enable")
    page.wait_for_timeout(300)
    for _n in range(2):
        line.send(
            "ServiceWorker.deliverPushMessage",
            {
                "origin": live_server.url,
                "registrationId": workers[0]["registrationId"],
                "data": json.dumps(told),
            },
        )
    page.wait_for_timeout(500)
    return page.evaluate(
        """async () => (await (await navigator.serviceWorker.ready).getNotifications())
          .map((one) => one.title)"""
    )


def test_where_the_browser_can_not_nothing_is_offered(
    browser: Chromium, live_server: LiveServer, settings: Settings
) -> None:
    settings.VAPID_KEY = VAPID_KEY
    message = receive()
    with browser.new_context() as context:
        context.add_init_script("delete window.PushManager")
        page = context.new_page()
        page.goto(f"{live_server.url}/en/s/{message.code}/")

        expect(page.get_by_role("link", name="Follow by e-mail")).to_be_visible()
        expect(page.get_by_role("button", name=FOLLOW, exact=True)).to_be_hidden()
