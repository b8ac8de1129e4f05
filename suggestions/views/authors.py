"""Under the private link: take a suggestion back, correct it, appeal against a decision.

Each is a page with one POST. A door that is shut says why, and gives back what was typed.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from channels_app.forms import BackForm
from channels_app.text.normal import tidy
from lifecycle.errors import WrongTurnError
from suggestions import actions, ways
from suggestions.models import Suggestion
from suggestions.views.links import by_author


@csrf_exempt  # the token is the proof; under "no-referrer" browsers send "Origin: null"
@require_http_methods(["GET", "HEAD", "POST"])
@by_author
def withdraw(request: HttpRequest, suggestion: Suggestion) -> HttpResponse:
    """One button; as long as nobody else supports it."""
    if not ways.ways_of(suggestion).withdraw:
        return _closed(request, suggestion, ways.why_not_withdrawn(suggestion))
    if request.method == "POST":
        try:
            actions.withdraw(suggestion)
        except WrongTurnError:  # somebody was faster
            suggestion.refresh_from_db()
            return _closed(request, suggestion, ways.why_not_withdrawn(suggestion))
        return redirect(suggestion.message.private_url())
    return render(request, "suggestions/withdraw.html", {"suggestion": suggestion})


@csrf_exempt  # as above
@require_http_methods(["GET", "HEAD", "POST"])
@by_author
def correct(request: HttpRequest, suggestion: Suggestion) -> HttpResponse:
    """The words anew, where a moderator sent them back."""
    if not ways.ways_of(suggestion).correct:
        return _closed(request, suggestion, ways.why_not_corrected(suggestion))
    label = _("Your suggestion, corrected")
    form = BackForm(request.POST or None, label=label, initial={"text": _present(suggestion)})
    if request.method == "POST" and form.is_valid() and not form.warns_of:
        try:
            actions.correct(suggestion, text=form.cleaned_data["text"])
        except WrongTurnError:
            suggestion.refresh_from_db()
            return _closed(request, suggestion, ways.why_not_corrected(suggestion))
        return redirect(f"{suggestion.message.private_url()}?corrected=1")
    needs = {"note": _told(suggestion), "button": _("Send the correction")}
    return _form(request, suggestion, form, heading=_("Correct your suggestion"), **needs)


@by_author
def appeal(request: HttpRequest, suggestion: Suggestion) -> HttpResponse:
    """Why the decision is wrong; somebody else decides. Its address is the message's own."""
    if not ways.ways_of(suggestion).appeal:
        return _closed(request, suggestion, ways.why_not_appealed(suggestion))
    form = BackForm(request.POST or None, label=_("Why is this decision wrong?"))
    if request.method == "POST" and form.is_valid() and not form.warns_of:
        try:
            actions.appeal(suggestion, text=form.cleaned_data["text"])
        except WrongTurnError:
            suggestion.refresh_from_db()
            return _closed(request, suggestion, ways.why_not_appealed(suggestion))
        return redirect(f"{suggestion.message.private_url()}?appealed=1")
    needs = {"note": _told(suggestion), "button": _("Send the appeal")}
    return _form(request, suggestion, form, heading=_("Appeal against the decision"), **needs)


def _form(
    request: HttpRequest,
    suggestion: Suggestion,
    form: BackForm,
    *,
    heading: str,
    note: str,
    button: str,
) -> HttpResponse:
    is_wrong = form.is_bound and not form.is_valid()
    needs = {
        "suggestion": suggestion,
        "form": form,
        "heading": heading,
        "note": note,
        "button": button,
        "warns_of": form.warns_of if form.is_bound and not is_wrong else None,
    }
    return render(request, "suggestions/author_form.html", needs, status=422 if is_wrong else 200)


def _present(suggestion: Suggestion) -> str:
    """What its author sent, to be changed."""
    message = suggestion.message
    is_first = suggestion.masked_text == message.masked_text
    return message.text if is_first and message.text else suggestion.masked_text


def _told(suggestion: Suggestion) -> str:
    """What the city said when it decided, to its author alone or to all."""
    step = suggestion.steps.select_related("note", "statement").order_by("-seq").first()
    statement = getattr(step, "statement", None)
    return str(statement or getattr(step, "note", "") or "")


def _closed(request: HttpRequest, suggestion: Suggestion, why: str) -> HttpResponse:
    """Why not, and the way back; what was typed stays."""
    needs = {"suggestion": suggestion, "why": why, "text": tidy(request.POST.get("text", ""))}
    status = 409 if request.method == "POST" else 200
    return render(request, "suggestions/author_closed.html", needs, status=status)
