"""Everything `./portal test` asks of the tree."""

import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from seoul_portal.local import places

Say = Callable[[str], None]

MANAGE = (sys.executable, "manage.py")
PYTEST = (sys.executable, "-m", "pytest")
WHOLE_SUITE = ("-n", "2", "--ignore=tests/real")


@dataclass(frozen=True)
class Check:
    """One program that is silent when all is well."""

    name: str
    command: Sequence[str]


def _tool(name: str, *arguments: str) -> Check:
    words = " ".join(word for word in (name, *arguments) if word not in (".", "portal"))
    # The console script beside this interpreter: some of these can't be run with -m.
    return Check(words, (str(places.SCRIPTS / name), *arguments))


CHECKS = (
    _tool("ruff", "check", ".", "portal"),
    _tool("ruff", "format", "--check", ".", "portal"),
    _tool("djlint", "--lint", "templates"),
    _tool("mypy", "."),
    _tool("lint-imports"),
    Check("makemigrations --check", (*MANAGE, "makemigrations", "--check", "--dry-run")),
    Check("messages --check", (*MANAGE, "messages", "--check")),
)


def run_everything(say: Say) -> int:
    """The checks, one after the other, beside the suite; all of them even if one fails."""
    with ThreadPoolExecutor(1) as beside:
        checked = beside.submit(_failed, say)
        suite = run_pytest(WHOLE_SUITE)
    if failed := checked.result():
        say(f"failed besides the suite: {', '.join(failed)}")
    return suite or (1 if failed else 0)


def _failed(say: Say) -> list[str]:
    return [check.name for check in CHECKS if not _passes(check, say)]


def run_pytest(arguments: Sequence[str]) -> int:
    """In a process of its own, on this terminal."""
    return subprocess.run([*PYTEST, *arguments], cwd=places.ROOT, check=False).returncode


def _passes(check: Check, say: Say) -> bool:
    started = time.monotonic()
    done = subprocess.run(
        check.command,
        cwd=places.ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    seconds = time.monotonic() - started
    line = f"\n{'FAIL' if done.returncode else 'ok  '} {check.name:<28} {seconds:6.1f} s"
    say(f"{line}\n{done.stdout.rstrip()}" if done.returncode else line)
    return not done.returncode
