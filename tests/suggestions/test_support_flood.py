"""False voices of one neighbourhood go out of the count; the crowd of a company stays in it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client

from channels_app import limits, senders
from lifecycle import clock
from lifecycle.rules import RuleValueError
from people.models import Office
from suggestions import actions, rules
from suggestions.models import Suggestion, Support
from tests.channels_app.test_limits import TWO_IN_THE_AFTERNOON
from tests.people import factories as people
from tests.suggestions import factories as ideas

pytestmark = pytest.mark.django_db
MACHINES, ONE_DEVICE, HONEST = 100, 30, 60
COMPANY = "198.51.100.7"


@pytest.fixture(autouse=True)
def _one_hour_of_one_day() -> Iterator[None]:
    with clock.at(TWO_IN_THE_AFTERNOON.replace(minute=10)):
        yield


@pytest.fixture
def buses() -> Office:
    return people.make_office("buses")


@pytest.fixture
def idea(buses: Office) -> Suggestion:
    return ideas.opened(buses)


def asks(client: Client, idea: Suggestion, mail: str, address: str) -> int:
    """At the door, as a browser does; the status of the answer."""
    typed = {"act": "ask", "mail": mail}
    return client.post(f"/s/{idea.code}/support/", typed, REMOTE_ADDR=address).status_code


def all_confirmed() -> None:
    """Everybody has pressed the link in their mail, and the sweep has counted."""
    for row in Support.objects.filter(state="pending").select_related("confirmation"):
        assert row.confirmation is not None
        actions.confirm_support(row.confirmation)
    actions.count_supports()


def test_false_voices_are_throttled_and_taken_out_and_nobody_else_is(
    idea: Suggestion, client: Client
) -> None:
    device = Client()
    for number in range(MACHINES):
        mail, address = f"bot{number}@mailinator.com", f"203.0.113.{number + 1}"
        assert asks(Client(), idea, mail, address) == 200
    answers = [
        asks(device, idea, f"device{number}@yopmail.com", "203.0.113.200")
        for number in range(ONE_DEVICE)
    ]
    honest = [
        asks(Client(), idea, f"worker{number}@example.org", COMPANY) for number in range(HONEST)
    ]
    all_confirmed()

    most = rules.LIMIT_SUPPORTS.value()
    assert answers == [200] * most + [429] * (ONE_DEVICE - most)
    assert honest == [200] * HONEST
    neighbours = actions.of_networks(idea, least=MACHINES)
    assert neighbours.count() == MACHINES + most
    assert set(actions.of_disposable(idea, least=2)) == set(neighbours)
    assert actions.crowded_networks(idea, least=10, most=5) == [MACHINES + most, HONEST]

    note = "일회용 메일 주소로 한 곳에서 온 지지를 뺐습니다."
    by = ideas.listener()
    actions.invalidate(idea, neighbours, rule="one network", public_note=note, by=by)
    actions.count_supports()

    idea.refresh_from_db()
    assert idea.supports == HONEST
    assert idea.reached_at is not None  # the honest ones are enough
    assert note in client.get(idea.get_absolute_url()).content.decode()


def test_where_a_support_comes_from_is_a_name_of_the_day(idea: Suggestion) -> None:
    for number, address in enumerate(("203.0.113.5", "203.0.113.6", "192.0.2.1")):
        asks(Client(), idea, f"person{number}@example.org", address)

    here, beside, elsewhere = Support.objects.order_by("id").values_list("network", flat=True)
    assert here == beside != elsewhere
    assert "203" not in here
    assert len(here) == 16
    with clock.at(TWO_IN_THE_AFTERNOON + timedelta(days=1)):
        assert not limits.of_the_day("203.0.113.0/24").startswith(here)


@pytest.mark.parametrize(
    ("network", "group"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2::/64", "2001:db8:1::/48"),
        ("", ""),
        ("nowhere", ""),
    ],
)
def test_a_neighbourhood_is_what_one_owner_can_choose_among(network: str, group: str) -> None:
    assert senders.group_of(network) == group


@pytest.mark.parametrize("typed", ["mailinator.com, a.b.example", "@yopmail.com"])
def test_providers_are_amended_in_the_rulebook(typed: str) -> None:
    assert rules.named(rules.DISPOSABLE.read(typed))
    with pytest.raises(RuleValueError):
        rules.DISPOSABLE.read("no provider")
