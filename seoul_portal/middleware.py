"""Errors in plain words, whatever page raised them."""

from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from lifecycle.errors import OvertakenError, WrongTurnError
from seoul_portal import errors


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
