"""A fault at every line between the claim and the last word about a mail: the same end."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

from channels_app import tasks
from channels_app.models import Delivery
from lifecycle import clock
from people.models import Office
from tests.faults import city
from tests.faults.house import House
from tests.faults.smtp import HANG_UP, ScriptedServer, scripted
from tests.ledger import check_ledger

SendTo = Callable[[int], None]
Obey = Callable[[Delivery, int, str], str]
Owe = Callable[[str], Delivery]
FEWEST_POINTS = 40
OWING: dict[str, Owe] = {
    "receipt": city.owe,
    "duty": lambda _address: city.owe_duty(),
    "news": lambda _address: city.owe_news(),
}
# What the mail server does at the first attempt.
FIRST = {"takes it": {}, "cuts the line": {"DOT": HANG_UP}, "says later": {"RCPT": "450 later"}}


@contextmanager
def dying_sender(house: House) -> Iterator[Obey]:
    """Another process that delivers a row up to its n-th line."""
    command = [sys.executable, "-m", "tests.faults.dying_sender"]
    with subprocess.Popen(
        command,
        env={
            **house.env,
            "DJANGO_SETTINGS_MODULE": "seoul_portal.settings",
            "LOG_LEVEL": "CRITICAL",
        },
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        asked, told = process.stdin, process.stdout

        def obey(row: Delivery, line: int, how: str) -> str:
            asked.write(f"{row.pk} {line} {how}\n")
            asked.flush()
            return told.readline().strip()

        try:
            yield obey
        finally:
            asked.close()


def fail_everywhere(obey: Obey, how: str, owe: Owe) -> dict[str, Delivery]:
    """One mail for each line of the way, failing there; by the place, until one mail lives."""
    by_place: dict[str, Delivery] = {}
    for line in range(1, 1000):
        row = owe(f"mina{how}{line}@example.org")
        fate = obey(row, line, how)
        if fate == "lived":
            return by_place
        by_place[f"{line} {fate}"] = row
    raise AssertionError("the way has no end")


def recover() -> None:
    """What the sweeps do in the hours after: the leases are over, and so is every pause."""
    tasks.route_waiting()
    Delivery.objects.filter(state="sending").update(lease_until=clock.now() - timedelta(seconds=1))
    while Delivery.objects.stale().exists():
        tasks.send_stale()
    with clock.at(clock.now() + timedelta(hours=2)):
        while Delivery.objects.due().exists():
            tasks.send_due()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("first", "how", "mail"),
    [
        ("takes it", "die", "receipt"),
        ("takes it", "stumble", "receipt"),
        ("cuts the line", "die", "receipt"),
        ("says later", "die", "receipt"),
        ("takes it", "die", "duty"),
        ("takes it", "die", "news"),
    ],
)
def test_the_end_is_the_same_from_every_point(
    first: str, how: str, mail: str, house: House, roads: Office, send_to: SendTo
) -> None:
    city.owe("mina@example.org")
    with scripted(dict(FIRST[first])) as server:
        house.mail_port = server.port
        send_to(server.port)
        with dying_sender(house) as obey:
            failed = fail_everywhere(obey, how, OWING[mail])
        server.script.clear()
        recover()

    assert len(failed) >= FEWEST_POINTS
    ends = {place: Delivery.objects.get(pk=row.pk).state for place, row in failed.items()}
    assert {place: end for place, end in ends.items() if end != "sent"} == {}
    assert _never_doubled_without_a_note(server)
    check_ledger(outside=server.copies)


def _never_doubled_without_a_note(server: ScriptedServer) -> bool:
    repeated = Delivery.objects.filter(repeated=True).count()
    return sum(copies - 1 for copies in server.copies.values()) <= repeated
