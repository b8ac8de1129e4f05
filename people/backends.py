"""Who may sign in."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from people.models import User


def is_refused_demo(user: Any) -> bool:
    """A demonstration account outside a demonstration: no way of signing in is open to it."""
    return bool(user.is_demo and not settings.PORTAL_DEMO)


class PortalBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth ships no types
    """Mail address and password or code; demonstration accounts only in a demonstration.

    Django asks again at every request, so an open session ends with the answer.
    """

    def get_user(self, user_id: Any) -> User | None:
        """Who uses this session, with the factors that the doors for officers ask for at once."""
        theirs = Authenticator.objects.filter(user=OuterRef("pk"))
        factors = ArraySubquery(theirs.values(one=JSONObject(pk="pk", type="type")))
        # Fills the model's property of this name, so that nothing is asked again.
        user = User.objects.annotate(factors=factors).filter(pk=user_id).first()  # type: ignore[no-redef]  # see above
        return user if user is not None and self.user_can_authenticate(user) else None

    def user_can_authenticate(self, user: Any) -> bool:
        """Active, and not a demonstration account on a real portal."""
        return bool(super().user_can_authenticate(user) and not is_refused_demo(user))
