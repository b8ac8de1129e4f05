"""The day's numbers: for everyone, of one office, for the mayor; and every panel as a file."""

import csv
from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from channels_app.keyset import page
from channels_app.text.sheets import defused
from desk import handover
from lifecycle import clock
from lifecycle.models import Heartbeat
from mayors_office import rules
from mayors_office.dashboards import (
    CITY,
    MAYOR,
    OFFICE,
    Panel,
    board,
    ideas,
    late_beside,
    needs,
    panel_of,
)
from mayors_office.dashboards.boards import Make
from mayors_office.dashboards.look import Look
from mayors_office.forms import LookForm
from people.models import Office, User


@require_safe
def public(request: HttpRequest) -> HttpResponse:
    """What everyone may know of the whole city, or of one borough."""
    form = _form(request)
    return _page(request, form, form.look, CITY, {"file": "dashboard_file"})


@require_safe
def office(request: HttpRequest, slug: str) -> HttpResponse:
    """The public numbers of one office; its own people find the way to their desk."""
    place = get_object_or_404(Office, slug=slug)
    form = _form(request)
    look = form.look.other(office=place, borough=None)
    user = request.user
    at_desk = isinstance(user, User) and user.is_staff and handover.may_open(place, user)
    more = {"office": place, "may_open_desk": at_desk, "file": "dashboard_office_file"}
    more |= {"late_ideas": ideas.late_of(place) if rules.are_shown() else None}
    return _page(request, form, look, OFFICE, more)


@never_cache
@require_safe
def mayor(request: HttpRequest) -> HttpResponse:
    """What needs the mayor's office, above the same numbers; or all of one kind."""
    _let_in(request)
    shown = request.GET.get("show", "")
    if shown in needs.WORDS or shown in needs.OF_IDEAS:
        return _all_of(request, shown)
    if shown in late_beside.KINDS:
        return _all_late(request, shown)
    form = _form(request)
    found = needs.needs() if rules.are_shown() else []
    more = {"needs": found, "finding": needs.finding(found), "file": "dashboard_mayor_file"}
    return _page(request, form, form.look, MAYOR, {**more, "is_mayor": True})


@require_safe
def file(request: HttpRequest, panel: str) -> HttpResponse:
    """One public panel of the city or of a borough, for a spreadsheet."""
    return _file(request, panel, CITY)


@require_safe
def office_file(request: HttpRequest, slug: str, panel: str) -> HttpResponse:
    """One public panel of an office."""
    return _file(request, panel, OFFICE, office=get_object_or_404(Office, slug=slug))


@never_cache
@require_safe
def mayor_file(request: HttpRequest, panel: str) -> HttpResponse:
    """The same for the mayor's office, with what needs it."""
    _let_in(request)
    if panel == "needs" and rules.are_shown():
        return _as_file(needs.as_panel())
    return _file(request, panel, MAYOR)


def _form(request: HttpRequest) -> LookForm:
    return LookForm(request.GET, boroughs=list(Office.objects.boroughs()))


def _file(
    request: HttpRequest, panel: str, makes: Mapping[str, Make], office: Office | None = None
) -> HttpResponse:
    """Raises Http404 for what is no panel, and for mistakes: a file explains none."""
    form = _form(request)
    if not (form.is_valid() and rules.are_shown()):
        raise Http404
    look = form.look.other(office=office, borough=None) if office else form.look
    return _as_file(panel_of(panel, look, makes, form.boroughs))


def _page(
    request: HttpRequest,
    form: LookForm,
    look: Look,
    makes: Mapping[str, Make],
    more: Mapping[str, Any],
) -> HttpResponse:
    shown, good = rules.are_shown(), form.is_valid()
    needs_of_page = {
        "form": form,
        "look": look,
        "board": board(look, makes, form.boroughs) if shown and good else None,
        "is_off": not shown,
        "counted_at": _counted_at(),
        **more,
    }
    return render(
        request, "mayors_office/dashboard.html", needs_of_page, status=200 if good else 422
    )


def _counted_at() -> datetime | None:
    """When the sweep last had nothing left to count."""
    return (
        Heartbeat.objects.filter(sweep="count_days").values_list("last_done_at", flat=True).first()
    )


def _all_of(request: HttpRequest, shown: str) -> HttpResponse:
    is_of_ideas = shown in needs.OF_IDEAS
    rows: QuerySet[Any] = needs.ideas_of(shown) if is_of_ideas else needs.rows_of(shown)
    needs_of_page = {
        "words": (needs.OF_IDEAS if is_of_ideas else needs.WORDS)[shown],
        "to": "desk_idea" if is_of_ideas else "desk_case",
        "shown": shown,
        "count": rows.count(),
        "page": page(rows, by="due_at", key=request.GET.get("after", ""), size=50),
        "moment": clock.now(),
    }
    return render(request, "mayors_office/need.html", needs_of_page)


def _all_late(request: HttpRequest, shown: str) -> HttpResponse:
    kind = late_beside.KINDS[shown]
    rows = kind.rows()
    found = page(rows, by="due_at", key=request.GET.get("after", ""), size=50)
    needs_of_page = {
        "words": kind.words,
        "shown": shown,
        "count": rows.count(),
        "page": found,
        "lines": [kind.line_of(row) for row in found.rows],
        "moment": clock.now(),
    }
    return render(request, "mayors_office/need.html", needs_of_page)


def _let_in(request: HttpRequest) -> User:
    """The mayor's office and auditors. Raises PermissionDenied for everybody else."""
    user = cast("User", request.user)
    if not (user.is_in_mayors_office or user.is_auditor):
        raise PermissionDenied
    return user


def _as_file(panel: Panel | None) -> HttpResponse:
    if panel is None:
        raise Http404(_("There is no such file."))
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")  # or they guess wrong
    writer = csv.writer(answer)
    for line in panel.lines():
        writer.writerow([defused(cell) for cell in line])
    name = f"{panel.slug}-{clock.seoul():%Y-%m-%d}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
