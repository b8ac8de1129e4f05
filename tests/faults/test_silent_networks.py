"""Mail servers and mailboxes that say nothing: what has nothing to do with them goes on."""

import pytest
from pytest_django.fixtures import Settings

from benchmarks.chaos.house import WORKER_ALONE
from channels_app.models import Account, Delivery, InboundEvent
from channels_app.seats import SEATS
from lifecycle.models import Heartbeat
from people.models import Office
from seoul_portal.sweeps import SLOW, SWEEPS, THREADS
from tests.faults import city
from tests.faults.house import House, until
from tests.faults.smtp import SILENCE, scripted
from tests.mail_in.boxes import mailbox
from tests.mail_in.letters import raw
from tests.mail_in.servers import imap_server
from tests.photos.pictures import photos_of, sent

MAILS = 20


def test_all_seats_leave_threads_to_what_has_none() -> None:
    slow = {name.rpartition(".")[2] for name in SLOW}

    assert all(name in slow or name.startswith("send_") for name in SEATS)
    assert sum(SEATS.values()) <= THREADS["slow"] - 3
    assert f"-c {THREADS['slow']}" in " ".join(WORKER_ALONE)


@pytest.mark.slow
def test_silent_servers_hold_no_photo_no_seal_and_no_other_mailbox(
    house: House, roads: Office, settings: Settings
) -> None:
    settings.MEDIA_ROOT = house.folder / "media"
    for number in range(MAILS):
        city.owe(f"mina{number}@example.org")
    message = sent()
    house.valkey.start()

    with scripted({"GREETING": SILENCE}) as silent, imap_server() as server:
        house.mail_port = silent.port
        for number in range(2):
            mailbox(f"silent{number}@seoul.example", port=silent.port)
        loud = mailbox(port=server.port)
        server.put(raw(f"{city.DECIDING}이 들썩해요."))
        house.start_worker()

        # All that may hang, hangs; and then the others are done all the same.
        sending = Delivery.objects.filter(state="sending")
        until(lambda: sending.count() == SEATS["send_due"], within=60)
        asked = Account.objects.exclude(pk=loud.pk).filter(lease_until__isnull=False)
        until(lambda: asked.count() == 2, within=60)
        Heartbeat.objects.all().delete()
        until(lambda: photos_of(message)[0].is_ready, within=60)
        until(lambda: InboundEvent.objects.filter(account=loud, state="taken"), within=60)
        until(lambda: set(SWEEPS["lifecycle"] | SWEEPS["mayors_office"]) <= beating(), within=60)
        until(lambda: set(SEATS) <= beating(), within=60)

        assert not Delivery.objects.filter(state="sent").exists()


def beating() -> set[str]:
    """Which sweeps were through."""
    return set(Heartbeat.objects.values_list("sweep", flat=True))
