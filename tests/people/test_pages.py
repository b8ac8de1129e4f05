"""Every page about signing in keeps the promises of all our pages."""

import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.people.factories import (
    PASSWORD,
    centre_officer,
    enrol_totp,
    make_user,
    signed_in_client,
)

pytestmark = pytest.mark.django_db

ANYBODY = ["login/", "signup/", "login/code/", "password/reset/", "inactive/"]
ANYBODY += ["3rdparty/login/cancelled/"]
SIGNED_IN = ["logout/", "email/", "sessions/", "2fa/", "2fa/totp/activate/", "2fa/webauthn/"]
SIGNED_IN += ["2fa/webauthn/add/", "3rdparty/", "password/set/"]
ENROLLED = ["2fa/", "2fa/totp/deactivate/", "2fa/recovery-codes/", "2fa/recovery-codes/generate/"]
ENROLLED += ["2fa/reauthenticate/", "2fa/webauthn/"]
# Their own tests open these: they need a step before.
IN_BETWEEN = ["login/code/confirm/", "confirm-email/", "2fa/authenticate/", "password/change/"]
IN_BETWEEN += [f"password/reset/{step}/" for step in ("confirm", "complete", "done")]
IN_BETWEEN += ["3rdparty/login/error/"]
IN_BETWEEN += ["reauthenticate/", "2fa/webauthn/reauthenticate/"]
IN_BETWEEN += [f"2fa/webauthn/keys/<int:pk>/{act}/" for act in ("edit", "remove")]
NO_PAGES = ["2fa/recovery-codes/download/", "2fa/webauthn/login/", "3rdparty/signup/"]
OLD_NAMES = ("login/cancelled", "login/error", "signup", "connections")
NO_PAGES += [f"social/{name}/" for name in OLD_NAMES]  # they lead on to 3rdparty/
NO_PAGES += ["enrol/<str:token>/"]  # tests of its own


class Page(HTMLParser):
    """What a page is made of, as far as the tests ask."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Kept in order."""
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def all(self, *names: str) -> list[dict[str, str]]:
        """The attributes of every such element."""
        return [attrs for tag, attrs in self.tags if tag in names]


def keeps_the_promises(page: Any, *, status: int = 200) -> Page:
    """One main, one heading, labels, no inline script or style, no twin ids."""
    html = page.content.decode()
    parsed = Page(html)
    assert page.status_code == status
    assert len(parsed.all("main")) == len(parsed.all("h1")) == 1
    title = re.search(r"<title>\s*(.*?)\s*</title>", html, re.DOTALL)
    assert title
    assert re.fullmatch(r"(?:[^·]+\S)\s·\s(?:Seoul Listens|서울 경청 포털)", title[1], re.DOTALL)
    ids = [attrs["id"] for _tag, attrs in parsed.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    _is_labelled(parsed)
    _is_strict(parsed)
    return parsed


def _is_labelled(parsed: Page) -> None:
    """Every control to see has a label; every id it names is there."""
    ids = {attrs["id"] for _tag, attrs in parsed.tags if "id" in attrs}
    labelled = {attrs.get("for") for attrs in parsed.all("label")}
    for control in parsed.all("input", "select", "textarea"):
        if control.get("type") not in ("hidden", "submit", "button"):
            assert control.get("id") in labelled, control
    for _tag, attrs in parsed.tags:
        for named in attrs.get("aria-describedby", "").split():
            assert named in ids, named


def _is_strict(parsed: Page) -> None:
    """Nothing our policy would block."""
    for tag, attrs in parsed.tags:
        assert tag != "style"
        assert "style" not in attrs, attrs
        assert not [name for name in attrs if name.startswith("on")], attrs
        assert not attrs.get("src", "").startswith("data:")
        if tag == "script":
            assert "src" in attrs or attrs.get("type") == "application/json", attrs


def test_every_page_of_the_sign_in_has_a_test() -> None:
    """A new page of the library, or a new one of ours, must be put into a list above."""
    known = {*ANYBODY, *SIGNED_IN, *ENROLLED, *IN_BETWEEN, *NO_PAGES}

    assert set(_routes(get_resolver(), "")) <= known


def _routes(resolver: URLResolver, before: str) -> list[str]:
    found = []
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            found += _routes(pattern, route)
        elif isinstance(pattern, URLPattern) and route.startswith("accounts/"):
            found.append(route.removeprefix("accounts/"))
    return found


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("path", ANYBODY)
def test_pages_for_anybody(client: Client, path: str, language: str) -> None:
    keeps_the_promises(client.get(f"{language}/accounts/{path}"))


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("path", SIGNED_IN)
def test_pages_of_ones_own_account(path: str, language: str) -> None:
    client = signed_in_client(make_user(), second_factor=False)

    keeps_the_promises(client.get(f"{language}/accounts/{path}"))


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("path", ENROLLED)
def test_pages_of_who_has_a_second_factor(path: str, language: str) -> None:
    user = centre_officer()
    RecoveryCodes.activate(user)
    Authenticator.objects.create(
        user=user, type=Authenticator.Type.WEBAUTHN, data={"name": "내 전화", "credential": {}}
    )
    client = signed_in_client(user)
    _reauthenticated(client)

    page = client.get(f"{language}/accounts/{path}")

    keeps_the_promises(page)


def _reauthenticated(client: Client) -> None:
    session = client.session
    for record in session["account_authentication_methods"]:
        record["reauthenticated"] = True
    session.save()


def test_pages_on_the_way_in(client: Client) -> None:
    user = centre_officer(password=PASSWORD)
    enrol_totp(user)

    keeps_the_promises(client.post("/accounts/login/", {"login": user.email}, follow=True))
    client.post("/accounts/logout/")
    keeps_the_promises(
        client.post("/accounts/login/", {"login": user.email, "password": PASSWORD}, follow=True)
    )


def test_the_page_when_another_service_fails(client: Client) -> None:
    keeps_the_promises(client.get("/accounts/3rdparty/login/error/"), status=401)


def test_the_page_of_a_first_code(client: Client) -> None:
    keeps_the_promises(
        client.post("/accounts/signup/", {"email": "new@example.org", "website": ""}, follow=True)
    )


def test_pages_about_a_password(client: Client) -> None:
    user = make_user(password=PASSWORD)
    signed_in = signed_in_client(user, second_factor=False)

    keeps_the_promises(signed_in.get("/accounts/password/change/"))
    keeps_the_promises(signed_in.get("/accounts/reauthenticate/"))
    reset = client.post("/accounts/password/reset/", {"email": user.email}, follow=True)
    keeps_the_promises(reset)
    keeps_the_promises(client.get("/accounts/password/reset/done/"))


def test_pages_about_one_passkey() -> None:
    user = make_user()
    key = Authenticator.objects.create(
        user=user, type=Authenticator.Type.WEBAUTHN, data={"name": "내 전화", "credential": {}}
    )
    client = signed_in_client(user)
    _reauthenticated(client)

    for page in ("edit", "remove"):
        keeps_the_promises(client.get(f"/accounts/2fa/webauthn/keys/{key.pk}/{page}/"))


@pytest.mark.parametrize(
    ("path", "typed", "field"),
    [
        ("login/", {"login": "nobody"}, "id_login"),
        ("login/", {"login": "", "password": ""}, "id_login"),
        ("login/code/", {"email": ""}, "id_email"),
        ("signup/", {"email": "x", "website": ""}, "id_email"),
        ("password/reset/", {"email": ""}, "id_email"),
    ],
)
def test_errors_stand_on_top_at_the_field_and_in_the_title(
    client: Client, path: str, typed: dict[str, str], field: str
) -> None:
    page = client.post(f"/en/accounts/{path}", typed)

    parsed = keeps_the_promises(page)
    html = page.content.decode()
    control = next(attrs for attrs in parsed.all("input") if attrs.get("id") == field)
    assert control["aria-invalid"] == "true"
    assert f"{field}_error" in control["aria-describedby"].split()
    assert f'href="#{field}"' in html
    assert re.search(r"<title>\s*Error:", html)


def test_what_was_typed_stays(client: Client) -> None:
    page = client.post("/accounts/login/", {"login": "nobody", "password": PASSWORD})

    assert 'value="nobody"' in page.content.decode()
    assert PASSWORD not in page.content.decode()


def test_an_unconfirmed_address_can_be_confirmed_or_dropped() -> None:
    user = make_user()
    EmailAddress.objects.create(user=user, email="new@example.org", verified=False)

    page = signed_in_client(user, second_factor=False).get("/accounts/email/")

    keeps_the_promises(page)
    assert "new@example.org" in page.content.decode()


def test_too_many_tries_have_a_page_of_ours(client: Client, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    client.post("/accounts/login/", {"login": "nobody"})

    page = client.post("/accounts/login/", {"login": "nobody"})

    assert page.status_code == 429
    assert "<h1>" in page.content.decode()


def test_the_picture_for_the_app_is_part_of_the_page() -> None:
    page = signed_in_client(make_user(), second_factor=False).get("/accounts/2fa/totp/activate/")

    parsed = keeps_the_promises(page)
    assert any("viewBox" in attrs or "viewbox" in attrs for attrs in parsed.all("svg"))
    assert page.context["form"].secret in page.content.decode()


def test_pages_about_accounts_are_never_kept_by_a_cache(client: Client) -> None:
    for path in ("login/", "signup/", "login/code/"):
        assert "no-store" in client.get(f"/accounts/{path}").headers["Cache-Control"]


def test_other_services_are_offered_only_where_the_portal_has_them(client: Client) -> None:
    assert settings.SOCIALACCOUNT_PROVIDERS == {}
    assert "kakao" not in client.get("/accounts/login/").content.decode().lower()


def test_a_portal_with_kakao_lets_its_form_lead_there_and_nowhere_else() -> None:
    ask = "from seoul_portal.settings import *; print(CONTENT_SECURITY_POLICY, INSTALLED_APPS)"
    told = {**os.environ, "KAKAO_CLIENT_ID": "ours", "NAVER_CLIENT_ID": ""}

    said = subprocess.run(
        [sys.executable, "-c", ask],
        env=told,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    assert "'form-action': [\"'self'\", 'https://*.kakao.com']" in said
    assert "allauth.socialaccount.providers.kakao" in said
    assert "naver" not in said
