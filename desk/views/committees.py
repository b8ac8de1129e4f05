"""Committees at the desk: those of my offices, a new one, the page of one and its acts."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desk.committee_forms import CommitteeForm, FoundingForm
from desk.committees import ACTS, Act, may_look
from desk.views.finding import officer
from lifecycle import clock
from suggestions import actions
from suggestions.models import Committee, DropProposal
from suggestions.sides import sides_of
from suggestions.states_of_committees import COMMITTEE_FINAL

MOST = 200


@never_cache
@require_safe
def committees(request: HttpRequest) -> HttpResponse:
    """Those that my offices lead, and all others."""
    user = officer(request)
    rows = list(Committee.objects.select_related("office").order_by("due_at", "id")[:MOST])
    needs = {
        "officer": user,
        "mine": [row for row in rows if row.office_id in user.offices and not row.is_final],
        "others": [
            row for row in rows if row.office_id not in user.offices
            and row.status not in COMMITTEE_FINAL
        ],
        "over": [row for row in rows if row.is_final],
        "moment": clock.now(),
    }  # fmt: skip
    return render(request, "desk/committees/list.html", needs)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def form_one(request: HttpRequest) -> HttpResponse:
    """A new one, for a suggestion."""
    user = officer(request)
    if not user.offices:
        raise PermissionDenied
    first = {"code": request.GET.get("for", "")}
    typed = request.POST if request.method == "POST" else None
    form = FoundingForm(typed, initial=first).for_officer(user)
    if form.is_valid():
        made = actions.form_committee(
            form.founding(),
            office=form.cleaned_data["office"],
            occasion=form.cleaned_data["code"],
            by=user,
        )
        messages.success(request, _("The committee is being formed. Give it its members now."))
        return redirect("desk_committee", made.pk)
    status = 422 if form.is_bound else 200
    needs = {"officer": user, "form": form, "wrong": form if form.is_bound else None}
    return render(request, "desk/committees/new.html", needs, status=status)


@never_cache
@require_safe
def committee(request: HttpRequest, pk: int) -> HttpResponse:
    """Seats, meetings, minutes, suggestions, reports, and what can be done now."""
    return _page(request, _found(request, pk))


@require_POST
def act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One act; what was typed wrongly comes back with its page."""
    user, found = officer(request), _found(request, pk)
    one = ACTS.get(name)
    if one is None:
        raise Http404
    if not found.may_be_run_by(user):
        raise PermissionDenied
    form = one.form(request.POST, auto_id=f"{name}_%s").about(found)
    if not form.is_valid():
        return _page(request, found, tried=one, form=form)
    messages.success(request, one.act(found, form, user))
    return redirect("desk_committee", found.pk)


def _found(request: HttpRequest, pk: int) -> Committee:
    """Raises Http404, and PermissionDenied for who may not read the members' names."""
    found = get_object_or_404(Committee.objects.select_related("office", "occasion"), pk=pk)
    if not may_look(found, officer(request)):
        raise PermissionDenied
    return found


def _page(
    request: HttpRequest,
    found: Committee,
    *,
    tried: Act | None = None,
    form: CommitteeForm | None = None,
) -> HttpResponse:
    user = officer(request)
    mandates = found.mandates.select_related("suggestion__office").order_by("-since")
    proposals = DropProposal.objects.filter(
        suggestion__mandates__committee=found, settled_at=None
    ).prefetch_related("opinions__seat")
    needs: dict[str, Any] = {
        "officer": user,
        "committee": found,
        "sides": sides_of(list(found.seats.filter(until=None).select_related("office"))),
        "mandates": list(mandates),
        "proposals": list(proposals),
        "meetings": list(found.meetings.order_by("-starts_at")[:MOST]),
        "reports": list(found.reports.order_by("-number")[:MOST]),
        "acts": [(one, _form(one, found, tried, form)) for one in _offered(found, user)],
        "wrong": form,
        "moment": clock.now(),
    }
    status = 422 if form is not None else 200
    return render(request, "desk/committees/committee.html", needs, status=status)


def _offered(found: Committee, user: Any) -> list[Act]:
    if not found.may_be_run_by(user):
        return []
    return [one for one in ACTS.values() if one.is_time(found)]


def _form(
    one: Act, found: Committee, tried: Act | None, form: CommitteeForm | None
) -> CommitteeForm:
    if form is not None and one is tried:
        return form
    return one.form(auto_id=f"{one.name}_%s").about(found)
