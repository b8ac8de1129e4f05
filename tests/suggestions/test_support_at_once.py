"""One person presses two hundred times at once: one voice or none, each step after the other."""

from contextlib import suppress
from itertools import pairwise

import pytest

from lifecycle.errors import WrongTurnError
from people.models import Office
from suggestions import actions
from suggestions.models import Suggestion, Support, SupportChange
from suggestions.states import SUPPORTABLE, SupportState
from suggestions.tasks import count_supports
from tests.faults.city import build_city
from tests.faults.house import House
from tests.faults.test_one_winner import Act, all_at_once
from tests.suggestions import factories as ideas

LINES, EACH = 20, 10


@pytest.fixture
def roads(house: House) -> Office:
    """The office of a city of its own."""
    return build_city()


def two_hundred(act: Act) -> Act:
    """One of the lines in which it is done; what comes too late is refused by name."""

    def line() -> None:
        for _turn in range(EACH):
            with suppress(WrongTurnError):
                act()

    return line


def assert_each_after_the_other(row: Support) -> None:
    """Its steps lead from state to state, to the one it has."""
    steps = list(SupportChange.objects.filter(support=row).order_by("id"))
    assert steps[0].from_state == ""
    assert all(one.to_state == other.from_state for one, other in pairwise(steps))
    assert all(one.from_state != one.to_state for one in steps)
    assert steps[-1].to_state == row.state
    assert sum(one.people for one in steps) == row.counts


def test_two_hundred_presses_are_one_voice_and_as_many_retreats_none(roads: Office) -> None:
    idea, mina = ideas.opened(roads), ideas.person()
    ideas.supported(idea, 49)
    count_supports()

    support = two_hundred(lambda: actions.support(idea, contact=mina))
    all_at_once([*[support] * LINES, two_hundred(count_supports)])
    count_supports()

    row = Support.objects.get(contact=mina)
    idea.refresh_from_db()
    assert (row.state, idea.supports) == (SupportState.VALID, 50)
    assert SupportChange.objects.filter(support=row).count() == 1
    reached_at = idea.reached_at
    assert reached_at is not None

    retreat = two_hundred(lambda: actions.take_support_back(row))
    all_at_once([*[retreat] * LINES, two_hundred(count_supports)])
    count_supports()

    row.refresh_from_db()
    idea.refresh_from_db()
    assert (row.state, idea.supports, idea.reached_at) == (SupportState.WITHDRAWN, 49, reached_at)
    assert idea.milestones.filter(threshold="answer", undone_at=None).count() == 1
    assert_each_after_the_other(row)
    assert actions.wrong_counts() == []


def test_presses_and_retreats_all_at_once_leave_one_row_and_its_true_count(roads: Office) -> None:
    idea, mina = ideas.opened(roads), ideas.person()
    row = actions.support(idea, contact=mina)

    support = two_hundred(lambda: actions.support(idea, contact=mina))
    retreat = two_hundred(lambda: actions.take_support_back(row))
    all_at_once([*[support, retreat] * (LINES // 2), two_hundred(count_supports)])
    count_supports()

    row.refresh_from_db()
    idea.refresh_from_db()
    assert idea.status in SUPPORTABLE
    assert Suggestion.objects.get().all_supports.count() == 1
    assert idea.supports == row.counts
    assert_each_after_the_other(row)
    assert actions.wrong_counts() == []
