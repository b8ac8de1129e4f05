"""The first administrator: one command, one link, one use."""

from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client

from people import enrolment
from people.models import Appointment, Role, User
from tests.people.factories import administrator, enrol_totp, make_user, totp_code

pytestmark = pytest.mark.django_db
MAIL = "first@example.org"


def _path(capsys: pytest.CaptureFixture[str], *options: str) -> str:
    """The path of the link the command prints."""
    call_command("make_administrator", MAIL, *options)
    link = capsys.readouterr().out.split()[-1]
    assert link.startswith(f"{settings.SITE_URL}/accounts/enrol/")
    return link.removeprefix(settings.SITE_URL)


def test_the_command_appoints_and_prints_a_link(capsys: pytest.CaptureFixture[str]) -> None:
    _path(capsys)

    user = User.objects.get(email=MAIL)
    assert user.is_administrator
    assert not user.has_usable_password()
    assert EmailAddress.objects.get(user=user).verified


def test_opening_the_link_changes_nothing(
    capsys: pytest.CaptureFixture[str], client: Client
) -> None:
    path = _path(capsys)

    pages = [client.get(path) for _scanner in range(3)]

    assert {page.status_code for page in pages} == {200}
    assert "_auth_user_id" not in client.session
    assert pages[0].headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in pages[0].headers["Cache-Control"]


def test_pressing_the_button_signs_in_and_leads_to_enrolling(
    capsys: pytest.CaptureFixture[str], client: Client
) -> None:
    page = client.post(_path(capsys))

    assert page.headers["Location"] == "/accounts/2fa/totp/activate/"
    assert client.get("/admin/").status_code == 302
    secret = client.get("/accounts/2fa/totp/activate/").context["form"].secret
    client.post("/accounts/2fa/totp/activate/", {"code": totp_code(secret)})
    client.post("/accounts/2fa/reauthenticate/", {"code": totp_code(secret)})
    assert client.get("/admin/").status_code == 200


def test_the_link_works_once(capsys: pytest.CaptureFixture[str]) -> None:
    path = _path(capsys)
    Client().post(path)
    late = Client()

    page = late.post(path)

    assert page.status_code == 410
    assert late.get(path).status_code == 410
    assert "_auth_user_id" not in late.session


def test_the_link_dies_with_any_other_sign_in(capsys: pytest.CaptureFixture[str]) -> None:
    path = _path(capsys)
    Client().force_login(User.objects.get(email=MAIL))

    assert Client().post(path).status_code == 410


def test_the_link_dies_after_a_day(capsys: pytest.CaptureFixture[str]) -> None:
    with time_machine.travel("2026-11-24 09:00 +0900", tick=False) as now:
        path = _path(capsys)

        now.shift(timedelta(hours=24))
        assert Client().get(path).status_code == 200
        now.shift(timedelta(seconds=1))

        assert Client().post(path).status_code == 410


@pytest.mark.parametrize("token", ["x", "WzEsIiJd:1xVaVV:forged", "..", "%00"])
def test_a_forged_link_is_like_a_used_one(client: Client, token: str) -> None:
    assert client.get(f"/accounts/enrol/{token}/").status_code in (404, 410)
    assert client.post(f"/accounts/enrol/{token}/").status_code in (404, 410)


def test_a_barred_person_has_no_link() -> None:
    user = make_user(is_active=False)

    assert enrolment.find(enrolment.token_for(user)) is None


def test_the_link_does_not_pass_by_a_factor_already_enrolled(
    capsys: pytest.CaptureFixture[str], client: Client
) -> None:
    enrol_totp(make_user(MAIL))

    page = client.post(_path(capsys))

    assert page.headers["Location"].startswith("/accounts/2fa/authenticate/")
    assert "_auth_user_id" not in client.session


def test_who_lost_the_factor_gets_a_new_start(capsys: pytest.CaptureFixture[str]) -> None:
    user = make_user(MAIL)
    enrol_totp(user)

    path = _path(capsys, "--lost-factor")

    assert not Authenticator.objects.filter(user=user).exists()
    assert Client().post(path).headers["Location"] == "/accounts/2fa/totp/activate/"


def test_running_it_again_appoints_nobody_twice(capsys: pytest.CaptureFixture[str]) -> None:
    _path(capsys)
    _path(capsys)

    assert Appointment.objects.filter(user__email=MAIL, role=Role.ADMINISTRATOR).count() == 1


def test_a_second_one_is_appointed_by_the_first() -> None:
    first = administrator()

    with pytest.raises(CommandError, match=first.email):
        call_command("make_administrator", MAIL)

    assert not Appointment.objects.filter(user__email=MAIL).exists()


def test_what_is_no_mail_address_is_said_in_a_sentence(db: None) -> None:
    with pytest.raises(CommandError, match="“notamail” is no mail address"):
        call_command("make_administrator", "notamail")
