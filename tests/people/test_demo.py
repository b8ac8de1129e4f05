"""Accounts for a demonstration, and nowhere else."""

import json
import re
import stat
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.test import Client

from people import demo
from people.models import Appointment, Role, User
from tests.people.factories import make_user

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"


@pytest.fixture
def demonstration(settings: Any, tmp_path: Path) -> Path:
    """A demonstration with its accounts; gives the folder its secrets are in."""
    settings.PORTAL_DEMO, settings.VAR = True, tmp_path
    demo.make_accounts()
    return tmp_path


def _sign_in(key: str) -> Client:
    client = Client()
    email, password = next(
        (email, password) for email, password, _who in demo.sign_ins() if email.startswith(key)
    )
    client.post(LOGIN, {"login": email, "password": password})
    client.post("/accounts/2fa/authenticate/", {"code": demo.code_of(key)[0]})
    return client


@pytest.mark.parametrize("actor", demo.ACTORS, ids=lambda actor: actor.key)
def test_each_of_them_signs_in_and_holds_the_promised_post(
    demonstration: Path, actor: demo.Actor
) -> None:
    client = _sign_in(actor.key)

    user = User.objects.get(email=actor.email)
    assert client.session["_auth_user_id"] == str(user.pk)
    assert [(post.office.slug, post.role) for post in user.posts] == (
        [(actor.office, actor.role)] if actor.office else []
    )
    assert client.get("/admin/").status_code == (200 if actor.office else 403)


def test_there_is_one_of_each_kind() -> None:
    roles = {actor.role for actor in demo.ACTORS if actor.office}

    assert roles == set(Role)
    assert len(demo.ACTORS) == 10


def test_making_them_twice_changes_nothing(demonstration: Path) -> None:
    before = demo.sign_ins()

    demo.make_accounts()

    assert demo.sign_ins() == before
    assert User.objects.filter(is_demo=True).count() == len(demo.ACTORS)
    assert Appointment.objects.filter(user__is_demo=True).count() == len(demo.ACTORS) - 1
    assert Authenticator.objects.filter(user__is_demo=True).count() == len(demo.ACTORS) - 1


def test_a_lost_file_gives_new_secrets_that_work(demonstration: Path) -> None:
    before = demo.sign_ins()
    (demonstration / "demo-accounts.json").unlink()

    demo.make_accounts()

    assert demo.sign_ins() != before
    assert "_auth_user_id" in _sign_in("bus").session


def test_only_the_owner_reads_the_secrets(demonstration: Path) -> None:
    path = demonstration / "demo-accounts.json"

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    passwords = [account["password"] for account in json.loads(path.read_text()).values()]
    assert len(set(passwords)) == len(demo.ACTORS)
    assert min(map(len, passwords)) >= 16


def test_without_the_demonstration_passwords_and_sessions_are_void(
    demonstration: Path, settings: Any
) -> None:
    running = _sign_in("centre")
    settings.PORTAL_DEMO = False

    assert "_auth_user_id" not in _sign_in("bus").session
    assert running.get("/me/").status_code == 302


def test_a_mailed_code_opens_no_demonstration_account_either(
    demonstration: Path, settings: Any, client: Client
) -> None:
    settings.PORTAL_DEMO = False
    client.post(LOGIN, {"login": "citizen@demo.example"})

    found = re.search(r"\d{4}-\d{4}", str(mail.outbox[-1].subject))
    assert found
    page = client.post("/accounts/login/code/confirm/", {"code": found[0]})

    assert page.headers["Location"] == "/accounts/inactive/"
    assert "_auth_user_id" not in client.session


def test_none_are_made_outside_a_demonstration(settings: Any, tmp_path: Path) -> None:
    settings.PORTAL_DEMO, settings.VAR = False, tmp_path

    with pytest.raises(RuntimeError):
        demo.make_accounts()

    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("who", ["bus", "bus@demo.example"])
def test_the_command_shows_the_code_of_now(
    demonstration: Path, capsys: pytest.CaptureFixture[str], who: str
) -> None:
    call_command("code", who)

    assert capsys.readouterr().out.split()[0] == demo.code_of("bus")[0]


def test_the_command_names_the_accounts_when_it_knows_none_of_that_name(
    demonstration: Path,
) -> None:
    with pytest.raises(CommandError, match="centre, bus"):
        call_command("code", "somebody")


def _deploy_errors() -> set[str | None]:
    return {found.id for found in run_checks(tags=["security"], include_deployment_checks=True)}


def test_check_deploy_fails_while_one_exists(demonstration: Path, settings: Any) -> None:
    settings.PORTAL_DEMO = False
    assert "people.E002" in _deploy_errors()
    assert "people.E001" not in _deploy_errors()

    settings.PORTAL_DEMO = True
    assert "people.E001" in _deploy_errors()


def test_check_deploy_has_nothing_against_real_people() -> None:
    make_user()

    assert not {"people.E001", "people.E002", "people.W001"} & _deploy_errors()
