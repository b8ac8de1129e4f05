"""A seat in a committee, by its private link: accept it, write a report, agree to a "no", leave."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from channels_app import actions as message_actions
from channels_app import sealing
from channels_app.models import Confirmation
from channels_app.views.cases import keep_secret, nothing_here
from lifecycle import clock
from suggestions import actions
from suggestions.committee_forms import AcceptForm, OpinionForm
from suggestions.models import DropProposal, ProgressReport, Seat
from suggestions.report_form import ReportForm
from suggestions.states_of_committees import Side
from suggestions.waiting import waiting_for

P = ParamSpec("P")


def by_seat(
    view: Callable[Concatenate[HttpRequest, Seat, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Only with the right token, which nothing may keep; the token is the proof, not a cookie."""

    @csrf_exempt
    @wraps(view)
    def wrapped(
        request: HttpRequest, pk: int, token: str, *args: P.args, **more: P.kwargs
    ) -> HttpResponse:
        found = Seat.objects.select_related("committee__office", "office").filter(pk=pk).first()
        if found is None or not found.is_sitting or not sealing.same(token, found.token):
            return nothing_here(request)
        return keep_secret(view(request, found, *args, **more))

    return wrapped


@require_safe
@by_seat
def seat(request: HttpRequest, seat: Seat) -> HttpResponse:
    """What is to be done from here: meetings, the report, a "no" that waits for a word."""
    waiting = waiting_for(seat)
    needs = {
        "seat": seat,
        "committee": seat.committee,
        "coming": waiting.coming,
        "reports": waiting.reports,
        "proposals": waiting.proposals,
        "may_agree": seat.side == Side.CITIZEN,
        "claimed": waiting.claimed,
        "form": OpinionForm(),
        "moment": clock.now(),
    }
    return render(request, "suggestions/seat.html", needs)


@require_http_methods(["GET", "HEAD", "POST"])
@by_seat
def seat_report(request: HttpRequest, seat: Seat, number: int) -> HttpResponse:
    """Write the report: kept as a draft, or looked at as everyone will read it."""
    report = get_object_or_404(
        ProgressReport.objects.unfinished().select_related("committee", "office", "by_seat"),
        committee=seat.committee,
        number=number,
    )
    typed = request.POST if request.method == "POST" else None
    form = ReportForm(typed, report=report)
    if request.method == "POST" and form.is_valid():
        actions.draft_report_as_seat(
            report, form.draft(), seat=seat, version=form.cleaned_data["version"]
        )
        messages.success(request, _("Kept. An officer countersigns it, then everyone reads it."))
        return redirect(seat.private_url())
    needs = {"seat": seat, "report": report, "committee": seat.committee, "form": form}
    needs |= {"preview": form.preview() if report.version else None}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "suggestions/seat_report.html", needs, status=status)


@require_POST
@by_seat
def seat_opinion(request: HttpRequest, seat: Seat, proposal: int) -> HttpResponse:
    """Agree to a proposed "no", or not; it can be changed until it is settled."""
    found = get_object_or_404(DropProposal.objects.select_related("suggestion"), pk=proposal)
    if not actions.sits_for(found.suggestion, seat):
        raise PermissionDenied
    form = OpinionForm(request.POST)
    if form.is_valid():
        actions.say_opinion(found, seat=seat, **form.cleaned_data)
        messages.success(request, _("Thank you. The committee reads it."))
        return redirect(seat.private_url())
    needs = {"seat": seat, "committee": seat.committee, "proposal": found, "form": form}
    return render(request, "suggestions/seat_opinion.html", needs, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@by_seat
def seat_leave(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Give the seat up, or have name, address and words deleted with it."""
    if request.method == "POST":
        forget = request.POST.get("act") == "forget"
        if forget:
            actions.forget_seat(seat)
        else:
            actions.give_up_seat(seat, by=None)
        return render(request, "suggestions/seat_left.html", {"seat": seat, "forgotten": forget})
    needs = {"seat": seat, "committee": seat.committee}
    return render(request, "suggestions/seat_leave.html", needs)


@csrf_exempt  # the token is the proof; under "no-referrer" browsers send "Origin: null"
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_seat(request: HttpRequest, pk: int, token: str) -> HttpResponse:
    """The link in the invitation: "Yes, I will sit", or "No, thank you"."""
    asked = Confirmation.objects.filter(pk=pk, purpose="seat").first()
    if asked is None or not sealing.same(token, asked.token):
        return nothing_here(request)
    found = Seat.objects.select_related("committee__office").filter(confirmation=asked).first()
    if found is None or found.until is not None:
        return nothing_here(request)
    if request.method == "POST":
        return keep_secret(_said(request, asked, found))
    needs = {"seat": found, "committee": found.committee, "form": AcceptForm()}
    return keep_secret(render(request, "suggestions/confirm_seat.html", needs))


def _said(request: HttpRequest, asked: Confirmation, found: Seat) -> HttpResponse:
    if request.POST.get("act") == "refuse":
        if asked.contact is not None and request.POST.get("never"):
            message_actions.refuse_contact(asked.contact)
        actions.forget_seat(found)
        return render(request, "suggestions/seat_left.html", {"seat": found, "forgotten": True})
    form = AcceptForm(request.POST)
    shown = form.is_valid() and form.cleaned_data["shown"]
    return redirect(actions.accept_seat(asked, shown=shown).private_url())
