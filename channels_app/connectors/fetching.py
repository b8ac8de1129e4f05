"""Read something by its web address, from wherever a stranger wants us to: feeds, pages, pictures;
and hand something over there: a notice for a browser.

We ask a name server once, look at every address it gives, and connect to one of those we looked
at: whoever answers otherwise the next time (DNS rebinding) reaches nothing. Every redirect is a new
address and is looked at again. No cookies, no proxy of the environment, no sign-in.
"""

import http.client
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from urllib.parse import urljoin

from django.conf import settings

from channels_app.connectors.addresses import Target, is_everybodys, target_of
from channels_app.connectors.errors import (
    ContentRejected,
    Forbidden,
    OutcomeUnknown,
    Transient,
)
from channels_app.connectors.patience import at_most
from channels_app.connectors.statuses import raise_for
from channels_app.connectors.trust import trusted

MOST_BYTES = 5_000_000
SILENCE = 10.0  # seconds a server may say nothing
PATIENCE = 30.0  # seconds for everything, redirects and name servers included
REDIRECTS = 3
PIECE = 65_536
GZIP = 31  # as zlib calls it
USER_AGENT = "SeoulListens/1.0"
READS = ("GET", "HEAD")
Resolve = Callable[[str, int], Sequence[str]]
Connect = Callable[[str, int, float], socket.socket]


@dataclass(frozen=True)
class Fetched:
    """What came: 2xx, or 304 without a body where nothing changed. Names of headers in lower case.

    `url` is where it came from in the end; `body` is unpacked.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str


def get(
    url: str,
    *,
    etag: str = "",
    modified: str = "",
    most_bytes: int = MOST_BYTES,
    allow: frozenset[str] = frozenset(),
) -> Fetched:
    """What stands at this address. Raises one of the connector's errors.

    `etag` and `modified` are the headers of the last time. `allow` names places ("host:port") that
    may be reached whatever their address, besides those of the setting FETCH_ALSO.
    """
    return Fetcher(allow=allow | frozenset(settings.FETCH_ALSO), most_bytes=most_bytes).get(
        url, etag=etag, modified=modified
    )


def addresses_of(host: str, port: int) -> list[str]:
    """What this machine's name servers say. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def connect_to(address: str, port: int, seconds: float) -> socket.socket:
    """A line to exactly this address. Raises OSError."""
    return socket.create_connection((address, port), timeout=seconds)


class Fetcher:
    """One reader. Name servers, lines and certificates are told to it; it keeps nothing."""

    def __init__(
        self,
        *,
        allow: frozenset[str] = frozenset(),
        most_bytes: int = MOST_BYTES,
        patience: float = PATIENCE,
        resolve: Resolve = addresses_of,
        connect: Connect = connect_to,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.allow = allow
        self.most_bytes = most_bytes
        self.patience = patience
        self.resolve = resolve
        self.connect = connect
        self.tls = tls or trusted()

    def get(self, url: str, *, etag: str = "", modified: str = "") -> Fetched:
        """What stands there, after three redirects at most. Raises the connector's errors."""
        asked = {"If-None-Match": etag, "If-Modified-Since": modified}
        headers = {name: value for name, value in asked.items() if value}
        if any(not value.isprintable() or not value.isascii() for value in headers.values()):
            raise ContentRejected("a header of last time that no server gave")
        deadline = time.monotonic() + self.patience
        target = target_of(url, allow=self.allow)
        for _hop in range(REDIRECTS + 1):
            with closing(_Line(self, target, deadline)) as line:
                answer = line.ask(headers)
                if not (led := _leads_to(answer)):
                    return line.take(answer)
            target = self._next(target, led)
        raise Forbidden("too many redirects")

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> None:
        """Hand it over there; no redirect is followed. Raises the connector's errors.

        Until the line stands nothing has left us; after that only an answer says what became of it.
        """
        target = target_of(url, allow=self.allow)
        with closing(_Line(self, target, time.monotonic() + self.patience)) as line:
            line.connect()
            try:
                answer = line.ask(headers, body, method="POST")
            except Transient as problem:
                raise OutcomeUnknown(str(problem)) from problem
            raise_for(answer.status, line.headers_of(answer))

    def talk(
        self, method: str, url: str, *, body: bytes | None = None, headers: Mapping[str, str]
    ) -> Fetched:
        """One question and its answer, whatever its status; no redirect is followed.

        Raises Transient where nothing has left us or nothing was to change, and OutcomeUnknown
        where only an answer would say what became of it.
        """
        target = target_of(url, allow=self.allow)
        with closing(_Line(self, target, time.monotonic() + self.patience)) as line:
            line.connect()
            try:
                return line.read(line.ask(headers, body, method=method))
            except Transient as problem:
                if method in READS:
                    raise
                raise OutcomeUnknown(str(problem)) from problem

    def _next(self, target: Target, led: str) -> Target:
        """What we may read besides, nobody else leads us to."""
        allow = self.allow if target.is_allowed else frozenset()
        further = target_of(urljoin(target.url, led), allow=allow)
        if target.scheme == "https" and further.scheme == "http":
            raise Forbidden("a redirect out of the safe line")
        return further


class _Line:
    """One question to one server, within what is left of the time."""

    def __init__(self, fetcher: Fetcher, target: Target, deadline: float) -> None:
        self.fetcher, self.target, self.deadline = fetcher, target, deadline
        self.socket: socket.socket | None = None
        self.answer: http.client.HTTPResponse | None = None
        self.talk = http.client.HTTPConnection(target.host, target.port)
        self.talk.auto_open = 0  # it must never look for a way of its own

    def close(self) -> None:
        for held in (self.answer, self.talk, self.socket):
            if held is not None:
                held.close()

    def connect(self) -> None:
        """Make the line stand; asking does it by itself."""
        with self._in_time():
            self.talk.sock = self._open()

    def ask(
        self, headers: Mapping[str, str], body: bytes | None = None, method: str = "GET"
    ) -> http.client.HTTPResponse:
        """The answer as far as its headers."""
        told = {
            "Host": self.target.host_header,
            "User-Agent": f"{USER_AGENT} (+{settings.SITE_URL})",
            "Accept": "*/*",
            "Accept-Encoding": "gzip",
            "Connection": "close",
            **headers,
        }
        with self._in_time():
            self.talk.sock = self.talk.sock or self._open()
            self.talk.request(method, self.target.path, body=body, headers=told)
            self.answer = self.talk.getresponse()
            return self.answer

    def take(self, answer: http.client.HTTPResponse) -> Fetched:
        """The whole of a good answer; raises what any other one asks of us."""
        raise_for(answer.status, self.headers_of(answer))
        return self.read(answer)

    def read(self, answer: http.client.HTTPResponse) -> Fetched:
        """The whole of it."""
        headers, body = self.headers_of(answer), b""
        if answer.status != 304:
            with self._in_time():
                body = b"".join(self._pieces(answer, headers))
        return Fetched(answer.status, headers, body, self.target.url)

    @staticmethod
    def headers_of(answer: http.client.HTTPResponse) -> dict[str, str]:
        """Their names in lower case."""
        return {name.lower(): value for name, value in answer.getheaders()}

    @contextmanager
    def _in_time(self) -> Iterator[None]:
        """Cut the line when the time is over; what goes wrong on it becomes one of our errors."""
        with at_most(self.left(), lambda: self.socket) as too_late:
            try:
                yield
            except zlib.error as problem:
                raise ContentRejected("it can't be unpacked") from problem
            except (OSError, http.client.HTTPException) as problem:
                why = "too slow" if too_late.is_set() else type(problem).__name__
                raise Transient(why) from problem
        if too_late.is_set():  # a line that was cut can look like one that ended
            raise Transient("too slow")

    def left(self) -> float:
        """Seconds. Raises Transient where there are none."""
        if (seconds := self.deadline - time.monotonic()) <= 0:
            raise Transient("too slow")
        return seconds

    def _open(self) -> socket.socket:
        """To one of the addresses that were looked at, and to no other; by its name where safe."""
        refused: OSError | None = None
        for address in self._addresses():
            try:
                line = self.fetcher.connect(address, self.target.port, min(SILENCE, self.left()))
            except OSError as problem:
                refused = problem
                continue
            self.socket = line
            if self.target.scheme == "https":
                self.socket = self.fetcher.tls.wrap_socket(
                    line, server_hostname=self.target.host, do_handshake_on_connect=False
                )
                self.left()
                self.socket.do_handshake()
            self.left()
            return self.socket
        raise refused or OSError("no address")

    def _addresses(self) -> Sequence[str]:
        """Every one of them has to be everybody's; a name with one that is not is not asked."""
        fetcher, target = self.fetcher, self.target
        found = _within(self.left(), lambda: fetcher.resolve(target.host, target.port))
        if not target.is_allowed and not all(map(is_everybodys, found)):
            raise Forbidden("not an address that everybody reaches")
        return found

    def _pieces(
        self, answer: http.client.HTTPResponse, headers: Mapping[str, str]
    ) -> Iterator[bytes]:
        """Unpacked, never more than was asked for, whole."""
        unpack = _unpacking(headers.get("content-encoding", ""))
        came, raw, most = 0, 0, self.fetcher.most_bytes
        if answer.length is not None and answer.length > most:
            raise ContentRejected("too large")
        while piece := answer.read1(PIECE):
            self.left()
            raw += len(piece)
            piece = unpack.decompress(piece, most - came + 1) if unpack else piece
            came += len(piece)
            if max(came, raw) > most:
                raise ContentRejected("too large")
            yield piece
            if unpack and unpack.eof:
                return  # whatever comes behind it
        if answer.length or unpack:
            raise Transient("it broke off")


def _within(seconds: float, ask: Callable[[], Sequence[str]]) -> Sequence[str]:
    """Name servers have a patience of their own: theirs must not outlast ours."""
    found: list[Sequence[str]] = []
    problems: list[OSError | UnicodeError] = []

    def run() -> None:
        try:
            found.append(ask())
        except (OSError, UnicodeError) as problem:
            problems.append(problem)

    asking = threading.Thread(target=run, daemon=True)
    asking.start()
    asking.join(seconds)
    if problems or not found:
        raise Transient("its name is not known") from next(iter(problems), None)
    return found[0]


def _leads_to(answer: http.client.HTTPResponse) -> str:
    """Where a redirect leads; "" where it is none."""
    if answer.status not in (301, 302, 303, 307, 308):
        return ""
    return answer.getheader("Location") or ""


def _unpacking(told: str) -> "zlib._Decompress | None":
    match told.strip().lower():
        case "" | "identity":
            return None
        case "gzip" | "x-gzip":
            return zlib.decompressobj(GZIP)
    raise ContentRejected("packed in a way we did not ask for")
