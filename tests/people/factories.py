"""People and offices for everybody's tests, as plain functions.

Offices are found by their slug and made where a test's database has lost the seeded ones (tests
with real transactions empty every table). Mina writes, Jun is in charge, Sora must see nothing.
"""

import itertools
import time
from typing import Any

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)
from allauth.mfa.utils import decrypt
from allauth.usersessions.models import UserSession
from django.test import Client

from people.models import Appointment, Office, OfficeKind, Role, User

PASSWORD = "correct horse battery staple"
BACKEND = "people.backends.PortalBackend"
_number = itertools.count(1)


def make_office(slug: str, kind: str = OfficeKind.DEPARTMENT, **fields: Any) -> Office:
    """The office of this slug; a new one is named after it."""
    defaults = {"kind": kind, "name_ko": f"{slug} 부서", "name_en": f"{slug} office", **fields}
    return Office.objects.get_or_create(slug=slug, defaults=defaults)[0]


def centre() -> Office:
    """Where every voice arrives first."""
    return make_office("social-media-centre", OfficeKind.CENTRE)


def mayors_office() -> Office:
    """The mayor."""
    return make_office("mayor", OfficeKind.MAYOR)


def make_user(
    email: str = "", *, password: str | None = None, verified: bool = True, **fields: Any
) -> User:
    """Somebody who can sign in, with no office: a citizen."""
    user = User.objects.create_user(
        email or f"person{next(_number)}@example.org", password, **fields
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=verified, primary=True)
    return user


def appoint(user: User, office: Office, role: str = Role.OFFICER, **dates: Any) -> Appointment:
    """An appointment written straight into the table; what the user knew of itself is forgotten."""
    appointment = Appointment.objects.create(user=user, office=office, role=role, **dates)
    user.__dict__.pop("posts", None)
    return appointment


def officer_of(office: Office, **fields: Any) -> User:
    """An officer of this office."""
    user = make_user(**fields)
    appoint(user, office)
    return user


def head_of(office: Office, **fields: Any) -> User:
    """The head of this office."""
    user = make_user(**fields)
    appoint(user, office, Role.HEAD)
    return user


def centre_officer(**fields: Any) -> User:
    """An officer of the centre."""
    return officer_of(centre(), **fields)


def mayors_officer(**fields: Any) -> User:
    """An officer of the mayor's office."""
    return officer_of(mayors_office(), **fields)


def auditor(**fields: Any) -> User:
    """Somebody who reads all and writes nothing."""
    user = make_user(**fields)
    appoint(user, make_office("audit"), Role.AUDITOR)
    return user


def administrator(**fields: Any) -> User:
    """Somebody who keeps offices, appointments, keywords and rules."""
    user = make_user(**fields)
    appoint(user, make_office("digital"), Role.ADMINISTRATOR)
    return user


def enrol_totp(user: User) -> Authenticator:
    """A second factor of this user: the existing one, or a fresh authenticator app."""
    enrolled: Authenticator | None = Authenticator.objects.filter(
        user=user, type=Authenticator.Type.TOTP
    ).first()
    return enrolled or TOTP.activate(user, generate_totp_secret()).instance


def signed_in_client(user: User, *, second_factor: bool = True, **options: Any) -> Client:
    """A client of this user; with `second_factor` one is enrolled and has been used."""
    client = Client(**options)
    client.force_login(user, backend=BACKEND)
    session = client.session
    records: list[dict[str, Any]] = [{"method": "password", "at": time.time()}]
    if second_factor:
        factor = enrol_totp(user)
        records.append({"method": "mfa", "at": time.time(), "id": factor.pk, "type": factor.type})
    session[AUTHENTICATION_METHODS_SESSION_KEY] = records
    session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(user.pk)
    session.save()
    UserSession.objects.create(
        user=user, session_key=session.session_key, ip="127.0.0.1", user_agent="test"
    )
    return client


def totp_code(of: User | str) -> str:
    """What the authenticator app shows now, for this user or for this secret."""
    secret = decrypt(enrol_totp(of).data["secret"]) if isinstance(of, User) else of
    code: str = format_hotp_value(hotp_value(secret, int(time.time() // 30)))
    return code
