"""How allauth speaks in this house."""

import base64
import hashlib
import hmac
import logging
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.internal.httpkit import get_client_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from people.backends import is_refused_demo

log = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Mails go straight out, in plain text; a second factor is never replaced by a password."""

    def pre_login(self, request: HttpRequest, user: Any, **how: Any) -> HttpResponse | None:
        """A demonstration account can't come in by a mail code or passkey either."""
        if is_refused_demo(user):
            return self.respond_user_inactive(request, user)  # type: ignore[no-any-return]  # untyped
        return super().pre_login(request, user, **how)  # type: ignore[no-any-return]  # untyped

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Who has enrolled a second factor confirms with it: a password alone proves too little.

        The first is the one a person is led to: the passkey where there is no app.
        """
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        if not (user.is_authenticated and is_mfa_enabled(user)):
            return methods
        by_factor = [method for method in methods if method["id"] != "reauthenticate"]
        has_app = is_mfa_enabled(user, types=[Authenticator.Type.TOTP])
        return by_factor if has_app else by_factor[::-1]

    def get_client_ip(self, request: HttpRequest) -> str:
        """Behind a local socket there is no address; the limits by account hold all the same."""
        return get_client_ip(request) or "0.0.0.0"  # noqa: S104  # a name for "unknown", not bound

    def send_mail(self, template_prefix: str, email: str, context_: dict[str, Any]) -> None:
        """Straight out. A mail server that is away costs a sentence, not the page."""
        try:
            super().send_mail(template_prefix, email, context_)
        except (OSError, SMTPException) as problem:
            log.warning("mail %s not sent: %s", template_prefix, type(problem).__name__)
            messages.error(
                context.request,
                _("We could not send the mail just now. Please try again in a minute."),
            )


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """Secrets of second factors are encrypted at rest; the QR code is part of the page."""

    def encrypt(self, text: str) -> str:
        """What a thief of the database reads."""
        return _locks().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """What was encrypted, with today's key or an older one."""
        return _locks().decrypt(encrypted_text.encode()).decode()

    def build_totp_svg(self, url: str) -> SafeString:
        """Markup to stand in the page: our policy lets in no data: pictures."""
        svg: str = super().build_totp_svg(url).partition("?>")[2]
        return mark_safe(svg)  # noqa: S308  # drawn by qrcode from our own address: squares only

    def _get_site_name(self) -> str:
        return _("Seoul Listens")


def _locks() -> MultiFernet:
    """Keys of their own, derived from those for contacts, newest first."""
    derived = [
        hmac.digest(key.encode(), b"second factor", hashlib.sha256) for key in settings.CONTACT_KEYS
    ]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in derived])
