"""A message centre of this machine: SMPP 3.4 by the book, as strict as a carrier's.

Written from the Short Message Peer to Peer Protocol Specification v3.4, issue 1.2
(https://smpp.org/SMPP_v3_4_Issue1_2.pdf) and GSM 03.40 section 9.2.3.24, as read on 2026-11-30;
with nothing of the library that the portal speaks by.
"""

import socket
import ssl
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

NACK, BIND_RX, BIND_TX, BIND_TRX = 0x80000000, 0x01, 0x02, 0x09
SUBMIT, DELIVER, UNBIND, ENQUIRE, DATA = 0x04, 0x05, 0x06, 0x15, 0x103
ANSWER = 0x80000000
SYSTEM, PASSWORD, CITY, MINA = "seoul", "secret", "120", "+821012345678"
GSM = {0x00: "@", 0x02: "$", 0x11: "_", 0x0A: "\n"}  # where its letters differ from ASCII's


@dataclass(frozen=True)
class Taken:
    """One part of ours that the centre has."""

    name: str
    to: str
    source: str
    kind: int
    coding: int
    wants_receipt: bool
    content: bytes

    @property
    def header(self) -> bytes:
        """Of the phone; nothing where it stands alone."""
        return self.content[:6] if self.kind & 0x40 else b""

    @property
    def words(self) -> str:
        """As a phone shows them."""
        raw = self.content[len(self.header) :]
        if self.coding == 8:
            return raw.decode("utf-16-be")
        return "".join(GSM.get(code, chr(code)) for code in raw)


class Refused(Exception):  # noqa: N818 - it is an answer
    """With this status."""

    def __init__(self, status: int) -> None:
        super().__init__(hex(status))
        self.status = status


@dataclass
class Centre:
    """It keeps what we submit, and hands over what citizens say until we say that we have it.

    `cuts`: it takes a part and hangs up before it says so. `drops`: it hangs up when it is asked
    anything at all. `forgets`: it hangs up in place of hearing that we have something. `enquires`:
    it asks first whether we are there, `strange`: something that nobody knows. `curt`: it hangs up
    in place of answering our farewell. `window`: so many wait for our word at the same time.
    `statuses` are said to submits, `bind_statuses` to binds, instead of its own.
    """

    window: int = 10
    cuts: bool = False
    drops: bool = False
    forgets: bool = False
    enquires: bool = False
    strange: bool = False
    curt: bool = False
    statuses: list[int] = field(default_factory=list)
    bind_statuses: list[int] = field(default_factory=list)
    gone: set[str] = field(default_factory=set)
    taken: list[Taken] = field(default_factory=list)
    waiting: list[bytes] = field(default_factory=list)
    known: list[bytes] = field(default_factory=list)
    binds: list[int] = field(default_factory=list)
    unbound: int = 0
    heard: list[tuple[int, int]] = field(default_factory=list)
    tls: ssl.SSLContext | None = None
    port: int = 0

    def says(self, words: str, *, source: str = MINA, national: int = 0) -> None:
        """A citizen sends one text of one part."""
        raw = words.encode("utf-16-be")
        self.waiting.append(delivery(source, raw, coding=8, national=national))

    def says_in_parts(self, *parts: str, name: int = 7, source: str = MINA) -> None:
        """A citizen sends one text of several parts."""
        for position, words in enumerate(parts, start=1):
            header = bytes([5, 0, 3, name, len(parts), position])
            content = header + words.encode("utf-16-be")
            self.waiting.append(delivery(source, content, coding=8, kind=0x40))

    def tells(self, name: str, state: str = "DELIVRD") -> None:
        """What became of a part of ours, as Appendix B has it."""
        words = (
            f"id:{name} sub:001 dlvrd:001 submit date:2611301200 done date:2611301201 "
            f"stat:{state} err:000 text:"
        )
        self.waiting.append(delivery(MINA, words.encode(), kind=0x04))

    @property
    def texts(self) -> list[str]:
        """What phones show, parts joined."""
        shown: dict[tuple[str, bytes, int], str] = {}
        for number, part in enumerate(self.taken):
            key = (part.to, part.header[3:5], -1) if part.header else ("", b"", number)
            shown[key] = shown.get(key, "") + part.words
        return list(shown.values())


def delivery(
    source: str,
    content: bytes,
    *,
    coding: int = 0,
    kind: int = 0,
    national: int = 0,
    extras: bytes = b"",
) -> bytes:
    """The body of a deliver_sm."""
    number = f"0{source.removeprefix('+82')}" if national else source.removeprefix("+")
    return (
        b"\0"
        + bytes([2 if national else 1, 1])
        + number.encode()
        + b"\0"
        + bytes([3, 0])
        + CITY.encode()
        + b"\0"
        + bytes([kind, 0, 0])
        + b"\0\0"
        + bytes([0, 0, coding, 0, len(content)])
        + content
        + extras
    )


def parameter(tag: int, value: bytes) -> bytes:
    """One of the optional ones (3.2.4.1)."""
    return struct.pack(">HH", tag, len(value)) + value


class _Session:
    """One connection."""

    def __init__(self, centre: Centre, line: socket.socket) -> None:
        self.centre, self.line = centre, line
        self.bound = 0
        self.sequence = 0
        self.handed: dict[int, bytes] = {}

    def run(self) -> None:
        with suppress(OSError), self.line:
            self.line.settimeout(20)
            while (header := self._exactly(16)) is not None:
                length, command, status, sequence = struct.unpack(">LLLL", header)
                body = self._exactly(length - 16)
                if body is None or self.centre.drops:
                    return
                self.centre.heard.append((command, status))
                if not self._answered(command, status, sequence, body):
                    return

    def _answered(self, command: int, status: int, sequence: int, body: bytes) -> bool:
        """Whether we go on."""
        if command & ANSWER:
            return self._learned(command, status, sequence)
        try:
            told = self._told(command, body)
        except Refused as problem:
            self._say(command | ANSWER, problem.status, sequence)
            return True
        if (command == SUBMIT and self.centre.cuts) or (command == UNBIND and self.centre.curt):
            return False
        self._say(NACK if told is None else command | ANSWER, 3 if told is None else 0, sequence,
                  told or b"")  # fmt: skip
        if command in (BIND_RX, BIND_TX, BIND_TRX):
            self._begin()
        return command != UNBIND

    def _told(self, command: int, body: bytes) -> bytes | None:
        if command in (BIND_RX, BIND_TX, BIND_TRX):
            return self._bind(command, body)
        if not self.bound:
            raise Refused(0x04)
        if command == SUBMIT:
            return self._submit(body)
        if command == UNBIND:
            self.centre.unbound += 1
        return b"" if command in (UNBIND, ENQUIRE) else None

    def _bind(self, command: int, body: bytes) -> bytes:
        system, rest = _text(body, 15)
        password, rest = _text(rest, 8)
        _kind, rest = _text(rest, 12)
        version, rest = rest[0], rest[3:]
        _range, rest = _text(rest, 40)
        if rest:
            raise Refused(0x02)
        if self.centre.bind_statuses:
            raise Refused(self.centre.bind_statuses.pop(0))
        if self.bound:
            raise Refused(0x05)
        if version != 0x34 or system != SYSTEM:
            raise Refused(0x0F)
        if password != PASSWORD:
            raise Refused(0x0E)
        self.bound = command
        self.centre.binds.append(command)
        return b"centre\0"

    def _begin(self) -> None:
        """Once somebody is there."""
        if self.bound and self.centre.enquires:
            self._say(ENQUIRE, 0, 1_000_001)
        if self.bound and self.centre.strange:
            self._say(DATA, 0, 1_000_002, b"\0" * 10)
        self._hand_over()

    def _submit(self, body: bytes) -> bytes:
        if self.bound not in (BIND_TX, BIND_TRX):
            raise Refused(0x04)
        part = _part(body, f"m-{len(self.centre.taken) + 1}")
        if self.centre.statuses and (status := self.centre.statuses.pop(0)):
            raise Refused(status)
        if part.to in self.centre.gone:
            raise Refused(0x0B)
        self.centre.taken.append(part)
        return part.name.encode() + b"\0"

    def _hand_over(self) -> None:
        if self.bound not in (BIND_RX, BIND_TRX):
            return
        held = list(self.handed.values())
        for body in self.centre.waiting:
            if len(self.handed) >= self.centre.window:
                return
            if body in held:
                held.remove(body)
                continue
            self.sequence += 1
            self.handed[self.sequence] = body
            self._say(DELIVER, 0, self.sequence, body)

    def _learned(self, command: int, status: int, sequence: int) -> bool:
        """They have it, and it is forgotten here; or there are no more of them."""
        if command != DELIVER | ANSWER:
            return True
        if self.centre.forgets:
            return False
        body = self.handed.pop(sequence)
        if status == 0:
            self.centre.waiting.remove(body)
            self.centre.known.append(body)
        self._hand_over()
        return True

    def _say(self, command: int, status: int, sequence: int, body: bytes = b"") -> None:
        self.line.sendall(struct.pack(">LLLL", 16 + len(body), command, status, sequence) + body)

    def _exactly(self, size: int) -> bytes | None:
        found = b""
        while len(found) < size:
            if not (piece := self.line.recv(size - len(found))):
                return None
            found += piece
        return found


def _text(raw: bytes, longest: int) -> tuple[str, bytes]:
    told, end, rest = raw.partition(b"\0")
    if not end or len(told) > longest:
        raise Refused(0xC2)
    return told.decode("ascii"), rest


def _part(body: bytes, name: str) -> Taken:
    """What a submit_sm holds (4.4.1), if a carrier would take it."""
    _service, rest = _text(body, 5)
    source_type, rest = rest[:2], rest[2:]
    source, rest = _text(rest, 20)
    to_type, rest = rest[:2], rest[2:]
    to, rest = _text(rest, 20)
    kind, _protocol, _priority = rest[:3]
    _schedule, rest = _text(rest[3:], 16)
    _validity, rest = _text(rest, 16)
    receipt, _replace, coding, _canned, length = rest[:5]
    content, rest = rest[5 : 5 + length], rest[5 + length :]
    if source != CITY or source_type != b"\0\0":
        raise Refused(0x0A)
    if to_type != b"\1\1" or not to.isdecimal() or not 7 <= len(to) <= 15:
        raise Refused(0x0B)
    if len(content) != length or rest or not length:
        raise Refused(0x01)
    if coding not in (0, 8) or kind not in (0, 0x40):
        raise Refused(0x43)
    header = content[:6] if kind else b""
    if kind and (header[:3] != b"\5\0\3" or not 1 <= header[5] <= header[4]):
        raise Refused(0x43)
    most = {0: 153 if kind else 160, 8: 134 if kind else 140}[coding]
    if len(content) - len(header) > most:
        raise Refused(0x01)
    return Taken(name, f"+{to}", source, kind, coding, receipt == 1, content)


@contextmanager
def playing(centre: Centre) -> Iterator[Centre]:
    """On loopback, until the end."""
    door = socket.create_server(("127.0.0.1", 0))
    centre.port = door.getsockname()[1]

    def talk(line: socket.socket) -> None:
        with suppress(OSError), line:
            tls = centre.tls
            _Session(centre, tls.wrap_socket(line, server_side=True) if tls else line).run()

    def serve() -> None:
        with suppress(OSError):
            while True:
                line, _from = door.accept()
                threading.Thread(target=talk, args=(line,), daemon=True).start()

    serving = threading.Thread(target=serve, daemon=True)
    serving.start()
    try:
        yield centre
    finally:
        door.shutdown(socket.SHUT_RDWR)
        door.close()
        serving.join(5)
