"""What each page costs in a small and in a large city: as many questions, about as much time.

CPU is that of this process and of its PostgreSQL backend, for one request answered in-process; the
least over several rounds in turn with warm caches. The cities are made by SQL and kept below var/.
"""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks import measuring
from benchmarks.city import kept, signing
from benchmarks.growth_pages import OFFICER, PAGES, City, Page, survey
from channels_app import rules as channel_rules
from lifecycle import clock, rules
from lifecycle.models import Rule

SMALL, LARGE = 10_000, 1_000_000
QUICK_SMALL, QUICK_LARGE = 500, 5_000
WARM, TIMES, ROUNDS = 3, 9, 3
MOST = 1.3
SIZES = ("small", "large")


@dataclass
class Cost:
    """Of one page in one city."""

    queries: int = 0
    seconds: list[float] = field(default_factory=list)

    @property
    def ms(self) -> float:
        """The least: what the page takes where nobody else wants the processor."""
        return 1000 * min(self.seconds)


def run(
    *, quick: bool, seconds: float = 0, small: int | None = None, large: int | None = None
) -> dict[str, Any]:
    """The costs of every page; raises RuntimeError where one does not answer.

    `seconds` is not needed: every page is asked for equally often.
    """
    sizes = (
        small or (QUICK_SMALL if quick else SMALL),
        large or (QUICK_LARGE if quick else LARGE),
    )
    costs: dict[str, dict[int, Cost]] = {}
    with kept.server():
        for rows in sizes:
            kept.enter(rows, tell=tell)
            read_often()
        size = kept.bytes_on_disk()
        for _round in range(1 if quick else ROUNDS):
            for rows in sizes:
                kept.enter(rows, tell=tell)
                _measure(rows, costs, times=2 if quick else TIMES)
    pages = [line_of(name, *(found[rows] for rows in sizes)) for name, found in costs.items()]
    for line in pages:
        tell(written(line))
    return {
        "small": sizes[0],
        "large": sizes[1],
        "large_gb": round(size / 1e9, 2),
        "too_dear": [line["page"] for line in pages if not is_kept(line)],
        "pages": pages,
    }


def tell(line: str) -> None:
    """At once: the large city takes minutes."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _measure(rows: int, costs: dict[str, dict[int, Cost]], *, times: int) -> None:
    city = survey()
    readers: dict[str, Client] = {}
    for page in PAGES:
        if page.is_there(city):
            client = readers.setdefault(page.who, _reader(page.who, city))
            cost = costs.setdefault(page.name, {}).setdefault(rows, Cost())
            _measure_one(page, city, client, cost, times)


def _reader(who: str, city: City) -> Client:
    if not who:
        return Client(headers={"host": "localhost"})
    return signing.signed_in(city.office.slug if who == OFFICER else who)


def _measure_one(page: Page, city: City, client: Client, cost: Cost, times: int) -> None:
    url = page.url(city)

    def ask() -> None:
        answer = client.get(url)
        if answer.status_code != 200:
            raise RuntimeError(f"{page.name}: {url} was answered with {answer.status_code}")

    for _time in range(WARM):
        ask()
    with CaptureQueriesContext(connection) as caught:
        ask()
    cost.queries = len(caught)
    cost.seconds += [cpu_of(ask) for _time in range(times)]


def cpu_of(ask: Callable[[], None]) -> float:
    """Of this process and of the backend behind its connection."""
    backend = measuring.backend()
    before = time.process_time() + measuring.run_seconds(backend)
    ask()
    return time.process_time() + measuring.run_seconds(backend) - before


def line_of(name: str, small: Cost, large: Cost) -> dict[str, Any]:
    """One page in both cities."""
    return {
        "page": name,
        "queries_small": small.queries,
        "queries_large": large.queries,
        "cpu_small_ms": round(small.ms, 1),
        "cpu_large_ms": round(large.ms, 1),
        "cpu_ratio": round(large.ms / small.ms, 2),
    }


def is_kept(line: dict[str, Any]) -> bool:
    """Whether it keeps both marks."""
    asks_no_more: bool = line["queries_large"] <= line["queries_small"]
    return asks_no_more and line["cpu_ratio"] <= MOST


def written(line: dict[str, Any]) -> str:
    """For the one who waits."""
    return (
        f"  {line['page']:<26} {line['queries_small']:>3} {line['queries_large']:>3}"
        f" {line['cpu_small_ms']:>8.1f} {line['cpu_large_ms']:>8.1f} ms {line['cpu_ratio']:>6.2f}"
        f"{'' if is_kept(line) else '  !'}"
    )


def read_often() -> None:
    """Another app may read that often in a city of measurements."""
    name = channel_rules.API_READS.name
    if not Rule.objects.filter(name=name).exists():
        since = clock.now() - timedelta(days=1)
        Rule.objects.create(name=name, value=10**7, since=since, reason="of the benchmark")
        rules.forget()
