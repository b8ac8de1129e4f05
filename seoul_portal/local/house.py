"""The processes of one portal on one machine."""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from seoul_portal.local import places, ports, services
from seoul_portal.local.supervisor import Child
from seoul_portal.sweeps import THREADS

WEB_WORKERS = "2"
SINK_PORT = 2525  # where settings.py looks for a mail server when nothing else is said
WORKER = (sys.executable, "-m", "celery", "--quiet", "-A", "seoul_portal", "worker")
IN_THREADS = ("-P", "threads", "-l", "WARNING", "--without-gossip", "--without-mingle")
BEAT = ("-B", "--scheduler", "celery.beat.Scheduler")  # keeps no file: the schedule is static


@dataclass(frozen=True)
class House:
    """Where the portal is bound, and whether it is a demonstration."""

    host: str
    port: int
    demo: bool

    @property
    def address(self) -> str:
        """What a person types."""
        name = "localhost" if ports.is_loopback(self.host) else self.host
        return f"http://{name}:{self.port}"

    def environment(self) -> dict[str, str]:
        """What every child knows. PORTAL_DEMO is decided here, never inherited."""
        return {
            "PORTAL_SITE_URL": self.address,
            **os.environ,
            "PORTAL_DEMO": "1" if self.demo else "0",
            "PYTHONUNBUFFERED": "1",
        }

    def children(self) -> list[Child]:
        """In the order of starting; they stop in the opposite one: web, workers, mail."""
        env = self.environment()
        slow = self._worker("slow")
        fast = (*self._worker("fast"), *BEAT)
        sinks = [] if "EMAIL_URL" in env else [self._mail_sink(env)]
        return [
            *sinks,
            self._child("slow", "workers", env, *slow),
            self._child("fast", "workers", env, *fast),
            self._web(env),
        ]

    def _worker(self, queue: str) -> tuple[str, ...]:
        threads = ("-c", str(THREADS[queue]))
        return (*WORKER, *IN_THREADS, "-n", f"{queue}@%h", "-Q", queue, *threads)

    def demo_is_told(self) -> bool:
        """Once is enough: what people do in a demonstration afterwards is theirs."""
        return self._told().exists()

    def tell_the_demo(self) -> bool:
        """In a process of its own: only the children know that this is a demonstration."""
        command = [sys.executable, str(places.ROOT / "manage.py"), "demo"]
        if subprocess.run(command, env=self.environment(), check=False).returncode:
            return False
        self._told().touch()
        return True

    def _told(self) -> Path:
        return places.var() / "demo-told"

    def _web(self, env: Mapping[str, str]) -> Child:
        command = [sys.executable, "-m", "granian", "seoul_portal.asgi:application"]
        command += ["--interface", "asgi", "--host", self.host, "--port", str(self.port)]
        command += ["--workers", WEB_WORKERS, "--backlog", "4096", "--backpressure", "8192"]
        command += ["--no-ws", "--respawn-failed-workers", "--workers-kill-timeout", "4"]
        return self._child("web", "web", env, *command)

    def _mail_sink(self, env: dict[str, str]) -> Child:
        port = ports.free_port(SINK_PORT)
        env["EMAIL_URL"] = f"smtp://127.0.0.1:{port}"
        maildir = str(places.var() / "mail")
        command = [sys.executable, "-m", "seoul_portal.local.smtp", "--port", str(port)]
        return self._child("mail", "mail", env, *command, "--maildir", maildir)

    def _child(self, name: str, group: str, env: Mapping[str, str], *command: str) -> Child:
        return Child(name, group, command, places.var() / "log" / f"{name}.log", env)


def may_be_a_demo(host: str) -> bool:
    """Only where nobody else can come in: a loopback bind, and a database of our own.

    Behind a proxy a real portal is bound to loopback too; its database tells the difference.
    """
    if not ports.is_loopback(host):
        return False
    ours = any(one.variable == "DATABASE_URL" for one in services.ours())
    return ours or os.environ.get("PORTAL_DEMO") == "1"
