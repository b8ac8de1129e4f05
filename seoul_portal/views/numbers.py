"""One number for life: what answers under it, a message or the suggestion it became.

A message that is no suggestion any more (answered as a complaint after all) answers by itself.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from channels_app.views import cases, coming_back, feeds
from suggestions.models import Suggestion
from suggestions.states import SuggestionStatus
from suggestions.views import authors, showing
from suggestions.views import feeds as feeds_of_suggestions
from suggestions.views.links import by_author

View = Callable[..., HttpResponse]


@require_safe
def case(request: HttpRequest, code: str) -> HttpResponse:
    """The public page."""
    suggestion = showing.found(code)
    if suggestion is None or _is_message_again(suggestion):
        return cases.case(request, code)
    return showing.public(request, suggestion)


@require_safe
def case_private(request: HttpRequest, code: str, token: str) -> HttpResponse:
    """Its author's page."""
    suggestion = showing.found(code)
    if suggestion is None or _is_message_again(suggestion):
        return cases.case_private(request, code=code, token=token)
    return by_author(showing.private)(request, code=code, token=token)


def _is_message_again(suggestion: Suggestion) -> bool:
    return suggestion.status == SuggestionStatus.REDIRECTED


def _either(of_message: View, of_suggestion: View) -> View:
    """Whichever answers under this number."""

    def view(request: HttpRequest, code: str, **named: Any) -> HttpResponse:
        taken_up = Suggestion.objects.exclude(status=SuggestionStatus.REDIRECTED)
        is_suggestion = taken_up.filter(code=code).exists()
        return (of_suggestion if is_suggestion else of_message)(request, code=code, **named)

    return view


feed = require_safe(_either(feeds.of_case, feeds_of_suggestions.of_suggestion))
# The token is the proof; under "no-referrer" browsers send "Origin: null".
appeal = csrf_exempt(
    require_http_methods(["GET", "HEAD", "POST"])(_either(coming_back.appeal, authors.appeal))
)
