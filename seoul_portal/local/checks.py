"""Everything `./portal test` asks of the tree, one after the other."""

import subprocess
import sys
import time
from collections.abc import Callable, Sequence
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
    """All checks even if one fails, the suite last; 0 if all is well."""
    failed = [check.name for check in CHECKS if not _passes(check, say)]
    if failed:
        say(f"failed: {', '.join(failed)}; the suite follows all the same")
    return run_pytest(WHOLE_SUITE) or (1 if failed else 0)


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
    say(f"{'FAIL' if done.returncode else 'ok  '} {check.name:<28} {seconds:6.1f} s")
    if done.returncode:
        say(done.stdout.rstrip())
    return not done.returncode
