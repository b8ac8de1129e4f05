"""The page behind an enrolment link."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from people import enrolment


@never_cache
@sensitive_variables("token")
@require_http_methods(["GET", "HEAD", "POST"])
def enrol(request: HttpRequest, token: str) -> HttpResponse:
    """One button (programs that open links press none); then straight on to the second factor."""
    answer = _enter(request, token) if request.method == "POST" else None
    if answer is None:
        user = enrolment.find(token)
        answer = render(request, "people/enrol.html", {"person": user}, status=200 if user else 410)
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex"
    return answer


@transaction.atomic
def _enter(request: HttpRequest, token: str) -> HttpResponse | None:
    """Sign in while the user's row is held, so that of two presses one wins."""
    user = enrolment.find(token, lock=True)
    if user is None:
        return None
    record_authentication(request, user, method="enrolment_link")
    answer: HttpResponse = perform_login(
        request, Login(user=user, redirect_url=reverse("mfa_activate_totp"))
    )
    return answer
