"""The voice of a browser: whoever once confirmed an address from it supports by one tap.

The cookie holds the key of the contact and a secret derived from its nonce: a new nonce ends it.
It lets one support and take back, and shows nothing of the address but its first letters.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from channels_app import sealing
from channels_app.models import Contact

COOKIE = "voice"
SECONDS = 180 * 24 * 3600


def of(request: HttpRequest) -> Contact | None:
    """Whose voice this browser has, as long as the address is confirmed; None for a stranger."""
    key, _dot, token = request.COOKIES.get(COOKIE, "").partition(".")
    if not (key.isascii() and key.isdigit() and len(key) < 19):
        return None
    contact = Contact.objects.confirmed().filter(pk=int(key), refused_at=None).first()
    if contact is None or not sealing.same(token, _token(contact)):
        return None
    return contact


def is_from_here(request: HttpRequest) -> bool:
    """A page of ours has sent this form, not one of somebody else in the same browser."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("Origin", "")
    return origin in ("", f"{request.scheme}://{request.get_host()}")


def remember(response: HttpResponse, contact: Contact) -> HttpResponse:
    """From now on this browser speaks for this address."""
    response.set_cookie(
        COOKIE,
        secret_of(contact),
        max_age=SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def forget(response: HttpResponse) -> HttpResponse:
    """Not this person: the next tap asks for an address."""
    response.delete_cookie(COOKIE, samesite="Lax")
    return response


def secret_of(contact: Contact) -> str:
    """What the cookie of this address holds."""
    return f"{contact.pk}.{_token(contact)}"


def _token(contact: Contact) -> str:
    return sealing.link_token("voice", str(contact.pk), contact.nonce)
