"""What really fails, or takes for ever: rows the database refuses, a child that sleeps."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

REFUSED = "RAISE EXCEPTION 'poison'"
SLOW = "PERFORM pg_sleep(60)"
TAR = b"tar pit"
CHILD = """import os, sys, time
if {tar!r} in sys.stdin.buffer.read():
    time.sleep(600)
os.lseek(0, 0, os.SEEK_SET)
os.execv(sys.executable, [sys.executable, "-I", {script!r}, *sys.argv[1:]])
"""


@contextmanager
def poison(table: str, rows: str, *, at: str = "UPDATE", does: str = REFUSED) -> Iterator[None]:
    """Within the block these rows (a condition on NEW) can't be written; or not in time."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE OR REPLACE FUNCTION poison() RETURNS trigger LANGUAGE plpgsql"
            f" AS $$ BEGIN {does}; RETURN NEW; END $$"
        )
        cursor.execute(
            f"CREATE TRIGGER a_poison BEFORE {at} ON {table} FOR EACH ROW"
            f" WHEN ({rows}) EXECUTE FUNCTION poison()"
        )
    yield
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER a_poison ON {table}")


def slow_child(folder: Path, script: Path) -> Path:
    """The same child process, but over what holds the bytes TAR it takes ten minutes."""
    child = folder / "slow_child.py"
    child.write_text(CHILD.format(tar=TAR, script=str(script)))
    return child
