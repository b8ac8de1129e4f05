"""Sign-in and record pages in a real browser: axe, the strict policy, passkeys."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core import mail
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from people import seed
from people.models import Office, User
from tests.people.factories import (
    administrator,
    auditor,
    centre_officer,
    make_user,
    officer_of,
    signed_in_client,
)

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

# language's prefix, width, colours
SCREENS = [("", 390, "light"), ("/en", 1280, "dark")]
PHONE, DESK = SCREENS


def _open(browser: Browser, screen: tuple[str, int, str]) -> BrowserContext:
    _prefix, width, colours = screen
    context = browser.new_context(
        viewport={"width": width, "height": 844},
        color_scheme=colours,  # type: ignore[arg-type]  # one of its literals
        reduced_motion="reduce",
    )
    context.set_default_timeout(15_000)
    return context


@pytest.fixture(params=SCREENS, ids=["ko-390-light", "en-1280-dark"])
def screen(request: pytest.FixtureRequest) -> tuple[str, int, str]:
    """Each page on a phone in Korean and on a desk in English."""
    screen: tuple[str, int, str] = request.param
    return screen


@pytest.fixture
def page(browser: Browser, screen: tuple[str, int, str]) -> Iterator[Page]:
    """A fresh window that fails the test when the policy blocked anything."""
    context = _open(browser, screen)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda problem: said.append(str(problem)))
    yield page
    context.close()
    assert [line for line in said if "Content Security Policy" in line or "Error" in line] == []


def sign_in(page: Page, server: LiveServer, client: Client) -> None:
    """The session of this client, in the window."""
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": server.url}]
    )


def is_accessible(page: Page) -> None:
    """No finding of axe, and nothing sticks out of the screen."""
    # Without preload: axe would add styles of its own, which the policy blocks and we count.
    findings = Axe().run(page, options={"preload": False}).response["violations"]
    assert [(one["id"], [node["html"][:160] for node in one["nodes"]]) for one in findings] == []
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0


def _reauthenticated(client: Client) -> Client:
    session = client.session
    for record in session["account_authentication_methods"]:
        record["reauthenticated"] = True
    session.save()
    return client


@pytest.mark.parametrize("path", ["login/", "signup/", "login/code/", "password/reset/"])
def test_pages_for_anybody(
    page: Page, live_server: LiveServer, screen: tuple[str, int, str], path: str
) -> None:
    page.goto(f"{live_server.url}{screen[0]}/accounts/{path}")

    is_accessible(page)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_selector(".error-summary")
    is_accessible(page)
    assert page.evaluate("document.activeElement.id") == "errors"


def test_the_code_page(page: Page, live_server: LiveServer, screen: tuple[str, int, str]) -> None:
    user = make_user()
    page.goto(f"{live_server.url}{screen[0]}/accounts/login/")
    page.fill("#id_login", user.email)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_selector("#id_code")

    is_accessible(page)
    found = re.search(r"\d{4}-\d{4}", str(mail.outbox[-1].subject))
    assert found
    page.fill("#id_code", found[0])
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(re.compile("/me/"))


ACCOUNT_PAGES = ["2fa/totp/activate/", "2fa/webauthn/add/", "2fa/", "sessions/", "email/"]


@pytest.mark.parametrize("path", ACCOUNT_PAGES)
def test_pages_of_ones_own_account(
    page: Page, live_server: LiveServer, screen: tuple[str, int, str], path: str
) -> None:
    user = make_user()
    signed_in_client(user)
    Authenticator.objects.filter(user=user).delete()
    sign_in(page, live_server, signed_in_client(user, second_factor=False))

    page.goto(f"{live_server.url}{screen[0]}/accounts/{path}")

    is_accessible(page)


def test_the_recovery_codes(
    page: Page, live_server: LiveServer, screen: tuple[str, int, str]
) -> None:
    user = centre_officer()
    RecoveryCodes.activate(user)
    sign_in(page, live_server, _reauthenticated(signed_in_client(user)))

    page.goto(f"{live_server.url}{screen[0]}/accounts/2fa/recovery-codes/")

    is_accessible(page)
    assert page.locator(".codes code").count() == 10


def _with_a_key(page: Page) -> None:
    """A phone that answers every question of a passkey with yes."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_passkey_is_added_confirms_and_signs_in(
    page: Page, live_server: LiveServer, screen: tuple[str, int, str]
) -> None:
    user, start = centre_officer(), f"{live_server.url}{screen[0]}"
    _with_a_key(page)
    sign_in(page, live_server, signed_in_client(user, second_factor=False))

    page.goto(f"{start}/accounts/2fa/webauthn/add/")
    page.check("#id_passwordless")
    page.click("#passkey-button")
    page.wait_for_url(re.compile("/webauthn/reauthenticate/"))
    assert Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN).count() == 1

    is_accessible(page)
    page.click("#passkey-button")
    page.wait_for_url(re.compile("/recovery-codes/"))
    page.goto(f"{start}/admin/")
    assert page.url == f"{start}/admin/"

    page.context.clear_cookies()
    page.goto(f"{start}/accounts/login/?next={screen[0]}/admin/")
    page.click("#passkey-button")
    page.wait_for_url(f"{start}/admin/")


def test_a_passkey_that_does_not_answer_is_explained(
    page: Page, live_server: LiveServer, screen: tuple[str, int, str]
) -> None:
    page.goto(f"{live_server.url}{screen[0]}/accounts/login/")
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('no')) }")

    page.click("#passkey-button")

    page.wait_for_selector("#passkey-problem:not([hidden])")
    is_accessible(page)


# -- the record pages -------------------------------------------------------------------------
RECORDS: list[tuple[Any, str]] = [
    (administrator, ""),
    (administrator, "people/user/"),
    (administrator, "people/user/add/"),
    (administrator, "people/user/{user}/change/"),
    (administrator, "people/office/"),
    (administrator, "people/office/{office}/change/"),
    (administrator, "people/appointment/"),
    (administrator, "people/appointment/add/"),
    (administrator, "lifecycle/rule/"),
    (administrator, "lifecycle/rule/add/"),
    (administrator, "lifecycle/holiday/add/"),
    (administrator, "channels_app/routingrule/"),
    (centre_officer, "channels_app/routingrule/add/"),
    (auditor, ""),
    (auditor, "channels_app/reading/"),
    (auditor, "channels_app/delivery/"),
]


@pytest.mark.parametrize(
    ("somebody", "path"), RECORDS, ids=lambda value: getattr(value, "__name__", value) or "index"
)
def test_record_pages(
    page: Page, live_server: LiveServer, screen: tuple[str, int, str], somebody: Any, path: str
) -> None:
    seed.plant(Office)
    user: User = somebody()
    other = officer_of(Office.objects.get(slug="bus-policy"), name="준")
    sign_in(page, live_server, signed_in_client(user))
    address = path.format(user=other.pk, office=other.posts[0].office_id)

    page.goto(f"{live_server.url}{screen[0]}/admin/{address}")

    is_accessible(page)
