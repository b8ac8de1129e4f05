"""Answers at the desk: decide, put off with a date, say that it is done, and whether it helped."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desk.ideas.answer_forms import (
    ClaimForm,
    DeclineForm,
    EvaluateForm,
    HeardForm,
    InPlaceForm,
    InterimForm,
    LongTermForm,
    PassOnForm,
    RewordForm,
    refusal_of,
)
from desk.ideas.offer import Offer
from people.models import User
from suggestions import actions
from suggestions.models import Evaluation, Suggestion
from suggestions.states import SuggestionStatus

Typed = dict[str, Any]
ANSWERED = gettext_lazy("Your answer to %(code)s stands on its page now.")


def _is_reviewed(suggestion: Suggestion) -> bool:
    return suggestion.status == SuggestionStatus.UNDER_REVIEW


def _is_elsewhere(suggestion: Suggestion) -> bool:
    return suggestion.status == SuggestionStatus.PASSED_ON


def _may_be_decided(suggestion: Suggestion) -> bool:
    return _is_reviewed(suggestion) or _is_elsewhere(suggestion)


def _is_under_way(suggestion: Suggestion) -> bool:
    return suggestion.status == SuggestionStatus.IMPLEMENTING


def _survey_is_over(suggestion: Suggestion) -> bool:
    if suggestion.status != SuggestionStatus.IMPLEMENTED:
        return False
    evaluation = Evaluation.objects.filter(suggestion=suggestion).first()
    return evaluation is not None and not evaluation.is_asking


def _has_words(suggestion: Suggestion) -> bool:
    return actions.wordable(suggestion) is not None


def _answers(suggestion: Suggestion, user: User) -> bool:
    return suggestion.may_be_answered_by(user)


def _decides(suggestion: Suggestion, user: User) -> bool:
    return suggestion.may_be_decided_by(user)


def _puts_off(suggestion: Suggestion, user: User) -> bool:
    return suggestion.may_be_put_off_by(user)


def _words_it(suggestion: Suggestion, user: User) -> bool:
    answer = actions.wordable(suggestion)
    return answer is not None and actions.may_reword(suggestion, answer, user)


def _listens(_suggestion: Suggestion, user: User) -> bool:
    return user.is_listening


def _told(suggestion: Suggestion) -> str:
    return str(ANSWERED) % {"code": suggestion}


def _put_off(suggestion: Suggestion, typed: Typed, user: User) -> str:
    actions.answer_interim(
        suggestion, said=typed["said"], until=typed["until"], by=user, version=typed["version"]
    )
    return _told(suggestion)


def _in_place(suggestion: Suggestion, typed: Typed, user: User) -> str:
    actions.already_in_place(
        suggestion, said=typed["said"], policy=typed["policy"], by=user, version=typed["version"]
    )
    return _told(suggestion)


def _pass_on(suggestion: Suggestion, typed: Typed, user: User) -> str:
    actions.pass_on(
        suggestion,
        said=typed["said"],
        body=typed["body"],
        sent_on=typed["sent_on"],
        follow_up_on=typed["follow_up_on"],
        by=user,
        version=typed["version"],
    )
    return _told(suggestion)


def _plan(suggestion: Suggestion, typed: Typed, user: User) -> str:
    actions.plan_long_term(
        suggestion,
        said=typed["said"],
        review_on=typed["review_on"],
        by=user,
        version=typed["version"],
    )
    return _told(suggestion)


def _decline(suggestion: Suggestion, typed: Typed, user: User) -> str:
    actions.decline(
        suggestion,
        said=typed["said"],
        refusal=refusal_of(typed),
        by=user,
        version=typed["version"],
    )
    return _told(suggestion)


def _reword(suggestion: Suggestion, typed: Typed, user: User) -> str:
    actions.reword(
        typed["answer"],
        said=typed["said"],
        refusal=typed["refusal"],
        by=user,
        version=typed["version"],
    )
    return _told(suggestion)


def _hear_back(suggestion: Suggestion, typed: Typed, user: User) -> str:
    actions.hear_back(suggestion, words=typed["words"], by=user, version=typed["version"])
    return _("%(code)s is under review again, with a new date.") % {"code": suggestion}


def _claim(suggestion: Suggestion, typed: Typed, user: User) -> str:
    actions.claim_done(
        suggestion,
        result=typed["result"],
        text=typed["text"],
        address=typed["address"],
        by=user,
        version=typed["version"],
    )
    return _("Its author is asked whether %(code)s is really done.") % {"code": suggestion}


def _evaluate(suggestion: Suggestion, typed: Typed, user: User) -> str:
    actions.evaluate(suggestion, text=typed["words"], by=user, version=typed["version"])
    return _("%(code)s is evaluated: everyone reads what became of it.") % {"code": suggestion}


OFFERS = (
    Offer(
        "answer-interim",
        gettext_lazy("Say why it takes longer, and until when"),
        InterimForm,
        _puts_off,
        _is_reviewed,
        _put_off,
    ),
    Offer(
        "answer-in-place",
        gettext_lazy("The city does it already"),
        InPlaceForm,
        _answers,
        _may_be_decided,
        _in_place,
    ),
    Offer(
        "answer-pass-on",
        gettext_lazy("Another body decides: pass it on"),
        PassOnForm,
        _decides,
        _is_reviewed,
        _pass_on,
    ),
    Offer(
        "answer-long-term",
        gettext_lazy("Into the long-term plan"),
        LongTermForm,
        _decides,
        _is_reviewed,
        _plan,
    ),
    Offer(
        "answer-no",
        gettext_lazy("The city says no"),
        DeclineForm,
        actions.may_decline,
        _may_be_decided,
        _decline,
    ),
    Offer(
        "heard-back",
        gettext_lazy("The other body has answered"),
        HeardForm,
        _answers,
        _is_elsewhere,
        _hear_back,
    ),
    Offer(
        "reword",
        gettext_lazy("Correct the words of the answer"),
        RewordForm,
        _words_it,
        _has_words,
        _reword,
    ),
    Offer(
        "claim-done",
        gettext_lazy("Say that it is done"),
        ClaimForm,
        _decides,
        _is_under_way,
        _claim,
    ),
    Offer(
        "evaluate",
        gettext_lazy("Say whether it helped"),
        EvaluateForm,
        _listens,
        _survey_is_over,
        _evaluate,
    ),
)
