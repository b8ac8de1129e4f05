"""A kick wakes the worker a few seconds earlier; it may always be lost.

Given from a thread of its own, so that no citizen ever waits for the broker. The same kick wanted
many times within a moment is given once: it asks for a sweep, and one sweep finds all that waits.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

from django.conf import settings
from django.db import transaction

log = logging.getLogger(__name__)
MOMENT = 0.1  # seconds a kick waits for others of its kind
# Seconds until nobody needs it: less than any sweep of the clock may wait for a worker, so that a
# flood of kicks keeps none of them from its turn.
EXPIRES = 0.9
Bell = Callable[[], object]
_wanted: "dict[Bell, None]" = {}  # in order; nobody takes from it but the thread
_any = threading.Event()


def kick_on_commit(task: Any) -> None:
    """After the commit, ask a worker to run this sweep now."""
    ring_on_commit(_Sweep(task))


def ring_on_commit(bell: Bell) -> None:
    """After the commit, ring this bell: something quick, the same function each time."""
    if settings.KICKS:
        transaction.on_commit(partial(_want, bell))


@dataclass(frozen=True)
class _Sweep:
    """The bell of one task: equal to every other one of the same task."""

    task: Any

    def __call__(self) -> None:
        self.task.apply_async(expires=EXPIRES, retry=False)


def _want(bell: Bell) -> None:
    _wanted[bell] = None
    _giver()
    _any.set()


@lru_cache(maxsize=1)
def _giver() -> threading.Thread:
    thread = threading.Thread(target=_give, name="kicks", daemon=True)
    thread.start()
    return thread


def _give() -> None:
    """Each kind once, in the order they came: what is wanted, and what came in the moment after."""
    while _any.wait():
        time.sleep(MOMENT)
        _any.clear()
        for bell in list(_wanted):
            del _wanted[bell]  # before it rings: whoever wants it from now on gets another one
            try:
                bell()
            except Exception as problem:  # a kick may be lost, the thread that gives them may not
                log.warning("kick lost: %s", type(problem).__name__)
