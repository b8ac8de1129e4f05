"""The demonstration of routing: told once, through the real actions, relative to its moment."""

from datetime import timedelta

import pytest
from django.utils import timezone

from channels_app.models import Asked, Message, RoutingDecision
from people.models import Office
from seoul_portal.demo import routing
from tests.ledger import check_ledger

pytestmark = pytest.mark.django_db


def test_it_is_told_once_however_often_it_is_played() -> None:
    now = timezone.now()

    routing.play(now)
    routing.play(now + timedelta(hours=1))

    waste, stop, wall = (
        Message.objects.get(text=text) for text in (routing.WASTE, routing.STOP, routing.WALL)
    )
    assert waste.office == Office.objects.get(slug="mapo")
    decision = RoutingDecision.objects.get(message=waste)
    assert decision.instead_of == Office.objects.get(slug="recycling")
    assert Asked.objects.filter(message=stop).count() == 2
    assert Asked.objects.open().filter(message=stop).count() == 1
    assert (wall.office, wall.hand_backs) == (Office.objects.get(slug="parks"), 3)
    assert Message.objects.filter(received_at__gt=now).count() == 0
    check_ledger()
