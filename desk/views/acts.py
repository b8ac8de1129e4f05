"""Buttons: each finds the message, checks what was typed, calls one action, goes on."""

from collections.abc import Callable
from copy import copy
from functools import wraps
from typing import Any, Protocol

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from channels_app import actions, kicks, tasks
from channels_app.models import Message
from desk import actions as desk_actions
from desk import forms
from desk.models import Deed
from desk.offers import insist, owed_part
from desk.place import Place
from desk.reporting import sentence
from desk.views.finding import find, find_again, officer
from desk.views.pages import case_page
from lifecycle.errors import OvertakenError
from people.models import User
from suggestions import actions as suggestion_actions
from suggestions.models import Origin


class Button(Protocol):
    """The view of one act."""

    def __call__(self, request: HttpRequest, code: str) -> HttpResponse: ...


Act = Callable[[Message, dict[str, Any], User], str | Deed]


def button(kind: type[forms.ActForm], *, goes_on: bool = False) -> Callable[[Act], Button]:
    """A POST with a form of this kind; the act returns the sentence shown afterwards, or its deed.

    `goes_on` says that the officer is done with it: the next message of the list opens, if it was
    opened in one. Otherwise the case stays open.
    """

    def made(act: Act) -> Button:
        @wraps(act)
        def view(request: HttpRequest, code: str) -> HttpResponse:
            message, user = find(request, code), officer(request)
            insist(message, user, act.__name__)
            form = kind(request.POST, auto_id=f"{act.__name__}_form_%s").about(message, user)
            if not form.is_valid():
                return case_page(request, message, wrong=form)
            stood = copy(message)
            told = act(message, form.cleaned_data, user)
            tell(request, told)
            return go_on(request, stood) if goes_on else stay(request, code)

        return require_POST(view)

    return made


def tell(request: HttpRequest, told: str | Deed) -> None:
    """Say what was done; a deed with the button that takes it back."""
    if isinstance(told, Deed):
        messages.success(request, sentence(told), extra_tags=f"undo-{told.pk}")
    else:
        messages.success(request, told)


def stay(request: HttpRequest, code: str) -> HttpResponse:
    """The case stays open, in the list where it was opened; unless it went to another office."""
    if not find_again(code).may_be_seen_by(officer(request)):
        return redirect("desk_triage")
    if "show" in request.GET:
        return redirect(Place.of(officer(request), request.GET).url_of(code))
    return redirect("desk_case", code)


def go_on(request: HttpRequest, handled: Message) -> HttpResponse:
    """The next message of the list opens; `handled` is as it stood there before the act.

    Outside of a list the case stays open.
    """
    if "show" not in request.GET:
        return stay(request, handled.code)
    place = Place.of(officer(request), request.GET)
    code = place.next_to(handled)
    return redirect(place.url_of(code) if code else place.url)


@button(forms.RouteForm, goes_on=True)
def route(message: Message, typed: dict[str, Any], user: User) -> Deed:
    """Give it to an office."""
    message.must_stand_at(typed["version"])
    return desk_actions.route([message], to=typed["office"], reason=typed["reason"], by=user)


@button(forms.HandBackForm, goes_on=True)
def hand_back(message: Message, typed: dict[str, Any], user: User) -> Deed:
    """Return it to the centre."""
    message.must_stand_at(typed["version"])
    return desk_actions.hand_back([message], reason=typed["reason"], by=user)


@button(forms.AskForm, goes_on=True)
def ask_office(message: Message, typed: dict[str, Any], user: User) -> str:
    """Ask another office for its part."""
    office = typed["office"]
    actions.ask_office(
        message, office=office, question=typed["question"], by=user, version=typed["version"]
    )
    return _("%(office)s is asked for its part. The answer stays yours.") % {"office": office}


@button(forms.PartForm, goes_on=True)
def answer_part(message: Message, typed: dict[str, Any], user: User) -> str:
    """Give the part this officer's office was asked for."""
    asked = owed_part(message, user)
    if asked is None:
        raise OvertakenError(f"{message!r} asks nothing any more")
    actions.answer_part(asked, text=typed["part"], by=user)
    return _("%(office)s reads your part on the page of the case.") % {"office": message.office}


@button(forms.JoinForm, goes_on=True)
def join(message: Message, typed: dict[str, Any], user: User) -> Deed:
    """One answer for the same matter."""
    message.must_stand_at(typed["version"])
    return desk_actions.join([message], to=typed["lead"], by=user)


@button(forms.UnJoinForm, goes_on=True)
def un_join(message: Message, typed: dict[str, Any], user: User) -> str:
    """A matter of its own after all."""
    actions.un_join(message, reason=typed["reason"], by=user, version=typed["version"])
    return _("%(code)s lies with the centre again, as a matter of its own.") % {"code": message}


@button(forms.SetAsideForm, goes_on=True)
def set_aside(message: Message, typed: dict[str, Any], user: User) -> Deed:
    """No answer, with a reason."""
    message.must_stand_at(typed["version"])
    return desk_actions.set_aside([message], reason=typed["reason"], note=typed["note"], by=user)


@button(forms.TakeUpForm, goes_on=True)
def take_up(message: Message, typed: dict[str, Any], user: User) -> str:
    """Make a suggestion of it, under its number."""
    suggestion_actions.take_up(
        message,
        by=user,
        origin=Origin.OFFICER,
        consent=typed["consent"],
        version=typed["version"],
    )
    return _("%(code)s is a suggestion now.") % {"code": message}


@button(forms.NoteForm)
def note(message: Message, typed: dict[str, Any], user: User) -> str:
    """For colleagues only."""
    desk_actions.write_note(message, text=typed["note"], by=user)
    return _("The note is kept. Only officers read it.")


@button(forms.ActForm)
def take(message: Message, typed: dict[str, Any], user: User) -> str:
    """Mine from now on."""
    desk_actions.take(message, by=user)
    return _("You have taken %(code)s on.") % {"code": message}


@button(forms.ActForm)
def let_go(message: Message, typed: dict[str, Any], user: User) -> str:
    """Nobody's turn in particular."""
    desk_actions.let_go(message, by=user)
    return _("%(code)s is nobody’s in particular again.") % {"code": message}


@button(forms.SnoozeForm, goes_on=True)
def snooze(message: Message, typed: dict[str, Any], user: User) -> str:
    """Later; its public clock goes on."""
    desk_actions.snooze(message, until=typed["until"], by=user)
    return _("%(code)s waits on the desk. Its public date stays.") % {"code": message}


@button(forms.ActForm)
def wake(message: Message, typed: dict[str, Any], user: User) -> str:
    """Back on the list."""
    desk_actions.wake(message, by=user)
    return _("%(code)s is back on the list.") % {"code": message}


@button(forms.ActForm, goes_on=True)
def restore(message: Message, typed: dict[str, Any], user: User) -> str:
    """Take it up again."""
    actions.restore(message, by=user, version=typed["version"])
    return _("%(code)s is taken up again.") % {"code": message}


@button(forms.ActForm, goes_on=True)
def show(message: Message, typed: dict[str, Any], user: User) -> str:
    """Let everyone read it, or only the office where its author wished so."""
    message = actions.show(message, by=user)
    kicks.kick_on_commit(tasks.route_waiting)
    if message.is_public:
        return _("Everyone can read %(code)s.") % {"code": message}
    return _("%(code)s is let through to the office.") % {"code": message}


@button(forms.ActForm, goes_on=True)
def send_again(message: Message, typed: dict[str, Any], user: User) -> str:
    """Once more to the same address."""
    actions.send_again(message, by=user)
    return _("What did not arrive is sent once more.")


@button(forms.ActForm, goes_on=True)
def settle(message: Message, typed: dict[str, Any], user: User) -> str:
    """Reached in another way."""
    actions.settle(message, by=user)
    return _("Settled: nothing more is sent to this address for now.")


@button(forms.HideForm, goes_on=True)
def hide(message: Message, typed: dict[str, Any], user: User) -> str:
    """Take it from the public pages."""
    actions.hide(message, reason=typed["reason"], by=user)
    return _("%(code)s is hidden. The author reads the reason.") % {"code": message}
