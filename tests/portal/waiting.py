"""Waiting for something to become true in another process."""

import time
from collections.abc import Callable


def until(true: Callable[[], object], *, seconds: float) -> bool:
    """Look again and again; False when it never happened."""
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True
