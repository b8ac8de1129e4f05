"""One-time links by which the first administrator comes in and enrols a second factor.

A link holds the key of the user and the moment of the last sign-in, signed. Any sign-in changes
that moment: so a link works once, and not after the person came in some other way.
"""

from django.conf import settings
from django.core import signing
from django.urls import reverse

from people.models import User

SALT = "people.enrolment"
VALID_SECONDS = 24 * 3600


def link_for(user: User) -> str:
    """The full address, valid for 24 hours."""
    return f"{settings.SITE_URL}{reverse('enrol', args=[token_for(user)])}"


def token_for(user: User) -> str:
    """The signed part of the link."""
    return signing.dumps([user.pk, _moment(user)], salt=SALT)


def find(token: str, *, lock: bool = False) -> User | None:
    """Whose link this is; None when it is forged, too old or used. `lock` holds the row."""
    try:
        pk, moment = signing.loads(token, salt=SALT, max_age=VALID_SECONDS)
    except signing.BadSignature:
        return None
    users = User.objects.select_for_update() if lock else User.objects.all()
    user = users.filter(pk=pk, is_active=True).first()
    return user if user and _moment(user) == moment else None


def _moment(user: User) -> str:
    return user.last_login.isoformat() if user.last_login else ""
