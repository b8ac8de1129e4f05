"""The phone desk: one form, three panels beside it, and the number to read out."""

import uuid
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from channels_app import actions, kicks, routing_guess, tasks
from channels_app.models import KnowledgeArticle, Message
from channels_app.models.on_behalf import channels_of, desk_of
from channels_app.personal import kinds_in
from channels_app.text import spoken
from desk import phone_panels
from desk.phone_form import CallForm, fresh
from desk.views.finding import officer
from lifecycle import clock
from people.models import User

ADD, ARTICLE = "add:", "article:"
AT_HAND = timedelta(hours=1)  # so long the address and the private link stand on the page


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def phone(request: HttpRequest) -> HttpResponse:
    """An empty form; a POST looks up, or writes it down and goes on to the number."""
    user = writer(request)
    if request.method != "POST":
        return _page(request, fresh(user, request.GET.get("channel", "")))
    act = request.POST.get("act", "save")
    if act == "look":
        again = CallForm(initial=request.POST.dict()).for_officer(user)
        return _page(request, again)
    form = CallForm(request.POST).for_officer(user)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        message = _write_down(form, act, user)
    except actions.KeyReusedError as problem:
        return _page(request, _asked_again(form, str(problem), user), status=422)
    except KnowledgeArticle.DoesNotExist:
        form.add_error(None, _("This article was withdrawn meanwhile. Press Save without it."))
        return _page(request, form, status=422)
    kicks.kick_on_commit(tasks.route_waiting)
    return redirect("desk_phone_done", message.code)


@never_cache
@require_POST
def panels(request: HttpRequest) -> HttpResponse:
    """The three panels alone, for what is typed so far. By POST: words stand in no address."""
    user = writer(request)
    needs = {"panels": phone_panels.panels(request.POST, user), "officer": user}
    return render(request, "desk/phone/panels.html", needs | _rights(user))


@never_cache
@require_safe
def done(request: HttpRequest, code: str) -> HttpResponse:
    """The number to read out, who has it and by when; only for who wrote it down.

    What only its author should hold stands there for the hour of the call and no longer.
    """
    user = writer(request)
    found = Message.objects.select_related("office", "contact", "lead__office", "borough")
    message = get_object_or_404(found, code=code)
    if not message.was_entered_by(user):
        raise PermissionDenied
    needs = {
        "officer": user,
        "message": message,
        "matter": message.matter,
        "groups": spoken.groups(message.code),
        "in_korean": spoken.in_korean(message.code),
        "in_english": spoken.in_english(message.code),
        "is_at_hand": clock.now() - message.steps.earliest("seq").at < AT_HAND,
        "may_open": message.may_be_seen_by(user),
        "moment": clock.now(),
    }
    return render(request, "desk/phone/done.html", needs)


def writer(request: HttpRequest) -> User:
    """Somebody who may write down what others say. Raises PermissionDenied."""
    user = officer(request)
    if not channels_of(user):
        raise PermissionDenied
    return user


def _write_down(form: CallForm, act: str, user: User) -> Message:
    """By the action of the button; then the rules look at it, so that its office can be named."""
    key = form.cleaned_data["client_key"]
    if act.startswith(ARTICLE):
        article = _article(act.removeprefix(ARTICLE))
        words = article.words_in(form.cleaned_data["language"])
        note = _("Answered in the same breath with the article “%(question)s”.")
        said = form.said(note=note % {"question": words.question})
        message = actions.answer_on_the_spot(said, text=words.answer, by=user, client_key=key)
    else:
        same_as = act.removeprefix(ADD) if act.startswith(ADD) else ""
        message = actions.enter(form.said(same_as=same_as), by=user, client_key=key)
    return actions.consider(message, weigher=routing_guess.weigher())


def _article(key: str) -> KnowledgeArticle:
    """One that everyone may read now. Raises DoesNotExist."""
    return KnowledgeArticle.objects.shown().get(pk=int(key) if phone_panels.is_key(key) else 0)


def _page(request: HttpRequest, form: CallForm, *, status: int = 200) -> HttpResponse:
    user = officer(request)
    typed = {name: form[name].value() for name in phone_panels.LOOKED_AT}
    needs: dict[str, Any] = {
        "officer": user,
        "form": form,
        "panels": phone_panels.panels(typed, user),
        "personal_data": kinds_in(str(typed["text"] or "")),
    }
    return render(request, "desk/phone/phone.html", needs | _rights(user), status=status)


def _rights(user: User) -> dict[str, Any]:
    return {"answers_here": desk_of(user) is not None}


def _asked_again(form: CallForm, code: str, user: User) -> CallForm:
    """Written down before, then changed: a message of its own, if the officer wants one."""
    typed = {**form.data.dict(), "client_key": str(uuid.uuid4())}  # type: ignore[attr-defined]  # posted
    again = CallForm(typed).for_officer(user)
    again.add_error(
        None,
        _("This was written down already as %(code)s. Press Save again for one more message.")
        % {"code": code},
    )
    return again
