"""Promises at the desk: written down, taken on by an office, settled in public."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from channels_app import keyset
from desk.promise_forms import (
    AcceptForm,
    ChangeForm,
    MakeForm,
    PromiseForm,
    SettleForm,
    headed_by,
)
from desk.views.finding import officer
from lifecycle import clock
from lifecycle.errors import OvertakenError, WrongTurnError
from people.models import User
from suggestions import actions
from suggestions.actions import Spoken
from suggestions.models import Promise
from suggestions.states_of_promises import PromiseStatus

Act = Callable[[Promise, dict[str, Any], User], Promise]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def promises(request: HttpRequest) -> HttpResponse:
    """What the own offices still have to take on or keep, and a new one."""
    user = officer(request)
    form = MakeForm(request.POST or None).by(user)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        made = actions.make_promise(
            typed["spoken"], speaker=typed["speaker"], suggestion=typed["code"], by=user
        )
        messages.success(request, _("The promise stands on the public list now."))
        return redirect("desk_promise", made.pk)
    rows = Promise.objects.select_related("office", "speaker")
    rows = rows.unfinished() if user.is_listening else rows.owed_by(user)
    needs = {
        "officer": user,
        "page": keyset.page(rows, by="due_at", key=request.GET.get("after", "")),
        "form": form if user.offices else None,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/promises.html", needs, status=status)


def _accept(promise: Promise, typed: dict[str, Any], user: User) -> Promise:
    return actions.accept(
        promise,
        office=typed["office"],
        finish_on=typed["finish_on"],
        by=user,
        version=typed["version"],
    )


def _settle(promise: Promise, typed: dict[str, Any], user: User) -> Promise:
    return actions.settle_promise(
        promise,
        end=typed["end"],
        words=typed["end_words"],
        by=user,
        version=typed["version"],
    )


def _change(promise: Promise, typed: dict[str, Any], user: User) -> Promise:
    spoken = Spoken(
        words=typed["new_words"],
        said_on=clock.seoul().date(),
        said_at=promise.said_at,
        source=promise.source,
        address=promise.address,
        language=promise.language,
    )
    return actions.change(
        promise,
        spoken,
        reason=typed["reason"],
        finish_on=typed["finish_on"],
        by=user,
        version=typed["version"],
    )


ACTS: dict[str, tuple[type[PromiseForm], Act]] = {
    "accept": (AcceptForm, _accept),
    "settle": (SettleForm, _settle),
    "change": (ChangeForm, _change),
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def promise(request: HttpRequest, pk: int) -> HttpResponse:
    """One promise, and every act on it that this officer may do now."""
    user = officer(request)
    known = Promise.objects.select_related("office", "speaker")
    found = get_object_or_404(known, pk=pk)
    if request.method != "POST":
        return _page(request, found, user)
    act = request.POST.get("act", "")
    if act not in ACTS:
        return _page(request, found, user)
    kind, do = ACTS[act]
    form = kind(request.POST, auto_id=f"{act}_%s").about(found, user)
    if not form.is_valid():
        _insist(found, user, act)
        return _page(request, found, user, wrong={act: form}, status=422)
    try:
        after = do(found, form.cleaned_data, user)
    except (OvertakenError, WrongTurnError):
        found.refresh_from_db()
        form.add_error(None, _("Somebody was faster. Look at it again before you go on."))
        return _page(request, found, user, wrong={act: form}, status=409)
    messages.success(request, _("Everyone reads it now."))
    return redirect("desk_promise", after.pk)


def _open_to(promise: Promise, user: User) -> list[str]:
    """Which acts this user may do now."""
    if promise.status == PromiseStatus.MADE:
        return ["accept"] if headed_by(user).exists() else []
    if promise.is_final or not promise.may_be_settled_by(user):
        return []
    return ["settle", "change"]


def _insist(promise: Promise, user: User, act: str) -> None:
    if act not in _open_to(promise, user):
        raise PermissionDenied


def _page(
    request: HttpRequest,
    promise: Promise,
    user: User,
    *,
    wrong: dict[str, PromiseForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    forms = {
        act: ACTS[act][0](initial={"version": promise.version}, auto_id=f"{act}_%s").about(
            promise, user
        )
        for act in _open_to(promise, user)
    }
    needs = {
        "officer": user,
        "promise": promise,
        "steps": promise.steps.select_related("office", "by_office", "by"),
        "forms": {**forms, **(wrong or {})},
        "wrong": next(iter((wrong or {}).values()), None),
    }
    return render(request, "desk/promise.html", needs, status=status)
