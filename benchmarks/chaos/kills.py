"""Who is killed when: drawn from a seed, each part at least once in ten."""

import os
import random
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from signal import SIGKILL
from subprocess import Popen

from benchmarks.chaos.house import House, until
from seoul_portal.local.postgres import Postgres

KINDS = ("web", "worker", "beat", "postgres", "valkey")
A_ROUND = 20  # two of each kind are a tenth each
CLOCK = "benchmarks.chaos.clock"
WEB_WORKERS = 2
PATIENCE = 60.0  # until a part that was started is at work


def rounds(kills: int, seed: int) -> list[list[str]]:
    """The kinds of every kill, round by round; each round ends with the worker."""
    dice, plan = random.Random(seed), []
    for start in range(0, kills, A_ROUND):
        size = min(A_ROUND, kills - start)
        sure = [kind for kind in KINDS for _twice in range(-(-size // 10))][:size]
        one = sure + dice.choices(KINDS, k=size - len(sure))
        dice.shuffle(one)
        if "worker" in one:
            one.remove("worker")
            one.append("worker")
        plan.append(one)
    return plan


@dataclass
class Parts:
    """The processes of one portal, as targets; what falls is started again at once."""

    house: House
    cluster: Postgres

    def start(self) -> int:
        """All of them; the port of the web server."""
        self.house.valkey.start()
        port = self.house.start_web(workers=WEB_WORKERS)
        self.house.start_clock(app=CLOCK)
        self.start_worker()
        return port

    def start_worker(self) -> None:
        """The worker without a clock: that one is a process of its own."""
        self.house.start_worker_alone(app=CLOCK)

    def strike(self, kind: str, *, again: bool = True) -> None:
        """Kill -9 while it is at work, and start it again; the worker only `again`."""
        if kind == "web":
            self._strike_web()
        elif kind == "worker":
            self.house.kill(self._at_work("worker.log"))
            if again:
                self.start_worker()
        elif kind == "beat":
            self.house.kill(self._at_work("clock.log"))
            self.house.start_clock(app=CLOCK)
        elif kind == "postgres":
            self._strike_postgres()
        else:
            self.house.kill_valkey()
            self.house.valkey.start()

    @property
    def has_worker(self) -> bool:
        """It was not killed for good."""
        return self.house.process("worker.log") is not None

    def _strike_web(self) -> None:
        """One of the processes that answer; their parent starts another."""
        until(self._web_workers, within=PATIENCE)
        with suppress(ProcessLookupError, IndexError):
            os.kill(self._web_workers()[-1], SIGKILL)

    def _web_workers(self) -> list[int]:
        self.house.tend()
        parent = self.house.process("web.log")
        if parent is None:
            return []
        try:
            told = Path(f"/proc/{parent.pid}/task/{parent.pid}/children").read_text()
        except OSError:
            return []
        return [int(pid) for pid in told.split() if _is_loaded(int(pid))]

    def _strike_postgres(self) -> None:
        """No shutdown, no checkpoint: the next start recovers from the log."""
        process = self.cluster.process
        if process is not None:
            os.kill(process.pid, SIGKILL)
            process.wait()
        self.cluster.start()

    def _at_work(self, log: str) -> "Popen[bytes]":
        """Once it has the portal in memory: one that dies while it starts tells us nothing."""
        found: list[Popen[bytes]] = []

        def is_loaded() -> bool:
            self.house.tend()
            process = self.house.process(log)
            found[:] = [process] if process is not None and _is_loaded(process.pid) else []
            return bool(found)

        until(is_loaded, within=PATIENCE)
        return found[0]


def _is_loaded(pid: int) -> bool:
    """It has the portal in memory."""
    try:
        return "_psycopg" in Path(f"/proc/{pid}/maps").read_text()
    except OSError:
        return False
