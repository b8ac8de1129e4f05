"""A small picture for other people's pages: the number of a suggestion and how far it is."""

import unicodedata

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response, set_response_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from suggestions.states import Disposition
from suggestions.views import showing

MARGIN, WIDE, NARROW = 10, 12.5, 7.2  # of one sign at 13 px, in either script
COLOURS = {
    Disposition.IMPLEMENTED: "#267337",
    Disposition.DECLINED: "#464c53",
    Disposition.GONE: "#464c53",
}
BLUE = "#0b50d0"


@require_safe
def badge(request: HttpRequest, code: str) -> HttpResponse:
    """The same for everybody; what is not public says only that there is nothing to read."""
    suggestion = showing.found(code)
    is_shown = suggestion is not None and suggestion.is_public
    told = suggestion.get_status_display() if suggestion and is_shown else _("nothing to read")
    colour = COLOURS.get(suggestion.disposition, BLUE) if suggestion and is_shown else "#464c53"
    left, right = _width(code), _width(told)
    needs = {
        "code": code,
        "told": told,
        "colour": colour,
        "left": left,
        "right": right,
        "whole": left + right,
        "middle_left": left / 2,
        "middle_right": left + right / 2,
    }
    page = render(
        request,
        "suggestions/badge.svg",
        needs,
        content_type="image/svg+xml",
        status=200 if is_shown else 404,
    )
    page["Cache-Control"] = "public, max-age=300"
    page["Cross-Origin-Resource-Policy"] = "cross-origin"
    page["Access-Control-Allow-Origin"] = "*"
    set_response_etag(page)
    return get_conditional_response(request, etag=page["ETag"], response=page) or page


def _width(words: str) -> float:
    """About how wide it is drawn."""
    return round(
        2 * MARGIN
        + sum(WIDE if unicodedata.east_asian_width(sign) in "WF" else NARROW for sign in words)
    )
