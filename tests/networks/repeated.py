"""A network as `pretend` plays it, for questions that name one word several times (id=1&id=2)."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlsplit

from tests.networks.pretend import Asked, Pretend

Network = TypeVar("Network", bound=Pretend)


@dataclass(frozen=True)
class AskedWhole(Asked):
    """A question with every pair of its query."""

    pairs: tuple[tuple[str, str], ...] = ()


def every(asked: Asked, name: str) -> list[str]:
    """All that it says by this name; the first one where nobody kept the others."""
    if isinstance(asked, AskedWhole):
        return [value for said, value in asked.pairs if said == name]
    return [asked.query[name]] if name in asked.query else []


@contextmanager
def playing_whole(network: Network) -> Iterator[Network]:
    """On loopback, until the end."""

    class Door(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 20

        def _any(self) -> None:
            parts = urlsplit(self.path)
            pairs = tuple(parse_qsl(parts.query, True))
            headers = {name.lower(): value for name, value in self.headers.items()}
            body = self.rfile.read(int(headers.get("content-length") or 0))
            first = dict(reversed(pairs))
            asked = AskedWhole(self.command, parts.path, first, headers, body, pairs)
            with network.lock:
                network.asked.append(asked)
                waiting = network.next_answers
                told = waiting.pop(0) if waiting else network.answer(asked)
            self.close_connection = True
            if network.cuts and asked.method != "GET":
                return
            self.send_response(told.status)
            for name, value in {"Content-Type": "application/json", **told.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(told.raw)))
            self.end_headers()
            self.wfile.write(told.raw)

        do_GET = do_POST = do_PUT = do_DELETE = _any  # noqa: N815 - the library's names

        def log_message(self, *_told: Any) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    server.daemon_threads = True
    network.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield network
    finally:
        server.shutdown()
        server.server_close()
