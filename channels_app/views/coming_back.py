"""Under the private link: add words or answer a question, say whether it is fixed, come back.

Each is a page with one POST. A door that is shut says why, and gives back what was typed.
"""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from channels_app import actions, limits, senders, ways
from channels_app.forms import BackForm, BackgroundForm
from channels_app.models import Message, Reply, ReplyKind
from channels_app.text.normal import tidy
from channels_app.views.cases import ADD_LABEL, ANSWER_LABEL, ViewByLink, by_private_link
from lifecycle.errors import WrongTurnError
from people.models import Office

ACTS: dict[str, Callable[..., Any]] = {
    ways.ASK: actions.add_words,
    ways.REOPEN: actions.reopen,
    ways.APPEAL: actions.appeal,
}
LABELS: dict[str, Promise] = {
    ways.ASK: ADD_LABEL,
    ways.REOPEN: _("What is not solved?"),
    ways.APPEAL: _("Why should the head of the office decide otherwise?"),
}
NAMES: dict[str, Promise] = {
    ways.ASK: _("Add something to your message"),
    ways.REOPEN: _("Say that it is not solved"),
    ways.APPEAL: _("Appeal to the head of the office"),
}
ANSWER_NAME = _("Answer the office's question")


def _door(way: str) -> ViewByLink:
    """The page of one way: why, by when, a box, and a button."""

    @csrf_exempt  # the token is the proof; under "no-referrer" browsers send "Origin: null"
    @require_http_methods(["GET", "HEAD", "POST"])
    @by_private_link
    def view(request: HttpRequest, message: Message) -> HttpResponse:
        typed = request.POST if request.method == "POST" else None
        if not getattr(ways.ways_of(message), way):
            return _closed(request, message, way)
        label = ANSWER_LABEL if message.is_waiting_for_author else LABELS[way]
        if typed is None or typed.get("act") == "keep":  # the language was switched
            form = BackForm(initial={"text": request.POST.get("text", "")}, label=str(label))
            return _page(request, message, way, form)
        form = BackForm(typed, label=str(label))
        if not form.is_valid():
            return _page(request, message, way, form, status=422)
        if form.warns_of:
            return _page(request, message, way, form, warns_of=form.warns_of)
        return _said(request, message, way, form.cleaned_data["text"])

    return view


ask, reopen, appeal = _door(ways.ASK), _door(ways.REOPEN), _door(ways.APPEAL)


def _said(request: HttpRequest, message: Message, way: str, text: str) -> HttpResponse:
    sender = senders.Sender.of(request)
    flood = limits.adds_a_flood(
        text, code=message.code, session=sender.session, network=sender.network
    )
    try:
        ACTS[way](message, text=text, flood=flood)
    except WrongTurnError:  # somebody was faster: the office, or the same button
        message.refresh_from_db()
        return _closed(request, message, way)
    return sender.remember(redirect(_sent(message)))


def _sent(message: Message) -> str:
    return f"{message.private_url()}?sent=1"


def _page(
    request: HttpRequest,
    message: Message,
    way: str,
    form: BackForm,
    *,
    warns_of: list[Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    needs = {
        "message": message,
        "way": way,
        "name": ANSWER_NAME if message.is_waiting_for_author else NAMES[way],
        "form": form,
        "warns_of": warns_of,
        "due": ways.due_of(way, message),
        "question": _question(message) if way == ways.ASK else None,
        "answer": _last_answer(message) if way != ways.ASK else None,
        "centre": Office.objects.centre() if message.status == "set_aside" else None,
    }
    return render(request, "channels_app/coming_back.html", needs, status=status)


def _question(message: Message) -> Reply | None:
    """What its author is asked now."""
    if not message.is_waiting_for_author:
        return None
    asked = message.replies.published().filter(kind=ReplyKind.QUESTION)
    return asked.select_related("office").last()


def _last_answer(message: Message) -> Reply | None:
    """What it is about: the closing answer of its own, or of the matter it was joined to."""
    given = message.matter.replies.published().filter(kind=ReplyKind.CLOSING)
    return given.select_related("office").last()


def _closed(request: HttpRequest, message: Message, way: str) -> HttpResponse:
    """Why not, and the other ways; who pressed twice is told that it has arrived."""
    text = tidy(request.POST.get("text", ""))
    last = message.additions.last()
    if text and last is not None and last.text == text:
        return redirect(_sent(message))
    needs = {
        "message": message,
        "why": ways.why_closed(way, message),
        "ways": ways.ways_of(message),
        "text": text,
    }
    status = 409 if request.method == "POST" else 200
    return render(request, "channels_app/way_closed.html", needs, status=status)


@csrf_exempt  # as above
@require_http_methods(["GET", "HEAD", "POST"])
@by_private_link
def confirm(request: HttpRequest, message: Message) -> HttpResponse:
    """ "Is it really fixed?" Yes here; no leads to the page that takes it up again."""
    if message.fixed and message.status == "replied":
        needs = {"message": message, "ways": ways.ways_of(message)}
        return render(request, "channels_app/confirmed.html", needs)
    if not message.may_be_confirmed:
        return _closed(request, message, ways.CONFIRM)
    if request.method == "POST":
        try:
            actions.confirm_fixed(message)
        except WrongTurnError:
            message.refresh_from_db()
            return _closed(request, message, ways.CONFIRM)
        return redirect(message.private_url("case_confirm"))
    needs = {
        "message": message,
        "answer": _last_answer(message),
        "ways": ways.ways_of(message),
    }
    return render(request, "channels_app/confirm.html", needs)


@csrf_exempt  # as above
@require_POST
@by_private_link
def background(request: HttpRequest, message: Message) -> HttpResponse:
    """Who are we hearing from? Kept apart; a second time changes nothing."""
    form = BackgroundForm(request.POST)
    if form.is_valid():  # what is none of the answers offered is no answer
        with suppress(WrongTurnError):
            actions.tell_background(message, **form.cleaned_data)
    return redirect(f"{message.private_url('case_done')}#who")
