"""What the pages of suggestions cost with 1,000 and with 200,000 of them and 2 million supports.

CPU is that of this process and of its PostgreSQL backend, for one request answered in-process: the
least of several with warm caches. `--rows N` is the large number.
"""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.http import urlencode

from benchmarks import growth, ideas
from lifecycle import rules
from suggestions.models import Suggestion

SIZES = ("rows",)
SMALL, LARGE = 1_000, 200_000
QUICK_SMALL, QUICK_LARGE = 1_000, 3_000
SUPPORTS_OF_EACH = 10
WARM, TIMES = 3, 25
Url = Callable[[Suggestion], str]


def _list(**filters: str) -> Url:
    return lambda _row: f"{reverse('suggestions')}?{urlencode(filters)}"


def _named(name: str) -> Url:
    return lambda _row: reverse(name)


PAGES: dict[str, Url] = {
    "list": _named("suggestions"),
    "list: most supported": _list(sort="supported"),
    "list: ending soon": _list(sort="ending"),
    "list: a stage": _list(stage="work"),
    "list: what became of it": _list(became="implemented"),
    "list: an office": lambda row: f"/suggestions/?office={row.department.slug}",  # type: ignore[union-attr]  # it has one
    "list: a borough": lambda row: f"/suggestions/?borough={row.borough.slug}",  # type: ignore[union-attr]  # the same
    "list: overdue": _list(overdue="on"),
    "page": lambda row: row.get_absolute_url(),
    "CSV": _named("suggestions_csv"),
    "oasis": _named("oasis"),
    "changed": _named("changed"),
    "feed": _named("suggestions_feed"),
    "API: list": lambda _row: "/api/v1/suggestions/",
    "API: one": lambda row: f"/api/v1/suggestions/{row.code}/",
}


def run(*, quick: bool, seconds: float = 0, rows: int | None = None) -> dict[str, Any]:
    """The costs of every page; raises RuntimeError where one does not answer."""
    small, large = (QUICK_SMALL, QUICK_LARGE) if quick else (SMALL, LARGE)
    large = rows or large
    with connection.cursor() as cursor:  # as in `growth`: what a second process does is not seen
        cursor.execute("SET max_parallel_workers_per_gather = 0")
    growth.read_often()
    template = ideas.opened(ideas.officer())
    costs: dict[str, list[growth.Cost]] = {}
    for first, last in ((0, small), (small, large)):
        ideas.fill(template, first, last, supports=SUPPORTS_OF_EACH * (last - first))
        rules.forget()
        _measure(costs, times=3 if quick else TIMES)
    lines = [growth.line_of(name, *found) for name, found in costs.items()]
    for line in lines:
        growth.tell(growth.written(line))
    return {
        "small": small,
        "large": large,
        "supports": SUPPORTS_OF_EACH * large,
        "too_dear": [line["page"] for line in lines if not growth.is_kept(line)],
        "pages": lines,
    }


def _measure(costs: dict[str, list[growth.Cost]], *, times: int) -> None:
    row = Suggestion.objects.select_related("department", "borough").get(pk=ideas.FIRST + 5)
    client = Client(headers={"host": "localhost"})
    for name, url in PAGES.items():
        path = url(row)

        def ask(path: str = path, name: str = name) -> None:
            answer = client.get(path)
            if answer.status_code != 200:
                raise RuntimeError(f"{name}: {path} was answered with {answer.status_code}")
            answer.getvalue()

        cost = growth.Cost()
        rules.forget()  # or the book is read anew in the middle of a measurement
        for _time in range(WARM):
            ask()
        with CaptureQueriesContext(connection) as caught:
            ask()
        cost.queries = len(caught)
        cost.seconds = [growth.cpu_of(ask) for _time in range(times)]
        costs.setdefault(name, []).append(cost)
