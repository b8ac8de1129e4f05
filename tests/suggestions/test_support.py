"""Support: one person, one voice; counted by the sweep, latched once, never undone by a retreat."""

import pytest
from django.test import Client

from channels_app import actions as message_actions
from lifecycle.errors import WrongTurnError
from people.models import Office
from suggestions import actions
from suggestions.models import Suggestion, Support, Threshold
from suggestions.states import Cause, SuggestionStatus, SupportState
from tests.channels_app import factories as voices
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


@pytest.mark.parametrize("whole", [False, True])
def test_whoever_has_their_address_erased_takes_their_voice_along(
    idea: Suggestion, whole: bool
) -> None:
    said = voices.receive(contact=("mail", "mina@example.org"))
    ideas.supported(idea, 49)
    mina = ideas.person("mina@example.org")
    actions.support(idea, contact=mina)
    pending = actions.ask_for_support(
        ideas.opened(idea.department), address="mina@example.org", language="ko"
    )

    if whole:
        message_actions.erase_person(mina, by=None, reason="", withdraw=False)
    else:
        message_actions.erase_message(said, by=None)

    assert counted(idea).supports == 49
    pending.refresh_from_db()
    assert pending.state == SupportState.WITHDRAWN
    actions.support(idea, contact=ideas.person("mina@example.org"))
    assert counted(idea).supports == 50


def test_what_an_erased_voice_has_latched_stays_latched(idea: Suggestion) -> None:
    said = voices.receive(contact=("mail", "mina@example.org"))
    ideas.supported(idea, 49)
    actions.support(idea, contact=ideas.person("mina@example.org"))
    assert counted(idea).status == SuggestionStatus.UNDER_REVIEW

    message_actions.erase_message(said, by=None)

    assert (counted(idea).supports, idea.status) == (50, SuggestionStatus.UNDER_REVIEW)


def test_a_false_voice_whose_address_was_erased_is_not_given_back_beside_a_new_one(
    idea: Suggestion,
) -> None:
    moderator, mina = ideas.listener(), ideas.person("mina@example.org")
    said = voices.receive(contact=("mail", "mina@example.org"))
    row = actions.support(idea, contact=mina)
    rows = Support.objects.filter(pk=row.pk)
    made = actions.invalidate(idea, rows, rule="one", public_note="한 기기에서.", by=moderator)
    message_actions.erase_message(said, by=None)
    actions.support(idea, contact=ideas.person("mina@example.org"))

    actions.revalidate(made, by=moderator)

    assert counted(idea).supports == 1


def test_what_many_reach_is_a_step_so_that_followers_hear_and_the_record_keeps_it(
    idea: Suggestion,
) -> None:
    listener = ideas.listener()
    actions.enter_paper(idea, people=100, words="역 앞 서명대", by=listener)

    steps = list(idea.steps.values_list("cause", flat=True))[2:]
    assert steps == [Cause.FORUM, Cause.THRESHOLD]  # the last one says where it stands
    actions.enter_paper(idea, people=900, words="역 앞 서명대", by=listener)

    step = idea.steps.latest("seq")
    assert (step.cause, step.to_status) == (Cause.MAYOR, SuggestionStatus.UNDER_REVIEW)
    assert Suggestion.objects.with_untold_steps().filter(pk=idea.pk).exists()
    assert step.due_at == idea.steps.get(cause=Cause.THRESHOLD).due_at


def test_the_page_says_once_what_many_reach(idea: Suggestion, client: Client) -> None:
    actions.enter_paper(idea, people=100, words="역 앞 서명대", by=ideas.listener())

    page = client.get(f"/en{idea.get_absolute_url()}").content.decode()

    assert page.count("the listening team decides about a forum") == 1
