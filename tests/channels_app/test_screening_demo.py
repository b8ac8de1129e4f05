"""The publication desk of the demonstration: played twice, told once."""

import pytest

from channels_app.models import Message
from lifecycle import clock
from seoul_portal.demo import abuse
from tests.ledger import check_ledger

pytestmark = pytest.mark.django_db


def test_it_shows_every_kind_of_decision_and_leaves_no_doubles() -> None:
    now = clock.now()
    waiting = abuse.play(now)
    before = list(Message.objects.order_by("id").values())

    abuse.play(now)

    assert list(Message.objects.order_by("id").values()) == before
    assert {row.held_reason for row in waiting} == {"repeated", "tone"}
    assert Message.objects.filter(hidden_reason="personal").exists()
    assert Message.objects.public().filter(held_reason="repeated").count() == 3
    check_ledger(settled=False)
