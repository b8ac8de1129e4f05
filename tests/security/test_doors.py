"""Requests no browser makes, sent byte for byte: a plain refusal, never our own fault."""

import re
import socket
import uuid
from pathlib import Path

import pytest

from channels_app import actions
from seoul_portal.wsgi import plain_type
from tests.faults.city import build_city
from tests.faults.house import House

pytestmark = pytest.mark.slow

ONE = b'{"text": "a"}'
FORM = b"multipart/form-data; boundary=x"
END = b"--x--\r\n"
ENDLESS = 120 * 1024 * 1024


def part(name: bytes, value: bytes, more: bytes = b"") -> bytes:
    """One part of a form."""
    head = b'--x\r\nContent-Disposition: form-data; name="' + name + b'"' + more
    return head + b"\r\n\r\n" + value + b"\r\n"


TEXT = part(b"text", b"hello") + END
CHARSETS = (b"bz2_codec", b"undefined", b"unicode_escape", b"utf-7", b"idna", b"utf-16", b"hex")
# An RFC 2231 parameter names a charset of its own.
TYPES = [b"text/plain; charset=" + name for name in CHARSETS]
TYPES += [b"text/plain; x*=" + name + b"''%00" for name in (*CHARSETS, b"nonsense")]
TYPES += [b'text/plain; CHARSET = "undefined"', b"text/plain; charset*=undefined''undefined"]
BODIES: dict[str, tuple[bytes, bytes]] = {
    "10,000 parts": (FORM, b"".join(part(b"n%d" % n, b"1") for n in range(10_000)) + END),
    "10,000 files": (
        FORM,
        b"".join(part(b"photos", b"1", b'; filename="%d"' % n) for n in range(10_000)) + END,
    ),
    "a million boundaries": (FORM, b"--x\r\n" * 1_000_000 + END),
    "100,000 headers in a part": (FORM, b"--x\r\n" + b"X: a\r\n" * 100_000 + b"\r\n1\r\n" + END),
    "a header of 1 MB in a part": (FORM, b"--x\r\nX: " + b"a" * 1_000_000 + b"\r\n\r\n1\r\n" + END),
    "no boundary": (b"multipart/form-data", TEXT),
    "a long boundary": (b"multipart/form-data; boundary=" + b"b" * 7000, TEXT),
    "3 MB in base64": (
        FORM,
        b'--x\r\nContent-Disposition: form-data; name="text"\r\nContent-Transfer-Encoding: base64'
        b"\r\n\r\n" + b"QUFB" * 700_000 + b"\r\n" + END,
    ),
    "10,000 fields": (
        b"application/x-www-form-urlencoded",
        b"&".join(b"n%d=1" % n for n in range(10_000)),
    ),
    "3 MB": (b"application/x-www-form-urlencoded", b"text=" + b"a" * 3_000_000),
}
CHUNKED = b"Transfer-Encoding: chunked\r\n"
LINES: dict[str, tuple[bytes, bytes]] = {
    "a chunk of no size": (CHUNKED, b"ZZ\r\n" + ONE + b"\r\n0\r\n\r\n"),
    "a chunk with a long tail": (
        CHUNKED,
        b"d;" + b"x" * 100_000 + b"\r\n" + ONE + b"\r\n0\r\n\r\n",
    ),
    "a chunk of minus one": (CHUNKED, b"-1\r\n" + ONE + b"\r\n0\r\n\r\n"),
    "a chunk of 2^70": (CHUNKED, b"400000000000000000\r\n" + ONE + b"\r\n0\r\n\r\n"),
    "another coding": (b"Transfer-Encoding: gzip\r\n", ONE),
    "two lengths": (b"Content-Length: 13\r\nContent-Length: 3\r\n", ONE),
    "a length below zero": (b"Content-Length: -5\r\n", ONE),
    "a length with a sign": (b"Content-Length: +13\r\n", ONE),
    "a length of thirty digits": (b"Content-Length: 1" + b"0" * 30 + b"\r\n", ONE),
    "no length": (b"", b""),
}


class Door:
    """A running portal, spoken to byte for byte."""

    def __init__(self, house: House) -> None:
        house.valkey.start()
        self.port = house.start_web(workers=1)
        (self.process,) = house.running
        token = actions.make_client("of the test", by=None, rate=10_000)[1]
        self.token = f"Authorization: Bearer {token}\r\n".encode()

    def head(self, line: bytes, kind: bytes = b"application/json", more: bytes = b"") -> bytes:
        """The beginning of a request, with everything that has to be there."""
        key = f"Idempotency-Key: {uuid.uuid4()}\r\nHost: 127.0.0.1:{self.port}\r\n".encode()
        told = b"Content-Type: " + kind + b"\r\nConnection: close\r\n" + self.token
        return line + b" HTTP/1.1\r\n" + key + told + more + b"\r\n"

    def ask(self, request: bytes, *, until_refused: bytes = b"") -> tuple[int, str]:
        """Status and kind of the answer; `until_refused` is sent again and again before."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=30) as line:
            try:
                line.sendall(request)
                for _piece in range(ENDLESS // len(until_refused) if until_refused else 0):
                    line.sendall(until_refused)
            except OSError:
                assert until_refused  # only who never ends is cut off while speaking
            answer = b""
            try:
                while piece := line.recv(65_536):
                    answer += piece
            except OSError:
                assert answer
        kind = re.search(rb"content-type: ([^;\r\n]*)", answer, re.IGNORECASE)
        return int(answer.split(b" ", 2)[1]), kind[1].decode() if kind else ""

    @property
    def memory(self) -> int:
        """The most that a process of the server ever held, in MB."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        told = [Path(f"/proc/{pid}/status").read_text() for pid in children.split()]
        peaks = [re.search(r"VmHWM:\s+(\d+) kB", status) for status in told]
        return max(int(peak[1]) for peak in peaks if peak) // 1024


@pytest.fixture
def door(house: House) -> Door:
    """One worker, so that its memory is the whole of it."""
    build_city()
    return Door(house)


def test_no_charset_is_looked_up(door: Door) -> None:
    said = {}
    for kind in TYPES:
        for line in (b"GET /", b"GET /track/?code=%FF", b"GET /api/v1/similar/?text=a%FF"):
            said[kind, line] = door.ask(door.head(line, kind))[0]

    assert {key: status for key, status in said.items() if status >= 500} == {}


def test_a_form_in_any_charset_is_no_fault_of_ours(door: Door) -> None:
    said = {}
    for charset in CHARSETS:
        kind = FORM + b"; charset=" + charset
        for line in (b"POST /say/check/", b"POST /api/v1/messages/"):
            length = b"Content-Length: %d\r\n" % len(TEXT)
            said[charset, line] = door.ask(door.head(line, kind, length) + TEXT)[0]

    assert {key: status for key, status in said.items() if status >= 500} == {}


def test_a_strange_body_is_refused_and_held_by_nobody(door: Door) -> None:
    before = door.memory

    for name, (kind, body) in BODIES.items():
        length = b"Content-Length: %d\r\n" % len(body)
        for line in (b"POST /api/v1/messages/", b"POST /say/check/"):
            status, told = door.ask(door.head(line, kind, length) + body)
            assert 400 <= status < 500, (name, line)
            assert told == ("application/problem+json" if b"api" in line else "text/html"), name
    assert door.memory - before < 100


def test_a_strange_line_is_refused(door: Door) -> None:
    for name, (told, body) in LINES.items():
        for line in (b"POST /api/v1/messages/", b"POST /say/check/"):
            status, _kind = door.ask(door.head(line, more=told) + body)
            assert 400 <= status < 500, (name, line)


def test_a_body_without_end_is_cut_off_and_held_by_nobody(door: Door) -> None:
    before = door.memory
    chunk = b"100000\r\n" + b"a" * 1_048_576 + b"\r\n"

    for line in (b"POST /api/v1/messages/", b"POST /say/check/", b"POST /track/"):
        request = door.head(line, b"text/plain", CHUNKED)
        status, _kind = door.ask(request, until_refused=chunk)
        assert status == 413, line

    assert door.memory - before < 100


@pytest.mark.parametrize(
    "host", [b"evil.example", b"127.0.0.1@evil.example", b"", b"\xed\x95\x9c", b"a b"]
)
def test_another_host_is_refused(door: Door, host: bytes) -> None:
    for path, kind in ((b"/", "text/html"), (b"/api/v1/offices/", "application/problem+json")):
        request = b"GET " + path + b" HTTP/1.1\r\nConnection: close\r\nHost: " + host + b"\r\n\r\n"
        status, told = door.ask(request)
        assert status == 400
        assert told in (kind, "")  # the server itself refuses what is no name at all


@pytest.mark.parametrize(
    ("told", "understood"),
    [
        ("", ""),
        ("text/plain; charset=utf-16", "text/plain"),
        ("multipart/form-data; boundary=x; charset=bz2_codec", 'multipart/form-data; boundary="x"'),
        ('multipart/form-data; boundary="a b"', 'multipart/form-data; boundary="a b"'),
        ('multipart/form-data; boundary="a\\"b"', "multipart/form-data"),
        ("multipart/form-data; boundary*=undefined''x", ""),
        ("multipart/form-data; boundary*=nonsense''x", ""),
    ],
)
def test_of_a_content_type_only_kind_and_boundary_count(told: str, understood: str) -> None:
    assert plain_type(told) == understood
