"""One counter over passing on and handing back: at three the centre decides, for good."""

import pytest
from django.core.exceptions import PermissionDenied

from channels_app import actions
from channels_app.models import Message, RoutingDecision
from lifecycle import rules
from lifecycle.actions import amend_rule
from people.models import Office, User
from tests.channels_app.factories import routed_to
from tests.ledger import check_ledger
from tests.people import factories as people

pytestmark = pytest.mark.django_db
OFFICES = ("roads", "water", "parks", "fire")


@pytest.fixture
def offices() -> list[Office]:
    return [people.make_office(f"{name}-of-the-test") for name in OFFICES]


@pytest.fixture
def officers(offices: list[Office]) -> list[User]:
    return [people.officer_of(office) for office in offices]


def fresh(message: Message) -> Message:
    return Message.objects.get(pk=message.pk)


def test_the_third_office_that_passes_it_on_gives_it_to_the_centre(
    offices: list[Office], officers: list[User]
) -> None:
    message = routed_to(offices[0])
    actions.route(message, to=offices[1], by=officers[0])
    actions.hand_back(message, reason="우리 일이 아니에요", by=officers[1])
    actions.route(message, to=offices[2], by=people.centre_officer())

    actions.route(message, to=offices[3], by=officers[2], reason="소방 일이에요")

    message = fresh(message)
    assert (message.status, message.office) == ("received", people.centre())
    assert message.hand_backs == 3
    assert message.is_waiting_for_reader
    decision = RoutingDecision.objects.filter(message=message).latest("pk")
    assert (decision.office, decision.by) == (None, officers[2])
    assert decision.candidates[0]["office"] == offices[3].pk
    check_ledger()


def test_what_the_centre_decided_can_neither_be_handed_back_nor_passed_on(
    offices: list[Office], officers: list[User]
) -> None:
    message = routed_to(offices[0])
    for _n in range(3):
        actions.hand_back(message, reason="우리 일이 아니에요", by=officers[0])
        actions.route(message, to=offices[0], by=people.centre_officer())

    with pytest.raises(PermissionDenied):
        actions.hand_back(message, reason="그래도 아니에요", by=officers[0])
    with pytest.raises(PermissionDenied):
        actions.route(message, to=offices[1], by=officers[0])

    assert fresh(message).hand_backs == 3
    actions.answer(message, text="고쳤습니다", by=officers[0])


def test_the_centre_may_still_correct_itself(offices: list[Office], officers: list[User]) -> None:
    message = routed_to(offices[0])
    Message.objects.filter(pk=message.pk).update(hand_backs=3)

    actions.route(message, to=offices[1], by=people.centre_officer())

    assert (fresh(message).office, fresh(message).hand_backs) == (offices[1], 3)


def test_what_the_centre_moves_is_not_counted(offices: list[Office]) -> None:
    message = routed_to(offices[0])

    for office in (*offices[1:], *offices):
        actions.route(message, to=office, by=people.centre_officer())

    assert fresh(message).hand_backs == 0


def test_how_often_is_a_rule(offices: list[Office], officers: list[User]) -> None:
    amend_rule("route.hand_backs", to="1", reason="faster", by=people.administrator())
    rules.forget()
    message = routed_to(offices[0])

    actions.route(message, to=offices[1], by=officers[0])

    assert fresh(message).office == people.centre()
