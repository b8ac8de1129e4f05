"""The dates of public suggestions in a calendar (RFC 5545): numbers and moments, no words."""

from collections.abc import Iterable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from channels_app.ics import Due, calendar
from channels_app.views.cases import nothing_here
from lifecycle import clock
from suggestions import wording
from suggestions.list_form import ListForm
from suggestions.models import Suggestion
from suggestions.views import showing

MOST = 500


@require_safe
def of_all(request: HttpRequest) -> HttpResponse:
    """The next dates of those that the filters of the list leave, soonest first."""
    form = ListForm(request.GET)
    if not form.is_valid():
        return render(request, "suggestions/wrong.html", {"form": form}, status=422)
    rows = form.wanted.rows().unfinished().filter(due_at__gte=clock.now())
    return _file(_("Seoul: dates of suggestions"), rows.order_by("due_at", "id")[:MOST])


@require_safe
def of_one(request: HttpRequest, code: str) -> HttpResponse:
    """The date that holds now; an empty calendar where nothing is owed any more."""
    suggestion = showing.found(code)
    if suggestion is None or not suggestion.is_public:
        return nothing_here(request)
    return _file(suggestion.code, [] if suggestion.is_final else [suggestion])


def _file(name: str, rows: Iterable[Suggestion]) -> HttpResponse:
    text = calendar(name, [_due(row) for row in rows if row.due_at], made_at=clock.now())
    page = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    page["Cache-Control"] = "public, max-age=300"
    return page


def _due(row: Suggestion) -> Due:
    assert row.due_at is not None  # noqa: S101 - asked before
    return Due(
        uid=f"{row.code}@{settings.MAIL_DOMAIN}",
        at=row.due_at,
        summary=f"{row.code} · {wording.DATES.get(row.status, row.get_status_display())}",
        url=f"{settings.SITE_URL}{row.get_absolute_url()}",
        version=row.version,
    )
