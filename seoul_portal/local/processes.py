"""Children that never outlive us: not after Ctrl-C, not after kill -9."""

import ctypes
import multiprocessing
import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from signal import SIGKILL, SIGTERM, Signals

PR_SET_PDEATHSIG = 1
_prctl = getattr(ctypes.CDLL(None), "prctl", None)  # Linux only; elsewhere Ctrl-C must do


def die_with_parent(parent: int | None = None, *, death: Signals = SIGKILL) -> None:
    """Ask the kernel for a signal when our parent dies.

    Grandchildren call it themselves (web workers, Celery's clock): their parent is a
    program of others. One that starts while its parent dies would miss the signal, so look once.
    `parent` is its number, where it is no process of the standard library's.
    """
    _ask_for(death)
    if parent is None and (told := multiprocessing.parent_process()):
        parent = told.pid
    if parent is not None and os.getppid() != parent:
        os.kill(os.getpid(), death)


def spawn(
    command: Sequence[str | Path],
    *,
    log: Path,
    death: Signals = SIGKILL,
    env: Mapping[str, str] | None = None,
) -> subprocess.Popen[bytes]:
    """Start a program that receives `death` when we are gone without having stopped it.

    That is a crash, and everything here survives one; asked politely, a worker would wait for
    a broker that is dying too. The kernel watches the thread that calls this: the main one.
    """
    parent = os.getpid()

    def bind() -> None:
        _ask_for(death)
        if os.getppid() != parent:
            os._exit(0)

    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as file:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
            env=env,
            process_group=0,  # Ctrl-C reaches us alone: we choose the order of stopping
            preexec_fn=bind,
        )


def stop(*processes: subprocess.Popen[bytes], how: Signals = SIGTERM, patience: float = 10) -> None:
    """Ask all at once, wait, then insist."""
    deadline = time.monotonic() + patience
    for process in processes:
        process.send_signal(how)
    for process in processes:
        try:
            process.wait(max(0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            kill(process)
            process.wait()


def kill(process: subprocess.Popen[bytes]) -> None:
    """At once, with everything it started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, SIGKILL)


def _ask_for(death: Signals) -> None:
    if _prctl is not None:
        _prctl(PR_SET_PDEATHSIG, int(death), 0, 0, 0)
