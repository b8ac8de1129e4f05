"""The worker is killed while it sends: no mail is lost, and none doubled without a note."""

from datetime import timedelta

import pytest

from channels_app.models import Delivery
from channels_app.seats import SEATS
from lifecycle import clock
from people.models import User
from tests.faults import city
from tests.faults.house import House, until
from tests.faults.smtp import CountingServer, counting
from tests.ledger import check_ledger

VOICES, ANSWERED = 100, 50
TOLD = VOICES - ANSWERED  # who has no answer yet hears which office has it
MAILS_A_LIFE = 18
THREADS = SEATS["send_due"]  # of one worker, each with one mail at a time


def not_sent() -> int:
    """How many have not left, as far as the outbox knows."""
    return Delivery.objects.exclude(state="sent").count()


def fill_the_outbox(jun: User) -> list[str]:
    """A hundred receipts and fifty answers, to people who want our mail."""
    codes = []
    for n in range(VOICES):
        address = f"mina{n}@example.org"
        city.confirmed(address)
        message = city.speak(contact=address)
        codes.append(message.code)
        if n < ANSWERED:
            city.publish_answer(message, by=jun)
    return codes


def bury(dead: str) -> int:
    """Let the leases of a killed worker run out now instead of in two minutes; how many it held.

    That is the one thing these tests don't wait for: `lease_until` is set back by hand, only for
    rows that a dead process had claimed.
    """
    held = Delivery.objects.filter(
        state="sending", claimed_by__contains=dead, lease_until__gt=clock.now()
    )
    return held.update(lease_until=clock.now() - timedelta(seconds=1))


def kill_while_sending(house: House, server: CountingServer) -> int:
    """One worker's life: it sends some mails and dies with others on its lips; how many."""
    worker = house.start_worker()
    goal = len(server.kept) + MAILS_A_LIFE
    until(lambda: len(server.kept) >= goal or not not_sent(), within=90, every=0.002)
    house.kill(worker)
    held = bury(f":{worker.pid}:")
    assert held <= THREADS
    assert not Delivery.objects.filter(state="sending", lease_until__gt=clock.now()).exists()
    return held


@pytest.mark.slow
def test_a_worker_killed_again_and_again_loses_no_mail(house: House, jun: User) -> None:
    codes = fill_the_outbox(jun)
    house.valkey.start()
    in_doubt = 0

    with counting(slowness=0.03) as (server, house.mail_port):
        while not_sent() > 20:
            in_doubt += kill_while_sending(house, server)
        house.start_worker()
        until(lambda: not Delivery.objects.filter(state__in=("queued", "sending")), within=90)

    repeated = Delivery.objects.filter(repeated=True).count()
    unknown = Delivery.objects.filter(state="unknown")
    doubled = [name for name, copies in server.copies.items() if copies > 1]
    assert house.kills >= 5
    assert in_doubt <= house.kills * THREADS
    assert repeated + unknown.count() == in_doubt
    assert len(doubled) <= repeated
    assert Delivery.objects.count() == VOICES + ANSWERED + TOLD
    assert Delivery.objects.count() - len(server.copies) <= unknown.count()
    assert all(row.is_troubled and row.told_of.office for row in unknown)
    check_ledger(receipts=codes, outside=server.copies)
