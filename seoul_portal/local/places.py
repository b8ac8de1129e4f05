"""Where local things live on disk."""

import fcntl
import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from seoul_portal.local.errors import NoServerError

ROOT = Path(__file__).resolve().parent.parent.parent
SCRIPTS = Path(sys.executable).parent
LOG_MOST = 20 * 1024 * 1024


def var() -> Path:
    """The folder of everything that is made at run time; never in the repository."""
    return Path(os.environ.get("PORTAL_VAR") or ROOT / "var").resolve()


def backups() -> Path:
    """Where backups lie unless somebody says otherwise; better on another disk."""
    return Path(os.environ.get("PORTAL_BACKUPS") or var() / "backups").resolve()


def sockets_of(folder: Path) -> Path:
    """A short name for unix sockets: their addresses may have 107 bytes at most."""
    name = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:10]
    return Path(tempfile.gettempdir()) / f"portal-{name}"


def make_private(folder: Path) -> None:
    """Ours alone. The name can be foreseen, so somebody else may have made it first."""
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid != os.geteuid():
        raise NoServerError(f"{folder} belongs to somebody else; remove it or set TMPDIR.")
    folder.chmod(0o700)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """One start at a time: whoever comes second finds the server of the first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def turn_over(log: Path, *, most: int = LOG_MOST) -> None:
    """A log that has grown long goes on anew; what it held is kept beside it until the next time.

    It is copied and cut, not renamed: its process holds it open, and writes on at its end.
    """
    if log.exists() and log.stat().st_size > most:
        shutil.copyfile(log, log.with_name(f"{log.name}.1"))
        os.truncate(log, 0)


def last_line(log: Path, *, about: str = "") -> str:
    """The last words of a program that gave up."""
    lines = log.read_text(errors="replace").split("\n") if log.exists() else []
    spoken = (line.strip() for line in reversed(lines) if line.strip() and about in line)
    return next(spoken, "it left no word")
