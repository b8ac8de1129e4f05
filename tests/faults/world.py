"""A small world for whoever fetches: a real web server, and names that mean anything."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import pytest

from channels_app.connectors.fetching import Fetched, Fetcher

PUBLIC = "93.184.216.34"
URL = "http://feeds.example.org/news"
Act = Callable[[socket.socket, bytes], None]


@dataclass
class Site:
    """A server that says what a test tells it to; it keeps every question it heard."""

    act: Act
    port: int = 0
    tls: ssl.SSLContext | None = None
    lines: int = 0
    asked: list[bytes] = field(default_factory=list)

    def serve(self, door: socket.socket) -> None:
        """One line after the other, until the door is shut."""
        with suppress(OSError):
            while True:
                line, _from = door.accept()
                self.lines += 1
                threading.Thread(target=self._talk, args=(line,), daemon=True).start()

    def _talk(self, line: socket.socket) -> None:
        tls = self.tls
        with line, suppress(OSError), tls.wrap_socket(line, True) if tls else line as heard_on:
            self._answer(heard_on)

    def _answer(self, line: socket.socket) -> None:
        heard = b""
        while b"\r\n\r\n" not in heard and (piece := line.recv(4096)):
            heard += piece
        self.asked.append(heard)
        self.act(line, heard)


def says(status: str, body: bytes = b"", **headers: str) -> Act:
    """Always this answer."""
    told = {"Content_Length": str(len(body)), **headers}
    lines = "".join(f"{n.replace('_', '-')}: {value}\r\n" for n, value in told.items() if value)
    whole = f"HTTP/1.1 {status}\r\n{lines}\r\n".encode() + body
    return lambda line, _heard: line.sendall(whole)


@contextmanager
def site(act: Act, tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    """A server on loopback."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        one = Site(act, door.getsockname()[1], tls)
        threading.Thread(target=one.serve, args=(door,), daemon=True).start()
        yield one
        door.shutdown(socket.SHUT_RDWR)


@dataclass
class Names:
    """A name server that gives its answers one after the other; the last one for ever."""

    answers: Sequence[Sequence[str]] = ((PUBLIC,),)
    asked: list[str] = field(default_factory=list)

    def __call__(self, host: str, port: int) -> Sequence[str]:
        """The addresses of this name, this time."""
        self.asked.append(host)
        return self.answers[min(len(self.asked), len(self.answers)) - 1]


@dataclass
class Lines:
    """Lines into a world where every address is this machine; it keeps which were wanted."""

    port: int
    wanted: list[tuple[str, int]] = field(default_factory=list)

    def __call__(self, address: str, port: int, seconds: float) -> socket.socket:
        """A line, wherever it was meant to lead."""
        self.wanted.append((address, port))
        return socket.create_connection(("127.0.0.1", self.port), timeout=seconds)


def abroad(one: Site, names: Names | None = None, **told: Any) -> Fetcher:
    """A reader for whom every address that may be reached leads to this server."""
    return Fetcher(resolve=names or Names(), connect=Lines(one.port), **told)


def fetch(one: Site, **told: Any) -> Fetched:
    """What stands at an honest address on this server."""
    return abroad(one, **told).get(URL)


HELLO = says("200 OK", b"hello", ETag='"1"', Content_Type="text/plain")


@pytest.fixture
def hello() -> Iterator[Site]:
    """A server that would answer, if anybody asked it."""
    with site(HELLO) as one:
        yield one
