"""The demonstration of places and joining is told once, however often it is played."""

import pytest

from channels_app.models import Message
from channels_app.states import MessageStatus
from lifecycle import clock
from seoul_portal.demo import places
from tests.ledger import check_ledger

pytestmark = pytest.mark.django_db


def test_playing_it_twice_tells_it_once() -> None:
    for _n in range(2):
        places.play(clock.now())

    lead = Message.objects.get(text=places.FIRST)
    assert set(lead.joined.values_list("text", flat=True)) == {places.SECOND, places.THIRD}
    assert Message.objects.get(text=places.OTHER).status == MessageStatus.RECEIVED
    assert Message.objects.count() == 4
    check_ledger(settled=False)
