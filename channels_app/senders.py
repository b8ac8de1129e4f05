"""What a request tells about who sends it, and no more: enough to count, too little to follow."""

import ipaddress
import secrets
from dataclasses import dataclass
from math import inf

from allauth.core.internal.httpkit import get_client_ip
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse

from channels_app import rules
from lifecycle import clock

COOKIE = "sender"  # made when a form is sent, for an hour, for counting alone
COOKIE_SECONDS = 3600
SALT = "channels_app.senders"
UNSEEN = "website"  # a field that people do not see; whoever fills it is a machine
STAMP = "page"


@dataclass(frozen=True)
class Sender:
    """Where one form came from: a browser (for an hour), a network address, perhaps a machine."""

    session: str
    network: str
    is_new: bool

    @property
    def known_session(self) -> str:
        """The browser, if it has sent a form within the hour; a fresh name counts nothing."""
        return "" if self.is_new else self.session

    @classmethod
    def of(cls, request: HttpRequest) -> "Sender":
        """Read from its cookie; a first form gets a fresh one."""
        known = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=COOKIE_SECONDS)
        session = known or secrets.token_urlsafe(9)
        return cls(session=session, network=network_of(request), is_new=not known)

    def remember(self, response: HttpResponse) -> HttpResponse:
        """Set the cookie with the answer to its first form; it is not renewed."""
        if self.is_new:
            response.set_signed_cookie(
                COOKIE,
                self.session,
                salt=SALT,
                max_age=COOKIE_SECONDS,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response


def network_of(request: HttpRequest) -> str:
    """The network address behind our own proxies, IPv6 by its /64; to be counted salted, never
    kept or logged. Nothing where it can't be told: that is no reason to refuse anybody."""
    try:
        found = ipaddress.ip_address(get_client_ip(request) or "")
    except (ValueError, ImproperlyConfigured, ValidationError):
        return ""
    if found.version == 6:
        return str(ipaddress.ip_network(f"{found}/64", strict=False))
    return str(found)


def group_of(network: str) -> str:
    """The neighbourhood of a network address: who may choose among many has all of these."""
    try:
        found = ipaddress.ip_network(network)
    except ValueError:
        return ""
    return str(found.supernet(new_prefix=24 if found.version == 4 else 48))


def stamp_for(request: HttpRequest, client_key: object) -> str:
    """When the check page of this key was made, signed. A page that comes back keeps its stamp."""
    if _age(request, client_key) > -inf:
        return request.POST.get(STAMP, "")
    return Signer(salt=SALT).sign(f"{client_key}/{clock.now().timestamp():.2f}")


def is_machine(request: HttpRequest, client_key: object) -> bool:
    """The unseen field is filled, or no person can have read the check page in that time.

    A form without a stamp of ours has seen no check page at all.
    """
    least = rules.FORM_SECONDS.value()
    too_fast = least > 0 and _age(request, client_key) < least
    return bool(request.POST.get(UNSEEN)) or too_fast


def _age(request: HttpRequest, client_key: object) -> float:
    """Seconds since the check page of this key was made; minus infinity without its stamp."""
    try:
        signed = Signer(salt=SALT).unsign(request.POST.get(STAMP, ""))
    except BadSignature:
        return -inf
    key, _slash, made_at = signed.partition("/")
    return clock.now().timestamp() - float(made_at) if key == str(client_key) else -inf
