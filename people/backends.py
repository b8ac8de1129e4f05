"""Who may sign in."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings


def is_refused_demo(user: Any) -> bool:
    """A demonstration account outside a demonstration: no way of signing in is open to it."""
    return bool(user.is_demo and not settings.PORTAL_DEMO)


class PortalBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth ships no types
    """Mail address and password or code; demonstration accounts only in a demonstration.

    Django asks again at every request, so an open session ends with the answer.
    """

    def user_can_authenticate(self, user: Any) -> bool:
        """Active, and not a demonstration account on a real portal."""
        return bool(super().user_can_authenticate(user) and not is_refused_demo(user))
