"""The embedded cluster as it lies on disk, and the way back to any minute since."""

import os
import subprocess
import time
from datetime import datetime
from pathlib import Path
from shutil import copytree

import psycopg

from seoul_portal.backups.dumps import program
from seoul_portal.backups.folders import CLUSTER, BackupError
from seoul_portal.local import journal, places, services
from seoul_portal.local.postgres import NAME, Postgres

LONGEST_RECOVERY = 15 * 60.0


def cluster() -> Postgres:
    """Ours. Raises BackupError where the database is somebody else's."""
    for server in services.ours():
        if isinstance(server, Postgres):
            return server
    raise BackupError(
        "DATABASE_URL names a server of your own: make base backups with its own tools "
        "(pg_basebackup, pgBackRest, WAL-G), and after going back run ./portal settle_restored."
    )


def copy(folder: Path, *, quiet: bool) -> None:
    """Copy the running cluster; from now on its journal is kept, a piece a minute at least."""
    server = cluster()
    (places.backups() / "wal").mkdir(mode=0o700, parents=True, exist_ok=True)
    with psycopg.connect(
        host=str(server.sockets), user=NAME, dbname="postgres", autocommit=True
    ) as line:
        line.execute(f"ALTER SYSTEM SET archive_timeout = '{journal.SECONDS}s'")
        line.execute("SELECT pg_reload_conf()")
    command: list[str | Path] = [
        program("pg_basebackup"),
        "--host",
        str(server.sockets),
        "--username",
        NAME,
    ]
    command += ["--pgdata", str(folder / CLUSTER), "--checkpoint=fast", "--wal-method=stream"]
    command += [] if quiet else ["--progress"]
    done = subprocess.run(command, stdout=None, check=False)
    if done.returncode:
        raise BackupError("pg_basebackup failed; its words stand above.")


def put_back(folder: Path, *, to: datetime | None) -> Path | None:
    """Lay the copy where the cluster was and tell it how far to go. Where the old one is kept."""
    server = cluster()
    if server.answers():
        raise BackupError("The portal is running; stop it first (Ctrl-C), then restore.")
    _verify(folder / CLUSTER)
    with places.locked(server.cluster.with_suffix(".lock")):
        beside = server.cluster.with_name(f"{server.cluster.name}.before-{int(time.time())}")
        kept = beside if server.cluster.exists() else None
        unfinished = server.cluster.with_suffix(".restored")
        copytree(folder / CLUSTER, unfinished, symlinks=True)
        unfinished.chmod(0o700)
        _tell(unfinished, to)
        if kept:
            server.cluster.rename(kept)
        unfinished.rename(server.cluster)
    return kept


def wait_until_recovered() -> None:
    """Until it takes writes; then it forgets the way it came. Only for a cluster of ours."""
    server = cluster()
    deadline = time.monotonic() + LONGEST_RECOVERY
    with psycopg.connect(
        host=str(server.sockets), user=NAME, dbname="postgres", autocommit=True
    ) as line:
        while _is_recovering(line):
            if time.monotonic() > deadline:
                raise BackupError(f"PostgreSQL is still recovering; see {server.log}.")
            time.sleep(0.2)
        for name in ("restore_command", "recovery_target_time", "recovery_target_action"):
            line.execute(f"ALTER SYSTEM RESET {name}")


def _is_recovering(line: "psycopg.Connection[tuple[object, ...]]") -> bool:
    row = line.execute("SELECT pg_is_in_recovery()").fetchone()
    return bool(row and row[0])


def _verify(copied: Path) -> None:
    """PostgreSQL's own checksums over every file, before anything is touched."""
    done = subprocess.run(
        [program("pg_verifybackup"), "--quiet", copied], capture_output=True, text=True, check=False
    )
    if done.returncode:
        lines = done.stderr.strip().splitlines() or ["it left no word"]
        raise BackupError(f"The base backup is damaged, nothing was changed: {lines[0]}")


def _tell(copied: Path, to: datetime | None) -> None:
    """Settings for the way back, and the sign that it has to be gone."""
    lines = [
        f"restore_command = '{_doubled(journal.way_back(places.backups() / 'wal'))}'",
        "recovery_target_action = 'promote'",
    ]
    if to is not None:
        lines.append(f"recovery_target_time = '{to.isoformat()}'")
    with (copied / "postgresql.auto.conf").open("a") as file:
        file.write("\n".join(lines) + "\n")
    (copied / "recovery.signal").touch()
    os.sync()


def _doubled(words: str) -> str:
    return words.replace("'", "''")
