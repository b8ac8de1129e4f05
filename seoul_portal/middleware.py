"""What every request passes: a number of its own, headers, errors in plain words."""

import logging
import re
import time
from collections.abc import Callable
from uuid import uuid4

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from lifecycle.errors import OvertakenError, WrongTurnError
from seoul_portal import errors
from seoul_portal.logs import request_id

requests = logging.getLogger("portal.requests")
WELL_FORMED = re.compile(r"[A-Za-z0-9._-]{8,64}")
# Asked every few seconds by machines: only a bad answer is worth a line.
OFTEN_ASKED = frozenset({"healthz", "metrics"})

# Only "Use my location" asks for anything, and only for its own page.
PERMISSIONS = "geolocation=(self), camera=(), microphone=(), payment=(), usb=()"


class RequestNumberMiddleware:
    """Every request has a number: in its answer, and in every line of the log about it.

    A proxy of ours may bring one. The line names the page, never the address: private links
    stand in addresses.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Number it, answer it, and tell the log how long it took where that is wanted."""
        number = _brought(request) or uuid4().hex
        mark = request_id.set(number)
        began = time.perf_counter()
        try:
            answer = self.get_response(request)
            answer.headers["X-Request-ID"] = number
            if settings.LOG_REQUESTS:
                _tell(request, answer, round((time.perf_counter() - began) * 1000, 1))
        finally:
            request_id.reset(mark)
        return answer


def _brought(request: HttpRequest) -> str:
    """Only a proxy's number is believed, and only one that can't break a line."""
    number = request.headers.get("X-Request-ID", "") if settings.TRUSTED_PROXIES else ""
    return number if WELL_FORMED.fullmatch(number) else ""


def _tell(request: HttpRequest, answer: HttpResponse, milliseconds: float) -> None:
    match = request.resolver_match
    page = (match.view_name or match.route) if match else ""
    if page in OFTEN_ASKED and answer.status_code < 500:
        return
    told = {"method": request.method, "page": page, "status": answer.status_code}
    requests.info("answered", extra={**told, "duration_ms": milliseconds})


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
