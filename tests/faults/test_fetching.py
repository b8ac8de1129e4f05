"""What we fetch ends in time and in size, and every other end says what to do about it."""

import gzip
import socket
import threading
import zlib
from itertools import count
from typing import Any

import pytest

from channels_app.connectors.errors import (
    ContentRejected,
    Forbidden,
    RateLimited,
    TargetGone,
    Transient,
)
from channels_app.connectors.fetching import Fetcher
from tests.faults.world import PUBLIC, URL, Lines, Names, Site, abroad, fetch, hello, says, site

__all__ = ["hello"]


def drip(line: socket.socket, _heard: bytes) -> None:
    """An answer that is never silent and never ends."""
    line.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        line.sendall(b"x")


def drip_headers(line: socket.socket, _heard: bytes) -> None:
    """The same before the answer has begun."""
    line.sendall(b"HTTP/1.1 200 OK\r\nX-Long: ")
    never = threading.Event()
    while not never.wait(0.02):
        line.sendall(b"x")


def drip_slowly(line: socket.socket, _heard: bytes) -> None:
    """A byte now and then."""
    line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 4000\r\n\r\n")
    never = threading.Event()
    while not never.wait(0.02):
        line.sendall(b"x")


def say_nothing(line: socket.socket, _heard: bytes) -> None:
    """The question was heard, and that is all."""
    line.recv(1)


@pytest.mark.parametrize("act", [drip_headers, drip_slowly, say_nothing])
def test_who_is_slow_is_left_in_time(act: Any) -> None:
    with site(act) as one, pytest.raises(Transient):
        fetch(one, patience=0.3)


def test_a_name_server_that_says_nothing_is_left_in_time(hello: Site) -> None:
    answered = threading.Event()

    def silent(host: str, port: int) -> list[str]:
        answered.wait(30)
        return [PUBLIC]

    with pytest.raises(Transient):
        Fetcher(resolve=silent, connect=Lines(hello.port), patience=0.2).get(URL)

    answered.set()
    assert hello.lines == 0


BOMB = gzip.compress(bytes(50_000_000))
TOO_LARGE = {
    "announced": says("200 OK", b"", Content_Length="5000001"),
    "sent": says("200 OK", b"x" * 1001),
    "endless": drip,
    "a bomb": says("200 OK", BOMB, Content_Encoding="gzip"),
}


@pytest.mark.parametrize("act", TOO_LARGE.values(), ids=TOO_LARGE)
def test_what_is_too_large_is_cut(act: Any) -> None:
    with site(act) as one, pytest.raises(ContentRejected, match="too large"):
        fetch(one, most_bytes=1000)


def test_as_much_as_was_asked_for_comes_also_packed() -> None:
    with site(says("200 OK", gzip.compress(b"x" * 1000), Content_Encoding="gzip")) as one:
        assert fetch(one, most_bytes=1000).body == b"x" * 1000


def test_what_comes_behind_a_packed_answer_is_not_read() -> None:
    def chatter(line: socket.socket, _heard: bytes) -> None:
        line.sendall(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(b"hello"))
        while True:
            line.sendall(b"x" * 1000)

    with site(chatter) as one:
        assert fetch(one).body == b"hello"


def test_a_packed_answer_that_says_nothing_for_ever_is_cut() -> None:
    def nothing(line: socket.socket, _heard: bytes) -> None:
        line.sendall(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n")
        line.sendall(b"\x1f\x8b\x08\0\0\0\0\0\0\x03")
        while True:
            line.sendall(b"\0\0\0\xff\xff" * 100)  # a block that holds nothing

    with site(nothing) as one, pytest.raises(ContentRejected, match="too large"):
        fetch(one, most_bytes=1000)


def test_hangul_in_an_address_is_written_as_servers_read_it(hello: Site) -> None:
    abroad(hello).get("http://feeds.example.org/길?어디=역%20앞")

    assert b"GET /%EA%B8%B8?%EC%96%B4%EB%94%94=%EC%97%AD%20%EC%95%9E HTTP" in hello.asked[0]


BROKEN = {
    "cut off": (says("200 OK", b"hel", Content_Length="5"), Transient),
    "cut off, packed": (
        says("200 OK", gzip.compress(b"hello")[:-9], Content_Encoding="gzip"),
        Transient,
    ),
    "cut off in a piece": (
        says("200 OK", b"5\r\nhel", Transfer_Encoding="chunked", Content_Length=""),
        Transient,
    ),
    "not packed at all": (says("200 OK", b"hello", Content_Encoding="gzip"), ContentRejected),
    "packed otherwise": (
        says("200 OK", zlib.compress(b"hello"), Content_Encoding="br"),
        ContentRejected,
    ),
    "no answer that we know": (lambda line, _heard: line.sendall(b"hello\r\n\r\n"), Transient),
    "hung up": (lambda _line, _heard: None, Transient),
}


@pytest.mark.parametrize(("act", "error"), BROKEN.values(), ids=BROKEN)
def test_a_broken_answer_is_no_answer(act: Any, error: type[Exception]) -> None:
    with site(act) as one, pytest.raises(error):
        fetch(one)


def test_nobody_at_the_door_is_for_later(hello: Site) -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]

    with pytest.raises(Transient):
        Fetcher(resolve=Names(), connect=Lines(port)).get(URL)


def test_the_second_address_is_tried_when_nobody_is_at_the_first(hello: Site) -> None:
    numbers = count()

    def connect(address: str, port: int, seconds: float) -> socket.socket:
        if next(numbers) == 0:
            raise ConnectionRefusedError
        return Lines(hello.port)(address, port, seconds)

    assert Fetcher(resolve=Names([[PUBLIC, "8.8.8.8"]]), connect=connect).get(URL).status == 200


def test_nothing_new_is_told_without_a_body() -> None:
    with site(says("304 Not Modified", ETag='"1"')) as one:
        fetched = abroad(one).get(URL, etag='"1"', modified="Sun, 29 Nov 2026 00:00:00 GMT")

        assert (fetched.status, fetched.body) == (304, b"")
        assert b'If-None-Match: "1"\r\n' in one.asked[0]
        assert b"If-Modified-Since: Sun, 29 Nov 2026" in one.asked[0]


@pytest.mark.parametrize("etag", ['"1"\r\nX: 1', "길", "a\x00"])
def test_a_header_of_last_time_carries_nothing_else(etag: str, hello: Site) -> None:
    with pytest.raises(ContentRejected):
        abroad(hello).get(URL, etag=etag)

    assert hello.lines == 0


@pytest.mark.parametrize(
    ("told", "least", "most"),
    [("120", 120, 120), ("0", 1, 1), ("999999999", 86400, 86400), ("soon", 300, 300),
     ("Wed, 21 Oct 2015 07:28:00 GMT", 1, 1), ("Fri, 31 Dec 2099 00:00:00 GMT", 86400, 86400)],
)  # fmt: skip
def test_a_server_that_has_enough_of_us_says_until_when(told: str, least: int, most: int) -> None:
    with (
        site(says("429 Too Many Requests", Retry_After=told)) as one,
        pytest.raises(RateLimited) as limited,
    ):
        fetch(one)

    assert least <= limited.value.retry_after <= most


@pytest.mark.parametrize(
    ("status", "error"),
    [("404 Not Found", TargetGone), ("410 Gone", TargetGone), ("403 Forbidden", Forbidden),
     ("401 Unauthorized", Forbidden), ("500 Oops", Transient), ("503 Later", Transient),
     ("408 Timeout", Transient), ("400 Bad", ContentRejected), ("304", None),
     ("302 Found", ContentRejected)],
)  # fmt: skip
def test_each_status_asks_something_else_of_us(status: str, error: type[Exception] | None) -> None:
    with site(says(status)) as one:
        if error is None:
            assert fetch(one).status == 304
        else:
            with pytest.raises(error):
                fetch(one)


def test_no_proxy_and_no_cookie_of_anybody(hello: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1/")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1/")

    assert fetch(hello).body == b"hello"

    asked = hello.asked[0].decode().lower()
    assert "cookie" not in asked
    assert "authorization" not in asked
