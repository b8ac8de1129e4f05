"""Answering: write, see it as the citizen will, send, take back within seconds."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from channels_app import actions
from channels_app.models import Message, Reading
from channels_app.text.masking import holds_personal_data, mask
from desk import forms
from desk.offers import insist
from desk.views.acts import button
from desk.views.finding import find, officer
from desk.views.pages import case_page
from lifecycle.errors import OvertakenError
from people.models import User


@never_cache
@require_POST
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """First the preview, as the citizen will read it; from there it is sent, or changed."""
    message = find(request, code)
    insist(message, officer(request), "answer")
    act = request.POST.get("act", "preview")
    if act == "change":
        return case_page(request, message, draft=_draft(message, request.POST.get("answer", "")))
    form = forms.AnswerForm(request.POST, auto_id="answer_form_%s")
    if not form.is_valid():
        return case_page(request, message, wrong=form)
    if form.cleaned_data["version"] != message.version:
        raise OvertakenError(code)
    return (_send if act == "send" else _preview)(request, message, form)


def _draft(message: Message, text: str) -> forms.AnswerForm:
    """Words to go on with. The page that opens shows the case as it is now, so its version too."""
    initial = {"answer": text, "version": message.version}
    return forms.AnswerForm(initial=initial, auto_id="answer_form_%s")


def _preview(request: HttpRequest, message: Message, form: forms.AnswerForm) -> HttpResponse:
    """The page as the citizen will see it, and the original beside it: a reading."""
    Reading.log(message, officer(request), "desk_preview")
    text = form.cleaned_data["answer"]
    needs = {
        "message": message,
        "officer": officer(request),
        "form": form,
        "text": text,
        "public_text": mask(text),
        "is_covered": holds_personal_data(text),
    }
    return render(request, "desk/preview.html", needs)


def _send(request: HttpRequest, message: Message, form: forms.AnswerForm) -> HttpResponse:
    typed = form.cleaned_data
    reply = actions.answer(
        message, text=typed["answer"], by=officer(request), version=typed["version"]
    )
    seconds = int((reply.leaves_at - reply.written_at).total_seconds())
    messages.success(request, _("The answer leaves in %(seconds)d seconds.") % {"seconds": seconds})
    return redirect("desk_case", message.code)


@button(forms.ActForm)
def take_back(message: Message, typed: dict[str, Any], user: User) -> str:
    """Undo, before it leaves."""
    actions.take_back(message, by=user, version=typed["version"])
    return _("The answer was taken back. Its words are kept below.")
