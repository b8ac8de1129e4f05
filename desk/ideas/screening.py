"""Screening at the desk: what everyone may read, who answers, what is woken or picked."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desk.ideas.forms import AssignForm, NotShownForm, PublicForm, RedirectForm
from desk.ideas.offer import IdeaForm, Offer
from people.models import User
from suggestions import actions
from suggestions.models import Suggestion
from suggestions.states import SUPPORTABLE, SuggestionStatus

Typed = dict[str, Any]


def _is_moderators(suggestion: Suggestion, user: User) -> bool:
    return suggestion.may_be_moderated_by(user)


def _is_submitted(suggestion: Suggestion) -> bool:
    return suggestion.status == SuggestionStatus.SUBMITTED


def _gathers(suggestion: Suggestion) -> bool:
    return suggestion.status in SUPPORTABLE


def _publish(suggestion: Suggestion, typed: Typed, user: User) -> str:
    actions.publish(suggestion, by=user, version=typed["version"])
    return _("Everyone can read and support %(code)s.") % {"code": suggestion}


def _send_back(suggestion: Suggestion, typed: Typed, user: User) -> str:
    actions.send_back(
        suggestion,
        reason=typed["reason"],
        words=typed["words"],
        by=user,
        version=typed["version"],
    )
    return _("%(code)s is back with its author, who reads your words.") % {"code": suggestion}


def _refuse(suggestion: Suggestion, typed: Typed, user: User) -> str:
    actions.refuse(
        suggestion,
        reason=typed["reason"],
        words=typed["words"],
        by=user,
        version=typed["version"],
    )
    told = _("%(code)s is not shown. Its author reads why, and can appeal.")
    return told % {"code": suggestion}


def _redirect(suggestion: Suggestion, typed: Typed, user: User) -> str:
    actions.redirect(
        suggestion,
        words=typed["words"],
        kind=typed["kind"],
        by=user,
        version=typed["version"],
    )
    told = _("%(code)s is a message again, with a new date: the centre finds its office.")
    return told % {"code": suggestion}


def _rescue(suggestion: Suggestion, typed: Typed, user: User) -> str:
    actions.rescue(suggestion, reason=typed["words"], by=user, version=typed["version"])
    return _("%(code)s gathers support for a new time.") % {"code": suggestion}


def _pick(suggestion: Suggestion, typed: Typed, user: User) -> str:
    actions.pick(suggestion, reason=typed["words"], by=user, version=typed["version"])
    return _("The office has to answer %(code)s.") % {"code": suggestion}


def _assign(suggestion: Suggestion, typed: Typed, user: User) -> str:
    office = typed["office"]
    actions.assign(suggestion, to=office, reason=typed["words"], by=user, version=typed["version"])
    return _("%(office)s would answer %(code)s.") % {"code": suggestion, "office": office}


OFFERS = (
    Offer(
        "publish",
        gettext_lazy("Let everyone read and support it"),
        IdeaForm,
        _is_moderators,
        _is_submitted,
        _publish,
        goes_on=True,
    ),
    Offer(
        "send-back",
        gettext_lazy("Send it back to its author"),
        NotShownForm,
        _is_moderators,
        _is_submitted,
        _send_back,
        hint=gettext_lazy("The author gets a mail with your words, and can correct the text."),
        goes_on=True,
    ),
    Offer(
        "refuse",
        gettext_lazy("Don’t show it"),
        NotShownForm,
        _is_moderators,
        _is_submitted,
        _refuse,
        hint=gettext_lazy("The author gets a mail with your words, and can appeal once."),
        goes_on=True,
        is_hard=True,
    ),
    Offer(
        "pick",
        gettext_lazy("Have it reviewed without waiting for support"),
        PublicForm,
        lambda suggestion, user: suggestion.may_be_picked_by(user),
        _gathers,
        _pick,
        goes_on=True,
    ),
    Offer(
        "rescue",
        gettext_lazy("Give it a new time for support"),
        PublicForm,
        _is_moderators,
        _gathers,
        _rescue,
        goes_on=True,
    ),
    Offer(
        "assign",
        gettext_lazy("Another office shall answer"),
        AssignForm,
        lambda suggestion, user: suggestion.may_be_assigned_by(user),
        lambda suggestion: _gathers(suggestion) or suggestion.may_be_looked_into,
        _assign,
        goes_on=True,
    ),
    Offer(
        "redirect",
        gettext_lazy("No suggestion: answer it as a message"),
        RedirectForm,
        lambda suggestion, user: user.is_at_centre,
        lambda suggestion: suggestion.status in (SuggestionStatus.SUBMITTED, SuggestionStatus.OPEN),
        _redirect,
        goes_on=True,
        is_hard=True,
    ),
)
