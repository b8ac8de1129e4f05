"""What a sweep of suggestions fails at three times rests, has an owner, and delays no other row."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lifecycle import clock
from lifecycle.models import POISON, Heartbeat, Stumble
from people.models import Office
from suggestions import tasks
from suggestions.models import Suggestion
from tests.committees import rooms
from tests.operations import portal
from tests.people import factories as people
from tests.poison import poison
from tests.suggestions import factories as ideas

MINUTE = timedelta(minutes=1)
SWEEPS: dict[str, Callable[[], Any]] = {
    sweep.name.rpartition(".")[2]: sweep
    for sweep in (
        tasks.take_up_ideas,
        tasks.open_petitions,
        tasks.spread,
        tasks.close_windows,
        tasks.propose_alike,
        tasks.forget_unconfirmed,
        tasks.follow_up,
        tasks.watch_committees,
        tasks.keep_reports,
    )
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", SWEEPS)
def test_a_sweep_over_nothing_asks_once_what_it_stumbled_over(name: str) -> None:
    ideas.listening()

    with CaptureQueriesContext(connection) as asked:
        SWEEPS[name]()

    about = [one["sql"] for one in asked.captured_queries if "lifecycle_stumble" in one["sql"]]
    assert len(about) == 1
    assert about[0].startswith("SELECT")


@pytest.fixture
def buses(transactional_db: None) -> Office:
    portal.moving()
    return people.make_office("buses", name_en="Night Bus Office")


def test_a_window_that_cant_close_keeps_no_other_open(buses: Office) -> None:
    bad, good = (ideas.opened(buses) for _number in range(2))
    keeper = people.administrator()
    assert good.due_at is not None

    with poison("suggestions_suggestion", f"NEW.id = {bad.pk}"), clock.at(good.due_at + MINUTE):
        for _turn in range(POISON + 1):
            tasks.close_windows()
        page = portal.opened_by(keeper, "/en" + portal.PAGE)

    good.refresh_from_db()
    assert good.status == "dormant"
    assert Stumble.objects.get(sweep="close_windows").tries == POISON
    assert Heartbeat.objects.filter(sweep="close_windows").exists()
    assert "the sweep “close_windows” failed on it three times" in page
    assert f"lies with {buses.name_en}" in page or bad.code in page
    assert Suggestion.objects.get(pk=bad.pk).status == "open"


def test_a_committee_that_cant_fall_asleep_is_shown_to_the_administrators(buses: Office) -> None:
    room = rooms.at_work("trains")
    keeper = people.administrator()
    late = clock.now() + timedelta(days=90)

    with poison("suggestions_committee", f"NEW.id = {room.committee.pk}"), clock.at(late):
        for _turn in range(POISON):
            tasks.watch_committees()
        page = portal.opened_by(keeper, "/en" + portal.PAGE)

    assert "the sweep “watch_committees” failed on it three times" in page
    assert f"committee {room.committee.pk}" in page
