"""What the database does, without a word of what anybody wrote."""

import threading
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as some
from psycopg import sql

from seoul_portal.local.postgres import NAME, Postgres
from seoul_portal.local.standing import standing_in
from seoul_portal.operations import database
from tests.faults.house import House, until


@given(
    some.text(
        some.characters(exclude_characters="\x00", exclude_categories=["Cs"]), min_size=4
    ).map(lambda words: f"§{words}§")
)
def test_nothing_that_was_written_survives(words: str) -> None:
    statement = sql.SQL("SELECT 1 FROM t WHERE a = {} AND b = 7").format(sql.Literal(words))
    shown = database.without_literals(statement.as_string(None))

    assert "§" not in shown
    assert shown.endswith("AND b = ?")


@pytest.mark.parametrize(
    ("statement", "shape"),
    [
        ("SELECT a2 FROM t1 WHERE x = 01012345678", "SELECT a2 FROM t1 WHERE x = ?"),
        ("SELECT 'Mina''s', E'a\\'b', $$x'y$$, $q$z$q$", "SELECT ?, ?, ?, ?"),
        ("SELECT 'cut off in the mid", "SELECT ?"),
        ('SELECT $1, "Order" -- mina@example.org\n', 'SELECT $1, "Order" ?'),
        ("SELECT 1 /* mina */ , -2.5", "SELECT ? ? , ?"),
    ],
)
def test_the_shape_stays(statement: str, shape: str) -> None:
    assert database.without_literals(statement) == shape


def test_who_waits_for_whose_lock_is_seen(house: House) -> None:
    place = psycopg.conninfo.make_conninfo(**_place())
    with closing(psycopg.connect(place)) as first, closing(psycopg.connect(place)) as second:
        first.execute("LOCK lifecycle_rule IN ACCESS EXCLUSIVE MODE")
        holder = first.info.backend_pid
        waiting = threading.Thread(
            target=_try, args=(second, "SELECT FROM lifecycle_rule WHERE name = 'mina'")
        )
        waiting.start()
        until(lambda: any(holder in one.blocked_by for one in database.running()))
        (seen,) = (one for one in database.running() if one.blocked_by)
        until(lambda: database.oldest_transaction() > 0)
        first.rollback()
        waiting.join()

    assert seen.words == "SELECT FROM lifecycle_rule WHERE name = ?"


@pytest.mark.django_db
def test_room_and_timeouts_are_as_the_settings_say() -> None:
    room = database.room()

    assert room.size > 1_000_000
    assert 0 < room.connections <= room.most
    assert (room.lock_timeout, room.idle_timeout) == ("10s", "1min")


@pytest.mark.django_db
def test_without_the_extension_nothing_is_claimed() -> None:
    assert not database.is_watched()
    assert database.slowest() == []


@pytest.mark.slow
def test_with_the_extension_the_dearest_statements_are_named(
    tmp_path: Path, django_db_blocker: pytest.FixtureRequest
) -> None:
    server = Postgres(tmp_path / "postgres", log=tmp_path / "log", durable=False)
    server.start()
    _tell(server, "ALTER SYSTEM SET shared_preload_libraries = 'pg_stat_statements'")
    server.stop()
    server.start()
    try:
        with django_db_blocker.unblock(), standing_in(server.url):  # type: ignore[attr-defined]
            with connection.cursor() as cursor:
                cursor.execute("CREATE EXTENSION pg_stat_statements")
                cursor.execute("SELECT count(*) FROM pg_class WHERE relname = 'mina'")
            slow = database.slowest()
    finally:
        server.stop()

    assert any("FROM pg_class" in one.words for one in slow)
    assert not any("mina" in one.words for one in slow)


def _tell(server: Postgres, words: str) -> None:
    with closing(
        psycopg.connect(host=str(server.sockets), user=NAME, dbname=NAME, autocommit=True)
    ) as line:
        line.execute(words.encode())


def _place() -> dict[str, str]:
    """Where this test's database is."""
    told = connection.get_connection_params()
    return {key: told[key] for key in ("dbname", "user", "host", "port") if key in told}


def _try(line: "psycopg.Connection[tuple[object, ...]]", words: str) -> None:
    line.execute(words.encode())
    line.rollback()
