"""Pages that everybody may read, kept for a few seconds: thousands of readers cost one thread.

What is kept is the answer to a request of our own making, with nothing of anybody in it: no
cookie, no language of a browser, no network address. It is never given to who brings a cookie.
"""

import asyncio
import re
import time
from collections.abc import Callable
from dataclasses import dataclass

from seoul_portal.spooling import Application, Message, Receive, Scope, Send

# Public pages of a case, and the numbers of the wall. Private links are longer and never match.
ADDRESSES = re.compile(r"(?:/en)?/s/[A-Z]-[0-9]{4}-[0-9]{6,12}/|/live/wall\.json")
# As Django asks it: both must agree on who gets a packed page.
PACKED = re.compile(rb"\bgzip\b")
FRESH = 2.0  # seconds; an older one is given once more, while it is made anew
OLDEST = 4.5  # seconds since it was begun; never given when older
MOST = 256
MOST_BYTES = 16 * 1024 * 1024
LARGEST = 512 * 1024
# Whoever brings one of these gets an answer of their own.
OWN = {
    b"cookie", b"authorization", b"range", b"content-length", b"transfer-encoding", b"upgrade",
}  # fmt: skip
MAY_VARY = {b"accept-encoding", b"accept-language", b"cookie"}


@dataclass(frozen=True)
class Asked:
    """All that an answer may depend on."""

    path: str
    host: bytes
    scheme: str
    forwarded: bytes
    packed: bool

    def scope(self, like: Scope) -> Scope:
        """The request that we make ourselves."""
        headers = [(b"host", self.host)]
        if self.packed:
            headers.append((b"accept-encoding", b"gzip"))
        if self.forwarded:
            headers.append((b"x-forwarded-proto", self.forwarded))
        kept = {
            name: like[name] for name in ("type", "asgi", "http_version", "server") if name in like
        }
        return {
            **kept,
            "method": "GET",
            "scheme": self.scheme,
            "path": self.path,
            "raw_path": self.path.encode(),
            "query_string": b"",
            "root_path": "",
            "headers": headers,
            "client": ("127.0.0.1", 0),
        }


@dataclass(frozen=True)
class Answer:
    """A whole answer, and since when it may be outdated."""

    begun: float
    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes

    def named(self, name: bytes) -> bytes:
        """A header, "" where it is not there."""
        return b", ".join(value for one, value in self.headers if one == name)

    @property
    def is_for_everybody(self) -> bool:
        """Nobody is named in it, so whoever asked in the same moment may have it too."""
        policy = self.named(b"content-security-policy")
        return not self.named(b"set-cookie") and b"'nonce-" not in policy

    @property
    def may_be_kept(self) -> bool:
        """And it is a page that says of itself nothing else."""
        control = self.named(b"cache-control")
        varies = {one.strip().lower() for one in self.named(b"vary").split(b",") if one.strip()}
        return (
            self.is_for_everybody
            and self.status == 200
            and varies <= MAY_VARY
            and b"private" not in control
            and b"no-store" not in control
            and len(self.body) <= LARGEST
        )

    async def to(self, scope: Scope, send: Send, *, now: float) -> None:
        """Give it; in short to who has it already."""
        headers = [*self.headers, (b"age", str(int(now - self.begun)).encode())]
        etag, known = self.named(b"etag"), _header(scope, b"if-none-match")
        if self.status == 200 and etag and etag in [one.strip() for one in known.split(b",")]:
            left = [pair for pair in headers if pair[0] not in (b"content-length", b"content-type")]
            await send({"type": "http.response.start", "status": 304, "headers": left})
            await send({"type": "http.response.body", "body": b""})
            return
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": self.body})


class KeptAnswers:
    """Stands before the application; asks it once for all who want the same at the same time."""

    def __init__(
        self, application: Application, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.application = application
        self.clock = clock
        self._kept: dict[Asked, Answer] = {}
        self._bytes = 0
        self._asking: dict[Asked, tuple[float, asyncio.Task[Answer]]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        asked = what_is_asked(scope)
        answer = await self._answer(asked, scope) if asked else None
        if answer is None:
            await self.application(scope, receive, send)
        else:
            await answer.to(scope, send, now=self.clock())

    async def _answer(self, asked: Asked, scope: Scope) -> Answer | None:
        """Kept or new; None where it has to be everybody's own."""
        now, kept = self.clock(), self._kept.get(asked)
        if kept and now - kept.begun <= OLDEST:
            if now - kept.begun > FRESH:
                self._ask(asked, scope)
            return kept
        begun, task = self._ask(asked, scope)
        if now - begun > OLDEST:  # of a page this slow nobody knows how old it will be
            return None
        answer = await asyncio.shield(task)
        return answer if answer.is_for_everybody else None

    def _ask(self, asked: Asked, scope: Scope) -> tuple[float, asyncio.Task[Answer]]:
        """One at a time for each address."""
        if asked not in self._asking:
            begun = self.clock()
            task = asyncio.create_task(self._make(asked, asked.scope(scope), begun))
            self._asking[asked] = begun, task
            task.add_done_callback(_was_seen)
        return self._asking[asked]

    async def _make(self, asked: Asked, scope: Scope, begun: float) -> Answer:
        started: Message = {}
        pieces: list[bytes] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                started.update(message)
            else:
                pieces.append(message.get("body", b""))

        try:
            await self.application(scope, receive, send)
        finally:
            del self._asking[asked]
        # Its number is that of one request; the next one has none.
        headers = tuple(
            (name.lower(), value)
            for name, value in started["headers"]
            if name.lower() != b"x-request-id"
        )
        answer = Answer(begun, started["status"], headers, b"".join(pieces))
        self._forget(asked)
        if answer.may_be_kept:
            self._keep(asked, answer)
        return answer

    def _keep(self, asked: Asked, answer: Answer) -> None:
        self._kept[asked] = answer
        self._bytes += len(answer.body)
        while len(self._kept) > MOST or self._bytes > MOST_BYTES:
            self._forget(next(iter(self._kept)))
        # Nothing that was hidden lies here for longer, read or not.
        asyncio.get_running_loop().call_later(OLDEST, self._forget, asked, answer)

    def _forget(self, asked: Asked, answer: Answer | None = None) -> None:
        if answer is None or self._kept.get(asked) is answer:
            gone = self._kept.pop(asked, None)
            self._bytes -= len(gone.body) if gone else 0


def what_is_asked(scope: Scope) -> Asked | None:
    """None for what is not kept: other addresses, other methods, and whoever brings something."""
    if scope["type"] != "http" or scope["method"] != "GET" or scope["query_string"]:
        return None
    if not ADDRESSES.fullmatch(scope["path"]):
        return None
    names = [name for name, _value in scope["headers"]]
    if names.count(b"host") != 1 or not OWN.isdisjoint(names):
        return None
    return Asked(
        path=scope["path"],
        host=_header(scope, b"host"),
        scheme=scope.get("scheme", "http"),
        forwarded=_header(scope, b"x-forwarded-proto"),
        packed=bool(PACKED.search(_header(scope, b"accept-encoding"))),
    )


def _header(scope: Scope, wanted: bytes) -> bytes:
    return b",".join(value for name, value in scope["headers"] if name == wanted)


def _was_seen(task: "asyncio.Task[Answer]") -> None:
    """An error is told to those who wait for it; if nobody does, it was only a renewal."""
    if not task.cancelled():
        task.exception()
