"""The demonstration of answers: every outcome once, by the real actions, however often played."""

import pytest

from lifecycle import clock
from people import demo as accounts
from seoul_portal.demo import idea_answers
from suggestions.models import Appeal, OfficialAnswer, Promise, Suggestion

pytestmark = pytest.mark.django_db


def test_every_outcome_is_played_once(settings: object) -> None:
    now = clock.now()
    settings.PORTAL_DEMO = True  # type: ignore[attr-defined]  # pytest-django's
    accounts.make_accounts()

    idea_answers.play(now)
    first = list(Suggestion.objects.order_by("pk").values_list("status", "version"))
    idea_answers.play(now)

    assert list(Suggestion.objects.order_by("pk").values_list("status", "version")) == first
    assert {status for status, _version in first} == {
        "under_review",
        "in_place",
        "passed_on",
        "long_term",
        "declined",
    }
    assert OfficialAnswer.objects.filter(supersedes__isnull=False).count() == 1
    assert Appeal.objects.get().is_open
    assert sorted(Promise.objects.values_list("status", flat=True)) == [
        "accepted",
        "accepted",
        "changed",
        "kept",
        "made",
    ]
    assert Promise.objects.overdue().count() == 1
