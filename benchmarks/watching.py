"""Many open pages of the wall at once: each keeps a stream and notes when it heard which number."""

import asyncio
import re
import time
from bisect import bisect_left
from collections.abc import Iterator, Sequence

CAME = re.compile(rb'"came": (\d+)')
REQUEST = b"GET /live/wall HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n"
AT_ONCE = 50
LONGEST_WORD = 400


class Viewer(asyncio.Protocol):
    """One page: what it heard, and when."""

    def __init__(self) -> None:
        self.at: list[float] = []
        self.came: list[int] = []
        self.is_there = False
        self.transport: asyncio.BaseTransport | None = None
        self._rest = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the stream."""
        self.transport, self.is_there = transport, True
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - TCP is one
        transport.write(REQUEST)

    def data_received(self, data: bytes) -> None:
        """A word, or a part of one."""
        self._rest += data
        for found in CAME.finditer(self._rest):
            self.at.append(time.time())
            self.came.append(int(found[1]))
        self._rest = self._rest[self._rest.rfind(b"\n") + 1 :][-LONGEST_WORD:]

    def connection_lost(self, exc: Exception | None) -> None:
        """The portal has hung up."""
        self.is_there = False

    def heard(self, number: int) -> float:
        """When it first heard of so many messages; for ever, if not yet."""
        place = bisect_left(self.came, number)
        return self.at[place] if place < len(self.at) else float("inf")

    @property
    def words_a_second(self) -> float:
        """How often it was told something, from the first to the last time."""
        return (len(self.at) - 1) / (self.at[-1] - self.at[0])


async def gather_viewers(port: int, count: int) -> list[Viewer]:
    """So many, a few at a time; each has heard the numbers once."""
    loop = asyncio.get_running_loop()
    viewers: list[Viewer] = []
    while len(viewers) < count:
        coming = range(min(AT_ONCE, count - len(viewers)))
        lines = [loop.create_connection(Viewer, "127.0.0.1", port) for _one in coming]
        viewers += [viewer for _transport, viewer in await asyncio.gather(*lines)]
    await until_all(viewers, 0)
    return viewers


async def until_all(viewers: Sequence[Viewer], number: int, *, within: float = 30.0) -> None:
    """Wait until each has heard of so many messages. Raises RuntimeError."""
    deadline = time.monotonic() + within
    while missing := sum(one.heard(number) == float("inf") for one in viewers):
        if time.monotonic() > deadline:
            raise RuntimeError(f"{missing} of {len(viewers)} viewers never heard of {number}")
        await asyncio.sleep(0.1)


def delays(viewers: Sequence[Viewer], known: int, said_at: Sequence[float]) -> Iterator[float]:
    """For each message: seconds until the last viewer had heard of so many."""
    for number, moment in enumerate(sorted(said_at), start=known + 1):
        yield max(viewer.heard(number) for viewer in viewers) - moment


def leave(viewers: Sequence[Viewer]) -> None:
    """Close every page."""
    for viewer in viewers:
        if viewer.transport is not None:
            viewer.transport.close()
