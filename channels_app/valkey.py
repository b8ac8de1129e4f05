"""One door to Valkey for whatever may be lost: limits, and who is looking at what."""

from functools import lru_cache

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

PATIENCE = 0.2  # seconds: nobody waits longer for a number


@lru_cache(maxsize=4)
def client(url: str) -> "redis.Redis":
    """One client a process; each thread takes a connection of its own."""
    return redis.Redis.from_url(
        url,
        socket_timeout=PATIENCE,
        socket_connect_timeout=PATIENCE,
        retry=Retry(NoBackoff(), 0),
    )
