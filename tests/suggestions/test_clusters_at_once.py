"""People come and go while a moderator joins and parts: no count is ever half of it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from people.models import Office
from suggestions import actions
from suggestions.models import Cluster, Suggestion
from suggestions.tasks import count_supports
from tests.faults.city import build_city
from tests.faults.house import House, leave_thread
from tests.suggestions import factories as ideas

PEOPLE, TURNS = 40, 10


@pytest.fixture
def roads(house: House) -> Office:
    """The office of a city of its own."""
    return build_city()


def test_every_count_is_right_whatever_meets(roads: Office) -> None:
    one, two = ideas.opened(roads), ideas.opened(roads, f"{ideas.WORDS} 꼭이요")
    moderator = ideas.listener()
    persons = [ideas.person() for _number in range(PEOPLE)]

    def come_and_go() -> None:
        for number, person in enumerate(persons):
            row = actions.support(one if number % 2 else two, contact=person)
            if number % 3 == 0:
                actions.support(two if number % 2 else one, contact=person)
            if number % 5 == 0:
                actions.take_support_back(row)

    def count() -> None:
        for _turn in range(TURNS):
            count_supports()

    def join_and_part() -> None:
        for _turn in range(TURNS):
            actions.put_in_cluster(two, to=one, by=moderator)
            actions.take_out(two, by=moderator)
        actions.put_in_cluster(two, to=one, by=moderator)

    _at_once(come_and_go, count, count, join_and_part)
    count_supports()

    assert actions.wrong_counts() == []
    assert actions.wrong_cluster_counts() == []
    cluster = Cluster.objects.get(ended_at=None)
    supporters = Suggestion.objects.filter(pk__in=(one.pk, two.pk), all_supports__state="valid")
    assert cluster.people == supporters.values("all_supports__contact").distinct().count()


def _at_once(*acts: Callable[[], None]) -> None:
    def run(act: Callable[[], None]) -> None:
        try:
            act()
        finally:
            leave_thread()

    with ThreadPoolExecutor(len(acts)) as pool:
        for done in [pool.submit(run, act) for act in acts]:
            done.result()
