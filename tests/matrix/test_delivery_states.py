"""Every state of a delivery × every other: only the turns of the table, only by its own sender."""

import itertools

import pytest

from channels_app.models import Delivery
from lifecycle.errors import WrongTurnError
from tests.channels_app import factories

pytestmark = pytest.mark.django_db

STATES = ("queued", "sending", "sent", "unknown", "failed", "cancelled")
TURNS = {
    ("queued", "sending"),
    ("queued", "cancelled"),
    ("queued", "unknown"),
    ("sending", "sent"),
    ("sent", "failed"),
    ("sending", "unknown"),
    ("sending", "failed"),
    ("sending", "queued"),
    ("sending", "cancelled"),
    ("unknown", "queued"),
    ("unknown", "cancelled"),
    ("failed", "queued"),
    ("failed", "cancelled"),
}


@pytest.fixture
def row() -> Delivery:
    message = factories.receive(contact=("mail", "mina@example.org"))
    return Delivery.objects.get(message=message)


@pytest.mark.parametrize(("state", "to"), list(itertools.product(STATES, STATES)))
def test_only_the_turns_of_the_table(state: str, to: str, row: Delivery) -> None:
    Delivery.objects.update(state=state)
    row.refresh_from_db()

    try:
        row.become(to, why="tried")
    except WrongTurnError:
        turned = False
    else:
        turned = True

    row.refresh_from_db()
    assert turned == ((state, to) in TURNS)
    assert (row.state, row.why) == ((to, "tried") if turned else (state, ""))


@pytest.mark.parametrize("to", STATES)
def test_nobody_speaks_for_a_sender_whose_claim_is_over(to: str, row: Delivery) -> None:
    first = Delivery.objects.claim("the first sender")
    assert first is not None
    Delivery.objects.update(claimed_by="the second sender")

    with pytest.raises(WrongTurnError):
        first.become(to)

    row.refresh_from_db()
    assert (row.state, row.claimed_by) == ("sending", "the second sender")


def test_two_senders_never_claim_the_same_row(row: Delivery) -> None:
    assert Delivery.objects.claim("one") == row
    assert Delivery.objects.claim("two") is None
    assert Delivery.objects.claim("two", pk=row.pk) is None


def test_an_unconnected_channel_is_never_claimed() -> None:
    factories.receive(contact=("phone", "+821012345678"))

    assert Delivery.objects.claim("one") is None
    assert Delivery.objects.get().state == "queued"
