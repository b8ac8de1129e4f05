"""Its author's door: the private link of the message is the suggestion's as well."""

from functools import wraps
from typing import Protocol

from django.http import HttpRequest, HttpResponse

from channels_app import sealing
from channels_app.views.cases import ViewByLink, keep_secret, nothing_here
from suggestions.models import Suggestion


class AuthorView(Protocol):
    """A view of a suggestion whose private link was right."""

    def __call__(self, request: HttpRequest, suggestion: Suggestion) -> HttpResponse: ...


def by_author(view: AuthorView) -> ViewByLink:
    """Only with the right token, which nothing may keep: no store, no index, no referrer."""

    @wraps(view)
    def wrapped(request: HttpRequest, code: str, token: str) -> HttpResponse:
        found = Suggestion.objects.select_related(
            "message__contact", "office", "department", "borough"
        )
        suggestion = found.filter(code=code).first()
        if suggestion is None or not sealing.same(token, suggestion.message.token):
            return nothing_here(request)
        return keep_secret(view(request, suggestion))

    return wrapped
