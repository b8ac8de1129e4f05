"""`./portal bench NAME [--seconds N]`: figures of this machine; `--quick`: all of them, small.

`growth` takes `--small N --large N`, the sizes of its two cities.
"""

import importlib
import json
import os
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from typing import Any
from urllib.parse import urlsplit

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection, connections

import benchmarks
from lifecycle import rules

SECONDS, QUICK_SECONDS = 20.0, 3.0


class Command(BaseCommand):
    """Each benchmark ends with one line `RESULT {json}`, in a database made for it alone."""

    help = __doc__ or ""
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which, how long."""
        parser.add_argument("name", nargs="?", choices=benchmarks.NAMES)
        parser.add_argument("--seconds", type=float, help="how long it measures")
        parser.add_argument("--rows", type=int, help="search, lists: how many texts")
        parser.add_argument("--viewers", type=int, help="live: how many open pages")
        parser.add_argument("--people", type=int, help="support: how many at once")
        parser.add_argument("--readers", type=int, help="support: how many read beside them")
        parser.add_argument("--small", type=int, help="growth: messages of the small city")
        parser.add_argument("--large", type=int, help="growth: messages of the large city")
        parser.add_argument("--quick", action="store_true", help="small: does it still run?")

    def handle(self, *args: Any, **options: Any) -> None:
        """Without a name all of them."""
        names: Sequence[str] = [options["name"]] if options["name"] else benchmarks.NAMES
        wanted = {
            "quick": options["quick"],
            "seconds": options["seconds"] or (QUICK_SECONDS if options["quick"] else SECONDS),
        }
        with empty_portal(f"portal_bench_empty_{os.getpid()}") as empty:
            for name in names:
                self._run(name, empty, wanted, options)

    def _run(self, name: str, empty: str, wanted: dict[str, Any], options: dict[str, Any]) -> None:
        """One of them, in a database that nothing has touched."""
        self.stdout.write(f"{name} …")
        self.stdout.flush()
        benchmark = importlib.import_module(f"benchmarks.{name}")
        sizes = {size: options[size] for size in getattr(benchmark, "SIZES", ())}
        # What compares sizes keeps cities of its own.
        own = own_database(f"portal_bench_{os.getpid()}", like=empty)
        with nullcontext() if "large" in sizes else own:
            found = benchmark.run(**wanted, **sizes)
        self.stdout.write(f"RESULT {json.dumps({'benchmark': name, **found})}")
        self.stdout.flush()


@contextmanager
def empty_portal(name: str) -> Iterator[str]:
    """The name of a migrated database that is copied in a moment."""
    _create(name)
    try:
        with standing_in(name):
            call_command("migrate", interactive=False, verbosity=0)
        yield name
    finally:
        _drop(name)


@contextmanager
def own_database(name: str, *, like: str) -> Iterator[None]:
    """A fresh database on the same server, for this process and its children."""
    _create(name, like)
    try:
        with standing_in(name):
            yield
    finally:
        _drop(name)


@contextmanager
def standing_in(name: str) -> Iterator[None]:
    """This process and its children use that database meanwhile."""
    kept, url = connections.settings["default"]["NAME"], os.environ["DATABASE_URL"]
    parts = urlsplit(url)
    os.environ["DATABASE_URL"] = parts._replace(
        path=f"{parts.path.rpartition('/')[0]}/{name}"
    ).geturl()
    _stand_in(name)
    try:
        yield
    finally:
        os.environ["DATABASE_URL"] = url
        _stand_in(kept)


def _create(name: str, like: str = "") -> None:
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"' + (f' TEMPLATE "{like}"' if like else ""))


def _drop(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _stand_in(name: str) -> None:
    connection.close()
    connections.settings["default"]["NAME"] = name
    connection.settings_dict["NAME"] = name
    rules.forget()
