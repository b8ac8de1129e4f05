"""What goes wrong, in plain words and in one form: RFC 9457, problem+json."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404
from django.utils.crypto import get_random_string
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import exceptions
from rest_framework.response import Response

log = logging.getLogger(__name__)
PROBLEM_JSON = "application/problem+json"
RETRY_AFTER_SECONDS = 20


@dataclass(frozen=True)
class Kind:
    """One kind of problem: its name in the address of `type`, its status, its title."""

    name: str
    status: int
    title: str | Promise


KINDS = {
    kind.name: kind
    for kind in (
        Kind("malformed", 400, gettext_lazy("We could not read this request.")),
        Kind("key-missing", 400, gettext_lazy("The header Idempotency-Key is missing.")),
        Kind("not-valid", 400, gettext_lazy("Something in the request does not fit.")),
        Kind("no-token", 401, gettext_lazy("The token is missing or wrong.")),
        Kind("not-allowed", 403, gettext_lazy("This token may not do that.")),
        Kind("not-found", 404, gettext_lazy("There is nothing public here.")),
        Kind("method", 405, gettext_lazy("This address does not do that.")),
        Kind("too-large", 413, gettext_lazy("This request is too large.")),
        Kind("wrong-type", 415, gettext_lazy("Send JSON or a multipart form.")),
        Kind(
            "key-reused",
            422,
            gettext_lazy("This Idempotency-Key was used before for something else."),
        ),
        Kind("too-many", 429, gettext_lazy("Too many requests. Please wait a little.")),
        Kind("error", 500, gettext_lazy("Something went wrong with us.")),
        Kind("unavailable", 503, gettext_lazy("We can't be reached right now.")),
    )
}
# What Django REST framework raises, by the status it stands for.
BY_STATUS = {
    400: "malformed",
    401: "no-token",
    403: "not-allowed",
    404: "not-found",
    405: "method",
    413: "too-large",
    415: "wrong-type",
    429: "too-many",
}


class ProblemError(exceptions.APIException):
    """A problem by its name, with a sentence about this occurrence."""

    def __init__(self, name: str, words: str | Promise = "") -> None:
        super().__init__(str(words))
        self.name = name
        self.status_code = KINDS[name].status
        self.words = words


def answer(
    name: str, words: str | Promise = "", errors: list[dict[str, str]] | None = None
) -> Response:
    """The problem as an answer; `errors` names the fields it is about."""
    kind = KINDS[name]
    told: dict[str, object] = {
        "type": f"{settings.SITE_URL}/api/#{kind.name}",
        "title": str(kind.title),
        "status": kind.status,
    }
    if words:
        told["detail"] = str(words)
    if errors:
        told["errors"] = errors
    response = Response(told, status=kind.status, content_type=PROBLEM_JSON)
    response["Cache-Control"] = "no-store"
    return response


def explain(problem: Exception, context: dict[str, Any]) -> Response:
    """Django REST framework's hook: whatever was raised becomes a problem, never a page."""
    response = _of_ours(problem) or _of_the_framework(problem) or _of_the_house(problem, context)
    if (wait := getattr(problem, "wait", None)) is not None:
        response["Retry-After"] = str(max(int(wait), 1))
    if response.status_code == 401:
        response["WWW-Authenticate"] = 'Bearer realm="api"'
    return response


def _of_ours(problem: Exception) -> Response | None:
    if isinstance(problem, ProblemError):
        return answer(problem.name, problem.words)
    if isinstance(problem, exceptions.ValidationError):
        return answer("not-valid", errors=list(_named(problem.detail)))
    return None


def _of_the_framework(problem: Exception) -> Response | None:
    """Its own exceptions, and what Django raises while a body is read."""
    match problem:
        case Http404() | exceptions.NotFound():
            return answer("not-found", _("Private, hidden and unknown numbers look the same."))
        case PermissionDenied():
            return answer("no-token")
        case exceptions.NotAuthenticated():
            return answer("no-token", _("Send it as “Authorization: Bearer …”."))
        case RequestDataTooBig():
            return answer("too-large")
        case SuspiciousOperation():
            return answer("malformed")
        case exceptions.Throttled():
            return answer("too-many")
        case exceptions.APIException() if problem.status_code in BY_STATUS:
            return answer(BY_STATUS[problem.status_code], str(problem.detail))
    return None


def _of_the_house(problem: Exception, context: dict[str, Any]) -> Response:
    """Our own fault: logged under a number, told without a word of what was sent."""
    if isinstance(problem, OperationalError | InterfaceError):
        response = answer("unavailable", _("Send the same again with the same key in a moment."))
        response["Retry-After"] = str(RETRY_AFTER_SECONDS)
        return response
    number = get_random_string(8)
    log.error("error %s at %s", number, context["request"].path, exc_info=problem)
    return answer("error", _("Error number: %(number)s") % {"number": number})


def _named(detail: Any, field: str = "") -> Iterator[dict[str, str]]:
    """Every sentence with the field it is about."""
    if isinstance(detail, dict):
        for name, inner in detail.items():
            yield from _named(inner, field if field or name == "non_field_errors" else str(name))
    elif isinstance(detail, list):
        for inner in detail:
            yield from _named(inner, field)
    else:
        yield {"field": field, "words": str(detail)}
