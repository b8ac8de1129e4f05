"""One suggestion: its public page only reads; its author's page stands under the private link."""

from collections.abc import Sequence
from operator import attrgetter
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from channels_app import maps
from channels_app.models import Attachment, PhotoState, Publication
from channels_app.timeline import Entry
from channels_app.views.cases import hidden_since, nothing_here
from suggestions import places, rules, told, way, ways, wording
from suggestions.models import Mandate, Suggestion
from suggestions.models.reports import next_report_due
from suggestions.parts import page as parts
from suggestions.states import UNDER_WAY, Stage
from suggestions.there import MOST_COUNTED, There, there_is


def found(code: str) -> Suggestion | None:
    """The suggestion of this number, with what its page needs of it."""
    whole = Suggestion.objects.select_related(
        "message__contact", "message__borough", "office", "department", "borough"
    )
    return whole.filter(code=code).first()


def public(request: HttpRequest, suggestion: Suggestion) -> HttpResponse:
    """What everyone may read; what is not shown says so, or looks like an unknown number."""
    message = suggestion.message
    if message.publication in (Publication.PRIVATE, Publication.HELD):
        return nothing_here(request)
    if message.publication == Publication.HIDDEN:
        return render(request, "channels_app/case_hidden.html", {"message": message}, status=404)
    if not suggestion.is_public:
        needs = {"suggestion": suggestion}
        return render(request, "suggestions/not_shown.html", needs, status=404)
    return render(request, "suggestions/suggestion.html", page_needs(suggestion))


def private(request: HttpRequest, suggestion: Suggestion) -> HttpResponse:
    """The author's page: the same, with the whole words and the ways on."""
    needs = page_needs(suggestion, private=True)
    needs |= {
        "ways": ways.ways_of(suggestion),
        "hidden_since": hidden_since(suggestion.message),
        "told": told.just_done(request.GET),
    }
    return render(request, "suggestions/suggestion.html", needs)


def page_needs(suggestion: Suggestion, *, private: bool = False) -> dict[str, Any]:
    """What the page shows; only the author reads what is not for everyone."""
    message, steps = suggestion.message, way.steps_of(suggestion)
    lines = way.lines_of_steps(suggestion, steps, private=private)
    told = [
        line for step, line in zip(steps, lines, strict=True) if step.cause not in way.TOLD_BESIDE
    ]
    stages = way.stages(suggestion, steps)
    there = there_is(suggestion)
    if there.has("mandates"):
        _read_mandates(suggestion)
    shown = parts.shown_on(suggestion, there, private=private)
    promises = [one for part in shown for one in part.needs.get("promises", ())]
    return {
        "suggestion": suggestion,
        "message": message,
        "private": private,
        "words": _words(suggestion, private=private),
        "stages": stages,
        "stage_number": list(Stage).index(suggestion.stage) + 1,
        "date_words": wording.DATES.get(suggestion.status, ""),
        "next_report": next_report_due(suggestion),
        "report_words": wording.NEXT_REPORT,
        "next_words": wording.NEXTS.get(suggestion.status, wording.ENDS.get(suggestion.status)),
        "is_under_way": suggestion.status in UNDER_WAY,
        "moves": way.moves_of_date(steps, lines),
        "entries": _entries(suggestion, there, told),
        "parts": shown,
        "places": places.linked_with(suggestion, promises),
        "photos": _photos(suggestion, private=private) if there.has("photos") else [],
        "map": maps.map_of(message.position if private else message.public_position),
        "joined_count": there.joined,
        "followers": there.followers,
        "most_counted": MOST_COUNTED,
        "address": f"{settings.SITE_URL}{suggestion.get_absolute_url()}",
        "wanted": rules.ANSWER_AT.value(),
    }


def _read_mandates(suggestion: Suggestion) -> None:
    """Once: who carries it is asked by several parts of the page."""
    held = Prefetch("mandates", Mandate.objects.select_related("committee"))
    prefetch_related_objects([suggestion], held)


def _words(suggestion: Suggestion, *, private: bool) -> str:
    """The present version; whole for its author where it is still the one they sent."""
    message = suggestion.message
    if private and suggestion.masked_text == message.masked_text:
        return message.words
    return suggestion.masked_text


def _entries(suggestion: Suggestion, there: There, lines: Sequence[Entry]) -> list[Entry]:
    """Newest first."""
    beside = [*way.lines_beside(suggestion, there), *parts.entries_of(suggestion, there)]
    return sorted([*lines, *beside], key=attrgetter("at"))[::-1]


def _photos(suggestion: Suggestion, *, private: bool) -> list[Attachment]:
    own = Attachment.objects.filter(message=suggestion.message)
    return list(own.exclude(state=PhotoState.ERASED) if private else own.shown())
