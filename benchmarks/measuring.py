"""What a benchmark reads off the machine: processor time of processes, percentiles."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from django.db import connection

TICKS = os.sysconf("SC_CLK_TCK")


def cpu_seconds(root: int) -> float:
    """Processor time of a process, its living descendants and the dead it has waited for."""
    return sum(_of_one(pid) for pid in _tree(root))


def postmaster() -> int | None:
    """The process that our database connection is a child of; None on another machine."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid(), inet_server_addr() IS NULL")
        backend, is_local = cursor.fetchone()
    stat = _stat(backend) if is_local else None
    return int(stat[1]) if stat else None


def backend() -> int:
    """The server's process that our database connection speaks to."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        found: int = cursor.fetchone()[0]
    return found


def run_seconds(pid: int) -> float:
    """Processor time of one living process, to the nanosecond: for what is shorter than a tick."""
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9


def megabytes(root: int) -> float:
    """Memory of a process and its living descendants; what several share counts once (PSS)."""
    return sum(_kilobytes(pid) for pid in _tree(root)) / 1024


def percentile(values: Iterable[float], part: float) -> float:
    """The value that `part` of all do not exceed (nearest rank); 0 for none."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(part * len(ranked)))] if ranked else 0.0


def _tree(root: int) -> Sequence[int]:
    parents = {
        int(path.name): int(stat[1])
        for path in Path("/proc").iterdir()
        if path.name.isdigit() and (stat := _stat(int(path.name)))
    }
    found = [root]
    for pid in found:
        found.extend(child for child, parent in parents.items() if parent == pid)
    return found


def _of_one(pid: int) -> float:
    """utime, stime and those of children already waited for."""
    stat = _stat(pid)
    return sum(int(field) for field in stat[11:15]) / TICKS if stat else 0.0


def _stat(pid: int) -> list[str] | None:
    """The fields behind the name: state, parent, …; None once the process has gone."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    return text.rpartition(")")[2].split()


def _kilobytes(pid: int) -> int:
    """0 once the process has gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
