"""A citizen of the committee judges: is it really done? By the private link of the seat."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from channels_app.forms import BackForm
from lifecycle.errors import WrongTurnError
from suggestions import actions
from suggestions.models import Judge, Seat, Suggestion
from suggestions.states import SuggestionStatus
from suggestions.views.seats import by_seat


@require_http_methods(["GET", "HEAD", "POST"])
@by_seat
def seat_judge(request: HttpRequest, seat: Seat, code: str) -> HttpResponse:
    """What the office says, and two answers: yes, or no with what is missing."""
    suggestion = get_object_or_404(Suggestion.objects.select_related("office"), code=code)
    if not actions.sits_for(suggestion, seat):
        raise PermissionDenied
    form = BackForm(label=_("What is missing?"))
    if suggestion.status != SuggestionStatus.CLAIMED_DONE:
        return _page(request, seat, suggestion, form, status=_too_late(request))
    if request.method != "POST":
        return _page(request, seat, suggestion, form)
    try:
        if request.POST.get("act") == "confirm":
            actions.confirm_done(suggestion, judge=Judge.SEAT)
            return redirect(seat.private_url())
        form = BackForm(request.POST, label=_("What is missing?"))
        if not form.is_valid():
            return _page(request, seat, suggestion, form, status=422)
        actions.dispute_done(suggestion, text=form.cleaned_data["text"], judge=Judge.SEAT)
    except WrongTurnError:  # somebody was faster
        suggestion.refresh_from_db()
        return _page(request, seat, suggestion, form, status=409)
    return redirect(seat.private_url())


def _too_late(request: HttpRequest) -> int:
    return 409 if request.method == "POST" else 200


def _page(
    request: HttpRequest, seat: Seat, suggestion: Suggestion, form: BackForm, *, status: int = 200
) -> HttpResponse:
    claim = suggestion.claims.select_related("office", "dispute").order_by("-id").first()
    needs = {
        "seat": seat,
        "committee": seat.committee,
        "suggestion": suggestion,
        "claim": claim,
        "form": form,
        "may_judge": suggestion.status == SuggestionStatus.CLAIMED_DONE,
    }
    return render(request, "suggestions/seat_judge.html", needs, status=status)
