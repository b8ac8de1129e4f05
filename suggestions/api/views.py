"""Read suggestions from another program: the list, and one with its way so far."""

from typing import Any

from django.core.signing import BadSignature
from django.http import Http404
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from channels_app.api import reading
from channels_app.api.choices import absolute, unknown_office
from channels_app.api.views import OpenView
from people.models import Office
from suggestions.api import words
from suggestions.api.asked import FiltersOfSuggestions
from suggestions.api.shown import SuggestionBrief, SuggestionShown
from suggestions.list_form import ORDERS, Wanted
from suggestions.views import showing


class Suggestions(OpenView):
    """The public suggestions."""

    @words.listing
    def get(self, request: Request) -> Response:
        """Page by page."""
        typed = FiltersOfSuggestions(data=request.query_params)
        typed.is_valid(raise_exception=True)
        asked = typed.validated_data
        found = _wanted(asked).page(_key_of(asked.get("cursor", "")), size=asked["limit"])
        following = _following(request, found.next_key)
        rows = SuggestionBrief(found.rows, many=True).data
        response = Response({"results": rows, "next": following})
        if following:
            response["Link"] = f'<{following}>; rel="next"'
        response["Cache-Control"] = "no-cache"
        return response


class OneSuggestion(OpenView):
    """One suggestion by its receipt number."""

    @words.one
    def get(self, request: Request, receipt: str) -> Response:
        """What everyone may read. Raises Http404."""
        suggestion = showing.found(receipt)
        if suggestion is None or not suggestion.is_public:
            raise Http404
        response = Response(SuggestionShown(suggestion).data)
        response["Cache-Control"] = "no-cache"
        return response


def _wanted(asked: dict[str, Any]) -> Wanted:
    """The same filters as those of the list. Raises ValidationError for an unknown office."""
    return Wanted(
        order=ORDERS[asked["sort"]],
        stage=asked.get("stage", ""),
        became=asked.get("became", ""),
        state=asked.get("state", ""),
        kind=asked.get("kind", ""),
        origin=asked.get("origin", ""),
        office=_office("office", asked),
        borough=_office("borough", asked),
        overdue="overdue" in asked,
    )


def _office(name: str, asked: dict[str, Any]) -> Office | None:
    if name not in asked:
        return None
    offices = Office.objects.all() if name == "office" else Office.objects.boroughs()
    found = offices.filter(slug=asked[name]).first()
    if found is None:
        raise ValidationError({name: [unknown_office(f"{name}s")]})
    return found


def _key_of(cursor: str) -> str:
    try:
        return reading.CURSOR.unsign(cursor) if cursor else ""
    except BadSignature as problem:
        words_ = _("We gave out no such cursor. Take it from “next”, or leave it out.")
        raise ValidationError({"cursor": [words_]}) from problem


def _following(request: Request, next_key: str) -> str | None:
    """The same question, one page further."""
    if not next_key:
        return None
    asked = {**request.query_params.dict(), "cursor": reading.CURSOR.sign(next_key)}
    return absolute(f"{request.path}?{urlencode(asked)}")
