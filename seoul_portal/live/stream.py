"""`/live/wall`: server-sent events, for so many viewers that no thread could be kept for each."""

import asyncio
import logging
import random

from seoul_portal.live.seats import GOODBYE, Seat
from seoul_portal.live.watch import Watch
from seoul_portal.spooling import Receive, Scope, Send

log = logging.getLogger(__name__)
MOST = 4000  # viewers of one process; whoever comes then looks every few seconds instead
PATIENCE = 20.0  # with a viewer who doesn't read
# Seconds after which a viewer is asked to come again: nothing that was forgotten stays for ever.
LIFE = (900, 1800)
COMES_BACK = (2000, 8000)  # milliseconds; not all at once when a process ends
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),  # a proxy must not collect what it passes on
    (b"x-content-type-options", b"nosniff"),
]


class Stream:
    """Gives every viewer a seat, and passes on what is said there until one of both leaves."""

    def __init__(self, watch: Watch, *, most: int = MOST, patience: float = PATIENCE) -> None:
        self.watch = watch
        self.most = most
        self.patience = patience

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One viewer, from first to last."""
        if scope["method"] != "GET":
            await _refuse(send, 405, (b"allow", b"GET"))
        elif len(self.watch.seats) >= self.most:
            await _refuse(send, 503, (b"retry-after", b"60"))
        else:
            await self._serve(receive, send)

    async def _serve(self, receive: Receive, send: Send) -> None:
        seat = self.watch.sit()
        leaving = asyncio.create_task(_notice_leaving(receive, seat))
        try:
            await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
            await self._pass_on(seat, send)
        except TimeoutError:
            log.info("a viewer of the wall did not read and was left")
        finally:
            leaving.cancel()
            self.watch.leave(seat)

    async def _pass_on(self, seat: Seat, send: Send) -> None:
        """Raises TimeoutError where the viewer takes nothing more."""
        loop = asyncio.get_running_loop()
        ends_at = loop.time() + random.uniform(*LIFE)  # noqa: S311 - spreads returns, guards nothing
        word = b"retry: %d\n\n" % random.randint(*COMES_BACK)  # noqa: S311 - the same
        while word != GOODBYE and loop.time() < ends_at:
            async with asyncio.timeout(self.patience):
                await send({"type": "http.response.body", "body": word, "more_body": True})
            word = await seat.next()
        async with asyncio.timeout(self.patience):
            await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _notice_leaving(receive: Receive, seat: Seat) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    seat.put(GOODBYE, last=True)


async def _refuse(send: Send, status: int, header: tuple[bytes, bytes]) -> None:
    headers = [header, (b"content-length", b"0"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
