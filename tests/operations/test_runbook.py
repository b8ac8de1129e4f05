"""The runbook names what there is: every sweep with its time and its worker, every alarm."""

import fnmatch
import re

import pytest

from seoul_portal.local import places
from seoul_portal.operations import alarms
from seoul_portal.sweeps import BEAT_SCHEDULE, SWEEPS, TASK_ROUTES

SECONDS = {"s": 1.0, "min": 60.0, "h": 3600.0}
RUNBOOK = (places.ROOT / "docs" / "operations.md").read_text(encoding="utf-8")


def rows(heading: str) -> dict[str, list[str]]:
    """The cells of the first table under a heading, by the name in its first column."""
    table = RUNBOOK.partition(f"\n## {heading}\n")[2].partition("\n|")[2].partition("\n\n")[0]
    lines = [re.split(r" ?\| ?", line.strip("| ")) for line in table.splitlines()[2:]]
    return {name.strip("`"): cells for name, *cells in lines}


def test_every_sweep_has_its_line_and_no_other() -> None:
    names = [name for sweeps in SWEEPS.values() for name in sweeps]

    assert sorted(rows("Sweeps")) == sorted(names)


@pytest.mark.parametrize("name", list(BEAT_SCHEDULE))
def test_its_line_says_how_often_what_is_missed_and_whom_to_restart(name: str) -> None:
    every, finds, missed, remedy = rows("Sweeps")[name]

    number, unit = every.split()
    assert float(number) * SECONDS[unit] == BEAT_SCHEDULE[name]["schedule"]
    assert finds
    assert missed
    task = BEAT_SCHEDULE[name]["task"]
    pools = [
        where["queue"] for glob, where in TASK_ROUTES.items() if fnmatch.fnmatchcase(task, glob)
    ]
    assert re.split(r"\W", remedy)[0] == (pools or ["fast"])[0]


def test_every_alarm_has_its_line() -> None:
    named = {re.split(r"[:]", name)[0] for name in rows("Alarms")}

    assert named == set(alarms.WORDS)
