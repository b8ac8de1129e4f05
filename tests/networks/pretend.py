"""A web server of this machine that stands for a network: a contract played by the book.

One class a network, below `tests/networks/`, answers as the network's published documentation says
(named there with its address and the day it was read); this is what all of them share.
"""

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True)
class Asked:
    """One question that came in. Names of headers in lower case; each of the query once."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """Its body."""
        return json.loads(self.body or b"{}")

    @property
    def form(self) -> dict[str, str]:
        """Its body, as a form."""
        return {name: found[0] for name, found in parse_qs(self.body.decode()).items()}


@dataclass(frozen=True)
class Answer:
    """What is said to it."""

    status: int = 200
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def raw(self) -> bytes:
        """As it goes over the line."""
        if isinstance(self.body, bytes):
            return self.body
        return b"" if self.body is None else json.dumps(self.body, ensure_ascii=False).encode()


class Pretend:
    """A network. A subclass has `answer`; everything that was asked stays in `asked`.

    `cuts`: takes what it is sent and hangs up before it says so (only of what changes something).
    `next_answers`: said instead of the network's own, one after the other.
    """

    port: int = 0

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.cuts = False
        self.next_answers: list[Answer] = []
        self.lock = threading.Lock()

    def answer(self, asked: Asked) -> Answer:
        """What the documentation says."""
        raise NotImplementedError

    @property
    def base(self) -> str:
        """Where it stands."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def allow(self) -> frozenset[str]:
        """What somebody of ours has to name so that it may be asked at all."""
        return frozenset({f"127.0.0.1:{self.port}"})


@contextmanager
def playing(network: Pretend) -> Iterator[Pretend]:
    """On loopback, until the end."""

    class Door(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout: ClassVar[float] = 20

        def _any(self) -> None:
            parts = urlsplit(self.path)
            length = int(self.headers.get("Content-Length") or 0)
            asked = Asked(
                self.command,
                parts.path,
                {name: found[0] for name, found in parse_qs(parts.query, True).items()},
                {name.lower(): value for name, value in self.headers.items()},
                self.rfile.read(length),
            )
            with network.lock:
                network.asked.append(asked)
                told = network.next_answers.pop(0) if network.next_answers else None
                told = told or network.answer(asked)
            self.close_connection = True
            if network.cuts and asked.method != "GET":
                return
            self.send_response(told.status)
            for name, value in {"Content-Type": "application/json", **told.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(told.raw)))
            self.end_headers()
            self.wfile.write(told.raw)

        do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = _any  # noqa: N815 - the library's names

        def log_message(self, *_told: Any) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    server.daemon_threads = True
    network.port = server.server_address[1]
    serving = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    serving.start()
    try:
        yield network
    finally:
        server.shutdown()
        server.server_close()


def until_told(look: Callable[[], Any], *, within: float = 5.0) -> Any:
    """What it gives once it gives something; fails after so many seconds."""
    from tests.faults.house import until  # noqa: PLC0415 - it needs a house only where it is used

    found: list[Any] = []

    def there() -> bool:
        found[:] = [look()]
        return bool(found[0])

    until(there, within=within)
    return found[0]
