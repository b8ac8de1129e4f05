"""An open page of the wall, reduced to its stream; and pages as somebody without a cookie reads."""

import http.client
import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class Line:
    """One stream of one web server."""

    def __init__(self, port: int, *, room: int = 0) -> None:
        self.socket = socket.socket()
        if room:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, room)
        self.socket.settimeout(30)
        self.socket.connect(("127.0.0.1", port))
        self.socket.sendall(
            b"GET /live/wall HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n"
        )
        self.text = ""

    def hears(self, name: str, value: object) -> dict[str, Any]:
        """Read on until an event has this value."""
        for heard in self.events():
            if heard.get(name) == value:
                return heard
        raise AssertionError(f"the stream ended without {name} = {value}: {self.text}")

    def events(self) -> Iterator[dict[str, Any]]:
        """Each event's numbers, until the stream ends."""
        answer = http.client.HTTPResponse(self.socket)
        answer.begin()
        assert answer.status == 200
        while line := answer.readline().decode():
            self.text += line
            if line.startswith("data: "):
                yield json.loads(line[6:])


@contextmanager
def listening(port: int, **how: Any) -> Iterator[Line]:
    """An open page; closed at the end."""
    line = Line(port, **how)
    try:
        yield line
    finally:
        line.socket.close()


def read(port: int, path: str, **headers: str) -> tuple[int, http.client.HTTPMessage, str]:
    """One page: status, headers, words."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        line.request("GET", path, headers=told)
        answer = line.getresponse()
        return answer.status, answer.headers, answer.read().decode(errors="replace")
    finally:
        line.close()
