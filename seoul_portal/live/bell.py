"""The bell: Valkey tells that the numbers may have changed. It may be silent for any time."""

import asyncio
import logging

import redis.asyncio as redis
from redis import RedisError

log = logging.getLogger(__name__)
QUIET = 10.0  # seconds without a ring, then we ask whether anybody is there
PAUSE = 2.0  # before it is called again
PATIENCE = 2.0


class Bell:
    """One line to Valkey a process; `is_up` tells whether somebody is at its other end."""

    def __init__(self, url: str, channel: str) -> None:
        self.url = url
        self.channel = channel
        self.rung = asyncio.Event()
        self.is_up = False

    async def listen(self) -> None:
        """For as long as somebody wants it; a broken line is made again."""
        while True:
            try:
                await self._hear()
            except (RedisError, OSError, TimeoutError) as problem:
                self._tell(is_up=False, why=type(problem).__name__)
            await asyncio.sleep(PAUSE)

    async def _hear(self) -> None:
        """Until the line breaks, or nobody answers."""
        valkey = redis.Redis.from_url(self.url, socket_connect_timeout=PATIENCE)
        async with valkey, valkey.pubsub() as line:
            await asyncio.wait_for(line.subscribe(self.channel), PATIENCE)
            asked = True  # the first answer is to the subscription
            while True:
                heard = await line.get_message(timeout=QUIET)
                if heard is None and asked:
                    raise TimeoutError
                if heard is None:
                    await line.ping()
                    asked = True
                else:
                    asked = False
                    self._tell(is_up=True)
                    self.rung.set()

    def _tell(self, *, is_up: bool, why: str = "") -> None:
        if is_up != self.is_up:
            level = logging.INFO if is_up else logging.WARNING
            log.log(level, "the wall's bell is %s", "there" if is_up else f"away ({why})")
            self.is_up = is_up
            self.rung.set()
