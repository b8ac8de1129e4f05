"""Keeps the portal's processes alive and stops them in order."""

import signal
import subprocess
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from types import FrameType

from seoul_portal.local import places, processes, services
from seoul_portal.local.errors import NoServerError

Say = Callable[[str], None]

TICK = 0.1
SERVERS_EVERY = 2.0
LONGEST_PAUSE = 30.0
HEALTHY_AFTER = 60.0  # whoever lived that long starts again without a pause
STOP_PATIENCE = 12.0
HURRY_PATIENCE = 0.5


@dataclass
class Child:
    """One process that should always run. Neighbours of one group stop together."""

    name: str
    group: str
    command: Sequence[str]
    log: Path
    env: Mapping[str, str]
    process: subprocess.Popen[bytes] | None = None
    since: float = 0
    falls: int = 0
    again_at: float = 0

    def start(self) -> None:
        """Start it now."""
        self.since = time.monotonic()
        self.process = processes.spawn(self.command, log=self.log, env=self.env)

    def tend(self, say: Say) -> None:
        """Notice a death; start again after a pause that grows with every early one."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.again_at:
                self.start()
        elif self.process.poll() is not None:
            self.falls = 0 if now - self.since > HEALTHY_AFTER else self.falls + 1
            pause = min(2.0 ** (self.falls - 1), LONGEST_PAUSE) if self.falls else 0
            why = places.last_line(self.log)
            say(f"{self.name} stopped ({why}); starting it again in {pause:.0f} s, see {self.log}")
            self.process, self.again_at = None, now + pause


class Supervisor:
    """Starts the children in order, tends them, and stops them in the opposite order.

    It works in the main thread alone: the kernel ties a child's life to the thread that made it.
    """

    def __init__(self, children: Sequence[Child], *, say: Say) -> None:
        self.children = children
        self.servers = services.ours()
        self.say = say
        self.over = self.hurry = False
        self._servers_seen = time.monotonic()
        self._said = ""

    def listen(self) -> None:
        """Ctrl-C and friends end it; a second one hurries."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._on_signal)
        if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # started with nohup
            signal.signal(signal.SIGHUP, self._on_signal)

    def run(self, each_tick: Callable[[], None]) -> None:
        """Until a signal comes."""
        try:
            for child in self.children:
                child.start()
            while not self.over:
                for child in self.children:
                    child.tend(self.say)
                self._tend_servers()
                each_tick()
                time.sleep(TICK)
        finally:
            self._stop()

    def _tend_servers(self) -> None:
        """A database that was killed, or left with its owner, is started here at once.

        And no log grows without end.
        """
        now = time.monotonic()
        if now - self._servers_seen < SERVERS_EVERY:
            return
        self._servers_seen = now
        for one in (*self.children, *self.servers):
            places.turn_over(one.log)
        for server in self.servers:
            if self.over or server.answers():
                continue
            try:
                server.start()
                self.say(f"{server.label} was gone and is back")
            except NoServerError as problem:
                self._say_once(str(problem))

    def _say_once(self, words: str) -> None:
        if words != self._said:
            self.say(words)
        self._said = words

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self.hurry, self.over = self.over, True
        if self.hurry:
            for process in self.alive(self.children):
                processes.kill(process)

    def alive(self, of: Iterable[Child]) -> list[subprocess.Popen[bytes]]:
        """Their processes, as far as we know."""
        everyone = [child.process for child in of if child.process is not None]
        return [process for process in everyone if process.returncode is None]

    def _stop(self) -> None:
        self.say("stopping …")
        for _, group in groupby(reversed(self.children), key=lambda child: child.group):
            patience = HURRY_PATIENCE if self.hurry else STOP_PATIENCE
            processes.stop(*self.alive(group), patience=patience)
        for server in reversed(self.servers):
            server.stop()
