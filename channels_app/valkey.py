"""One door to Valkey for whatever may be lost: limits, the bell, who is looking at what.

Where it did not answer nobody asks again for some seconds: else every page would wait for nothing.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from threading import Lock

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

PATIENCE = 0.2  # seconds: nobody waits longer for a number
PAUSE = 5.0  # seconds without a question after one that was not answered


class _Silence:
    """Since when this process has had no answer: then one asks in each pause, the others don't."""

    def __init__(self) -> None:
        self.asks_again_at = 0.0
        self._lock = Lock()

    def spare_the_asker(self) -> None:
        """Raises redis.ConnectionError at once where the last question was in vain."""
        with self._lock:
            if not self.asks_again_at:
                return
            if (moment := time.monotonic()) < self.asks_again_at:
                raise redis.ConnectionError("given up for some seconds")
            self.asks_again_at = moment + PAUSE

    def begin(self) -> None:
        """It did not answer."""
        self.asks_again_at = time.monotonic() + PAUSE

    def end(self) -> None:
        """It did."""
        self.asks_again_at = 0.0


@contextmanager
def asked(url: str) -> "Iterator[redis.Redis]":
    """Ask it now, or be told at once that it is away. Raises redis.RedisError."""
    silence = _silence(url)
    silence.spare_the_asker()
    try:
        yield client(url)
    except (redis.ConnectionError, redis.TimeoutError):
        silence.begin()
        raise
    silence.end()


@lru_cache(maxsize=4)
def client(url: str) -> "redis.Redis":
    """One client a process; each thread takes a connection of its own."""
    return redis.Redis.from_url(
        url,
        socket_timeout=PATIENCE,
        socket_connect_timeout=PATIENCE,
        retry=Retry(NoBackoff(), 0),
    )


@lru_cache(maxsize=4)
def _silence(url: str) -> _Silence:
    return _Silence()
