"""The demonstration of the open interface: dated from now, told once."""

from datetime import timedelta

import pytest

from channels_app.models import ApiClient, Message
from lifecycle import clock
from seoul_portal.demo import api
from tests.people import factories as people

pytestmark = pytest.mark.django_db


def test_played_twice_it_is_told_once() -> None:
    people.centre()
    now = clock.now()

    api.play(now)
    api.play(now + timedelta(hours=1))

    assert Message.objects.filter(client=ApiClient.objects.get()).count() == len(api.VOICES)
    assert not Message.objects.exclude(channel="api").exists()
    assert all(Message.objects.values_list("borough", flat=True))
