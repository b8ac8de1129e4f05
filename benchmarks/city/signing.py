"""An officer of the city with a session in which a second factor was used."""

import time
from typing import Any

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.usersessions.models import UserSession
from django.test import Client

from people.models import User

BACKEND = "people.backends.PortalBackend"


def signed_in(slug: str) -> Client:
    """A client of the officer of this office."""
    user = User.objects.get(email=f"{slug}@officers.example")
    factor = Authenticator.objects.filter(user=user).first()
    factor = factor or TOTP.activate(user, generate_totp_secret()).instance
    client = Client(headers={"host": "localhost"})
    client.force_login(user, backend=BACKEND)
    session, moment = client.session, time.time()
    used: list[dict[str, Any]] = [
        {"method": "password", "at": moment},
        {"method": "mfa", "at": moment, "id": factor.pk, "type": factor.type},
    ]
    session[AUTHENTICATION_METHODS_SESSION_KEY] = used
    session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(user.pk)
    session.save()
    UserSession.objects.create(
        user=user, session_key=session.session_key, ip="127.0.0.1", user_agent="benchmark"
    )
    return client
