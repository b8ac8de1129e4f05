"""Errors in plain words, whatever page raised them."""

from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from lifecycle.errors import OvertakenError, WrongTurnError
from seoul_portal import errors

# Only "Use my location" asks for anything, and only for its own page.
PERMISSIONS = "geolocation=(self), camera=(), microphone=(), payment=(), usb=()"


class PermissionsMiddleware:
    """What a page of ours may ask a browser for, whatever is put into it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """One header on every answer."""
        answer = self.get_response(request)
        answer.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return answer


class PlainErrorsMiddleware:
    """Overtaken or impossible → 409; the database away → 503 with what was typed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing on the way in or out."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """The page for this error, or None where it is no friend of ours."""
        if isinstance(problem, OvertakenError | WrongTurnError):
            return errors.conflict(request, problem)
        if isinstance(problem, OperationalError | InterfaceError):
            return errors.unavailable(request)
        return None
