"""How the database is: room, connections, transactions, locks, slow statements.

A statement of ours may hold what a citizen wrote: it is shown with every literal cut out.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError, connection, transaction

# Quoted in any way, or a number: none of it is shape.
LITERAL = re.compile(
    r"""
    [eExXbB]?'(?:[^'\\]|''|\\.)*'?        # a text, even one whose end is cut off
    | \$(\w*)\$.*?(?:\$\1\$|\Z)           # the same between dollars
    | (?<![\w$"])-?\d[\d.]*               # a number
    | --[^\n]* | /\*.*?(?:\*/|\Z)         # a remark
    """,
    re.VERBOSE | re.DOTALL,
)
LONGEST = 400
SLOW_SECONDS = 1.0
SHOWN = 10


@dataclass(frozen=True)
class Room:
    """Size and connections."""

    size: int
    connections: int
    most: int
    statement_timeout: str
    lock_timeout: str
    idle_timeout: str

    @property
    def share(self) -> int:
        """Connections in use, of a hundred."""
        return 100 * self.connections // self.most if self.most else 0

    @property
    def megabytes(self) -> float:
        """As disks tell it."""
        return self.size / 1_000_000


@dataclass(frozen=True)
class Running:
    """A statement that runs, or waits for somebody else's lock."""

    pid: int
    seconds: float
    state: str
    blocked_by: Sequence[int]
    words: str


@dataclass(frozen=True)
class Slow:
    """A statement of the past, by what it has cost altogether."""

    calls: int
    mean_ms: float
    total_seconds: float
    words: str


@dataclass(frozen=True)
class Table:
    """A table with rows that are dead and not cleared away yet."""

    name: str
    live: int
    dead: int
    cleared_at: Any


def without_literals(statement: str) -> str:
    """The shape of a statement: nothing that somebody wrote, on one line."""
    return " ".join(LITERAL.sub("?", statement).split())[:LONGEST]


def room() -> Room:
    """One statement."""
    row = _rows(
        "SELECT pg_database_size(current_database()),"
        " (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()),"
        " current_setting('max_connections')::int, current_setting('statement_timeout'),"
        " current_setting('lock_timeout'),"
        " current_setting('idle_in_transaction_session_timeout')"
    )[0]
    return Room(*row)


def oldest_transaction() -> float:
    """Seconds since the oldest open transaction of this database began; 0 for none but ours."""
    found = _rows(
        "SELECT coalesce(extract(epoch FROM max(clock_timestamp() - xact_start)), 0)::float"
        " FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        " AND backend_type = 'client backend'"
    )
    return max(0.0, round(float(found[0][0]), 1))


def running() -> list[Running]:
    """What runs for longer than a second, and who waits for whom."""
    found = _rows(
        "SELECT pid, extract(epoch FROM clock_timestamp() - query_start)::float,"
        " coalesce(state, ''), pg_blocking_pids(pid), coalesce(query, '')"
        " FROM pg_stat_activity WHERE datname = current_database()"
        " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        " AND (state <> 'idle' AND clock_timestamp() - query_start > %s * interval '1 s'"
        " OR cardinality(pg_blocking_pids(pid)) > 0) ORDER BY query_start LIMIT %s",
        SLOW_SECONDS,
        SHOWN,
    )
    return [
        Running(pid, round(seconds, 1), state, blocked, without_literals(words))
        for pid, seconds, state, blocked, words in found
    ]


def is_watched() -> bool:
    """Whether the extension that counts statements is in this database."""
    return bool(_rows("SELECT to_regclass('pg_stat_statements') IS NOT NULL")[0][0])


def slowest() -> list[Slow]:
    """What has cost most since the server began to count; nothing where it does not count."""
    if not is_watched():
        return []
    try:
        with transaction.atomic():  # the extension may be there without its library
            found = _slowest()
    except DatabaseError:
        return []
    return [
        Slow(calls, mean, total, without_literals(words)) for calls, mean, total, words in found
    ]


def _slowest() -> list[Any]:
    return _rows(
        "SELECT calls, mean_exec_time, total_exec_time / 1000, query FROM pg_stat_statements"
        " WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())"
        " ORDER BY total_exec_time DESC LIMIT %s",
        SHOWN,
    )


def dead_rows() -> list[Table]:
    """The tables with most rows that wait to be cleared away."""
    found = _rows(
        "SELECT relname, n_live_tup, n_dead_tup, greatest(last_vacuum, last_autovacuum)"
        " FROM pg_stat_user_tables WHERE n_dead_tup > 0 ORDER BY n_dead_tup DESC LIMIT %s",
        5,
    )
    return [Table(*row) for row in found]


def _rows(question: str, *values: float) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(question, values or None)
        return list(cursor.fetchall())
