"""The mails of the demonstration: an answered one, words added, one for a person, a machine's."""

import pytest
from django.utils import timezone

from channels_app.models import Account, Enclosure, InboundEvent, Message
from lifecycle import clock
from seoul_portal.demo import mail

pytestmark = pytest.mark.django_db


def test_the_demonstration_tells_its_mails_once() -> None:
    now = timezone.now()

    for _n in range(2):
        mail.play(now)

    assert not Account.objects.get().is_open
    came = Message.objects.filter(channel="mail")
    assert came.count() == 2
    assert came.filter(status="replied").count() == 1
    added = came.get(additions__isnull=False).additions.get()
    assert added.text == "오늘은 바닥까지 젖어서 미끄럽습니다."
    assert Enclosure.objects.count() == 1
    states = InboundEvent.objects.values_list("state", flat=True)
    assert sorted(states) == ["automatic", "kept", "taken", "taken", "taken"]
    assert not Message.objects.filter(received_at__gt=clock.now()).exists()
