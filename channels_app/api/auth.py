"""Which app is asking: its token in the Authorization header, and nothing else."""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from channels_app.models import ApiClient, Scope

SCHEMES = ("bearer", "token")


class TokenOfClient(BaseAuthentication):
    """`Authorization: Bearer …` or `Token …`; never a session, never a cookie."""

    def authenticate(self, request: Request) -> tuple[ApiClient, str] | None:
        """The client of the token; None without one. Raises AuthenticationFailed."""
        scheme, _gap, token = request.headers.get("Authorization", "").strip().partition(" ")
        if scheme.lower() not in SCHEMES:
            return None
        client = ApiClient.objects.of_token(token.strip()).first()
        if client is None:
            raise AuthenticationFailed(_("This token is wrong, or it is not in use any more."))
        return client, token

    def authenticate_header(self, request: Request) -> str:
        """What a 401 names as the way in."""
        return 'Bearer realm="api"'


class TokenInTheSchema(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # its own
    """How the schema tells it."""

    target_class = TokenOfClient
    name = "token"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        """HTTP bearer."""
        return {"type": "http", "scheme": "bearer"}


class OnlyClientsSpeak(BasePermission):
    """Everybody reads what is public; to send, an app needs a token that is good for it."""

    message = _("This token is not good for sending.")

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Reading, or a known app that may send."""
        client = client_of(request)
        return request.method in SAFE_METHODS or (client is not None and client.may(Scope.SEND))


def client_of(request: Request) -> ApiClient | None:
    """The app that asks, if it showed a token."""
    asking: object = request.user
    return asking if isinstance(asking, ApiClient) else None
