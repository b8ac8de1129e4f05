"""A kick wakes the worker a few seconds earlier; it may always be lost.

Given from a thread of its own, so that no citizen ever waits for the broker.
"""

import logging
import queue
import threading
from functools import lru_cache, partial
from typing import Any

from django.conf import settings
from django.db import transaction

log = logging.getLogger(__name__)


def kick_on_commit(task: Any, *args: int) -> None:
    """After the commit, ask a worker to run `task(*args)` now."""
    if settings.KICKS:
        transaction.on_commit(partial(_enqueue, task, args))


def _enqueue(task: Any, args: tuple[int, ...]) -> None:
    try:
        _waiting().put_nowait((task, args))
    except queue.Full:
        log.warning("kick lost: too many waiting")


@lru_cache(maxsize=1)
def _waiting() -> "queue.Queue[tuple[Any, tuple[int, ...]]]":
    line: queue.Queue[tuple[Any, tuple[int, ...]]] = queue.Queue(maxsize=1000)
    threading.Thread(target=_give, args=(line,), name="kicks", daemon=True).start()
    return line


def _give(line: "queue.Queue[tuple[Any, tuple[int, ...]]]") -> None:
    while True:
        task, args = line.get()
        try:
            task.apply_async(args, expires=60, retry=False)
        except Exception as problem:  # a kick may be lost, the thread that gives them may not
            log.warning("kick lost: %s", type(problem).__name__)
