"""A fault at every line between the claim and the last word about a notice: the same end."""

from collections import Counter
from datetime import timedelta

import pytest
from pytest_django import Settings

from channels_app import actions, tasks
from channels_app.models import Delivery
from lifecycle import clock
from people.models import Office
from tests.channels_app.factories import receive
from tests.faults.house import House
from tests.faults.test_every_point import dying_sender, fail_everywhere
from tests.following.browsers import VAPID_KEY, Door, door
from tests.ledger import check_ledger

FEWEST_POINTS = 40


def owe(maker: Door, name: str) -> Delivery:
    """A notice that has to leave to the browser of this name."""
    message = receive()
    one = maker.browser(name).follow(message)
    actions.announce(one.topic, key=name, what="일이 있었습니다.", path=message.get_absolute_url())
    return Delivery.objects.get(event="notice", follow=one)


def recover() -> None:
    """What the sweeps do in the hours after: the leases are over, and so is every pause."""
    Delivery.objects.filter(state="sending").update(lease_until=clock.now() - timedelta(seconds=1))
    while Delivery.objects.stale().exists():
        tasks.send_stale()
    with clock.at(clock.now() + timedelta(hours=2)):
        while Delivery.objects.due("push").exists():
            tasks.send_pushes()


@pytest.mark.slow
@pytest.mark.parametrize(("first", "how"), [(201, "die"), (201, "stumble"), (0, "die")])
def test_the_end_is_the_same_from_every_point(
    first: int,
    how: str,
    house: House,
    roads: Office,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with door(settings) as maker:
        monkeypatch.setenv("VAPID_KEY", VAPID_KEY)
        monkeypatch.setenv("PUSH_ALSO", f"127.0.0.1:{maker.port}")
        owe(maker, "warm")
        maker.answer = (first, {})
        with dying_sender(house) as obey:
            failed = fail_everywhere(obey, how, lambda name: owe(maker, name))
        maker.answer = (201, {})
        recover()

    assert len(failed) >= FEWEST_POINTS
    ends = {place: Delivery.objects.get(pk=row.pk) for place, row in failed.items()}
    assert {place: row.state for place, row in ends.items() if row.state != "sent"} == {}
    copies = Counter(path for path, _headers, _body in maker.came)
    repeated = Delivery.objects.filter(repeated=True).count()
    assert sum(number - 1 for number in copies.values()) <= repeated
    check_ledger(settled=False)
