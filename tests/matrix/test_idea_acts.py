"""Every state of a suggestion × act × role: what is not in the table changes nothing."""

from dataclasses import replace

import pytest
from django.db import transaction

from suggestions import actions
from suggestions.models import Suggestion
from suggestions.states import SUGGESTION_FINAL, SuggestionStatus
from tests.ledger import check_ledger
from tests.matrix.ideas_permitted import ACTS, LEADS_TO, NO_STEP, PERMITTED, UPHELD
from tests.matrix.ideas_standing import attempt, everything, standing_at
from tests.matrix.people_of import ROLES, Town, build_town
from tests.matrix.standing import REFUSALS
from tests.suggestions import factories as ideas

pytestmark = pytest.mark.django_db
EVERYBODY = ("system", "author", "supporter", "listener", *ROLES)


@pytest.fixture
def town() -> Town:
    built = build_town()
    return replace(built, users={**built.users, "listener": ideas.listener()})


@pytest.mark.parametrize("state", PERMITTED)
def test_only_what_the_table_permits(state: str, town: Town) -> None:
    suggestion = standing_at(state, town)
    before = everything()
    wrong = []

    for act in ACTS:
        for role in EVERYBODY:
            done = _did(act, suggestion, town, role)
            if done != (role in PERMITTED[state].get(act, set())):
                wrong.append(f"{role} {'could' if done else 'could not'} {act} at {state}")

    assert not wrong
    assert everything() == before


def _did(act: str, suggestion: Suggestion, town: Town, role: str) -> bool:
    """Whether the role could; what it did is checked, then undone."""
    before = everything()
    with transaction.atomic():
        try:
            with transaction.atomic():
                attempt(act, suggestion, town, role)
        except REFUSALS:
            assert everything() == before, f"refused, but something changed: {role} {act}"
            return False
        done = everything() != before
        if done:
            _assert_well_done(act, suggestion, role, town)
        transaction.set_rollback(True)
    return done


def _assert_well_done(act: str, stood: Suggestion, role: str, town: Town) -> None:
    now = Suggestion.objects.get(pk=stood.pk)
    check_ledger(settled=False)
    assert actions.wrong_counts() == []
    assert (now.ended_at is not None) == (now.status in SUGGESTION_FINAL)
    assert now.status in SUGGESTION_FINAL or (now.office and now.due_at)
    if act in NO_STEP:
        assert (now.version, now.status) == (stood.version, stood.status) or act == "enter_paper"
        return
    step = now.steps.get(seq=stood.version + 1)
    leads_to = UPHELD.get(stood.status) if act == "uphold" else None
    assert now.status == (leads_to or LEADS_TO.get(act, stood.status))
    assert step.by == town.users.get(role)
    if step.by is not None:
        assert step.by_office is not None
        assert step.by.holds(step.by_office)


def test_every_status_stands_in_the_table() -> None:
    assert set(PERMITTED) >= set(SuggestionStatus)
