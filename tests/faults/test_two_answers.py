"""Many officers and its author act on one suggestion at once: one of them wins."""

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import PermissionDenied

from lifecycle.errors import OvertakenError, WrongTurnError
from people.models import Office, User
from suggestions import actions, tasks
from suggestions.models import OfficialAnswer, Suggestion
from tests.faults.house import leave_thread
from tests.people import factories as people
from tests.suggestions import answering
from tests.suggestions.answering import DAY, NO, SAID, today

pytestmark = pytest.mark.django_db(transaction=True)
Act = Callable[[], object]
CROWD = 12


@pytest.fixture
def buses() -> Office:
    people.centre()
    return answering.department()


@pytest.fixture
def head(buses: Office) -> User:
    return people.head_of(buses)


def all_at_once(acts: list[Act]) -> Counter[str]:
    """Every act in a thread of its own, started together; what each came to."""
    together = threading.Barrier(len(acts))

    def one(act: Act) -> str:
        together.wait(30)
        try:
            act()
        except (OvertakenError, WrongTurnError, PermissionDenied) as refusal:
            return type(refusal).__name__
        else:
            return "won"
        finally:
            leave_thread()

    with ThreadPoolExecutor(len(acts)) as pool:
        return Counter(pool.map(one, acts))


def test_of_two_answers_one_is_given(buses: Office, head: User) -> None:
    idea = answering.reviewed(buses)
    seen = idea.version
    acts: list[Act] = [
        lambda: actions.decline(idea, said=SAID, refusal=NO, by=head, version=seen),
        lambda: actions.plan_long_term(
            idea, said=SAID, review_on=today() + 100 * DAY, by=head, version=seen
        ),
    ]

    came_to = all_at_once(acts * (CROWD // 2))

    idea.refresh_from_db()
    assert came_to["won"] == 1
    assert OfficialAnswer.objects.count() == 1
    assert idea.version == seen + 1
    assert idea.status in ("declined", "long_term")
    assert OfficialAnswer.objects.get().outcome == idea.status


def test_a_yes_a_no_and_the_sweep_at_once(buses: Office, head: User) -> None:
    idea = answering.claimed(answering.reviewed(buses), by=head)
    Suggestion.objects.filter(pk=idea.pk).update(due_at=idea.due_at and idea.due_at - 60 * DAY)
    acts: list[Act] = [
        lambda: actions.confirm_done(idea),
        lambda: actions.dispute_done(idea, text="아직 아닙니다."),
        lambda: actions.confirm_by_silence(idea),
    ]

    all_at_once(acts * (CROWD // 3))

    idea.refresh_from_db()
    claim = idea.claims.get()
    assert idea.status in ("implemented", "implementing")
    assert (claim.confirmed_at is not None) == (idea.status == "implemented")
    assert hasattr(claim, "dispute") == (idea.status == "implementing")
    assert idea.steps.count() == idea.version + 1


def test_two_sweeps_invite_everybody_once(buses: Office, head: User) -> None:
    from channels_app import actions as message_actions
    from channels_app.models import Confirmation, Follow
    from lifecycle import clock
    from tests.suggestions import factories as ideas

    idea = answering.done(answering.reviewed(buses), by=head)
    for _n in range(20):
        contact = ideas.person()
        message_actions.confirm_contact(contact)
        moment = clock.now()
        Follow.objects.create(
            topic=idea.topic, contact=contact, created_at=moment, confirmed_at=moment
        )
    Suggestion.objects.filter(pk=idea.pk).update(due_at=clock.now() - DAY)
    tasks.follow_up()

    all_at_once([tasks.invite_to_surveys] * 4)
    tasks.invite_to_surveys()

    asked = Confirmation.objects.filter(purpose="survey")
    assert asked.count() == 20
    assert asked.values("contact").distinct().count() == 20
