"""The dates of public suggestions in a calendar (RFC 5545): numbers and moments, no words."""

from collections.abc import Sequence
from datetime import datetime

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
from suggestions.models.reports import next_report_due
from suggestions.views import showing

MOST = 500


@require_safe
def of_all(request: HttpRequest) -> HttpResponse:
    """The next dates of those that the filters of the list leave, soonest first."""
    form = ListForm(request.GET)
    if not form.is_valid():
        return render(request, "suggestions/wrong.html", {"form": form}, status=422)
    rows = form.wanted.rows().unfinished().filter(due_at__gte=clock.now())
    return _file(_("Seoul: dates of suggestions"), list(rows.order_by("due_at", "id")[:MOST]))


@require_safe
def of_one(request: HttpRequest, code: str) -> HttpResponse:
    """The date that holds now; an empty calendar where nothing is owed any more."""
    suggestion = showing.found(code)
    if suggestion is None or not suggestion.is_public:
        return nothing_here(request)
    if suggestion.is_final:
        return _file(suggestion.code, [])
    return _file(suggestion.code, [suggestion], next_report=next_report_due(suggestion))


def _file(
    name: str, rows: Sequence[Suggestion], next_report: datetime | None = None
) -> HttpResponse:
    dues = [_due(row, row.due_at) for row in rows if row.due_at]
    if next_report is not None:
        dues.append(_due(rows[0], next_report, wording.NEXT_REPORT, key=f"{rows[0].code}-report"))
    text = calendar(name, dues, made_at=clock.now())
    page = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    page["Cache-Control"] = "public, max-age=300"
    return page


def _due(row: Suggestion, at: datetime, words: wording.Words = "", *, key: str = "") -> Due:
    words = words or wording.DATES.get(row.status, row.get_status_display())
    return Due(
        uid=f"{key or row.code}@{settings.MAIL_DOMAIN}",
        at=at,
        summary=f"{row.code} · {words}",
        url=f"{settings.SITE_URL}{row.get_absolute_url()}",
        version=row.version,
    )
