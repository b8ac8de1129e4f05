"""A small client: so many lines at once, each posting the next form as soon as one is answered."""

import asyncio
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from urllib.parse import urlencode


@dataclass
class Posted:
    """What came of it: seconds of each post, and every answer that was not the wished one."""

    seconds: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


async def post_forms(
    port: int,
    path: str,
    forms: Iterator[dict[str, str]],
    *,
    lines: int,
    until: float,
    every: float = 0.0,
    headers: str = "",
    wish: Callable[[str], bool],
) -> Posted:
    """Post to 127.0.0.1 over `lines` kept connections until the monotonic clock says `until`.

    `every` is the time from one post to the next on each line; without it they follow at once.
    """
    posted = Posted()

    async def line() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while time.monotonic() < until:
            body = urlencode(next(forms))
            started = time.monotonic()
            writer.write(
                f"POST {path} HTTP/1.1\r\nHost: localhost\r\n{headers}"
                "Content-Type: application/x-www-form-urlencoded\r\n"
                f"Content-Length: {len(body)}\r\n\r\n{body}".encode()
            )
            head, _body = await answer(reader)
            posted.seconds.append(time.monotonic() - started)
            if not wish(head):
                posted.wrong.append(head.partition("\r\n")[0])
            await asyncio.sleep(max(0.0, started + every - time.monotonic()))
        writer.close()

    await asyncio.gather(*(line() for _number in range(lines)))
    return posted


async def read_pages(
    port: int,
    paths: Sequence[str],
    *,
    lines: int,
    until: float,
    every: float = 0.0,
    look: Callable[[bytes], object] = len,
) -> Posted:
    """Read one page after the other over `lines` kept connections; `look` sees each whole body."""
    read = Posted()

    async def line(number: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for path in cycle((*paths[number % len(paths) :], *paths[: number % len(paths)])):
            started = time.monotonic()
            if started >= until:
                break
            writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            head, body = await answer(reader)
            read.seconds.append(time.monotonic() - started)
            if not head.startswith("HTTP/1.1 200"):
                read.wrong.append(head.partition("\r\n")[0])
            look(body)
            await asyncio.sleep(max(0.0, started + every - time.monotonic()))
        writer.close()

    await asyncio.gather(*(line(number) for number in range(lines)))
    return read


async def answer(reader: asyncio.StreamReader) -> tuple[str, bytes]:
    """The head and the body of one answer."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    fields = {
        name.strip().lower(): value.strip()
        for name, _colon, value in (one.partition(":") for one in head.split("\r\n")[1:])
    }
    if "chunked" not in fields.get("transfer-encoding", ""):
        return head, await reader.readexactly(int(fields.get("content-length", 0)))
    body = b""
    while size := int(await reader.readline(), 16):
        body += (await reader.readexactly(size + 2))[:-2]
    await reader.readline()
    return head, body
