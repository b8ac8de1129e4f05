"""A petition's clock: the statute for its first answer, a new one for what is looked at again."""

from datetime import datetime, timedelta

import pytest

from lifecycle import clock, workdays
from people.models import Office
from suggestions import actions, tasks
from suggestions.models import Suggestion
from suggestions.states import SuggestionStatus
from tests.people import factories as people
from tests.suggestions import answering
from tests.suggestions import factories as ideas
from tests.suggestions.answering import DAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def buses() -> Office:
    return answering.department()


@pytest.fixture
def petition(buses: Office) -> Suggestion:
    row = ideas.opened(buses)
    Suggestion.objects.filter(pk=row.pk).update(kind="petition")
    return Suggestion.objects.get(pk=row.pk)


def statute(petition: Suggestion) -> datetime:
    """The end of the ninetieth day."""
    return workdays.end_of_days(petition.message.received_at, 90)


def test_the_first_answer_is_owed_by_the_statute(petition: Suggestion) -> None:
    picked = actions.pick(petition, reason="바랍니다.", by=ideas.listener())

    assert picked.due_at == picked.first_due_at == statute(petition)


def test_an_upheld_appeal_starts_a_new_clock(petition: Suggestion, buses: Office) -> None:
    actions.pick(petition, reason="바랍니다.", by=ideas.listener())
    then = statute(petition) - DAY
    with clock.at(then):
        answering.declined(petition, by=people.head_of(buses))
    with clock.at(then + 20 * DAY):
        minded = actions.appeal(Suggestion.objects.get(pk=petition.pk), text="다시 봐 주세요.")
        actions.uphold(minded, reason="다시 봅니다.", by=people.head_of(minded.office))

        petition.refresh_from_db()
        assert petition.due_at == workdays.end_of_days(clock.now(), 30)
        assert petition.first_due_at == statute(petition)
        assert not petition.is_overdue


@pytest.mark.parametrize("heard", [True, False])
def test_what_comes_back_from_elsewhere_has_a_new_clock(
    petition: Suggestion, buses: Office, heard: bool
) -> None:
    actions.pick(petition, reason="바랍니다.", by=ideas.listener())
    then, head = statute(petition) - DAY, people.head_of(buses)
    with clock.at(then):
        (answering.passed_on if heard else answering.planned)(petition, by=head)
    petition.refresh_from_db()
    assert petition.due_at is not None
    with clock.at(petition.due_at + timedelta(minutes=1)):
        if heard:
            actions.hear_back(petition, words="국토교통부가 답했습니다.", by=head)
        else:
            tasks.follow_up()

        petition.refresh_from_db()
        assert petition.status == SuggestionStatus.UNDER_REVIEW
        assert petition.due_at == workdays.end_of_days(clock.now(), 30)


def test_however_often_it_is_rescued_the_office_keeps_its_days(petition: Suggestion) -> None:
    last = statute(petition) - 30 * DAY
    for days in (20, 45, 59):
        with clock.at(petition.message.received_at + days * DAY):
            petition = actions.rescue(petition, reason="더 모읍니다.", by=ideas.listener())
        assert petition.due_at is not None
        assert petition.due_at <= last

    with clock.at(last + timedelta(minutes=1)):
        tasks.close_windows()

        petition.refresh_from_db()
        assert petition.status == SuggestionStatus.UNDER_REVIEW
        assert petition.due_at == statute(petition)
