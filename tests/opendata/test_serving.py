"""How the files are handed out: by name alone, whole, checked, and without holding a thread."""

import asyncio
import gzip
import http.client
import socket
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from channels_app import large_files
from lifecycle import clock
from mayors_office.opendata import files
from seoul_portal.handing_over import FilesByServer
from tests.channels_app.factories import receive
from tests.faults.house import House
from tests.opendata import shelf

SLOW = 15  # more than there are threads
LARGE = 20_000_000  # more than any buffer on the way holds


@pytest.mark.django_db
def test_a_file_comes_whole_with_its_length_and_may_be_read_by_any_page(client: Client) -> None:
    receive()
    one = shelf.write().find(shelf.name_of("messages", "csv"))
    assert one is not None

    answer = client.get(f"/opendata/{one.name}", headers={"Accept-Encoding": "gzip"})

    body = answer.getvalue()
    assert body == one.path.read_bytes()
    assert gzip.decompress(body).startswith(b"\xef\xbb\xbfreceipt,address,")
    told = {name: answer[name] for name in ("Content-Type", "Content-Length", "ETag")}
    assert told == {
        "Content-Type": "application/gzip",
        "Content-Length": str(one.bytes),
        "ETag": f'"{one.sha256}"',
    }
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "no-cache"
    assert answer["Content-Disposition"] == f'attachment; filename="{one.name}"'
    assert not answer.has_header("Content-Encoding")
    assert not answer.cookies


@pytest.mark.django_db
def test_who_has_it_already_and_who_only_asks_gets_no_body(client: Client) -> None:
    receive()
    one = shelf.write().files[0]
    path = f"/opendata/{one.name}"

    same = client.get(path, headers={"If-None-Match": f'"{one.sha256}"'})
    head = client.head(path)

    assert (same.status_code, same.content) == (304, b"")
    assert same["ETag"] == head["ETag"]
    assert (head.status_code, head["Content-Length"]) == (200, str(one.bytes))
    assert b"".join(head) == b""


@pytest.mark.django_db
def test_the_list_and_the_checksums_are_those_of_the_files(client: Client) -> None:
    receive()
    manifest = shelf.write()

    told = client.get("/opendata/manifest.json")
    sums = client.get("/opendata/SHA256SUMS")
    today = client.get(f"/opendata/SHA256SUMS-{clock.seoul():%Y-%m-%d}")

    assert [one["sha256"] for one in told.json()["files"]] == [o.sha256 for o in manifest.files]
    assert told.json()["licence"]["name"].startswith("공공누리 제1유형")
    assert {"name", "rows", "bytes", "sha256", "columns", "written_at"} <= set(
        told.json()["files"][0]
    )
    assert sums.content == today.content == manifest.sums().encode()
    again = client.get("/opendata/manifest.json", headers={"If-None-Match": told["ETag"]})
    assert again.status_code == 304


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    ["../manifest.json", "..%2fkeys.json", "messages-2026-11.csv", "messages-2012-01.csv.gz",
     "SHA256SUMS-2026-02-31", "SHA256SUMS-2012-01-01", ".lock", "%00"],
)  # fmt: skip
def test_no_other_name_opens_anything(client: Client, name: str) -> None:
    receive()
    shelf.write()

    assert client.get(f"/opendata/{name}").status_code == 404


@pytest.mark.django_db
def test_before_anything_was_written_there_is_an_empty_list(client: Client) -> None:
    assert client.get("/opendata/manifest.json").json()["files"] == []
    assert client.get("/opendata/SHA256SUMS").content == b""
    assert client.get(f"/opendata/{shelf.name_of('messages')}").status_code == 404


def through(application: Any, extensions: dict[str, Any]) -> list[dict[str, Any]]:
    """What a server is told by the dispatcher around this application."""
    sent: list[dict[str, Any]] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive_nothing() -> Any:
        return {"type": "http.request"}

    scope = {"type": "http", "extensions": extensions}
    asyncio.run(FilesByServer(application)(scope, receive_nothing, send))
    return sent


async def names_a_file(scope: Any, receive: Any, send: Any) -> None:
    """As a2wsgi sends the answer of a page that names a file."""
    headers = [(b"content-length", b"3"), (large_files.HEADER.lower().encode(), b"/a/file")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"", "more_body": True})
    await send({"type": "http.response.body", "body": b""})


async def says_hello(scope: Any, receive: Any, send: Any) -> None:
    """Any other page."""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"hello", "more_body": False})


def test_a_server_that_can_sends_the_file_itself_and_tells_nobody_where_it_lies() -> None:
    start, file = through(names_a_file, {large_files.EXTENSION: {}})

    assert start["headers"] == [(b"content-length", b"3")]
    assert file == {"type": "http.response.pathsend", "path": "/a/file"}


@pytest.mark.parametrize("extensions", [{}, {large_files.EXTENSION: {}}])
def test_any_other_answer_passes_as_it_is(extensions: dict[str, Any]) -> None:
    assert [one.get("body") for one in through(says_hello, extensions)] == [None, b"hello"]


def large_file(folder: Path) -> files.Listed:
    """A file of the open data that takes a while, with nothing in it."""
    folder.mkdir(parents=True)
    unnamed = folder / "large"
    with unnamed.open("wb") as file:
        file.truncate(LARGE)
    checksum = files.digest(unnamed)
    name = shelf.name_of("messages", "csv")
    one = files.Listed(
        name, "messages", name[9:16], "csv", 0, LARGE, checksum, files.stamp(), ["receipt"]
    )
    unnamed.rename(one.path)
    files.keep(files.Manifest(files.stamp(), [one]), days=35)
    return one


def ask(port: int, path: str) -> socket.socket:
    """A request whose answer nobody reads yet."""
    line = socket.create_connection(("127.0.0.1", port), timeout=60)
    line.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
    return line


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_slow_readers_hold_no_thread(house: House, settings: Settings) -> None:
    settings.OPEN_DATA = house.folder / "opendata"
    one = large_file(settings.OPEN_DATA)
    port = house.start_web()
    slow = [ask(port, f"/opendata/{one.name}") for _n in range(SLOW)]
    started = [line.recv(1) for line in slow]

    others = []
    for _n in range(3):
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        line.request("GET", "/robots.txt")
        others.append(line.getresponse().status)
        line.close()

    whole = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    whole.request("GET", f"/opendata/{one.name}")
    answer = whole.getresponse()
    body = answer.read()
    for one_of_them in slow:
        one_of_them.close()
    whole.close()
    assert started == [b"H"] * SLOW
    assert others == [200] * 3
    assert (answer.status, len(body)) == (200, LARGE)
    assert answer.headers[large_files.HEADER] is None
    assert answer.headers["ETag"] == f'"{one.sha256}"'
