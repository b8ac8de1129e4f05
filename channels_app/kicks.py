"""A kick wakes the worker a few seconds earlier; it may always be lost.

Given from a thread of its own, so that no citizen ever waits for the broker. The same kick wanted
many times within a moment is given once: it asks for a sweep, and one sweep finds all that waits.
"""

import logging
import queue
import threading
import time
from functools import lru_cache, partial
from typing import Any

from django.conf import settings
from django.db import transaction

log = logging.getLogger(__name__)
MOMENT = 0.1  # seconds a kick waits for others of its kind


def kick_on_commit(task: Any) -> None:
    """After the commit, ask a worker to run this sweep now."""
    if settings.KICKS:
        transaction.on_commit(partial(_enqueue, task))


def _enqueue(task: Any) -> None:
    try:
        _waiting().put_nowait(task)
    except queue.Full:
        log.warning("kick lost: too many waiting")


@lru_cache(maxsize=1)
def _waiting() -> "queue.Queue[Any]":
    line: queue.Queue[Any] = queue.Queue(maxsize=1000)
    threading.Thread(target=_give, args=(line,), name="kicks", daemon=True).start()
    return line


def _give(line: "queue.Queue[Any]") -> None:
    while True:
        for task in _wanted(line):
            try:
                task.apply_async(expires=60, retry=False)
            except Exception as problem:  # a kick may be lost, the thread that gives them may not
                log.warning("kick lost: %s", type(problem).__name__)


def _wanted(line: "queue.Queue[Any]") -> list[Any]:
    """Each kind once, in the order they came: the next one, and what came in the moment after."""
    wanted = [line.get()]
    time.sleep(MOMENT)
    while not line.empty():  # nobody else takes from it
        wanted.append(line.get())
    return list(dict.fromkeys(wanted))
