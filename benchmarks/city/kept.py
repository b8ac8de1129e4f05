"""The finished cities: databases of a PostgreSQL of their own below var/, made once.

Their name holds a digest of every migration and of this package: another state of either makes
them anew, and the old ones are dropped.
"""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.apps import apps
from django.core.management import call_command
from django.db import connection, connections

from benchmarks.city.tables import Tell, fill
from lifecycle import rules
from seoul_portal.local import places
from seoul_portal.local.postgres import NAME, Postgres

BEGINS = "city_"
WRITERS = ("draws", "passages", "people", "rarer", "tables", "writing")


@contextmanager
def server() -> Iterator[None]:
    """The cluster of the cities, ours as long as it lasts; this process speaks to it alone."""
    folder = places.var() / "growth"
    folder.mkdir(parents=True, exist_ok=True)
    postgres = Postgres(folder / "postgres", log=folder / "postgres.log", durable=False)
    postgres.start()
    place = connections.settings["default"]
    before = {name: place[name] for name in ("HOST", "NAME", "USER", "PORT", "PASSWORD")}
    try:
        _go_to({"HOST": unquote(urlsplit(postgres.url).path.rpartition("/")[0]), "USER": NAME})
        _go_to({"NAME": NAME, "PORT": "", "PASSWORD": ""})
        _drop_old()
        yield
    finally:
        _go_to(before)
        postgres.stop()


def enter(rows: int, *, tell: Tell) -> None:
    """Speak to the city of this size from now on; it is made if it is not there."""
    name = f"{BEGINS}{_migrated()}_{_written()}_{rows}"
    if not _exists(name):
        _make(name, rows, tell)
    _go_to({"NAME": name})


def bytes_on_disk() -> int:
    """Of the city that this process speaks to."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        found: int = cursor.fetchone()[0]
    return found


def _make(name: str, rows: int, tell: Tell) -> None:
    """Beside, under a name that is not yet the finished one: a broken-off one is made anew."""
    empty, fresh = f"{BEGINS}{_migrated()}_empty", f"{name}_new"
    if not _exists(empty):
        _drop(f"{empty}_new")
        _sql(f'CREATE DATABASE "{empty}_new"')
        _go_to({"NAME": f"{empty}_new"})
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        _sql(f'ALTER DATABASE "{empty}_new" RENAME TO "{empty}"')
    _drop(fresh)
    _sql(f'CREATE DATABASE "{fresh}" TEMPLATE "{empty}"')
    # What a parallel worker does is not seen in the processor time of our own backend.
    _sql(f'ALTER DATABASE "{fresh}" SET max_parallel_workers_per_gather = 0')
    tell(f"a city of {rows:,} messages")
    _go_to({"NAME": fresh})
    fill(rows, tell=tell)
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("VACUUM ANALYZE")
    _sql(f'ALTER DATABASE "{fresh}" RENAME TO "{name}"')


@lru_cache(maxsize=1)
def _migrated() -> str:
    """A digest of all that the tables depend on."""
    folders = [Path(config.path) / "migrations" for config in apps.get_app_configs()]
    ours = [one for one in folders if places.ROOT in one.parents and ".venv" not in one.parts]
    return _digest(path for folder in ours for path in folder.glob("*.py"))


@lru_cache(maxsize=1)
def _written() -> str:
    """A digest of all that the rows depend on."""
    return _digest(Path(__file__).with_name(f"{name}.py") for name in WRITERS)


def _digest(files: Iterable[Path]) -> str:
    seen = hashlib.sha256()
    for path in sorted(files):
        seen.update(path.read_bytes())
    return seen.hexdigest()[:8]


def _drop_old() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{BEGINS}%"])
        names = [name for (name,) in cursor.fetchall()]
    for name in names:
        kept = (f"{BEGINS}{_migrated()}_{_written()}_", f"{BEGINS}{_migrated()}_empty")
        if not name.startswith(kept):
            _drop(name)


def _exists(name: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM pg_database WHERE datname = %s", [name])
        return cursor.fetchone() is not None


def _drop(name: str) -> None:
    _sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _sql(statement: str) -> None:
    """From a database that nothing happens to."""
    _go_to({"NAME": NAME})
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute(statement)


def _go_to(place: dict[str, str]) -> None:
    connection.close()
    connections.settings["default"].update(place)
    connection.settings_dict.update(place)
    rules.forget()
