"""The one summary: proposed from the comments, written by the office that answers."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from lifecycle.errors import OvertakenError, WrongTurnError
from lifecycle.models import digest
from people.models import Office
from suggestions import actions, summing
from suggestions.models import Suggestion
from tests.people import factories as people
from tests.suggestions import factories as ideas

pytestmark = pytest.mark.django_db
WORDS: dict[str, Any] = {
    "arguments_for": "밤에 일한다",
    "arguments_against": "",
    "improvements": "노선을 줄인다",
}


@pytest.fixture
def buses() -> Office:
    return people.make_office("buses")


def test_the_system_names_what_was_answered_most(buses: Office) -> None:
    idea = ideas.opened(buses)
    ideas.commented(idea, "조용한 의견입니다. 둘째 문장은 빠집니다.")
    loud = ideas.commented(idea, "많이 이야기한 의견입니다. 둘째 문장은 빠집니다.")
    ideas.commented(idea, "맞아요", "", parent=loud)
    actions.mind_comment(ideas.commented(idea, "숨긴 의견입니다.", "against"))

    proposed = summing.proposal(idea)

    assert proposed["arguments_for"] == "- 많이 이야기한 의견입니다\n- 조용한 의견입니다"
    assert proposed["arguments_against"] == ""


def test_the_office_writes_it_once_and_may_write_it_anew(buses: Office) -> None:
    idea, jun = ideas.reviewed(buses), people.officer_of(buses)
    seen = idea.version

    summary = actions.sum_up(idea, by=jun, version=seen, **WORDS)

    step = idea.steps.order_by("-seq").first()
    assert step is not None
    assert step.text_digest == digest(summary.text)
    assert summary.office == buses
    with pytest.raises(OvertakenError):
        actions.sum_up(idea, by=jun, version=seen, **WORDS)
    idea.refresh_from_db()
    actions.sum_up(idea, by=jun, version=idea.version, **(WORDS | {"improvements": "늘린다"}))
    assert Suggestion.objects.get(pk=idea.pk).summary.improvements == "늘린다"


def test_only_who_answers_sums_up_and_only_under_review(buses: Office) -> None:
    early, idea = ideas.opened(buses), ideas.reviewed(buses, text="공원에 그늘을 만들어 주세요.")

    with pytest.raises(WrongTurnError):
        actions.sum_up(early, by=ideas.listener(), **WORDS)
    with pytest.raises(PermissionDenied):
        actions.sum_up(idea, by=people.officer_of(people.make_office("parks")), **WORDS)
    blank = WORDS | {"arguments_for": " ", "improvements": " "}
    with pytest.raises(ValueError, match="words"):
        actions.sum_up(idea, by=ideas.listener(), **blank)
