"""Accounts for a demonstration: one of each kind of person.

Passwords and the secrets of second factors are random, made once per installation and kept in
a file only its owner can read. Without PORTAL_DEMO the accounts can't sign in (people.backends),
and `check --deploy` fails while one exists (people.checks).
"""

import json
import os
import secrets
import time
from dataclasses import dataclass
from pathlib import Path

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)
from allauth.mfa.utils import encrypt
from django.conf import settings
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people import actions
from people.models import Appointment, Office, Role, User

DOMAIN = "demo.example"
PERIOD_SECONDS = 30


@dataclass(frozen=True)
class Actor:
    """One account: its short name for commands, who it is, and the post it holds."""

    key: str
    name: str
    who: str | Promise
    office: str = ""
    role: str = Role.OFFICER

    @property
    def email(self) -> str:
        """A domain that can never receive mail (RFC 2606)."""
        return f"{self.key}@{DOMAIN}"


ACTORS = (
    Actor("centre", "이하늘", _("Officer, Social Media Centre"), "social-media-centre"),
    Actor("bus", "박준호", _("Officer, Bus Policy Department"), "bus-policy"),
    Actor("sidewalks", "최가온", _("Officer, sidewalks"), "sidewalks"),
    Actor("head", "정다은", _("Head, Bus Policy Department"), "bus-policy", Role.HEAD),
    Actor("borough", "한지우", _("Officer, Mapo-gu Office"), "mapo"),
    Actor("dasan", "오나리", _("Officer, 120 Dasan Call Centre"), "dasan"),
    Actor("mayor", "윤서준", _("Officer, Mayor's Office"), "mayor"),
    Actor("auditor", "강민서", _("Auditor"), "audit", Role.AUDITOR),
    Actor("administrator", "조은별", _("Administrator"), "digital", Role.ADMINISTRATOR),
    Actor("citizen", "김민아", _("Citizen")),
)


def sign_ins() -> list[tuple[str, str, str]]:
    """(mail address, password, who it is) of every account."""
    known = _secrets()
    return [(actor.email, known[actor.key]["password"], str(actor.who)) for actor in ACTORS]


@transaction.atomic
def make_accounts() -> None:
    """All of them, with passwords and second factors as the file has them; safe to repeat.

    Raises RuntimeError outside a demonstration.
    """
    if not settings.PORTAL_DEMO:
        raise RuntimeError("demonstration accounts are made with PORTAL_DEMO only")
    known = _secrets()
    for actor in ACTORS:
        user = _user(actor, known[actor.key]["password"])
        if actor.office:
            _appoint(user, actor)
            _enrol(user, known[actor.key]["secret"])


def code_of(who: str) -> tuple[str, int]:
    """(what the authenticator app of this account shows now, seconds left). Raises KeyError."""
    secret = _secrets()[who.partition("@")[0]]["secret"]
    now = time.time()
    code = format_hotp_value(hotp_value(secret, int(now // PERIOD_SECONDS)))
    return code, PERIOD_SECONDS - int(now % PERIOD_SECONDS)


def _user(actor: Actor, password: str) -> User:
    user = User.objects.filter(email=actor.email).first()
    if user is None:
        user = User.objects.create_user(actor.email, password, name=actor.name, is_demo=True)
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    elif not user.check_password(password):
        user.set_password(password)
        user.save(update_fields=["password"])
    return user


def _appoint(user: User, actor: Actor) -> None:
    office = Office.objects.get(slug=actor.office)
    current = Appointment.objects.current()
    if not current.filter(user=user, office=office, role=actor.role).exists():
        actions.appoint(user, office=office, role=actor.role, by=None)


def _enrol(user: User, secret: str) -> None:
    factor = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    if factor is None:
        TOTP.activate(user, secret)
    else:
        factor.data = {"secret": encrypt(secret)}
        factor.save(update_fields=["data"])


def _path() -> Path:
    return Path(settings.VAR) / "demo-accounts.json"


def _secrets() -> dict[str, dict[str, str]]:
    """Key of the account → password and secret; made at the first question."""
    path = _path()
    if not path.exists():
        _write_once(path)
    known: dict[str, dict[str, str]] = json.loads(path.read_text())
    return known


def _write_once(path: Path) -> None:
    """Two processes may start at once: the first link wins, both read the same file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(f".{os.getpid()}")
    made = {
        actor.key: {"password": secrets.token_urlsafe(12), "secret": generate_totp_secret()}
        for actor in ACTORS
    }
    with os.fdopen(os.open(fresh, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600), "w") as file:
        json.dump(made, file, indent=1)
    try:
        os.link(fresh, path)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
