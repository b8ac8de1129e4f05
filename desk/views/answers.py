"""Answering: write, see it as the citizen will, send, take back within seconds."""

from collections.abc import Mapping
from copy import copy
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from channels_app import actions
from channels_app.models import Message, Reply
from desk import actions as desk_actions
from desk import forms
from desk.answer_form import KEPT, AnswerForm, from_words
from desk.models import CannedText, Draft, Writing
from desk.offers import insist, offers
from desk.views.acts import button, go_on, stay
from desk.views.finding import find, officer
from desk.views.overtaken import overtaken_page
from desk.views.pages import case_page
from desk.views.previewing import preview_page
from lifecycle import clock
from people.models import User

SENDING = {"preview", "send"}
KEEPING = SENDING | {"save", "insert"}


@never_cache
@require_POST
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """First the preview, as the citizen will read it; from there it is sent, or changed.

    What was typed is kept as a draft before anything can go wrong.
    """
    message, user = find(request, code), officer(request)
    act = request.POST.get("act", "preview")
    kept, is_theirs = None, offers(message, user)["answer"].is_theirs
    if act in KEEPING | {"keep"} and is_theirs:
        kept = desk_actions.keep_draft(
            message, kind=_kind(request), words=_typed(request.POST), by=user
        )
    if act == "keep":  # an open page keeps what is typed, every few seconds
        return HttpResponse(status=204 if is_theirs else 409)
    seen = request.POST.get("version", "")
    if act in SENDING and is_theirs and seen.isdecimal() and int(seen) != message.version:
        words = {**_typed(request.POST), "kind": _kind(request)}
        return overtaken_page(request, message, words, seen=int(seen))
    insist(message, user, "answer")
    match act:
        case "change":
            return case_page(request, message, draft=_go_on(request, message, user))
        case "save":
            return _saved(request, message, kept)
        case "insert":
            return case_page(request, message, draft=_inserted(request, message, user))
    form = AnswerForm(request.POST, auto_id="answer_form_%s").for_officer(message, user)
    if not form.is_valid():
        return case_page(request, message, wrong=form)
    return _send(request, message, form) if act == "send" else preview_page(request, message, form)


def _typed(posted: Mapping[str, Any]) -> dict[str, str]:
    """The fields with words, as they came; the database takes no null character."""
    return {name: str(posted[name]).replace("\x00", "") for name in KEPT if posted.get(name)}


def _kind(request: HttpRequest) -> str:
    """The kind that was chosen, as far as there is one like it."""
    typed = request.POST.get("kind", "")
    return typed if typed in Writing.values else Writing.EXPLAINED.value


def _go_on(request: HttpRequest, message: Message, user: User) -> AnswerForm:
    """Words to go on with: those that came, or a colleague's draft.

    A page that knows the answer alone (somebody was faster) gets the rest from the own draft.
    """
    key = request.POST.get("draft", "")
    if key.isdecimal():
        draft = get_object_or_404(_drafts(message), pk=int(key))
        return from_words(message, user, draft.words, kind=draft.kind)
    words, kind = _typed(request.POST), request.POST.get("kind", "")
    own = None if kind else _drafts(message).filter(by=user).first()
    if own is not None:
        return from_words(message, user, {**own.words, **words}, kind=own.kind)
    return from_words(message, user, words, kind=kind)


def _drafts(message: Message) -> Any:
    return Draft.objects.filled().filter(message=message, office=message.office_id)


def _saved(request: HttpRequest, message: Message, kept: Draft | None) -> HttpResponse:
    if kept is None:
        messages.warning(request, _("There is nothing to keep yet."))
    else:
        messages.success(
            request, _("Your draft is kept. Colleagues of your office can go on with it.")
        )
    return stay(request, message.code)


def _inserted(request: HttpRequest, message: Message, user: User) -> AnswerForm:
    """The ready-made text below what is there already; without a choice nothing changes."""
    words, key = _typed(request.POST), request.POST.get("canned", "")
    if key.isdecimal() and (text := CannedText.objects.fitting(message).filter(pk=key).first()):
        before = words.get("answer", "").rstrip()
        words["answer"] = f"{before}\n\n{text.filled(message)}" if before else text.filled(message)
    return from_words(message, user, words, kind=_kind(request))


def _send(request: HttpRequest, message: Message, form: AnswerForm) -> HttpResponse:
    stood = copy(message)
    reply = desk_actions.send(message, form.cleaned_data, by=officer(request))
    takes_back = reply.is_closing and "show" in request.GET  # the page of the case has its own
    back = f"back-{message.code}-{reply.message.version}" if takes_back else ""
    messages.success(request, _told(reply), extra_tags=back)
    return go_on(request, stood)


def _told(reply: Reply) -> str:
    """What an officer reads once it is on its way."""
    if not reply.is_closing:
        words = _("It stands on the page of %(code)s now, and is on its way to its author.")
        return words % {"code": reply.message}
    seconds = int((reply.leaves_at - reply.written_at).total_seconds())
    words = ngettext(
        "The answer leaves in %(seconds)d second.",
        "The answer leaves in %(seconds)d seconds.",
        seconds,
    )
    return words % {"seconds": seconds}


@require_POST
def drop_draft(request: HttpRequest, code: str) -> HttpResponse:
    """Throw a half-written answer away: the own one, or a colleague's."""
    message, user = find(request, code), officer(request)
    if not message.may_be_written_on_by(user):
        raise PermissionDenied
    key = request.POST.get("draft", "")
    draft = Draft.objects.filter(message=message, pk=int(key) if key.isdecimal() else 0).first()
    if draft is not None and draft.at <= _seen(request):
        desk_actions.drop_draft(draft, by=user)
        messages.success(request, _("The draft is thrown away."))
    else:
        messages.warning(request, _("The draft has changed meanwhile, or is gone."))
    return stay(request, code)


def _seen(request: HttpRequest) -> datetime:
    """When the page was made: what was written later is not thrown away unread."""
    try:
        moment = datetime.fromisoformat(request.POST.get("seen", ""))
    except ValueError:
        return clock.now()
    return moment if moment.tzinfo else clock.now()


@button(forms.ActForm)
def take_back(message: Message, typed: dict[str, Any], user: User) -> str:
    """Undo, before it leaves."""
    actions.take_back(message, by=user, version=typed["version"])
    return _("The answer was taken back. Its words are kept below.")
