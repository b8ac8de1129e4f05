"""Every state of a suggestion × every act of answering it × every role: nothing else changes it."""

from collections.abc import Callable
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from channels_app.models import Delivery
from lifecycle.errors import OvertakenError, WrongTurnError
from people.models import User
from suggestions import actions
from suggestions.models import (
    AnswerRating,
    Appeal,
    Claim,
    Dispute,
    Evaluation,
    OfficialAnswer,
    Policy,
    Statement,
    Suggestion,
    SuggestionStep,
)
from suggestions.states import SUGGESTION_LIFECYCLE, SuggestionStatus
from tests.matrix.people_of import ROLES, Town, build_town
from tests.people import factories as people
from tests.snapshots import Snapshot, snapshot
from tests.suggestions import answering
from tests.suggestions import factories as ideas
from tests.suggestions.answering import DAY, NO, SAID, today

pytestmark = pytest.mark.django_db
REFUSALS = (PermissionDenied, WrongTurnError, OvertakenError)
KEPT = (
    Suggestion, SuggestionStep, Statement, OfficialAnswer, AnswerRating, Claim, Dispute,
    Evaluation, Appeal, Delivery,
)  # fmt: skip
OFFICE, HEAD = {"jun", "head"}, {"head"}
AUTHOR, SYSTEM = {"author"}, {"system"}
ALT = {"alt"}
EVERYBODY = ("system", "author", "alt", *ROLES)


def until(suggestion: Suggestion) -> date:
    """Ten days later than it holds."""
    later = max(suggestion.due_at.date() if suggestion.due_at else today(), today())
    return later + 10 * DAY


def reworded(suggestion: Suggestion, by: User) -> object:
    if (answer := suggestion.answers.order_by("at", "id").last()) is None:
        raise WrongTurnError
    return actions.reword(answer, said=SAID, by=by)


By = Callable[[Suggestion, User], object]
OF_OFFICERS: dict[str, By] = {
    "answer_interim": lambda one, by: actions.answer_interim(
        one, said=SAID, until=until(one), by=by
    ),
    "already_in_place": lambda one, by: actions.already_in_place(
        one, said=SAID, policy=Policy.objects.get(), by=by
    ),
    "pass_on": lambda one, by: answering.passed_on(one, by=by),
    "plan_long_term": lambda one, by: answering.planned(one, by=by),
    "decline": lambda one, by: actions.decline(one, said=SAID, refusal=NO, by=by),
    "hear_back": lambda one, by: actions.hear_back(one, words="답이 왔습니다.", by=by),
    "reword": reworded,
    "claim_done": lambda one, by: actions.claim_done(
        one, result="budget", text="예산을 마련했습니다.", by=by
    ),
    "evaluate": lambda one, by: actions.evaluate(one, text="도움이 됩니다.", by=by),
}
OF_AUTHOR: dict[str, Callable[[Suggestion], object]] = {
    "confirm_done": lambda one: actions.confirm_done(one),
    "dispute_done": lambda one: actions.dispute_done(one, text="아직 아닙니다."),
    "appeal": lambda one: actions.appeal(one, text="다시 봐 주세요."),
    "rate": lambda one: actions.rate(one, clear="yes", heard="no"),
}
OF_SYSTEM: dict[str, Callable[[Suggestion], object]] = {
    "take_up_again": actions.take_up_again,
    "confirm_by_silence": actions.confirm_by_silence,
    "open_survey": actions.open_survey,
}
ACTS = (*OF_OFFICERS, *OF_AUTHOR, *OF_SYSTEM)
LEADS_TO = {
    "answer_interim": "under_review",
    "already_in_place": "in_place",
    "pass_on": "passed_on",
    "plan_long_term": "long_term",
    "decline": "declined",
    "hear_back": "under_review",
    "claim_done": "claimed_done",
    "evaluate": "evaluated",
    "confirm_done": "implemented",
    "dispute_done": "implementing",
    "take_up_again": "under_review",
    "confirm_by_silence": "implemented",
    "open_survey": "implemented",
}
NO_STEP = {"appeal", "rate"}
UNDER_REVIEW = {
    "answer_interim": OFFICE,
    "already_in_place": OFFICE,
    "pass_on": HEAD,
    "plan_long_term": HEAD,
    "decline": HEAD,
}
# Every pair of state and act that is not here is nobody's.
PERMITTED: dict[str, dict[str, set[str]]] = {
    **{state: {} for state in SUGGESTION_LIFECYCLE},
    "refused": {"appeal": AUTHOR},
    "under_review": UNDER_REVIEW,
    "put_off": {**UNDER_REVIEW, "reword": OFFICE},
    "put_off_twice": {**UNDER_REVIEW, "answer_interim": HEAD, "reword": OFFICE},
    "in_place": {"reword": OFFICE, "appeal": AUTHOR, "rate": AUTHOR},
    # What comes back from another body is the office's to decide.
    "passed_on": {
        "already_in_place": OFFICE,
        "decline": OFFICE,
        "hear_back": OFFICE,
        "reword": HEAD,
        "rate": AUTHOR,
    },
    "passed_on_due": {
        "already_in_place": OFFICE,
        "decline": OFFICE,
        "hear_back": OFFICE,
        "reword": HEAD,
        "rate": AUTHOR,
        "take_up_again": SYSTEM,
    },
    "long_term": {"reword": HEAD, "rate": AUTHOR},
    "declined": {"reword": HEAD, "appeal": AUTHOR, "rate": AUTHOR},
    "implementing": {"claim_done": HEAD},
    "claimed_done": {"confirm_done": AUTHOR, "dispute_done": AUTHOR},
    "claimed_due": {
        "confirm_done": AUTHOR,
        "dispute_done": AUTHOR,
        "confirm_by_silence": SYSTEM,
    },
    "implemented": {},
    "implemented_due": {"open_survey": SYSTEM},
    "surveyed": {},
    "survey_over": {"evaluate": ALT},
}


@pytest.fixture
def town() -> Town:
    return build_town()


def _put_off(idea: Suggestion, town: Town) -> None:
    answering.put_off(idea, by=town.users["jun"])


def _put_off_twice(idea: Suggestion, town: Town) -> None:
    _put_off(idea, town)
    _put_off(idea, town)


def _in_place(idea: Suggestion, town: Town) -> None:
    actions.already_in_place(idea, said=SAID, policy=Policy.objects.get(), by=town.users["head"])


def _by_head(do: Callable[..., object]) -> Callable[[Suggestion, Town], object]:
    return lambda idea, town: do(idea, by=town.users["head"])


COMES_TO: dict[str, Callable[[Suggestion, Town], object]] = {
    "under_review": lambda _idea, _town: None,
    "put_off": _put_off,
    "put_off_twice": _put_off_twice,
    "in_place": _in_place,
    **dict.fromkeys(("passed_on", "passed_on_due"), _by_head(answering.passed_on)),
    "long_term": _by_head(answering.planned),
    "declined": _by_head(answering.declined),
    "implementing": lambda idea, _town: answering.at_work(idea),
    **dict.fromkeys(("claimed_done", "claimed_due"), _by_head(answering.claimed)),
    **dict.fromkeys(
        ("implemented", "implemented_due", "surveyed", "survey_over"), _by_head(answering.done)
    ),
}


def standing_at(state: str, town: Town) -> Suggestion:
    """A suggestion of the roads that has come as far as this."""
    if not Policy.objects.exists():
        answering.policy(town.roads)
    idea = answering.reviewed(town.roads)
    if state in COMES_TO:
        COMES_TO[state](idea, town)
    else:
        _put(idea, state)
    if state.endswith("_due") or state.startswith("survey"):
        _make_due(idea)
    if state.startswith("survey"):
        actions.open_survey(idea)
    if state == "survey_over":
        evaluation = Evaluation.objects.get()
        Evaluation.objects.update(closes_at=evaluation.opened_at)
    return Suggestion.objects.get(pk=idea.pk)


def _put(idea: Suggestion, state: str) -> None:
    """Where other verbs lead: the row alone matters here."""
    ended = idea.due_at if state in ("withdrawn", "redirected", "refused", "evaluated") else None
    reason = "abuse" if state in ("refused", "returned") else ""
    Suggestion.objects.filter(pk=idea.pk).update(status=state, ended_at=ended, not_shown=reason)


def _make_due(idea: Suggestion) -> None:
    idea.refresh_from_db()
    assert idea.due_at is not None
    Suggestion.objects.filter(pk=idea.pk).update(due_at=idea.due_at - 400 * DAY)


def everything() -> Snapshot:
    """All rows that an act could touch."""
    return snapshot(*KEPT)


def attempt(act: str, suggestion: Suggestion, role: str, town: Town, listener: User) -> None:
    """Raises what the action raises; who has no such door at all is refused here."""
    suggestion = Suggestion.objects.get(pk=suggestion.pk)
    if act in OF_SYSTEM and role == "system":
        OF_SYSTEM[act](suggestion)
    elif act in OF_AUTHOR and role == "author":
        OF_AUTHOR[act](suggestion)
    elif act in OF_OFFICERS and role not in ("system", "author"):
        OF_OFFICERS[act](suggestion, listener if role == "alt" else town.users[role])
    else:
        raise PermissionDenied


@pytest.mark.parametrize("state", PERMITTED)
def test_only_what_the_table_permits(state: str, town: Town) -> None:
    people.mayors_office()
    suggestion = standing_at(state, town)
    listener = ideas.listener()
    before = everything()
    wrong = []

    for act in ACTS:
        for role in EVERYBODY:
            done = _did(act, suggestion, role, town, listener)
            if done != (role in PERMITTED[state].get(act, set())):
                wrong.append(f"{role} {'could' if done else 'could not'} {act} at {state}")

    assert not wrong
    assert everything() == before


def _did(act: str, suggestion: Suggestion, role: str, town: Town, listener: User) -> bool:
    """Whether the role could; what it did is checked, then undone."""
    before = everything()
    with transaction.atomic():
        try:
            with transaction.atomic():
                attempt(act, suggestion, role, town, listener)
        except REFUSALS:
            assert everything() == before, f"refused, but something changed: {role} {act}"
            return False
        done = everything() != before
        if done:
            _assert_well_done(act, suggestion)
        transaction.set_rollback(True)
    return done


def _assert_well_done(act: str, suggestion: Suggestion) -> None:
    now = Suggestion.objects.get(pk=suggestion.pk)
    if act in NO_STEP:
        assert now.version == suggestion.version
        return
    assert now.version == suggestion.version + 1
    assert now.status == LEADS_TO.get(act, suggestion.status)
    assert now.steps.filter(seq=now.version).exists()
    assert now.is_final == (now.ended_at is not None)
    assert now.is_final or (now.office is not None and now.due_at is not None)
    assert now.first_due_at is not None
    words = OfficialAnswer.objects.filter(step__root=now, step__seq=now.version).first()
    assert words is None or len(words.step.text_digest) == 64


def test_every_status_stands_in_the_table() -> None:
    assert set(PERMITTED) >= set(SuggestionStatus)
