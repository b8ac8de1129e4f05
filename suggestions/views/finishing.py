"""Under the private link: is it really done, and how was the answer?

Each is a page with one POST. A door that is shut says why, and gives back what was typed.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from channels_app import limits, ratings, senders
from channels_app.forms import BackForm
from channels_app.rate_form import RateForm
from channels_app.text.normal import tidy
from lifecycle import clock, workdays
from lifecycle.errors import WrongTurnError
from suggestions import actions, rules_answering
from suggestions.models import Dispute, Judge, OfficialAnswer, Suggestion
from suggestions.states import SuggestionStatus
from suggestions.views.links import by_author

METHODS = ["GET", "HEAD", "POST"]
DONE = (SuggestionStatus.IMPLEMENTED, SuggestionStatus.EVALUATED)


@csrf_exempt  # the token is the proof; under "no-referrer" browsers send "Origin: null"
@require_http_methods(METHODS)
@by_author
def confirm(request: HttpRequest, suggestion: Suggestion) -> HttpResponse:
    """ "Is it really done?" Yes here; no leads to the page that says what is missing."""
    said = suggestion.claims.filter(confirmed_by=Judge.AUTHOR)
    if suggestion.status in DONE and said.exists():
        return render(request, "suggestions/confirmed.html", {"suggestion": suggestion})
    if suggestion.status != SuggestionStatus.CLAIMED_DONE:
        return _not_judged(request, suggestion)
    if request.method == "POST":
        try:
            actions.confirm_done(suggestion)
        except WrongTurnError:  # its time ended in this moment
            suggestion.refresh_from_db()
            return _not_judged(request, suggestion)
        return redirect("idea_confirm", suggestion.code, suggestion.message.token)
    needs = {"suggestion": suggestion, "claim": actions.newest_claim(suggestion)}
    return render(request, "suggestions/confirm.html", needs)


@csrf_exempt  # as above
@require_http_methods(METHODS)
@by_author
def dispute(request: HttpRequest, suggestion: Suggestion) -> HttpResponse:
    """What is missing: a box and a button; it stands beside what the office says."""
    typed = request.POST if request.method == "POST" else None
    if suggestion.status != SuggestionStatus.CLAIMED_DONE:
        return _not_judged(request, suggestion)
    label = _("What is missing?")
    if typed is None or typed.get("act") == "keep":  # the language was switched
        form = BackForm(initial={"text": request.POST.get("text", "")}, label=label)
        return _dispute_page(request, suggestion, form)
    form = BackForm(typed, label=label)
    if not form.is_valid():
        return _dispute_page(request, suggestion, form, status=422)
    if form.warns_of:
        return _dispute_page(request, suggestion, form, warns_of=form.warns_of)
    return _disputed(request, suggestion, form.cleaned_data["text"])


def _disputed(request: HttpRequest, suggestion: Suggestion, text: str) -> HttpResponse:
    sender = senders.Sender.of(request)
    flood = limits.adds_a_flood(
        text, code=suggestion.code, session=sender.session, network=sender.network
    )
    try:
        actions.dispute_done(suggestion, text=text, flood=flood)
    except WrongTurnError:  # somebody was faster: a sweep, or the same button
        suggestion.refresh_from_db()
        return _not_judged(request, suggestion)
    return sender.remember(redirect(_sent(suggestion)))


def _sent(suggestion: Suggestion) -> str:
    return f"{suggestion.message.private_url()}?sent=1"


def _dispute_page(
    request: HttpRequest,
    suggestion: Suggestion,
    form: BackForm,
    *,
    warns_of: list[Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    needs = {
        "suggestion": suggestion,
        "form": form,
        "warns_of": warns_of,
        "until": workdays.end_of_days(clock.now(), rules_answering.DISPUTED_DAYS.value()),
        "claim": actions.newest_claim(suggestion),
    }
    return render(request, "suggestions/dispute.html", needs, status=status)


def _not_judged(request: HttpRequest, suggestion: Suggestion) -> HttpResponse:
    """Who pressed twice is told that it has arrived."""
    text = tidy(request.POST.get("text", ""))
    last = Dispute.objects.filter(claim__suggestion=suggestion).last()
    if text and last is not None and last.text == text:
        return redirect(_sent(suggestion))
    return _closed(request, suggestion, _why_not_judged(suggestion), text=text)


def _why_not_judged(suggestion: Suggestion) -> str:
    if suggestion.status in DONE:
        return _("It counts as done already.")
    return _("No office says at the moment that it is done.")


def _closed(
    request: HttpRequest, suggestion: Suggestion, why: str, *, text: str = ""
) -> HttpResponse:
    needs = {"suggestion": suggestion, "why": why, "text": text}
    status = 409 if request.method == "POST" else 200
    return render(request, "suggestions/way_closed.html", needs, status=status)


@csrf_exempt  # as above
@require_http_methods(METHODS)
@by_author
def rate(request: HttpRequest, suggestion: Suggestion) -> HttpResponse:
    """The two questions about the newest final answer; it can be changed for a time."""
    answer = actions.answer_to_rate(suggestion)
    if answer is None:
        return _closed(request, suggestion, _why_not_rated(suggestion))
    known = getattr(answer, "rating", None)
    if request.method != "POST":
        form = RateForm.of(known)
        return _rate_page(request, suggestion, answer, form, said=known is not None)
    if request.POST.get("act") == "keep":  # the language was switched
        return _rate_page(request, suggestion, answer, RateForm(initial=request.POST.dict()))
    form = RateForm(request.POST)
    if not form.is_valid():
        return _rate_page(request, suggestion, answer, form, status=422)
    try:
        actions.rate(suggestion, **form.cleaned_data)
    except WrongTurnError:  # its time ended while the form was filled in
        return _closed(request, suggestion, _why_not_rated(suggestion))
    there = redirect("idea_rate", suggestion.code, suggestion.message.token)
    there["Location"] += "?said=1"
    return there


def _rate_page(
    request: HttpRequest,
    suggestion: Suggestion,
    answer: OfficialAnswer,
    form: RateForm,
    *,
    said: bool = False,
    status: int = 200,
) -> HttpResponse:
    needs = {
        "suggestion": suggestion,
        "answer": answer,
        "form": form,
        "said": said,
        "thanks": said and "said" in request.GET,
        "until": actions.until_of(answer),
    }
    return render(request, "suggestions/rate.html", needs, status=status)


def _why_not_rated(suggestion: Suggestion) -> str:
    if not suggestion.answers.exists():
        return _("There is no answer yet that you could judge.")
    days = {"days": ratings.RATE_DAYS.value()}
    return _("The %(days)d days after the answer are over.") % days
