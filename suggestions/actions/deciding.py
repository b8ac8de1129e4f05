"""Decide: the office's answer under review, an interim one, and what comes back from elsewhere."""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction

from channels_app.text.masking import mask
from channels_app.text.normal import tidy
from lifecycle import clock, workdays
from lifecycle.errors import WrongTurnError
from people.models import User
from suggestions import rules_answering
from suggestions.actions.answering import Refusal, Said, give
from suggestions.actions.counting import owed_by_office
from suggestions.actions.stating import move_stating
from suggestions.models import AnswerOutcome, OfficialAnswer, Policy, Suggestion
from suggestions.states import Cause, SuggestionStatus

ANSWERABLE = frozenset({SuggestionStatus.UNDER_REVIEW, SuggestionStatus.PASSED_ON})
# The status in which an answer of this outcome holds, so that it may still be reworded.
HOLDS_IN = {
    "": SuggestionStatus.UNDER_REVIEW,
    AnswerOutcome.IN_PLACE: SuggestionStatus.IN_PLACE,
    AnswerOutcome.PASSED_ON: SuggestionStatus.PASSED_ON,
    AnswerOutcome.LONG_TERM: SuggestionStatus.LONG_TERM,
    AnswerOutcome.DECLINED: SuggestionStatus.DECLINED,
}
DAYS_OF_A_MONTH = 365 / 12


@transaction.atomic
def answer_interim(
    suggestion: Suggestion, *, said: Said, until: date, by: User, version: int | None = None
) -> OfficialAnswer:
    """Why it takes longer, and the new date: two times by an officer, from then on by the head.

    Raises ValueError for a day that is not later than the date that holds.
    """
    suggestion = Suggestion.objects.locked(suggestion.pk)
    if not suggestion.may_be_put_off_by(by):
        raise PermissionDenied
    due_at = workdays.close_of(until)
    if due_at <= max(suggestion.due_at or clock.now(), clock.now()):
        raise ValueError("the new date must be later than the one that holds")
    return give(
        suggestion,
        SuggestionStatus.UNDER_REVIEW,
        said=said,
        by=by,
        columns={"new_due_at": due_at},
        only_from={SuggestionStatus.UNDER_REVIEW},
        version=version,
        cause=Cause.INTERIM,
        due_at=due_at,
        interims=suggestion.interims + 1,
        moves=suggestion.moves + 1,
    )


@transaction.atomic
def already_in_place(
    suggestion: Suggestion, *, said: Said, policy: Policy, by: User, version: int | None = None
) -> OfficialAnswer:
    """The city does it already: the answer links the policy."""
    suggestion = Suggestion.objects.locked(suggestion.pk)
    if not suggestion.may_be_answered_by(by):
        raise PermissionDenied
    if policy.ended_on is not None:
        raise ValueError("this policy is no longer in force")
    return give(
        suggestion,
        SuggestionStatus.IN_PLACE,
        said=said,
        by=by,
        outcome=AnswerOutcome.IN_PLACE,
        columns={"policy": policy},
        only_from=ANSWERABLE,
        version=version,
        ended_at=clock.now(),
    )


@transaction.atomic
def pass_on(
    suggestion: Suggestion,
    *,
    said: Said,
    body: str,
    sent_on: date,
    follow_up_on: date,
    by: User,
    version: int | None = None,
) -> OfficialAnswer:
    """Another body decides: who, since when it has it, and when the office asks there again."""
    suggestion = Suggestion.objects.locked(suggestion.pk)
    if not suggestion.may_be_decided_by(by):
        raise PermissionDenied
    today = clock.seoul().date()
    if not (body := mask(tidy(body))) or not sent_on <= today < follow_up_on:
        raise ValueError("passing on names the body, the day it was sent, and a later follow-up")
    return give(
        suggestion,
        SuggestionStatus.PASSED_ON,
        said=said,
        by=by,
        outcome=AnswerOutcome.PASSED_ON,
        columns={"body": body, "sent_on": sent_on, "follow_up_on": follow_up_on},
        only_from={SuggestionStatus.UNDER_REVIEW},
        version=version,
        due_at=workdays.close_of(follow_up_on),
    )


@transaction.atomic
def plan_long_term(
    suggestion: Suggestion, *, said: Said, review_on: date, by: User, version: int | None = None
) -> OfficialAnswer:
    """Into the long-term plan, and looked at again on a day that is named now."""
    suggestion = Suggestion.objects.locked(suggestion.pk)
    if not suggestion.may_be_decided_by(by):
        raise PermissionDenied
    if not clock.seoul().date() < review_on <= latest_review():
        raise ValueError("the long-term plan names a day within the Rulebook's months")
    return give(
        suggestion,
        SuggestionStatus.LONG_TERM,
        said=said,
        by=by,
        outcome=AnswerOutcome.LONG_TERM,
        columns={"review_on": review_on},
        only_from={SuggestionStatus.UNDER_REVIEW},
        version=version,
        due_at=workdays.close_of(review_on),
    )


def latest_review() -> date:
    """The last day on which a suggestion that is planned today is looked at again."""
    months = rules_answering.LONG_TERM_MONTHS.value()
    return clock.seoul().date() + timedelta(days=round(months * DAYS_OF_A_MONTH))


@transaction.atomic
def decline(
    suggestion: Suggestion,
    *,
    said: Said,
    refusal: Refusal,
    by: User,
    version: int | None = None,
) -> OfficialAnswer:
    """The city says no: what stands in the way, what it does all the same, the next door.

    By the head; after another body has had it, by the office.
    """
    suggestion = Suggestion.objects.locked(suggestion.pk)
    if not may_decline(suggestion, by):
        raise PermissionDenied
    return give(
        suggestion,
        SuggestionStatus.DECLINED,
        said=said,
        by=by,
        outcome=AnswerOutcome.DECLINED,
        columns=refusal.columns(),
        only_from=ANSWERABLE,
        version=version,
        ended_at=clock.now(),
    )


def may_decline(suggestion: Suggestion, user: User) -> bool:
    """The head; for what comes back from another body, whoever answers for the office."""
    if suggestion.status == SuggestionStatus.PASSED_ON:
        return suggestion.may_be_answered_by(user)
    return suggestion.may_be_decided_by(user)


@transaction.atomic
def reword(
    answer: OfficialAnswer,
    *,
    said: Said,
    by: User,
    refusal: Refusal | None = None,
    version: int | None = None,
) -> OfficialAnswer:
    """A new version of the newest answer: better words, the same decision. The old one stays.

    Raises WrongTurnError once it no longer holds.
    """
    suggestion = Suggestion.objects.locked(answer.suggestion_id)
    answer = OfficialAnswer.objects.get(pk=answer.pk)
    if not may_reword(suggestion, answer, by):
        raise PermissionDenied
    suggestion.must_stand_at(version)
    if answer != wordable(suggestion):
        raise WrongTurnError(f"{answer!r} is no longer the one that holds")
    names = ("policy", "body", "sent_on", "follow_up_on", "review_on", "new_due_at")
    kept = {name: getattr(answer, name) for name in names}
    no = {name: getattr(answer, name) for name in ("blocker", "alternative", "next_door")}
    if answer.is_no and refusal is not None:
        no = refusal.columns()
    return give(
        suggestion,
        suggestion.status,
        said=said,
        by=by,
        outcome=answer.outcome,
        columns={**kept, **no},
        supersedes=answer,
        version=version,
        cause=Cause.REWORDED,
    )


def wordable(suggestion: Suggestion) -> OfficialAnswer | None:
    """The answer that holds now, so that its words may still be made better."""
    newest = suggestion.answers.order_by("at", "id").last()
    if newest is None or HOLDS_IN.get(newest.outcome) != suggestion.status:
        return None
    return newest


def may_reword(suggestion: Suggestion, answer: OfficialAnswer, user: User) -> bool:
    """Whoever could have given it: a decision of the head is the head's to reword."""
    if answer.outcome in ("", AnswerOutcome.IN_PLACE):
        return suggestion.may_be_answered_by(user)
    return suggestion.may_be_decided_by(user)


@transaction.atomic
def hear_back(
    suggestion: Suggestion, *, words: str, by: User, version: int | None = None
) -> Suggestion:
    """The body it was passed on to has answered: the words are public, the office decides anew."""
    suggestion = Suggestion.objects.locked(suggestion.pk)
    if not suggestion.may_be_answered_by(by):
        raise PermissionDenied
    move_stating(
        suggestion,
        SuggestionStatus.UNDER_REVIEW,
        words=words,
        by=by,
        only_from={SuggestionStatus.PASSED_ON},
        version=version,
        cause=Cause.HEARD,
        **owed_by_office(suggestion),
    )
    return suggestion


@transaction.atomic
def take_up_again(suggestion: Suggestion) -> Suggestion:
    """The day to look at it again has come. Safe to run twice, or late."""
    suggestion = Suggestion.objects.locked(suggestion.pk)
    if Suggestion.objects.to_look_at_again().filter(pk=suggestion.pk).exists():
        suggestion.move(
            SuggestionStatus.UNDER_REVIEW,
            by=None,
            cause=Cause.FOLLOW_UP,
            **owed_by_office(suggestion),
        )
    return suggestion
