"""Support at the desk: signatures on paper, false supports, what the city owes for many."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from desk.ideas.forms import (
    InvalidateForm,
    PaperBackForm,
    PaperForm,
    PublicForm,
    RevalidateForm,
    SettleForm,
)
from desk.ideas.offer import Offer
from people.models import User
from suggestions import actions
from suggestions.models import Milestone, Suggestion
from suggestions.states import SuggestionStatus

Typed = dict[str, Any]


def _is_moderators(suggestion: Suggestion, user: User) -> bool:
    return suggestion.may_be_moderated_by(user)


def _enter_paper(suggestion: Suggestion, typed: Typed, user: User) -> str:
    people = typed["people"]
    actions.enter_paper(suggestion, people=people, words=typed["words"], by=user)
    told = ngettext(
        "%(people)d signature on paper is counted.",
        "%(people)d signatures on paper are counted.",
        people,
    )
    return told % {"people": people}


def _take_paper_back(suggestion: Suggestion, typed: Typed, user: User) -> str:
    actions.take_paper_back(typed["row"], by=user)
    return _("These signatures are not counted any more.")


def _invalidate(suggestion: Suggestion, typed: Typed, user: User) -> str:
    made = actions.invalidate(
        suggestion, typed["supports"], rule=typed["rule"], public_note=typed["words"], by=user
    )
    told = ngettext(
        "%(people)d support is out of the count.",
        "%(people)d supports are out of the count.",
        made.people,
    )
    return told % {"people": made.people}


def _revalidate(suggestion: Suggestion, typed: Typed, user: User) -> str:
    actions.revalidate(typed["row"], by=user)
    return _("These supports count again.")


def _unlatch(suggestion: Suggestion, typed: Typed, user: User) -> str:
    actions.unlatch(suggestion, words=typed["words"], by=user)
    told = _("%(code)s gathers support again: the threshold was never reached.")
    return told % {"code": suggestion}


def _settle(suggestion: Suggestion, typed: Typed, user: User) -> str:
    actions.settle(typed["row"], words=typed["words"], by=user)
    return _("Settled. Everyone reads what the city does about it.")


def _owes(suggestion: Suggestion, user: User) -> bool:
    owed = Milestone.objects.owed().filter(suggestion=suggestion)
    return any(actions.may_settle(one, user) for one in owed.select_related("office"))


OFFERS = (
    Offer(
        "settle",
        gettext_lazy("Say what the city does about a threshold"),
        SettleForm,
        _owes,
        lambda suggestion: suggestion.milestones.owed().exists(),
        _settle,
        goes_on=True,
    ),
    Offer(
        "enter-paper",
        gettext_lazy("Enter signatures on paper"),
        PaperForm,
        _is_moderators,
        lambda suggestion: suggestion.may_be_signed,
        _enter_paper,
    ),
    Offer(
        "take-paper-back",
        gettext_lazy("Take back signatures on paper"),
        PaperBackForm,
        _is_moderators,
        lambda suggestion: bool(suggestion.on_paper),
        _take_paper_back,
        is_hard=True,
    ),
    Offer(
        "invalidate",
        gettext_lazy("Take false supports out of the count"),
        InvalidateForm,
        _is_moderators,
        lambda suggestion: bool(suggestion.supports),
        _invalidate,
        hint=gettext_lazy("The first press only counts them. It can be undone."),
        is_hard=True,
    ),
    Offer(
        "revalidate",
        gettext_lazy("Let supports count again"),
        RevalidateForm,
        _is_moderators,
        lambda suggestion: suggestion.invalidations.filter(undone_at=None).exists(),
        _revalidate,
    ),
    Offer(
        "unlatch",
        gettext_lazy("The threshold was reached by false supports: gather again"),
        PublicForm,
        _is_moderators,
        lambda suggestion: (
            suggestion.status == SuggestionStatus.UNDER_REVIEW
            and actions.may_be_unlatched(suggestion)
        ),
        _unlatch,
        is_hard=True,
    ),
)
