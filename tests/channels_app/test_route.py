"""Route: by the rules in the worker's sweep, by a person, and back."""

import pytest
from django.core.exceptions import PermissionDenied

from channels_app import actions, tasks
from channels_app.models import RoutingDecision, RoutingRule
from channels_app.states import MessageStatus
from lifecycle.models import POISON, Heartbeat
from people.models import Office
from tests.channels_app.factories import receive, routed_to
from tests.people import factories as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def roads() -> Office:
    return people.make_office("roads-of-the-test")


def word(office: Office, words: str, **fields: object) -> RoutingRule:
    return RoutingRule.objects.create(office=office, words=words, **fields)


def test_the_sweep_routes_by_a_deciding_word_and_keeps_its_reason(roads: Office) -> None:
    word(roads, "들썩돌", decides=True)
    message = receive("들썩돌이 들썩해요")

    tasks.route_waiting()

    message.refresh_from_db()
    assert (message.status, message.office) == (MessageStatus.ROUTED, roads)
    assert message.due_at == message.first_due_at
    decision = RoutingDecision.objects.get(message=message)
    assert decision.office == roads
    assert decision.candidates[0]["words"] == ["들썩돌"]
    assert Heartbeat.objects.filter(sweep="route_waiting").exists()


def test_under_the_floor_it_waits_for_a_reader_with_suggestions(roads: Office) -> None:
    word(roads, "들썩돌", points=1.0)
    message = receive("들썩돌이 들썩해요")

    tasks.route_waiting()
    tasks.route_waiting()

    message.refresh_from_db()
    assert message.status == MessageStatus.RECEIVED
    assert message.is_waiting_for_reader
    decision = RoutingDecision.objects.get(message=message)
    assert decision.office is None
    assert decision.candidates[0]["office"] == roads.pk


def test_a_mention_of_an_office_decides() -> None:
    office = people.make_office("lamps-of-the-test", name_ko="시험가로등과", name_en="Test Lamps")
    message = receive("시험가로등과에 말합니다. 꺼졌어요.")

    tasks.route_waiting()

    message.refresh_from_db()
    assert message.office == office


def test_a_reason_never_quotes_what_is_masked(roads: Office) -> None:
    actions.route(receive(), to=roads, by=people.centre_officer(), reason="전화 010-1234-5678")

    assert "-1234" not in RoutingDecision.objects.get(by__isnull=False).reason


def test_a_closed_office_is_given_nothing(roads: Office) -> None:
    Office.objects.filter(pk=roads.pk).update(closed=True)
    roads.refresh_from_db()
    word(roads, "들썩돌", decides=True)
    message = receive("들썩돌이 들썩해요")

    tasks.route_waiting()

    message.refresh_from_db()
    assert message.is_waiting_for_reader
    with pytest.raises(PermissionDenied):
        actions.route(message, to=roads, by=people.centre_officer())


def test_handing_back_leaves_it_to_a_reader_with_the_reason(roads: Office) -> None:
    word(roads, "들썩돌", decides=True)
    message = routed_to(roads, text="들썩돌이 들썩해요")

    actions.hand_back(message, reason="구청 일입니다", by=people.officer_of(roads))
    tasks.route_waiting()

    message.refresh_from_db()
    assert message.status == MessageStatus.RECEIVED
    assert message.office == people.centre()
    assert message.hand_backs == 1
    last = message.steps.last()
    assert last is not None
    assert str(last.note) == "구청 일입니다"
    assert len(last.note_hash) == 64


def test_handing_back_needs_a_reason(roads: Office) -> None:
    message = routed_to(roads)

    with pytest.raises(ValueError, match="reason"):
        actions.hand_back(message, reason=" ", by=people.officer_of(roads))

    message.refresh_from_db()
    assert message.status == MessageStatus.ROUTED


def test_a_poisoned_message_stops_nobody_and_gets_a_reader(roads: Office) -> None:
    word(roads, "들썩돌", decides=True)
    poisoned = receive("들썩돌 하나")
    sound = receive("들썩돌 둘")
    # A row that can not be moved: the number of its next Step is taken.
    poisoned.steps.create(
        seq=1, from_status="", to_status="", office=roads, due_at=poisoned.due_at,
        at=poisoned.received_at,
    )  # fmt: skip

    for _n in range(POISON):
        tasks.route_waiting()

    sound.refresh_from_db()
    poisoned.refresh_from_db()
    assert sound.status == MessageStatus.ROUTED
    assert poisoned.status == MessageStatus.RECEIVED
    assert poisoned.is_waiting_for_reader
