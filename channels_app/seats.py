"""Seats: how many threads of one worker a sweep may hold: a slow network never takes them all.

Who finds no seat leaves the rows to those who sit, or to the next sweep. All seats together are
fewer than the threads of the slow worker (`seoul_portal.sweeps.THREADS`).
"""

import threading
from collections.abc import Callable
from functools import wraps

from lifecycle.models import Heartbeat

# Those that wait for a network or for a child process.
SEATS = {
    "send_due": 4,
    "fetch_accounts": 3,
    "draw_photos": 2,
    "take_in_events": 2,
    "send_pushes": 1,
    "send_through": 3,
    "verify_accounts": 1,
    "look_for_removed": 1,
}


def seated(sweep: Callable[[], None]) -> Callable[[], None]:
    """Let no more threads in than this sweep has seats."""
    name = sweep.__name__
    free = threading.BoundedSemaphore(SEATS[name])

    @wraps(sweep)
    def sit() -> None:
        if free.acquire(blocking=False):
            try:
                sweep()
            finally:
                free.release()
        Heartbeat.beat(name)  # without a seat too: others are at it, each row within its time

    return sit
