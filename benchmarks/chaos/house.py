"""A portal of its own: database, Valkey, worker, clock and web as processes to be killed.

Whoever builds it stands in the same database by `House.inside`, so that actions, models and the
ledger can be used beside the processes. Threads must call `leave_thread` last.
"""

import os
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from functools import partial
from pathlib import Path
from signal import SIGKILL
from subprocess import Popen
from urllib.parse import urlsplit

import environ
import psycopg
from django.conf import settings
from django.db import connection, connections
from psycopg import sql
from psycopg.conninfo import make_conninfo

from seoul_portal.local import processes
from seoul_portal.local.ports import free_port
from seoul_portal.local.standing import standing_in
from seoul_portal.local.valkey import Valkey
from seoul_portal.sweeps import THREADS

WORKER_ALONE = [
    *("worker", "-P", "threads", "-c", str(THREADS["slow"]), "-Q", "fast,slow", "-l", "WARNING"),
    *("--without-gossip", "--without-mingle", "--without-heartbeat"),
]
CLOCK = ["--scheduler", "celery.beat.Scheduler"]
WORKER = [*WORKER_ALONE, "-B", *CLOCK]


def until(question: Callable[[], object], *, within: float = 60.0, every: float = 0.02) -> None:
    """Poll until the answer is true. Raises AssertionError after `within` seconds."""
    deadline = time.monotonic() + within
    while not question():
        if time.monotonic() > deadline:
            raise AssertionError(f"{question} stayed false for {within} s")
        time.sleep(every)


def url_of(name: str) -> str:
    """The address of another database on the same cluster."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    return parts._replace(path=f"{parts.path.rpartition('/')[0]}/{name}").geturl()


def execute(statement: str, *named: str | sql.Composable) -> None:
    """One statement about whole databases, from outside of all of them."""
    place = environ.Env.db_url_config(url_of("postgres"))
    parts = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD"}
    told = {ours: place[theirs] for ours, theirs in parts.items() if place[theirs]}
    conninfo = make_conninfo(dbname=place["NAME"], **told)
    names = (sql.Identifier(one) if isinstance(one, str) else one for one in named)
    with closing(psycopg.connect(conninfo, autocommit=True)) as line:
        line.execute(sql.SQL(statement).format(*names))


class House:
    """Everything the portal needs, in one folder; `close` leaves nothing behind."""

    def __init__(self, folder: Path, *, database_url: str) -> None:
        self.folder = folder
        self.database_url = database_url
        self.valkey = Valkey(folder / "valkey", log=folder / "valkey.log")
        self.mail_port = 1  # nobody listens there
        self.running: dict[Popen[bytes], Callable[[], object]] = {}
        self.logs: dict[Popen[bytes], str] = {}
        self.kills = 0

    @property
    def env(self) -> dict[str, str]:
        """What the processes are told; secrets as in this process, so that both read the rows."""
        return {
            **os.environ,
            "DATABASE_URL": self.database_url,
            "REDIS_URL": self.valkey.url,
            "EMAIL_URL": f"smtp://127.0.0.1:{self.mail_port}",
            "PORTAL_VAR": str(self.folder),
            "SECRET_KEY": settings.SECRET_KEY,
            "LINK_KEY": settings.LINK_KEY,
            "CONTACT_KEYS": ",".join(settings.CONTACT_KEYS),
            "CONTACT_INDEX_KEY": settings.CONTACT_INDEX_KEY,
            "RECORD_KEY": settings.RECORD_KEY,
            "RECORD_SIGNING_KEY": settings.RECORD_SIGNING_KEY,
        }

    @contextmanager
    def inside(self) -> Iterator["House"]:
        """The test's own code stands in this house's database."""
        with ExitStack() as stack:
            stack.callback(self.close)
            stack.enter_context(standing_in(self.database_url))
            yield self

    def start_worker(
        self, *, app: str = "benchmarks.chaos.quick_clock", **env: str
    ) -> "Popen[bytes]":
        """A worker with its clock; it and the clock are one process group."""
        return self._start(
            [sys.executable, "-m", "celery", "-A", app, *WORKER], "worker.log", **env
        )

    def start_worker_alone(self, *, app: str) -> "Popen[bytes]":
        """A worker whose clock is a process of its own."""
        command = [sys.executable, "-m", "celery", "-A", app, *WORKER_ALONE]
        return self._start(command, "worker.log")

    def start_clock(self, *, app: str) -> "Popen[bytes]":
        """The clock as a process of its own, as a city runs it."""
        command = [sys.executable, "-m", "celery", "-A", app, "beat", *CLOCK]
        command += ["-l", "WARNING", "--pidfile="]
        return self._start(command, "clock.log")

    def start_web(self, *, workers: int = 1, **env: str) -> int:
        """The portal's web server; its port. Returns when it takes connections."""
        port = free_port(0)
        command = [
            *(sys.executable, "-m", "granian", "--interface", "asgi", "--host", "127.0.0.1"),
            *("--port", str(port), "--workers", str(workers), "--backlog", "1024"),
            *("--no-access-log", "--log-level", "warning", "--respawn-failed-workers"),
            *("--workers-kill-timeout", "4"),
            "seoul_portal.asgi:application",
        ]
        self._start(command, "web.log", PORTAL_SITE_URL=f"http://127.0.0.1:{port}", **env)
        until(lambda: _takes_connections(port), within=30)
        return port

    def _start(self, command: list[str], log: str, **env: str) -> "Popen[bytes]":
        process = processes.spawn(
            command, log=self.folder / log, death=SIGKILL, env={**self.env, **env}
        )
        self.running[process] = partial(self._start, command, log, **env)
        self.logs[process] = log
        return process

    def process(self, log: str) -> "Popen[bytes] | None":
        """The one that writes there now: what fell and was started again is another one."""
        return next((one for one in self.running if self.logs[one] == log), None)

    def tend(self) -> None:
        """Start again what has fallen by itself, as the portal's supervisor does."""
        for process, start in list(self.running.items()):
            if process.poll() is not None:
                del self.running[process]
                start()

    def kill(self, process: "Popen[bytes]") -> None:
        """kill -9, the children included."""
        with suppress(ProcessLookupError):  # it may have fallen by itself
            os.killpg(process.pid, SIGKILL)
        process.wait()
        del self.running[process]
        self.kills += 1

    def kill_valkey(self) -> None:
        """kill -9; what it held is gone, for it keeps nothing on disk."""
        if self.valkey.process is not None:
            self.valkey.process.kill()
            self.valkey.process.wait()

    @property
    def database(self) -> str:
        """Its name on the cluster."""
        return self.database_url.rpartition("/")[2]

    def cut_lines(self) -> None:
        """End every connection to the database, that of this test included."""
        theirs = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = {}"
        execute(theirs, sql.Literal(self.database))

    def lock_out(self) -> None:
        """Cut every line to the database and allow no new one."""
        execute("ALTER DATABASE {} ALLOW_CONNECTIONS false", self.database)
        self.cut_lines()

    def let_in(self) -> None:
        """The database is back; the test's own line was cut too."""
        execute("ALTER DATABASE {} ALLOW_CONNECTIONS true", self.database)
        connection.close()

    def said(self, log: str = "worker.log") -> str:
        """What the processes wrote, for the words of a failure."""
        path = self.folder / log
        return path.read_text(errors="replace")[-4000:] if path.exists() else ""

    def close(self) -> None:
        """Stop everything that was started here."""
        for process in list(self.running):
            self.kill(process)
        self.valkey.stop()


def _takes_connections(port: int) -> bool:
    with socket.socket() as line:
        return line.connect_ex(("127.0.0.1", port)) == 0


def leave_thread() -> None:
    """The last word of a thread that used the database."""
    connections.close_all()
