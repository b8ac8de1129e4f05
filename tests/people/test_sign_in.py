"""How people come in: by mail code, by password, with a second factor."""

import re
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.usersessions.models import UserSession
from django.core import mail
from django.test import Client

from people.models import User
from tests.people.factories import (
    PASSWORD,
    centre_officer,
    enrol_totp,
    make_user,
    signed_in_client,
    totp_code,
)

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"
CODE_PAGE = "/accounts/login/code/confirm/"
FACTOR_PAGE = "/accounts/2fa/authenticate/"


def mailed_code() -> str:
    """The code in the newest mail."""
    found = re.search(r"\b\d{4}-\d{4}\b", str(mail.outbox[-1].body))
    assert found
    return found[0]


def test_a_mail_code_signs_in_without_a_password(client: Client) -> None:
    user = make_user()

    asked = client.post(LOGIN, {"login": user.email, "next": "/admin/"})
    typed = client.post(CODE_PAGE, {"code": mailed_code(), "next": "/admin/"})

    assert asked.headers["Location"] == f"{CODE_PAGE}?next=%2Fadmin%2F"
    assert typed.headers["Location"] == "/admin/"
    assert client.session["_auth_user_id"] == str(user.pk)


def test_a_code_may_be_typed_without_its_dash(client: Client) -> None:
    client.post(LOGIN, {"login": make_user().email})

    client.post(CODE_PAGE, {"code": mailed_code().replace("-", " ")})

    assert "_auth_user_id" in client.session


def test_a_password_signs_in_without_a_mail(client: Client) -> None:
    user = make_user(password=PASSWORD)

    page = client.post(LOGIN, {"login": user.email, "password": PASSWORD})

    assert page.headers["Location"] == "/me/"
    assert not mail.outbox


def test_case_does_not_matter_in_an_address(client: Client) -> None:
    user = make_user("mina@example.org", password=PASSWORD)

    client.post(LOGIN, {"login": "Mina@Example.org", "password": PASSWORD})

    assert client.session["_auth_user_id"] == str(user.pk)


def test_an_enrolled_factor_is_asked_for_at_sign_in(client: Client) -> None:
    user = centre_officer(password=PASSWORD)
    enrol_totp(user)

    page = client.post(LOGIN, {"login": user.email, "password": PASSWORD, "next": "/admin/"})
    assert page.headers["Location"].startswith(FACTOR_PAGE)
    assert "_auth_user_id" not in client.session
    client.post(FACTOR_PAGE, {"code": totp_code(user)})

    assert client.get("/admin/").status_code == 200


def test_a_recovery_code_works_once_at_sign_in() -> None:
    user = centre_officer(password=PASSWORD)
    enrol_totp(user)
    code = RecoveryCodes.activate(user).get_unused_codes()[0]
    came_in = []

    for _try in range(2):
        client = Client()
        client.post(LOGIN, {"login": user.email, "password": PASSWORD})
        client.post(FACTOR_PAGE, {"code": code})
        came_in.append("_auth_user_id" in client.session)

    assert came_in == [True, False]


def test_a_new_officer_enrols_and_is_asked_once_more_before_the_door_opens(client: Client) -> None:
    user = centre_officer()
    client.post(LOGIN, {"login": user.email})
    client.post(CODE_PAGE, {"code": mailed_code()})
    assert client.get("/admin/").headers["Location"] == "/accounts/2fa/totp/activate/"

    page = client.get("/accounts/2fa/totp/activate/")
    added = client.post(
        "/accounts/2fa/totp/activate/", {"code": totp_code(page.context["form"].secret)}
    )

    assert added.headers["Location"] == "/accounts/2fa/recovery-codes/"
    asked = client.get("/admin/")
    assert asked.headers["Location"] == "/accounts/2fa/reauthenticate/?next=/admin/"
    client.post("/accounts/2fa/reauthenticate/", {"code": totp_code(user)})
    assert client.get("/admin/").status_code == 200


def test_who_has_a_factor_confirms_with_it_and_not_with_the_password() -> None:
    user = centre_officer(password=PASSWORD)
    client = signed_in_client(user)

    page = client.get("/accounts/reauthenticate/?next=/me/")

    assert page.headers["Location"] == "/accounts/2fa/reauthenticate/?next=%2Fme%2F"


def test_anybody_may_make_an_account_by_mail(client: Client) -> None:
    page = client.post("/accounts/signup/", {"email": "New@Example.org", "website": ""})
    client.post("/accounts/confirm-email/", {"code": mailed_code()})

    assert page.headers["Location"] == "/accounts/confirm-email/"
    user = User.objects.get(email="new@example.org")
    assert client.session["_auth_user_id"] == str(user.pk)
    assert not user.is_staff
    assert EmailAddress.objects.get(user=user).verified


def test_a_robot_in_the_hidden_field_gets_no_account(client: Client) -> None:
    client.post("/accounts/signup/", {"email": "bot@example.org", "website": "http://spam.example"})

    assert not User.objects.filter(email="bot@example.org").exists()


@pytest.mark.parametrize("known", [True, False])
def test_the_page_does_not_tell_whether_an_address_is_known(client: Client, known: bool) -> None:
    email = make_user().email if known else "nobody@example.org"

    page = client.post(LOGIN, {"login": email}, follow=True)

    assert page.redirect_chain == [(CODE_PAGE, 302)]
    assert len(mail.outbox) == 1
    assert ("code" in mail.outbox[0].subject.lower() or "코드" in mail.outbox[0].subject) is known


def test_a_forgotten_password_is_replaced_by_a_code(client: Client) -> None:
    user = make_user(password=PASSWORD)
    new = "another horse battery staple"

    client.post("/accounts/password/reset/", {"email": user.email})
    client.post("/accounts/password/reset/confirm/", {"code": mailed_code()})
    client.post("/accounts/password/reset/complete/", {"password1": new, "password2": new})

    user.refresh_from_db()
    assert user.check_password(new)


def test_a_changed_password_ends_the_other_sessions() -> None:
    user = make_user(password=PASSWORD)
    here, there = signed_in_client(user), signed_in_client(user)
    new = "another horse battery staple"

    here.post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )

    assert there.get("/me/").status_code == 302
    assert mail.outbox[-1].to == [user.email]


def test_one_may_sign_the_other_devices_out() -> None:
    user = make_user()
    here, there = signed_in_client(user), signed_in_client(user)

    here.post("/accounts/sessions/")

    assert here.get("/me/").status_code == 200
    assert there.get("/me/").status_code == 302
    assert UserSession.objects.filter(user=user).count() == 1


def test_a_new_address_holds_only_after_its_code() -> None:
    user = make_user("old@example.org")
    client = signed_in_client(user, second_factor=False)

    client.post("/accounts/email/", {"email": "new@example.org", "action_add": ""})
    user.refresh_from_db()
    assert user.email == "old@example.org"
    client.post("/accounts/confirm-email/", {"code": mailed_code()})

    user.refresh_from_db()
    assert user.email == "new@example.org"
    assert EmailAddress.objects.get(user=user).email == "new@example.org"


def test_a_mail_server_that_is_away_costs_a_sentence_and_not_the_page(
    client: Client, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9

    page = client.post(LOGIN, {"login": make_user().email}, follow=True)

    assert page.status_code == 200
    assert [message.level_tag for message in page.context["messages"]] == ["error"]


@pytest.mark.parametrize(("language", "start"), [("ko", "/"), ("en", "/en/")])
def test_mails_begin_with_who_runs_this_and_carry_the_code_in_the_subject(
    client: Client, settings: Any, language: str, start: str
) -> None:
    settings.OPERATOR_BANNER = "우리 시험 누리집"

    client.post(f"{start}accounts/login/", {"login": make_user().email})

    sent = mail.outbox[0]
    assert str(sent.body).startswith("우리 시험 누리집\n")
    assert mailed_code() in sent.subject
    assert sent.content_subtype == "plain"
    assert not getattr(sent, "alternatives", [])


def test_secrets_of_second_factors_are_not_readable_in_the_database() -> None:
    with time_machine.travel("2026-11-24 09:00 +0900", tick=False):
        factor = enrol_totp(make_user())

    assert len(factor.data["secret"]) > 80
    assert factor.wrap().validate_code("not a code") is False
