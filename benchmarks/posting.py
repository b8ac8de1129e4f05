"""A small client: so many lines at once, each posting the next form as soon as one is answered."""

import asyncio
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
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
    headers: str = "",
    wish: Callable[[str], bool],
) -> Posted:
    """Post to 127.0.0.1 over `lines` kept connections until the monotonic clock says `until`."""
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
            head = await _answer(reader)
            posted.seconds.append(time.monotonic() - started)
            if not wish(head):
                posted.wrong.append(head.partition("\r\n")[0])
        writer.close()

    await asyncio.gather(*(line() for _number in range(lines)))
    return posted


async def _answer(reader: asyncio.StreamReader) -> str:
    """The head of one answer; its body is read and forgotten."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    fields = {
        name.strip().lower(): value.strip()
        for name, _colon, value in (one.partition(":") for one in head.split("\r\n")[1:])
    }
    if "chunked" in fields.get("transfer-encoding", ""):
        while size := int(await reader.readline(), 16):
            await reader.readexactly(size + 2)
        await reader.readline()
    else:
        await reader.readexactly(int(fields.get("content-length", 0)))
    return head
