"""What became of suggestions: every one is in exactly one disposition, and they add up to all."""

from datetime import timedelta

import pytest
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from channels_app import actions as message_actions
from lifecycle import clock
from people.models import Office
from suggestions import actions, dispositions, tasks
from suggestions.list_form import Wanted
from suggestions.models import StatusTally, Suggestion
from suggestions.states import DISPOSITION_OF, UNSCREENED, SuggestionStatus
from tests.pages.html import read
from tests.people import factories as people
from tests.suggestions import factories as ideas

pytestmark = pytest.mark.django_db


@pytest.fixture
def buses() -> Office:
    return people.make_office("buses")


def partitioned() -> None:
    """The lines add up to all, and each number of shown ones leads to exactly its rows."""
    numbers = dispositions.numbers()
    assert sum(line.total for line in numbers.lines) == numbers.total == Suggestion.objects.count()
    for line in numbers.lines:
        rows = Wanted(became=line.disposition).rows()
        assert line.shown == rows.count()
        assert line.not_shown >= 0


def test_dispositions_add_up_through_every_act(buses: Office) -> None:
    moderator, centre = ideas.listener(), people.centre_officer()
    rows = [ideas.opened(buses) for _row in range(6)]
    partitioned()
    actions.pick(rows[0], reason="바랍니다.", by=moderator)
    actions.redirect(rows[1], words="불편 신고로 답합니다.", by=centre)
    actions.withdraw(rows[2])
    message_actions.hide(rows[3].message, reason="personal", by=centre)
    message_actions.hide(rows[0].message, reason="abuse", by=centre)
    partitioned()
    actions.add_up_tallies()
    assert StatusTally.objects.count() == 4
    with clock.at(clock.now() + timedelta(days=40)):
        tasks.close_windows()
    partitioned()
    actions.add_up_tallies()
    partitioned()


@given(st.lists(st.sampled_from(SuggestionStatus.values), max_size=6), st.booleans())
@hypothesis_settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_every_suggestion_is_in_exactly_one_disposition(
    buses: Office, statuses: list[str], added_up: bool
) -> None:
    for status in statuses:
        Suggestion.objects.filter(pk=ideas.opened(buses).pk).update(
            status=status, not_shown="unclear"
        )
    if added_up:
        actions.add_up_tallies()

    partitioned()
    shown = dispositions.numbers().total_shown
    public = Suggestion.objects.public().count()
    assert shown == public
    assert set(DISPOSITION_OF) == set(SuggestionStatus) >= UNSCREENED


def test_the_page_shows_the_sum(client: Client, buses: Office) -> None:
    for _row in range(3):
        ideas.opened(buses)

    page = read(client.get("/en/suggestions/").content.decode())

    assert "Together 3 suggestions" in page.one("main").text
    assert "3 suggestions" in page.with_class("wall__count")[0].text
