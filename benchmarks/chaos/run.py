"""Round after round: people speak, parts are killed, then the books must balance."""

import logging
import random
import time
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path

from django.core.management import call_command
from django.db import DatabaseError, InterfaceError, connection

from benchmarks.chaos import city as cities
from benchmarks.chaos.city import City
from benchmarks.chaos.house import House, until
from benchmarks.chaos.kills import KINDS, Parts, rounds
from benchmarks.chaos.mails import CountingServer, counting
from channels_app.models import Delivery, Message
from channels_app.states import DeliveryState, MessageStatus
from lifecycle import clock
from seoul_portal.ledger import wrong_entries
from seoul_portal.local.postgres import Postgres

SPEAKERS, PAUSE = 4, 0.2
BETWEEN = (0.1, 0.6)  # seconds from one kill to the next
CALM = 120.0  # until then everything that was said must be done
SLOWNESS = 0.02  # of the mail server, before and again after it keeps a mail
SORTS = ("lost", "doubled", "unowned")


@dataclass
class Outcome:
    """What came of it. A round blames everything that is wrong on every kind it killed."""

    kills: Counter[str] = field(default_factory=Counter)
    wrong: dict[str, Counter[str]] = field(
        default_factory=lambda: {kind: Counter() for kind in KINDS}
    )
    found: Counter[str] = field(default_factory=Counter)
    entries: list[str] = field(default_factory=list)
    more: dict[str, float] = field(default_factory=dict)

    def blame(self, kinds: Iterable[str], entries: list[str]) -> None:
        """The wrong entries of one round."""
        sorts = Counter(sort_of(entry) for entry in entries)
        self.found += sorts
        for kind in set(kinds):
            self.wrong[kind] += sorts
        self.entries += entries

    def lines(self) -> list[str]:
        """The table, as it stands in the documentation."""
        rows = [(kind, self.kills[kind], self.wrong[kind]) for kind in KINDS]
        rows.append(("all", self.kills.total(), self.found))
        head = "| killed (-9) | times | lost | doubled | unowned |\n|---|---|---|---|---|"
        return [
            *head.splitlines(),
            *(
                f"| {name} | {count:,} | " + " | ".join(str(wrong[s]) for s in SORTS) + " |"
                for name, count, wrong in rows
            ),
        ]

    def result(self) -> dict[str, float]:
        """The keys of the RESULT line."""
        found = {sort: self.found[sort] for sort in SORTS}
        return {"kills": self.kills.total(), **self.kills, **found, **self.more}


def sort_of(entry: str) -> str:
    """What an entry of the ledger that does not balance means for people."""
    if "without owner" in entry or "nobody's business" in entry:
        return "unowned"
    if "copies outside" in entry or "one key" in entry or "deliveries of one" in entry:
        return "doubled"
    return "lost"


def run(
    folder: Path,
    *,
    kills: int,
    seed: int,
    seconds: float = float("inf"),
    say: Callable[[str], object] = lambda words: None,
) -> Outcome:
    """So many kills, or as many rounds as fit into `seconds`; then everything is torn down."""
    logging.getLogger("mail.log").setLevel(logging.WARNING)  # not a line for every word of SMTP
    outcome, dice, stop = Outcome(), random.Random(seed), time.monotonic() + seconds
    cluster = Postgres(folder / "postgres", log=folder / "postgres.log")
    with ExitStack() as stack:
        stack.callback(cluster.stop)
        cluster.start()
        house = stack.enter_context(House(folder, database_url=cluster.url).inside())
        call_command("migrate", verbosity=0)
        officer = cities.build()
        server, house.mail_port = stack.enter_context(counting(slowness=SLOWNESS))
        parts = Parts(house, cluster)
        city = City(parts.start(), officer, speakers=SPEAKERS, pause=PAUSE)
        stack.callback(city.leave)
        began = time.monotonic()
        plan = rounds(kills, seed)
        for number, kinds in enumerate(plan, 1):
            struck, calmed, balanced = _one_round(kinds, city, parts, server, dice, outcome)
            say(
                f"round {number} of {len(plan)}: {outcome.kills.total()} kills, "
                f"{len(city.receipts)} receipts, {len(server.kept)} mails, "
                f"{len(outcome.entries)} wrong, {time.monotonic() - began:.0f} s "
                f"(kills {struck:.0f}, calm {calmed:.0f}, books {balanced:.0f})"
            )
            if time.monotonic() > stop:
                break
        outcome.more = _more(city, server, time.monotonic() - began)
    return outcome


def _one_round(
    kinds: list[str],
    city: City,
    parts: Parts,
    server: CountingServer,
    dice: random.Random,
    outcome: Outcome,
) -> tuple[float, float, float]:
    """Its seconds: until the last kill, until all was done, until the books were read."""
    began = time.monotonic()
    city.begin()
    try:
        for place, kind in enumerate(kinds, 1):
            until(partial(_goes_on, city, parts, len(city.receipts)), within=CALM)
            time.sleep(dice.uniform(*BETWEEN))
            parts.strike(kind, again=place < len(kinds))
            outcome.kills[kind] += 1
    except BaseException:  # Ctrl-C among them: nobody finishes the sentence
        city.leave()
        raise
    finally:
        # A web server whose workers fall too often gives up: its supervisor starts it anew.
        city.end(parts.house.tend)
    struck = time.monotonic()
    entries = _calm(parts)
    calmed = time.monotonic()
    entries += wrong_entries(receipts=city.receipts, outside=server.copies)
    entries += [*city.twins, *(f"{text}: nobody heard it" for text in city.unheard)]
    city.twins.clear()
    city.unheard.clear()
    outcome.blame(kinds, entries)
    return struck - began, calmed - struck, time.monotonic() - calmed


def _goes_on(city: City, parts: Parts, heard: int) -> bool:
    """Somebody was heard since the last kill."""
    parts.house.tend()
    return len(city.receipts) > heard


def _calm(parts: Parts) -> list[str]:
    """Until all that was said is done; what is not done in time is wrong.

    The leases of dead senders run out now instead of in two minutes: nobody lives who has one.
    """
    if not parts.has_worker:
        until(_bury, within=CALM)
        parts.start_worker()
    try:
        until(partial(_is_done, parts), within=CALM, every=0.2)
    except AssertionError:
        return ["the sweeps did not come to an end"]
    return []


def _bury() -> bool:
    try:
        dead = Delivery.objects.filter(state=DeliveryState.SENDING)
        dead.update(lease_until=clock.now() - timedelta(seconds=1))
    except (DatabaseError, InterfaceError):
        connection.close()
        return False
    return True


def _is_done(parts: Parts) -> bool:
    parts.house.tend()
    under_way = (DeliveryState.QUEUED, DeliveryState.SENDING)
    try:
        return not (
            Message.objects.waiting_to_be_routed().exists()
            or Message.objects.filter(status=MessageStatus.ANSWERED).exists()
            or Message.objects.with_untold_steps().exists()
            or Delivery.objects.filter(state__in=under_way, channel="mail").exists()
        )
    except (DatabaseError, InterfaceError):
        connection.close()
        return False


def _more(city: City, server: CountingServer, seconds: float) -> dict[str, float]:
    rows = Delivery.objects.all()
    return {
        "voices": Message.objects.count(),
        "answered": city.answered,
        "mails": len(server.kept),
        "repeated": rows.filter(repeated=True).count(),
        "doubled_with_a_note": sum(copies > 1 for copies in server.copies.values()),
        "unknown_with_an_owner": rows.filter(state=DeliveryState.UNKNOWN).count(),
        "seconds": round(seconds),
    }
