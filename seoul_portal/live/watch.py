"""Who looks at the numbers for all viewers of a process, as long as there are any."""

import asyncio
import json
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict

from django.db import connections

from channels_app.live import Numbers
from seoul_portal.live.bell import Bell
from seoul_portal.live.seats import Seat

log = logging.getLogger(__name__)
EVERY = 1.0  # seconds from one look to the next at least
UNRUNG = 5.0  # after which it looks though no bell rang
STILL = 20.0  # after which the same word is said again, or proxies hang up
# No word that a page hears: it sees by the time of its last update that this one is old.
UNKNOWN = b": the numbers are not at hand\n\n"
# Whoever was sent away comes back after a minute at the earliest.
OFF = b'retry: 60000\ndata: {"live": false}\n\n'


class Watch:
    """Reads in a thread of its own when the bell rings, and tells every seat what is new."""

    def __init__(self, read: Callable[[], Numbers | None], bell: Bell) -> None:
        self.read = read
        self.bell = bell
        self.seats: set[Seat] = set()
        self._word = b""
        self._told_at = float("-inf")
        self._failed = False
        self._running: asyncio.Task[None] | None = None

    def sit(self) -> Seat:
        """A place for one more viewer, who hears what was said last."""
        seat = Seat()
        if self._word:
            seat.put(self._word, last=self._word == OFF)
        self.seats.add(seat)
        if self._running is None or self._running.done():
            self._running = asyncio.create_task(self._run())
        return seat

    def leave(self, seat: Seat) -> None:
        """The last one turns the light off."""
        self.seats.discard(seat)
        if not self.seats and self._running is not None:
            self._running.cancel()
            self._running, self._word = None, b""

    async def _run(self) -> None:
        clock = asyncio.get_running_loop().time
        listening = asyncio.create_task(self.bell.listen())
        thread = ThreadPoolExecutor(1, thread_name_prefix="wall")
        try:
            while True:
                again_at = clock() + EVERY
                self.bell.rung.clear()
                self._say(await self._look(thread))
                await asyncio.sleep(max(0.0, again_at - clock()))
                with suppress(TimeoutError):
                    await asyncio.wait_for(self.bell.rung.wait(), UNRUNG - EVERY)
        finally:
            listening.cancel()
            thread.submit(connections.close_all)
            thread.shutdown(wait=False)

    async def _look(self, thread: ThreadPoolExecutor) -> bytes:
        loop = asyncio.get_running_loop()
        try:
            found = await loop.run_in_executor(thread, self.read)
        except Exception as problem:  # the database is away; the pages say so, we wait for it
            if not self._failed:
                log.warning("the wall's numbers are not at hand: %s", type(problem).__name__)
            self._failed = True
            return UNKNOWN
        self._failed = False
        if found is None:
            return OFF
        told = {"live": True, **asdict(found), "bell": self.bell.is_up}
        return f"data: {json.dumps(told)}\n\n".encode()

    def _say(self, word: bytes) -> None:
        """To everybody, if it is new or the line has been still for long."""
        now = asyncio.get_running_loop().time()
        if word == self._word and now - self._told_at < STILL:
            return
        self._word, self._told_at = word, now
        for seat in self.seats:
            seat.put(word, last=word == OFF)
