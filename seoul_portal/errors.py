"""The pages for what goes wrong: plain words, a way on, and nothing a person typed is lost.

None of them needs the database, the session or the user.
"""

import logging
import sys

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.crypto import get_random_string
from django.views.decorators.csrf import requires_csrf_token

from channels_app.api.problems import KINDS, PROBLEM_JSON
from channels_app.rules import MESSAGE_LENGTH
from desk.answer_form import LONGEST_ANSWER

log = logging.getLogger(__name__)
RETRY_AFTER_SECONDS = 20
SIGNED_OUT = "X-Signed-Out"
# The fields in which people write; everything else of a form can be chosen again.
TYPED = (
    "text", "answer", "reason", "next_door", "will_do", "note", "words", "part", "question",
    "question_ko", "answer_ko", "question_en", "answer_en", "because", "findings",
)  # fmt: skip


def typed_text(request: HttpRequest) -> str:
    """What the person wrote into the form that could not be taken."""
    if request.method != "POST":
        return ""
    return "\n\n".join(text for name in TYPED if (text := request.POST.get(name, "").strip()))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, or 413; an app that asked outside of the interface's views is told in its own form."""
    is_large = isinstance(exception, RequestDataTooBig)
    if request.path.startswith("/api/"):
        return _problem("too-large" if is_large else "malformed")
    if is_large:
        return render(request, "errors/413.html", {"most": f"{_most(request):,}"}, status=413)
    return render(request, "errors/400.html", status=400)


def _most(request: HttpRequest) -> int:
    """How many characters the text of such a form may have."""
    if "/admin/" in request.path:
        return LONGEST_ANSWER
    try:
        return MESSAGE_LENGTH.value()
    except (OperationalError, InterfaceError):
        return MESSAGE_LENGTH.default


@requires_csrf_token
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: this door is not yours."""
    return render(request, "errors/403.html", {"typed": typed_text(request)}, status=403)


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    return render(request, "errors/404.html", status=404)


def nowhere(request: HttpRequest, rest: str) -> HttpResponse:
    """An address that a library brings and this house does not want. Raises Http404."""
    raise Http404


@requires_csrf_token
def conflict(request: HttpRequest, problem: Exception | None = None) -> HttpResponse:
    """409: somebody was faster, or the step is not possible any more."""
    return render(request, "errors/409.html", {"typed": typed_text(request)}, status=409)


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 where the database was away outside a view."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return unavailable(request)
    number = get_random_string(8)
    log.error("error %s at %s", number, request.path)
    needs = {"typed": typed_text(request), "number": number}
    return render(request, "errors/500.html", needs, status=500)


@requires_csrf_token
def unavailable(request: HttpRequest) -> HttpResponse:
    """503: the database is away. The form comes back whole, ready to be sent again.

    Its key too: if the voice was taken in after all and only our answer was lost, sending again
    gives the first receipt number, and no twin.
    """
    page = render(request, "errors/503.html", _kept(request), status=503)
    page["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return page


@requires_csrf_token
def session_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form was open too long; the text comes back with a fresh key.

    The header tells a script apart what a person reads: sign in, and the same may be sent again.
    """
    page = render(request, "errors/expired.html", _kept(request), status=403)
    page[SIGNED_OUT] = "1"
    return page


def _problem(name: str) -> HttpResponse:
    kind = KINDS[name]
    told = {
        "type": f"{settings.SITE_URL}/api/#{name}",
        "title": str(kind.title),
        "status": kind.status,
    }
    return JsonResponse(told, status=kind.status, content_type=PROBLEM_JSON)


def _kept(request: HttpRequest) -> dict[str, object]:
    """The form as it was filled in; photos that came with it have to be chosen once more."""
    return {
        "typed": typed_text(request),
        "fields": dict(request.POST.items()),
        "photos_lost": bool(request.FILES),
    }
