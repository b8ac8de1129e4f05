"""The database as PostgreSQL's own programs write and read it."""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from psycopg import sql
from tqdm import tqdm

from seoul_portal.backups.folders import DATABASE, BackupError, Manifest
from seoul_portal.local.errors import NoServerError
from seoul_portal.local.postgres import binaries

Words = list[str | Path]
# Who is signed in and how often somebody tried is nothing to bring back.
PASSING = ("django_session", "usersessions_usersession", "portal_cache")
PATIENT = "SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0"
AFRESH = "DROP SCHEMA public CASCADE; CREATE SCHEMA public"


def dump(folder: Path, manifest: Manifest, *, quiet: bool) -> None:
    """Dump and counts of one moment: both read the same snapshot."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute(PATIENT)
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
        manifest.rows = rows()
        manifest.migrations = heads()
        command: Words = [
            program("pg_dump"),
            "--format=custom",
            f"--snapshot={snapshot}",
            "--no-owner",
        ]
        command += ["--no-privileges", "--lock-wait-timeout=60s", "--verbose"]
        command += [f"--exclude-table-data=public.{table}" for table in PASSING]
        command += [f"--file={folder / DATABASE}"]
        _run(command, sign="dumping contents of table", total=len(manifest.rows), quiet=quiet)


def load(folder: Path, manifest: Manifest, *, quiet: bool) -> None:
    """Everything or nothing: what stands there goes in the same transaction."""
    reader: Words = [
        program("pg_restore"),
        "--file=-",
        "--no-owner",
        "--no-privileges",
        "--verbose",
    ]
    writer: Words = [
        program("psql"),
        "--no-psqlrc",
        "--quiet",
        "--single-transaction",
        "--output=/dev/null",
    ]
    writer += ["--set=ON_ERROR_STOP=1", "--command", AFRESH, "--file=-"]
    words = folder / DATABASE
    connection.close()
    with subprocess.Popen(
        writer, stdin=subprocess.PIPE, stderr=subprocess.PIPE, env=_place(), text=True
    ) as psql:
        try:
            _run([*reader, words], sign="processing data for table", total=len(manifest.rows),
                 quiet=quiet, into=psql.stdin)  # fmt: skip
        except BackupError:
            psql.terminate()  # before the end of its file: nothing is committed
            raise
        finally:
            _said_nothing, complaint = psql.communicate()
    if psql.returncode:
        raise BackupError(
            f"The database could not be restored and is as before: {_last(complaint)}"
        )


def rows() -> dict[str, int]:
    """How many rows each table has that a backup brings back."""
    with connection.cursor() as cursor:
        tables = list(connection.introspection.table_names(cursor))
        found = {}
        for table in tables:
            if table not in PASSING:
                cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table)))
                found[table] = cursor.fetchone()[0]
    return found


def heads() -> dict[str, str]:
    """The newest migration of each app, as the database knows it."""
    return dict(sorted(MigrationRecorder(connection).applied_migrations()))


def must_be_known(migrations: dict[str, str]) -> None:
    """A newer portal's database would be damaged by this older one."""
    known = MigrationLoader(None).disk_migrations
    for app, name in migrations.items():
        if app in {one for one, _ in known} and (app, name) not in known:
            raise BackupError(
                f"This backup comes from a newer portal ({app}.{name}); install that version first."
            )


def is_empty() -> bool:
    """No table of anybody."""
    with connection.cursor() as cursor:
        return not connection.introspection.table_names(cursor)


def others() -> int:
    """How many others are connected to this database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        return int(cursor.fetchone()[0])


def program(name: str) -> Path:
    """One of PostgreSQL's, or which package to install."""
    try:
        path = binaries() / name
    except NoServerError as problem:
        raise BackupError(_missing(name)) from problem
    if not path.exists():
        raise BackupError(_missing(name))
    return path


def _missing(name: str) -> str:
    return (
        f"{name} was not found. Install PostgreSQL's client programs (Debian, Ubuntu: "
        "postgresql-client, as new as the server), or set PORTAL_PG_BIN to their folder."
    )


def _place() -> dict[str, str]:
    """Where the database is; the password in no list of processes."""
    place = settings.DATABASES["default"] | connection.settings_dict
    named = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    named["PGDATABASE"] = "NAME"
    return {**os.environ, **{key: str(place[name]) for key, name in named.items() if place[name]}}


def _run(
    command: Sequence[str | Path],
    *,
    sign: str,
    total: int,
    quiet: bool,
    into: object = None,
) -> None:
    """A bar that moves with each table; the last words where it fails."""
    said: list[str] = []
    with (
        tqdm(total=total, desc="tables", disable=quiet) as bar,
        subprocess.Popen(
            command,
            stdout=into,
            stderr=subprocess.PIPE,
            env=_place(),
            text=True,  # type: ignore[call-overload]
        ) as process,
    ):
        for line in process.stderr:
            said = [*said[-3:], line.strip()]
            bar.update(sign in line)
    if process.returncode:
        raise BackupError(f"{Path(command[0]).name} failed: {_last(chr(10).join(said))}")


def _last(words: str) -> str:
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    return lines[-1] if lines else "it left no word"
