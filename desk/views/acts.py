"""Buttons: each finds the message, checks what was typed, calls one action, goes on."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from channels_app import actions, kicks, tasks
from channels_app.models import Message
from desk import forms
from desk.offers import insist, owed_part
from desk.views.finding import find, officer
from desk.views.pages import case_page
from lifecycle.errors import OvertakenError
from people.models import User


class Button(Protocol):
    """The view of one act."""

    def __call__(self, request: HttpRequest, code: str) -> HttpResponse: ...


Act = Callable[[Message, dict[str, Any], User], str]


def button(kind: type[forms.ActForm], *, leads_to: str = "") -> Callable[[Act], Button]:
    """A POST with a form of this kind; the act returns the sentence shown afterwards.

    `leads_to` names the page that opens then; without it the case stays open.
    """

    def made(act: Act) -> Button:
        @wraps(act)
        def view(request: HttpRequest, code: str) -> HttpResponse:
            message = find(request, code)
            insist(message, officer(request), act.__name__)
            form = kind(request.POST, auto_id=f"{act.__name__}_form_%s").about(message)
            if isinstance(form, forms.OfficeForm):
                form.for_message(message)
            if isinstance(form, forms.JoinForm):
                form.for_officer(message, officer(request))
            if not form.is_valid():
                return case_page(request, message, wrong=form)
            messages.success(request, act(message, form.cleaned_data, officer(request)))
            return redirect(leads_to) if leads_to else redirect("desk_case", code)

        return require_POST(view)

    return made


@button(forms.RouteForm, leads_to="desk_queue")
def route(message: Message, typed: dict[str, Any], user: User) -> str:
    """Give it to an office."""
    office = typed["office"]
    message = actions.route(
        message, to=office, by=user, version=typed["version"], reason=typed["reason"]
    )
    if message.office != office:
        return _(
            "%(code)s went to the centre: offices have given it away as often as they may."
        ) % {"code": message}
    return _("%(code)s now lies with %(office)s.") % {"code": message, "office": office}


@button(forms.HandBackForm, leads_to="desk_queue")
def hand_back(message: Message, typed: dict[str, Any], user: User) -> str:
    """Return it to the centre."""
    actions.hand_back(message, reason=typed["reason"], by=user, version=typed["version"])
    return _("%(code)s went back to the centre.") % {"code": message}


@button(forms.AskForm)
def ask_office(message: Message, typed: dict[str, Any], user: User) -> str:
    """Ask another office for its part."""
    office = typed["office"]
    actions.ask_office(
        message, office=office, question=typed["question"], by=user, version=typed["version"]
    )
    return _("%(office)s is asked for its part. The answer stays yours.") % {"office": office}


@button(forms.PartForm)
def answer_part(message: Message, typed: dict[str, Any], user: User) -> str:
    """Give the part this officer's office was asked for."""
    asked = owed_part(message, user)
    if asked is None:
        raise OvertakenError(f"{message!r} asks nothing any more")
    actions.answer_part(asked, text=typed["part"], by=user)
    return _("%(office)s reads your part on the page of the case.") % {"office": message.office}


@button(forms.JoinForm)
def join(message: Message, typed: dict[str, Any], user: User) -> str:
    """One answer for the same matter."""
    actions.join(message, to=typed["lead"], by=user, version=typed["version"])
    return _("%(code)s is joined to %(lead)s. You can part them below.") % {
        "code": message,
        "lead": typed["lead"],
    }


@button(forms.UnJoinForm)
def un_join(message: Message, typed: dict[str, Any], user: User) -> str:
    """A matter of its own after all."""
    actions.un_join(message, reason=typed["reason"], by=user, version=typed["version"])
    return _("%(code)s lies with the centre again, as a matter of its own.") % {"code": message}


@button(forms.SetAsideForm)
def set_aside(message: Message, typed: dict[str, Any], user: User) -> str:
    """No answer, with a reason."""
    actions.set_aside(
        message, reason=typed["reason"], by=user, version=typed["version"], note=typed["note"]
    )
    return _("%(code)s is set aside. You can restore it below.") % {"code": message}


@button(forms.ActForm)
def restore(message: Message, typed: dict[str, Any], user: User) -> str:
    """Take it up again."""
    actions.restore(message, by=user, version=typed["version"])
    return _("%(code)s is taken up again.") % {"code": message}


@button(forms.ActForm)
def show(message: Message, typed: dict[str, Any], user: User) -> str:
    """Let everyone read it, or only the office where its author wished so."""
    message = actions.show(message, by=user)
    kicks.kick_on_commit(tasks.route_waiting)
    if message.is_public:
        return _("Everyone can read %(code)s.") % {"code": message}
    return _("%(code)s is let through to the office.") % {"code": message}


@button(forms.ActForm)
def send_again(message: Message, typed: dict[str, Any], user: User) -> str:
    """Once more to the same address."""
    actions.send_again(message, by=user)
    return _("What did not arrive is sent once more.")


@button(forms.ActForm)
def settle(message: Message, typed: dict[str, Any], user: User) -> str:
    """Reached in another way."""
    actions.settle(message, by=user)
    return _("Settled: nothing more is sent to this address for now.")


@button(forms.HideForm)
def hide(message: Message, typed: dict[str, Any], user: User) -> str:
    """Take it from the public pages."""
    actions.hide(message, reason=typed["reason"], by=user)
    return _("%(code)s is hidden. The author reads the reason.") % {"code": message}
