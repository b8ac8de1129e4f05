"""The doors for officers: a current appointment and a used second factor.

allauth asks for a second factor only where one is enrolled, and only at sign-in. So this
middleware stands before every address under /admin/ and /dashboard/mayor/ and asks at every
request.
"""

import re
import time
from collections.abc import Callable
from functools import partial
from typing import cast

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user, logout
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from people.models import User

STAFF_DOOR = re.compile(
    r"/(?:[a-z]{2}(?:-[a-z]+)?/)?(?:admin|dashboard/mayor)(?:/|$)", re.IGNORECASE
)
SEEN = "staff_seen"  # in the session: when an officer last used it, in seconds
IDLE_SECONDS = 30 * 60  # Korean auditors ask for sign-out after at most this long
NOTE_EVERY_SECONDS = 60
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
FACTORS = {Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN}


class StaffDoorMiddleware:
    """Every staff door asks for both; a staff session ends everywhere at once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let in, send to sign in, or send to enrol. Public pages never look at the user here."""
        request.user = cast("User", SimpleLazyObject(partial(_person, request)))
        if STAFF_DOOR.match(request.path_info):
            return _turned_away(request) or self.get_response(request)
        return self.get_response(request)


def _person(request: HttpRequest) -> User | AnonymousUser:
    """Who uses this session; nobody any more once a staff session has to end."""
    person = get_user(request)
    if not isinstance(person, User):
        return person
    seen = request.session.get(SEEN)
    if seen is None and not person.is_staff:
        return person
    if reason := _reason_to_end(person, seen):
        request.user = person  # logout() reads it, and must not come back here
        logout(request)
        messages.warning(request, reason)
        return AnonymousUser()
    _note_presence(request, seen)
    return person


def _reason_to_end(person: User, seen: int | None) -> str:
    if not person.is_staff:
        return _("Your appointment has ended, so you were signed out.")
    if seen is not None and time.time() - seen > IDLE_SECONDS:
        return _("You were signed out because nothing happened for 30 minutes.")
    return ""


def _note_presence(request: HttpRequest, seen: int | None) -> None:
    """At most one write a minute; what a page fetches by itself is no sign of a person."""
    fetched = request.headers.get("Sec-Fetch-Dest") == "empty" and request.method in SAFE_METHODS
    if seen is None or (not fetched and time.time() - seen >= NOTE_EVERY_SECONDS):
        request.session[SEEN] = int(time.time())


def _turned_away(request: HttpRequest) -> HttpResponse | None:
    """The answer to somebody who may not come in (yet). Raises PermissionDenied for citizens."""
    person = request.user
    if not person.is_authenticated:
        return _ask_to_sign_in(request)
    if not person.is_staff:
        raise PermissionDenied
    enrolled = {factor["pk"]: factor["type"] for factor in person.factors}
    if FACTORS.isdisjoint(enrolled.values()):
        messages.warning(
            request,
            _(
                "Officers sign in with two things: a code or password, and something they have."
                " Please add an authenticator app or a passkey now."
            ),
        )
        return redirect("mfa_activate_totp")
    records = get_authentication_records(request, person)
    used = {record.get("id") for record in records if record.get("method") == "mfa"}
    return _ask_for_factor(request, set(enrolled.values())) if used.isdisjoint(enrolled) else None


def _ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page; for a form sent too late, the page that gives back what was typed."""
    if request.method in SAFE_METHODS:
        return redirect_to_login(request.get_full_path(), reverse(settings.LOGIN_URL))
    form_came_late = import_string(settings.CSRF_FAILURE_VIEW)
    return cast("HttpResponse", form_came_late(request, reason="signed out"))


def _ask_for_factor(request: HttpRequest, types: set[str]) -> HttpResponse:
    """allauth's own page, with the kind of factor this person has."""
    by_code = Authenticator.Type.TOTP in types
    page = "mfa_reauthenticate" if by_code else "mfa_reauthenticate_webauthn"
    where = request.get_full_path() if request.method in SAFE_METHODS else request.path
    return redirect_to_login(where, reverse(page))
