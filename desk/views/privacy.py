"""For somebody who asks: what we hold, hand it out, erase it; and the evidence of both."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from channels_app import actions, blanking
from channels_app.keyset import page
from channels_app.models import Erasure, Export, Message
from channels_app.views.own_data import as_file
from desk.privacy_forms import EraseForm, ReasonForm, ReceiptForm
from desk.views.finding import officer
from lifecycle.errors import OvertakenError, WrongTurnError
from people.models import User


@never_cache
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Find a message by its receipt number; below, what was erased and handed out."""
    user = _let_in(request)
    form = ReceiptForm(request.GET if "code" in request.GET else None)
    if form.is_valid():
        return _page(request, form, Message.objects.get(code=form.cleaned_data["code"]))
    if form.is_bound:
        return _page(request, form, None, status=422)
    shown = "exports" if request.GET.get("show") == "exports" else "erasures"
    rows = Export.objects.select_related("by") if shown == "exports" else None
    found = rows if rows is not None else Erasure.objects.select_related("by")
    needs = {
        "officer": user,
        "form": form,
        "shown": shown,
        "page": page(found, by="-at", key=request.GET.get("after", "")),
    }
    return render(request, "desk/privacy.html", needs)


@never_cache
@require_POST
def export(request: HttpRequest, code: str) -> HttpResponse:
    """The own data of a person, as a file; the reason is kept."""
    message, user = _for_somebody(request, code)
    form = ReasonForm(request.POST, auto_id="export_%s")
    if not form.is_valid():
        return _page(request, ReceiptForm({"code": code}), message, wrong=form, status=422)
    actions.export_own(message, reason=form.cleaned_data["reason"], by=user)
    return as_file(message)


@never_cache
@require_POST
def erase(request: HttpRequest, code: str) -> HttpResponse:
    """For good, with a reason; the page before has said what goes."""
    message, user = _for_somebody(request, code)
    form = EraseForm(request.POST, auto_id="erase_%s")
    if not form.is_valid():
        return _page(request, ReceiptForm({"code": code}), message, wrong=form, status=422)
    reason, withdraw = form.cleaned_data["reason"], request.POST.get("act") == "withdraw"
    try:
        actions.erase_message(message, by=user, reason=reason, withdraw=withdraw)
    except WrongTurnError as problem:
        raise OvertakenError(code) from problem
    messages.success(request, _("%(code)s is erased.") % {"code": message})
    return redirect(f"{reverse('desk_privacy')}?code={message.code}")


def _page(
    request: HttpRequest,
    form: ReceiptForm,
    message: Message | None,
    *,
    wrong: ReasonForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """What is held, counted and not read: no word of it stands here."""
    user = _let_in(request)
    needs = {"officer": user, "form": form, "message": message, "wrong": wrong}
    if message is not None:
        stays = blanking.stays_public(message)
        needs |= {
            "tally": actions.would_erase(message) if blanking.is_left(message) else {},
            "whole": actions.would_erase(message, withdraw=True) if stays else {},
            "stays_public": stays,
            "may_act": message.may_be_erased_by(user),
            **{f"{act}_form": _reason(act, wrong) for act in ("export", "erase")},
        }
    return render(request, "desk/privacy_of.html", needs, status=status)


def _reason(act: str, wrong: ReasonForm | None) -> ReasonForm:
    """The form of this button; with its errors, if it was the one that was pressed."""
    mine = f"{act}_%s"
    if wrong is not None and wrong.auto_id == mine:
        return wrong
    return {"export": ReasonForm, "erase": EraseForm}[act](auto_id=mine)


def _let_in(request: HttpRequest) -> User:
    """The centre acts, auditors look. Raises PermissionDenied."""
    user = officer(request)
    if not (user.is_at_centre or user.is_auditor):
        raise PermissionDenied
    return user


def _for_somebody(request: HttpRequest, code: str) -> tuple[Message, User]:
    """Raises Http404, PermissionDenied."""
    user = officer(request)
    if not user.is_at_centre:
        raise PermissionDenied
    return get_object_or_404(Message, code=code), user
