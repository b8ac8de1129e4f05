"""A child process with an end to its time: for bytes of strangers, which may hold or kill it."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO


class ChildFellError(Exception):
    """The child died over it, or its time was over; perhaps the next one does better."""


def ask(
    script: Path,
    *words: str,
    given: IO[bytes] | bytes,
    patience: float,
    files: Sequence[int] = (),
) -> bytes:
    """What a script of ours says to stdout about what it is given. Raises ChildFellError.

    `files` are the numbers of open files it may write into.
    """
    try:
        child = subprocess.run(  # noqa: S603 - our own script
            [sys.executable, "-I", str(script), *words],
            capture_output=True,
            pass_fds=files,
            env={"MALLOC_ARENA_MAX": "1", "LC_ALL": "C.UTF-8"},  # none of our secrets
            timeout=patience,
            check=True,
            stdin=None if isinstance(given, bytes) else given,
            input=given if isinstance(given, bytes) else None,
        )
    except subprocess.SubprocessError as problem:
        raise ChildFellError(type(problem).__name__) from problem
    return bytes(child.stdout)
