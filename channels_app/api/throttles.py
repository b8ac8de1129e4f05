"""How often somebody may read. Speaking is never refused: over its rate a voice is held."""

from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from channels_app import limits, senders
from channels_app.api.auth import client_of
from lifecycle import clock


class ReadingThrottle(BaseThrottle):
    """So many a minute for each app, and for each network address without a token.

    Whole minutes, counted in Valkey; while it is away nobody is turned away.
    """

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Whether this one is within the rate."""
        if request.method not in SAFE_METHODS or request.method == "OPTIONS":
            return True
        if (client := client_of(request)) is not None:
            return limits.may_read(client=client)
        return limits.may_read(network=senders.network_of(request._request))

    def wait(self) -> float:
        """Seconds until the next minute."""
        return limits.MINUTE - clock.now().timestamp() % limits.MINUTE
