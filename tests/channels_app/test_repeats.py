"""Failures feed no backlog: what repeats in vain may not become most of what leaves."""

from datetime import timedelta

import pytest

from channels_app import rules
from channels_app.models import Delivery
from channels_app.models.deliveries import LEASE
from channels_app.states import DeliveryState
from lifecycle import clock
from tests.channels_app.factories import receive

pytestmark = pytest.mark.django_db
LEAST = rules.REPEATS_LEAST.default


def owe(number: int, **columns: object) -> Delivery:
    """A receipt that is due."""
    receive(contact=("mail", f"mina{number}@example.org"))
    row = Delivery.objects.latest("id")
    Delivery.objects.filter(pk=row.pk).update(**columns)
    row.refresh_from_db()
    return row


def left(count: int, *, ago: timedelta = timedelta(), **columns: object) -> None:
    """So many mails that a sender has claimed `ago`."""
    message = receive()
    moment = clock.now() - ago
    Delivery.objects.bulk_create(
        Delivery(
            event=f"{number}",
            message=message,
            channel="mail",
            created_at=moment,
            next_at=moment,
            lease_until=moment + LEASE,
            **{"attempts": 1, "state": DeliveryState.SENT, **columns},
        )
        for number in range(count)
    )


def in_vain(count: int, *, ago: timedelta = timedelta()) -> None:
    """So many that were repeated and failed."""
    left(count, ago=ago, attempts=2, state=DeliveryState.FAILED)


def test_a_repeat_goes_as_long_as_few_have_failed() -> None:
    row = owe(1, attempts=1)
    in_vain(LEAST - 1)

    assert Delivery.objects.claim("a sender") == row


def test_a_repeat_waits_once_too_many_were_in_vain() -> None:
    owe(1, attempts=1)
    in_vain(LEAST)

    assert Delivery.objects.claim("a sender") is None


def test_a_first_attempt_always_goes() -> None:
    fresh, _repeat = owe(1), owe(2, attempts=1)
    in_vain(10 * LEAST)

    assert Delivery.objects.claim("a sender") == fresh
    assert Delivery.objects.claim("a sender") is None


def test_what_an_officer_sends_again_always_goes() -> None:
    row = owe(1, attempts=0, repeated=True)
    in_vain(10 * LEAST)

    assert Delivery.objects.claim("a sender") == row


def test_the_more_leaves_the_more_may_be_repeated() -> None:
    row = owe(1, attempts=1)
    in_vain(LEAST)
    left(10 * LEAST)

    assert Delivery.objects.claim("a sender") == row


def test_repeats_that_arrive_cost_nothing() -> None:
    row = owe(1, attempts=1)
    left(10 * LEAST, attempts=2)

    assert Delivery.objects.claim("a sender") == row


def test_after_an_hour_it_is_forgotten() -> None:
    row = owe(1, attempts=1)
    in_vain(10 * LEAST, ago=timedelta(hours=1, seconds=1))

    assert Delivery.objects.claim("a sender") == row
