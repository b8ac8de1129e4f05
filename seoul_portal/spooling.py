"""A request's body is received before a thread is taken for it.

Ten threads serve the pages. If they read the bodies themselves, ten slow uploads stop the site.
"""

import asyncio
import tempfile
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import IO, Any

from seoul_portal import refusals

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

MEGABYTE = 1024 * 1024
IN_MEMORY = MEGABYTE // 16
PIECE = MEGABYTE // 4
# A browser that is cut off while sending shows no page, so a while is spent hearing it out.
HEARD_OUT = 4
HEARD_OUT_MOST = 100 * MEGABYTE
# The text of a form stands before its photos: it is given back with the refusal.
TEXT_WITHIN = MEGABYTE // 4


class RefusedError(Exception):
    """The body is not taken; `answer` says why."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.answer = status


class SpooledBodies:
    """Calls the application once the whole body is here: on disk, within `cap` and in time.

    `wider` holds larger caps by the end of an address: the doors where photos come in.
    """

    def __init__(
        self,
        application: Application,
        *,
        cap: int = 25 * MEGABYTE,
        wider: Mapping[str, int] | None = None,
        silence: float = 30,
        patience: float = 300,
    ) -> None:
        self.application = application
        self.cap = cap
        self.wider = wider or {}
        self.silence = silence
        self.patience = patience

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self.application(scope, receive, send)
            return
        with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as body:
            try:
                await self._spool(receive, body, _announced(scope), self._cap_at(scope["path"]))
            except RefusedError as refusal:
                cap = self._cap_at(scope["path"]) // MEGABYTE
                if scope["path"].startswith("/api/"):
                    await refusals.problem(refusal.answer, send, megabytes=cap)
                    return
                text = refusals.text_in(_start(body), dict(scope["headers"]))
                await refusals.answer(refusal.answer, send, megabytes=cap, text=text)
                return
            await self.application(_measured(scope, body.tell()), _replay(body), send)

    def _cap_at(self, path: str) -> int:
        return next((cap for end, cap in self.wider.items() if path.endswith(end)), self.cap)

    async def _spool(self, receive: Receive, body: IO[bytes], announced: int, cap: int) -> None:
        """Fill `body`, or raise."""
        heard_out = min(cap * HEARD_OUT, max(cap, HEARD_OUT_MOST))
        if announced > heard_out:
            raise RefusedError(413)
        received, more, clock = 0, True, asyncio.get_running_loop().time
        deadline = clock() + self.patience
        while more:
            try:
                async with asyncio.timeout_at(min(deadline, clock() + self.silence)):
                    message = await receive()
            except TimeoutError:
                raise RefusedError(408 if received <= cap else 413) from None
            if message["type"] == "http.disconnect":
                raise RefusedError(400)  # hung up, or what came is no body at all
            piece, more = message.get("body", b""), message.get("more_body", False)
            received += len(piece)
            if received <= cap:
                body.write(piece)
            elif received > heard_out:
                break
        if received > cap:
            raise RefusedError(413)


def _start(body: IO[bytes]) -> bytes:
    body.seek(0)
    return body.read(TEXT_WITHIN)


def _announced(scope: Scope) -> int:
    """The length the sender promised; 0 where it didn't."""
    length = dict(scope["headers"]).get(b"content-length", b"")
    return int(length) if length.isdigit() else 0


def _measured(scope: Scope, length: int) -> Scope:
    """A body sent in chunks has no length of its own, and WSGI reads none without."""
    names = {name for name, _ in scope["headers"]}
    if b"transfer-encoding" not in names or b"content-length" in names:
        return scope
    headers = [pair for pair in scope["headers"] if pair[0] != b"transfer-encoding"]
    return {**scope, "headers": [*headers, (b"content-length", str(length).encode())]}


def _replay(body: IO[bytes]) -> Receive:
    """Hand the body on in pieces."""
    length = body.tell()
    body.seek(0)

    async def receive() -> Message:
        piece = body.read(PIECE)
        return {"type": "http.request", "body": piece, "more_body": body.tell() < length}

    return receive
