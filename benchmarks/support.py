"""So many people support one suggestion at once: by the action, and by a tap in the browser.

`sent` supports were answered, `counted` is what the sweep has added up: both are the same number.
`--people N` says how many. `--readers N` lines read the suggestion's page beside the taps: how many
pages a second, how long the 95th part of them took, and by how much the count was behind at most.
"""

import asyncio
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import connection
from django.db.models import Min

from benchmarks import ideas, intake, measuring
from benchmarks.posting import Posted, answer, read_pages
from channels_app.models import Contact
from lifecycle import clock, rules
from lifecycle.models import Rule
from suggestions import actions, voices
from suggestions.models import Milestone, Suggestion, SupportChange, Threshold
from suggestions.rules import ANSWER_AT

SIZES = ("people", "readers")
PEOPLE, QUICK_PEOPLE = 20_000, 400
QUICK_READERS = 4
READ_FOR = 0.5  # seconds, then the readers look whether all taps are done
THREADS, LINES = 8, 32
BODY = "act=support"


@dataclass
class Beside:
    """What went on beside the taps."""

    pages: Posted = field(default_factory=Posted)
    lags: list[float] = field(default_factory=list)

    def figures(self, took: float) -> dict[str, Any]:
        """Nothing where nobody read. Raises RuntimeError where a page was refused."""
        if self.pages.wrong:
            raise RuntimeError(f"{len(self.pages.wrong)} pages: {self.pages.wrong[:3]}")
        if not self.pages.seconds:
            return {}
        return {
            "read_per_s": round(len(self.pages.seconds) / took, 1),
            "read_p95_ms": round(1000 * measuring.percentile(self.pages.seconds, 0.95), 1),
            "lag_s": round(max(self.lags, default=0.0), 2),
        }


def run(
    *, quick: bool, seconds: float = 0, people: int | None = None, readers: int | None = None
) -> dict[str, Any]:
    """The figures of one run; raises RuntimeError where a voice was lost, or counted twice."""
    by, count = ideas.officer(), people or (QUICK_PEOPLE if quick else PEOPLE)
    contacts = ideas.people(count)
    rows = [ideas.opened(by, f"{ideas.WORDS} {number}") for number in (1, 2)]
    _ask_for_all(count)
    took = _by_action(rows[0], contacts)
    lines = QUICK_READERS if readers is None and quick else readers or 0
    beside = Beside()
    seconds_each, http_took = _by_browser(rows[1], contacts, lines, beside)
    while actions.count_supports():
        pass
    counted = [Suggestion.objects.get(pk=row.pk).supports for row in rows]
    latched = Milestone.objects.filter(suggestion__in=rows, threshold=Threshold.PANEL).count()
    if counted != [count, count] or latched != len(rows) or list(actions.wrong_counts()):
        raise RuntimeError(f"{counted} of {count} people were counted, {latched} latched")
    return {
        "sent": count,
        "counted": counted[0],
        "supports_per_s": round(count / took, 1),
        "http_counted": counted[1],
        "http_per_s": round(count / http_took, 1),
        "p95_ms": round(1000 * measuring.percentile(seconds_each, 0.95), 1),
        **beside.figures(http_took),
    }


def _ask_for_all(count: int) -> None:
    """The office has to answer after the last of them: until then it can be supported."""
    since = clock.now() - timedelta(days=1)
    Rule.objects.create(name=ANSWER_AT.name, value=count + 1, since=since, reason="benchmark")
    rules.forget()


def _by_action(row: Suggestion, contacts: Sequence[Contact]) -> float:
    """Seconds until the last one has its row, with the sweep counting beside them."""
    is_over = threading.Event()
    lines = [
        threading.Thread(target=_support_all, args=(row, contacts[number::THREADS]))
        for number in range(THREADS)
    ]
    counter = threading.Thread(target=_count_until, args=(is_over,))
    started = time.monotonic()
    counter.start()
    for line in lines:
        line.start()
    for line in lines:
        line.join()
    took = time.monotonic() - started
    is_over.set()
    counter.join()
    return took


def _support_all(row: Suggestion, contacts: Sequence[Contact]) -> None:
    for contact in contacts:
        actions.support(row, contact=contact)
    connection.close()


def _count_until(is_over: threading.Event) -> None:
    while not is_over.wait(1.0):
        actions.count_supports()
    connection.close()


def _watch_until(is_over: threading.Event, lags: list[float]) -> None:
    """How long the oldest voice that is not counted yet has waited, again and again."""
    while not is_over.wait(0.2):
        waiting = SupportChange.objects.filter(counted=False).aggregate(at=Min("at"))["at"]
        lags.append((clock.now() - waiting).total_seconds() if waiting else 0.0)
    connection.close()


def _by_browser(
    row: Suggestion, contacts: Sequence[Contact], readers: int, beside: Beside
) -> tuple[list[float], float]:
    """Seconds of each tap, and of all. Raises RuntimeError where one is not taken."""
    is_over = threading.Event()
    helping = [
        threading.Thread(target=_count_until, args=(is_over,)),
        threading.Thread(target=_watch_until, args=(is_over, beside.lags)),
    ]
    with intake.web() as (port, _pid):
        for thread in helping if readers else ():
            thread.start()
        started = time.monotonic()
        try:
            found = asyncio.run(_tap_all(port, row, contacts, readers, beside))
        finally:
            took = time.monotonic() - started
            is_over.set()
            for thread in helping if readers else ():
                thread.join()
        return found, took


async def _tap_all(
    port: int, row: Suggestion, contacts: Sequence[Contact], readers: int, beside: Beside
) -> list[float]:
    is_over = asyncio.Event()
    reading = asyncio.create_task(_read(port, row, readers, is_over, beside.pages))
    try:
        lines = (_tap_each(port, row, contacts[number::LINES]) for number in range(LINES))
        return [seconds for line in await asyncio.gather(*lines) for seconds in line]
    finally:
        is_over.set()
        await reading


async def _read(
    port: int, row: Suggestion, lines: int, is_over: asyncio.Event, pages: Posted
) -> None:
    """The page that everyone has open, over so many lines, until all taps are done."""
    while lines and not is_over.is_set():
        until = time.monotonic() + READ_FOR
        some = await read_pages(port, [row.get_absolute_url()], lines=lines, until=until)
        pages.seconds += some.seconds
        pages.wrong += some.wrong


async def _tap_each(port: int, row: Suggestion, contacts: Sequence[Contact]) -> list[float]:
    """One tap after the other, each by somebody else's browser."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    found = []
    for contact in contacts:
        started = time.monotonic()
        writer.write(
            f"POST /s/{row.code}/support/ HTTP/1.1\r\nHost: localhost\r\n"
            f"Cookie: {voices.COOKIE}={voices.secret_of(contact)}\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(BODY)}\r\n\r\n{BODY}".encode()
        )
        head, _body = await answer(reader)
        found.append(time.monotonic() - started)
        if not head.startswith("HTTP/1.1 302"):
            raise RuntimeError(f"a tap was answered with {head[:40]}")
    writer.close()
    return found
