"""One process's stream, without a server: who may sit, what is said, who is left behind."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from signal import SIGCONT, SIGSTOP
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from channels_app import live
from channels_app.live import CHANNEL, Numbers
from seoul_portal.live import bell as ringing
from seoul_portal.live import watch as watching
from seoul_portal.live.bell import Bell
from seoul_portal.live.stream import Stream
from seoul_portal.live.watch import Watch
from seoul_portal.local.valkey import Valkey
from seoul_portal.spooling import Message


class Wall:
    """Numbers that the test sets; it may be switched off, or out of reach."""

    def __init__(self) -> None:
        self.now: Numbers | None = Numbers(last=1, came=1, answered=0)
        self.problem: Exception | None = None
        self.looks = 0

    def read(self) -> Numbers | None:
        """As from the database."""
        self.looks += 1
        if self.problem:
            raise self.problem
        return self.now


class Viewer:
    """An open page: what reached it. One that does not read takes the first piece and no more."""

    def __init__(self, *, reads: bool = True) -> None:
        self.reads = reads
        self.status = 0
        self.headers: dict[bytes, bytes] = {}
        self.words: list[bytes] = []
        self.is_over = False
        self.left = asyncio.Event()
        self._news = asyncio.Event()

    async def to(self, stream: Stream, method: str = "GET") -> "Viewer":
        """Stay until the stream ends."""
        await stream({"type": "http", "method": method}, self._receive, self._send)
        self.is_over = True
        self._news.set()
        return self

    async def hears(self, part: bytes) -> bytes:
        """The first word with this part; what came before it is forgotten."""
        while True:
            while self.words:
                word = self.words.pop(0)
                if part in word:
                    return word
            self._news.clear()
            await self._news.wait()

    async def _receive(self) -> Message:
        await self.left.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], dict(message["headers"])
            return
        if not self.reads and self.words:
            await asyncio.Event().wait()
        self.words.append(message["body"])
        self._news.set()


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "EVERY", 0.01)
    monkeypatch.setattr(watching, "UNRUNG", 0.02)


@pytest.fixture
def wall() -> Wall:
    return Wall()


@pytest.fixture
def stream_of(wall: Wall, settings: Settings) -> Callable[..., Stream]:
    def make(**limits: Any) -> Stream:
        return Stream(Watch(wall.read, Bell(settings.REDIS_URL, CHANNEL)), **limits)

    return make


def play(story: Awaitable[Any]) -> Any:
    """To its end, which must come."""

    async def within() -> Any:
        return await asyncio.wait_for(story, 20)

    return asyncio.run(within())


def test_every_viewer_hears_of_a_change_and_of_nothing_else(
    wall: Wall, stream_of: Callable[..., Stream]
) -> None:
    async def story() -> list[bytes]:
        stream = stream_of()
        viewers = [Viewer() for _one in range(50)]
        watching = [asyncio.create_task(viewer.to(stream)) for viewer in viewers]
        for viewer in viewers:
            await viewer.hears(b'"came": 1')
        wall.now = Numbers(last=2, came=2, answered=0)
        heard = [await viewer.hears(b'"came": 2') for viewer in viewers]
        for viewer in viewers:
            viewer.left.set()
        await asyncio.gather(*watching)
        assert not stream.watch.seats
        return heard

    (word,) = set(play(story()))
    assert b'data: {"live": true, "last": 2, "came": 2, "answered": 0, "bell": ' in word


def test_the_first_piece_says_when_to_come_back(stream_of: Callable[..., Stream]) -> None:
    async def story() -> tuple[bytes, dict[bytes, bytes]]:
        viewer = Viewer()
        staying = asyncio.create_task(viewer.to(stream_of()))
        word = await viewer.hears(b"retry: ")
        viewer.left.set()
        await staying
        return word, viewer.headers

    word, headers = play(story())

    assert word.endswith(b"\n\n")
    assert headers[b"content-type"].startswith(b"text/event-stream")
    assert headers[b"cache-control"] == b"no-store"
    assert b"set-cookie" not in headers


def test_who_never_reads_is_left_and_nobody_else_notices(
    wall: Wall, stream_of: Callable[..., Stream]
) -> None:
    async def story() -> None:
        stream = stream_of(patience=0.05)
        deaf, mina = Viewer(reads=False), Viewer()
        leaving = asyncio.create_task(deaf.to(stream))
        staying = asyncio.create_task(mina.to(stream))
        await mina.hears(b'"came": 1')
        await leaving
        wall.now = Numbers(last=9, came=9, answered=9)
        await mina.hears(b'"came": 9')
        assert len(stream.watch.seats) == 1
        mina.left.set()
        await staying

    play(story())


def test_nothing_is_asked_while_nobody_is_there(
    wall: Wall, stream_of: Callable[..., Stream]
) -> None:
    async def story() -> int:
        viewer = Viewer()
        stream = stream_of()
        staying = asyncio.create_task(viewer.to(stream))
        await viewer.hears(b'"came": 1')
        viewer.left.set()
        await staying
        before = wall.looks
        await asyncio.sleep(0.1)  # ten times as long as from one look to the next
        return wall.looks - before

    assert play(story()) <= 1


def test_switched_off_everybody_is_told_and_sent_away(
    wall: Wall, stream_of: Callable[..., Stream]
) -> None:
    async def story() -> None:
        stream = stream_of()
        viewer = Viewer()
        staying = asyncio.create_task(viewer.to(stream))
        await viewer.hears(b'"came": 1')
        wall.now = None
        word = await viewer.hears(b'"live": false')
        assert word.startswith(b"retry: 60000\n")
        await staying
        late = await Viewer().to(stream)
        assert b'"live": false' in b"".join(late.words)

    play(story())


def test_numbers_out_of_reach_are_never_called_new(
    wall: Wall, stream_of: Callable[..., Stream]
) -> None:
    async def story() -> None:
        viewer = Viewer()
        staying = asyncio.create_task(viewer.to(stream_of()))
        await viewer.hears(b'"came": 1')
        wall.problem = OSError("the database is away")
        word = await viewer.hears(b"not at hand")
        assert word.startswith(b":")  # no event: a page does not hear it
        wall.problem = None
        await viewer.hears(b'"came": 1')
        viewer.left.set()
        await staying

    play(story())


def test_a_still_line_says_the_same_again(
    monkeypatch: pytest.MonkeyPatch, stream_of: Callable[..., Stream]
) -> None:
    monkeypatch.setattr(watching, "STILL", 0.03)

    async def story() -> None:
        viewer = Viewer()
        staying = asyncio.create_task(viewer.to(stream_of()))
        for _time in range(3):
            await viewer.hears(b'"came": 1')
        viewer.left.set()
        await staying

    play(story())


def test_the_bell_wakes_it(
    wall: Wall,
    stream_of: Callable[..., Stream],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Without it nobody would look for a minute."""
    monkeypatch.setattr(watching, "UNRUNG", 60.0)

    async def story() -> None:
        viewer = Viewer()
        staying = asyncio.create_task(viewer.to(stream_of()))
        await viewer.hears(b'"bell": true')
        wall.now = Numbers(last=3, came=3, answered=0)
        await asyncio.to_thread(live.ring)
        await viewer.hears(b'"came": 3')
        viewer.left.set()
        await staying

    play(story())


def test_without_valkey_the_stream_goes_on_and_says_so(wall: Wall) -> None:
    async def story() -> bytes:
        viewer = Viewer()
        stream = Stream(Watch(wall.read, Bell("redis://127.0.0.1:1/0", CHANNEL)))
        staying = asyncio.create_task(viewer.to(stream))
        await viewer.hears(b'"came": 1')
        wall.now = Numbers(last=5, came=5, answered=0)
        word = await viewer.hears(b'"came": 5')
        viewer.left.set()
        await staying
        return word

    assert b'"bell": false' in play(story())


def test_a_frozen_valkey_is_noticed(
    wall: Wall, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ringing, "QUIET", 0.2)
    monkeypatch.setattr(ringing, "PAUSE", 0.05)
    server = Valkey(tmp_path / "valkey", log=tmp_path / "valkey.log")
    server.start()
    frozen = server.process
    assert frozen is not None

    async def story() -> None:
        viewer = Viewer()
        staying = asyncio.create_task(
            viewer.to(Stream(Watch(wall.read, Bell(server.url, CHANNEL))))
        )
        await viewer.hears(b'"bell": true')
        frozen.send_signal(SIGSTOP)
        await viewer.hears(b'"bell": false')
        frozen.send_signal(SIGCONT)
        await viewer.hears(b'"bell": true')
        viewer.left.set()
        await staying

    try:
        play(story())
    finally:
        frozen.send_signal(SIGCONT)
        server.stop()


@pytest.mark.parametrize("method", ["POST", "HEAD", "PUT"])
def test_it_is_only_read(method: str, stream_of: Callable[..., Stream]) -> None:
    viewer = play(Viewer().to(stream_of(), method))

    assert (viewer.status, viewer.headers[b"allow"]) == (405, b"GET")


def test_a_full_house_asks_to_come_later(stream_of: Callable[..., Stream]) -> None:
    viewer = play(Viewer().to(stream_of(most=0)))

    assert (viewer.status, viewer.headers[b"retry-after"]) == (503, b"60")
