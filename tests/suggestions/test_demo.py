"""The demonstration of suggestions: every state they can stand in so far, told once."""

import pytest
from django.utils import timezone

from seoul_portal.demo import ideas
from suggestions import actions
from suggestions.models import Appeal, Invalidation, Milestone, Suggestion, SuggestionStep, Support
from tests.ledger import check_ledger

pytestmark = pytest.mark.django_db


def counts() -> list[int]:
    """Everything it makes."""
    made = (Suggestion, SuggestionStep, Support, Milestone, Appeal, Invalidation)
    return [model._default_manager.count() for model in made]


def test_a_dozen_suggestions_stand_where_suggestions_can_stand() -> None:
    moment = timezone.now()

    ideas.play(moment)
    once = counts()
    ideas.play(moment)

    assert counts() == once
    assert once[0] == len(ideas.STORY)
    assert set(Suggestion.objects.values_list("status", flat=True)) == {
        "submitted",
        "returned",
        "refused",
        "redirected",
        "open",
        "dormant",
        "withdrawn",
        "under_review",
    }
    assert Milestone.objects.owed().filter(threshold="mayor").count() == 1
    assert Suggestion.objects.overdue().exists()
    assert actions.wrong_counts() == []
    check_ledger(settled=False)
