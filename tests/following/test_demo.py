"""The demonstration of following is told once."""

from datetime import timedelta

import pytest

from channels_app.models import Delivery, Follow, Message
from lifecycle import clock
from seoul_portal.demo import following
from tests.channels_app.factories import receive
from tests.following.readers import roads, route
from tests.ledger import check_ledger

pytestmark = pytest.mark.django_db


def test_followers_are_told_what_happened_since_and_once() -> None:
    moment, office = clock.now(), roads()
    with clock.at(moment - timedelta(days=9)):
        said = [receive() for _n in range(5)]
    with clock.at(moment - timedelta(days=1)):
        route(said[0], office)

    following.play(moment)
    made = Delivery.objects.count(), Follow.objects.count()
    following.play(moment)

    assert (Delivery.objects.count(), Follow.objects.count()) == made
    assert Follow.objects.active().count() == 2 * following.FOLLOWED
    assert Delivery.objects.filter(event="news", follow__isnull=False).count() == 2
    assert not Message.objects.with_untold_steps().exists()
    check_ledger(settled=False)
