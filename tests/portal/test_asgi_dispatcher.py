"""Bodies are received before a thread is taken; too large and too slow ones are told so."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from typing import Any

import pytest
from a2wsgi import WSGIMiddleware

from seoul_portal.spooling import Message, Scope, SpooledBodies

KB = 1024


def _echo(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Say how long the body was, as a view reads it."""
    start_response("200 OK", [("Content-Type", "text/plain")])
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    return [str(len(body)).encode()]


def _site(**limits: Any) -> SpooledBodies:
    """One thread only: whoever waits in it stops everybody."""
    threads: Any = WSGIMiddleware(_echo, workers=1)  # type: ignore[arg-type]  # any WSGI will do
    return SpooledBodies(threads, **limits)


class Visit:
    """One request and what came back."""

    def __init__(self, *pieces: bytes, **headers: str) -> None:
        self.pieces = list(pieces)
        self.headers = headers
        self.status = 0
        self.body = b""
        self.go_on = asyncio.Event()
        self.go_on.set()

    @property
    def scope(self) -> Scope:
        named = [(k.replace("_", "-").encode(), v.encode()) for k, v in self.headers.items()]
        return {
            "type": "http",
            "http_version": "1.1",
            "method": "POST",
            "path": "/",
            "query_string": b"",
            "headers": named,
        }

    async def receive(self) -> Message:
        await self.go_on.wait()
        piece = self.pieces.pop(0) if self.pieces else b""
        return {"type": "http.request", "body": piece, "more_body": bool(self.pieces)}

    async def send(self, message: Message) -> None:
        self.status = message.get("status", self.status)
        self.body += message.get("body", b"")

    async def to(self, site: SpooledBodies) -> "Visit":
        await site(self.scope, self.receive, self.send)
        return self


def _visit(site: SpooledBodies, *pieces: bytes, **headers: str) -> Visit:
    async def go() -> Visit:
        return await Visit(*pieces, **headers).to(site)

    return asyncio.run(go())


def test_a_body_arrives_whole() -> None:
    pieces = [b"x" * 700 * KB] * 3

    answer = _visit(_site(), *pieces, content_length=str(2100 * KB))

    assert (answer.status, answer.body) == (200, str(2100 * KB).encode())


def test_a_body_in_chunks_gets_its_length() -> None:
    answer = _visit(_site(), b"abc", b"def", transfer_encoding="chunked")

    assert answer.body == b"6"


def test_a_slow_body_takes_no_thread() -> None:
    async def meet() -> tuple[Visit, Visit, int]:
        site = _site()
        slow, quick = Visit(b"slow", content_length="4"), Visit(b"", content_length="0")
        slow.go_on.clear()
        waiting = asyncio.create_task(slow.to(site))
        await quick.to(site)
        meanwhile = slow.status
        slow.go_on.set()
        await waiting
        return slow, quick, meanwhile

    slow, quick, meanwhile = asyncio.run(asyncio.wait_for(meet(), 10))

    assert (quick.status, meanwhile) == (200, 0)
    assert (slow.status, slow.body) == (200, b"4")


@pytest.mark.parametrize("length", [{}, {"content_length": str(30 * KB)}])
def test_too_large_is_said_in_both_languages(length: dict[str, str]) -> None:
    answer = _visit(_site(cap=20 * KB), *[b"x" * 10 * KB] * 3, **length)

    assert answer.status == 413
    assert "너무 큽니다" in answer.body.decode()
    assert "too large" in answer.body.decode()


def test_a_much_too_large_body_is_not_read_at_all() -> None:
    answer = _visit(_site(cap=KB), b"x", content_length=str(1024 * KB))

    assert (answer.status, len(answer.pieces)) == (413, 1)


def test_an_endless_body_is_not_heard_out() -> None:
    answer = _visit(_site(cap=KB), *[b"x" * KB] * 100)

    assert (answer.status, len(answer.pieces)) == (413, 95)


def test_silence_ends_in_408() -> None:
    async def go() -> Visit:
        silent = Visit(b"x")
        silent.go_on.clear()
        return await silent.to(_site(silence=0.01))

    answer = asyncio.run(go())

    assert answer.status == 408
    assert "did not arrive" in answer.body.decode()


def test_a_trickle_ends_in_408_too() -> None:
    class Trickle(Visit):
        async def receive(self) -> Message:
            await asyncio.sleep(0.01)
            return {"type": "http.request", "body": b"x", "more_body": True}

    async def go() -> Visit:
        return await Trickle().to(_site(silence=5, patience=0.1))

    assert asyncio.run(go()).status == 408


def test_a_body_that_breaks_off_is_never_our_own_fault() -> None:
    class Gone(Visit):
        async def receive(self) -> Message:
            return {"type": "http.disconnect"}

    async def go() -> Visit:
        return await Gone().to(_site())

    assert asyncio.run(go()).status == 400


def test_the_server_may_start_and_stop() -> None:
    said: list[str] = []

    async def words() -> AsyncIterator[Message]:
        yield {"type": "lifespan.startup"}
        yield {"type": "lifespan.shutdown"}

    async def live() -> None:
        script = words()

        async def receive() -> Message:
            return await anext(script)

        async def send(message: Message) -> None:
            said.append(message["type"])

        await _site()({"type": "lifespan"}, receive, send)

    asyncio.run(live())

    assert said == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
