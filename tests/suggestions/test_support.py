"""Support: one person, one voice; counted by the sweep, latched once, never undone by a retreat."""

import pytest

from lifecycle.errors import WrongTurnError
from people.models import Office
from suggestions import actions
from suggestions.models import Suggestion, Support, Threshold
from suggestions.states import SuggestionStatus, SupportState
from tests.people import factories as people
from tests.suggestions import factories as ideas

pytestmark = pytest.mark.django_db


@pytest.fixture
def buses() -> Office:
    return people.make_office("buses")


@pytest.fixture
def idea(buses: Office) -> Suggestion:
    return ideas.opened(buses)


def counted(suggestion: Suggestion) -> Suggestion:
    while actions.count_supports():
        pass
    suggestion.refresh_from_db()
    assert actions.wrong_counts() == []
    return suggestion


def test_a_public_idea_keeps_its_number_and_gathers_support(idea: Suggestion) -> None:
    assert idea.code == idea.message.code
    assert idea.status == SuggestionStatus.OPEN
    assert idea.office == ideas.listening()
    assert idea.message.status == "taken_up"
    assert [step.to_status for step in idea.steps.all()] == ["submitted", "open"]


def test_one_person_has_one_voice(idea: Suggestion) -> None:
    mina = ideas.person()

    actions.support(idea, contact=mina)
    actions.support(idea, contact=mina)

    assert counted(idea).supports == 1


def test_a_voice_is_taken_back_and_given_again(idea: Suggestion) -> None:
    mina = ideas.person()
    row = actions.support(idea, contact=mina)

    actions.take_support_back(row)
    assert counted(idea).supports == 0
    actions.support(idea, contact=mina)

    assert counted(idea).supports == 1
    assert [change.to_state for change in row.changes.all()] == ["valid", "withdrawn", "valid"]


def test_enough_people_make_the_office_answer_once_and_for_all(
    idea: Suggestion, buses: Office
) -> None:
    rows = ideas.supported(idea, 50)

    assert counted(idea).status == SuggestionStatus.UNDER_REVIEW
    assert idea.office == buses
    assert set(idea.milestones.values_list("threshold", flat=True)) == {
        Threshold.PANEL,
        Threshold.ANSWER,
    }
    for row in rows[:20]:
        actions.take_support_back(row)

    assert counted(idea).supports == 30
    assert idea.status == SuggestionStatus.UNDER_REVIEW
    assert idea.reached_at is not None


def test_an_address_that_was_typed_counts_once_its_owner_confirms(idea: Suggestion) -> None:
    row = actions.ask_for_support(idea, address="mina@example.org", language="ko")
    assert row.state == SupportState.PENDING
    assert counted(idea).supports == 0
    asked = row.confirmation
    assert asked is not None

    actions.confirm_support(asked)
    actions.confirm_support(asked)

    assert counted(idea).supports == 1


def test_false_supports_leave_the_count_by_a_rule_and_come_back(idea: Suggestion) -> None:
    ideas.supported(idea, 55)
    counted(idea)
    moderator = ideas.listener()
    false = Support.objects.filter(suggestion=idea).order_by("id")
    machines = Support.objects.filter(pk__in=false.values("pk")[:40])

    made = actions.invalidate(
        idea, machines, rule="one device", public_note="한 기기에서 왔습니다.", by=moderator
    )

    assert counted(idea).supports == 15
    assert idea.status == SuggestionStatus.UNDER_REVIEW
    actions.unlatch(idea, words="같은 기기에서 보낸 공감을 뺐습니다.", by=moderator)
    idea.refresh_from_db()
    assert (idea.status, idea.reached_at) == (SuggestionStatus.OPEN, None)
    actions.revalidate(made, by=moderator)
    assert counted(idea).status == SuggestionStatus.UNDER_REVIEW
    assert idea.milestones.filter(threshold=Threshold.ANSWER, undone_at=None).count() == 1


def test_the_threshold_stands_where_nothing_was_false(idea: Suggestion) -> None:
    rows = ideas.supported(idea, 50)
    counted(idea)
    for row in rows:
        actions.take_support_back(row)
    counted(idea)

    with pytest.raises(WrongTurnError):
        actions.unlatch(idea, words="없던 일로", by=ideas.listener())


def test_signatures_on_paper_are_counted_apart(idea: Suggestion) -> None:
    ideas.supported(idea, 20)
    counted(idea)

    sheet = actions.enter_paper(idea, people=30, words="역 앞 서명대", by=ideas.listener())

    idea.refresh_from_db()
    assert (idea.supports, idea.on_paper) == (20, 30)
    assert idea.status == SuggestionStatus.UNDER_REVIEW
    actions.take_paper_back(sheet, by=ideas.listener())
    idea.refresh_from_db()
    assert (idea.on_paper, idea.status) == (0, SuggestionStatus.UNDER_REVIEW)
