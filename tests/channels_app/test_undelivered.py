"""What did not arrive lies with an officer until it is sent again or settled."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from channels_app import actions
from channels_app.models import Delivery, Message
from channels_app.states import DeliveryState
from lifecycle import clock
from lifecycle.errors import WrongTurnError
from people.models import Office, User
from tests.channels_app.factories import receive, routed_to
from tests.pages.visits import english
from tests.people import factories as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return people.make_office("roads-of-the-test")


@pytest.fixture
def jun(office: Office) -> User:
    return people.officer_of(office)


@pytest.fixture
def message(office: Office) -> Message:
    """Its receipt has failed."""
    message = routed_to(office, contact=("mail", "mina@example.org"))
    Delivery.objects.update(
        state=DeliveryState.FAILED, error_class="TargetGone", attempts=3, claimed_by="somebody"
    )
    return message


def test_it_is_sent_once_more_and_may_then_arrive_twice(message: Message, jun: User) -> None:
    actions.send_again(message, by=jun)

    delivery = Delivery.objects.get()
    assert delivery.state == DeliveryState.QUEUED
    assert (delivery.repeated, delivery.attempts, delivery.decided_by) == (True, 0, jun)
    assert not message.is_undelivered
    assert Delivery.objects.claim("a sender") is not None


def test_it_is_settled_and_leaves_the_view(message: Message, jun: User) -> None:
    actions.settle(message, by=jun)

    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.decided_by) == (DeliveryState.CANCELLED, jun)
    assert not message.is_undelivered


def test_what_has_arrived_is_not_sent_again(message: Message, jun: User) -> None:
    Delivery.objects.update(state=DeliveryState.SENT)

    for act in (actions.send_again, actions.settle):
        with pytest.raises(WrongTurnError):
            act(message, by=jun)


def test_another_office_decides_nothing(message: Message) -> None:
    sora = people.officer_of(people.make_office("parks-of-the-test"))

    for act in (actions.send_again, actions.settle):
        with pytest.raises(PermissionDenied):
            act(message, by=sora)


def test_what_could_not_leave_after_all_is_not_called_settled(message: Message, jun: User) -> None:
    actions.send_again(message, by=jun)
    sent_before = Delivery.objects.get()
    for _n in range(3):
        Delivery.objects.create(
            event="receipt",
            message=receive(),
            contact=sent_before.contact,
            channel="mail",
            created_at=clock.now(),
            next_at=clock.now(),
            sent_at=clock.now(),
            state=DeliveryState.SENT,
        )
    claimed = Delivery.objects.claim("a sender")
    assert claimed is not None

    actions.deliver(claimed)

    page = english(reverse("desk_case", args=[message.code]))
    words = people.signed_in_client(jun).get(page).content.decode()
    assert Delivery.objects.get(pk=claimed.pk).state == DeliveryState.CANCELLED
    assert "Nobody confirmed this address" in words
    assert "An officer settled it" not in words


@pytest.mark.parametrize("act", ["send_again", "settle"])
def test_the_case_page_has_both_buttons_until_one_is_pressed(
    message: Message, jun: User, act: str
) -> None:
    client = people.signed_in_client(jun)
    page, button = reverse("desk_case", args=[message.code]), f"desk_{act}"
    address = reverse(button, args=[message.code])
    assert address in client.get(page).content.decode()

    answer = client.post(address, {"version": message.version}, follow=True)

    assert answer.status_code == 200
    assert address not in answer.content.decode()
    assert client.post(address, {"version": message.version}).status_code == 409
