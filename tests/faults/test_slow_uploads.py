"""Large and slow photos and the real server: other pages go on, too much is refused early."""

import http.client
import socket
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from channels_app import media
from channels_app.models import Attachment
from people.models import Office
from tests.faults.browser import CSRF, Browser
from tests.faults.city import DECIDING
from tests.faults.house import House
from tests.photos.pictures import photo

pytestmark = pytest.mark.slow
SLOW = 30
MEGABYTE = 1024 * 1024
BOUNDARY = "b" * 40


def part(name: str, content: bytes, filename: str = "") -> bytes:
    """One field of a form."""
    told = f'form-data; name="{name}"' + (f'; filename="{filename}"' if filename else "")
    head = f"--{BOUNDARY}\r\nContent-Disposition: {told}\r\n"
    kind = "Content-Type: image/jpeg\r\n" if filename else ""
    return f"{head}{kind}\r\n".encode() + content + b"\r\n"


def form(text: str, *photos: bytes) -> bytes:
    """The box of the home page with these photos."""
    fields = part("csrfmiddlewaretoken", CSRF.encode()) + part("text", text.encode())
    files = b"".join(part("photos", one, f"IMG_{n}.jpg") for n, one in enumerate(photos))
    return fields + files + f"--{BOUNDARY}--\r\n".encode()


def begin(port: int, length: int, path: str = "/en/say/check/") -> socket.socket:
    """A request that has announced so much and sent nothing of it."""
    line = socket.create_connection(("127.0.0.1", port), timeout=60)
    head = [
        f"POST {path} HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        f"Cookie: csrftoken={CSRF}",
        f"Content-Type: multipart/form-data; boundary={BOUNDARY}",
        f"Content-Length: {length}",
    ]
    line.sendall("\r\n".join([*head, "", ""]).encode())
    return line


def answer_on(line: socket.socket) -> tuple[int, str]:
    """What came back."""
    answer = http.client.HTTPResponse(line)
    answer.begin()
    body = answer.read().decode(errors="replace")
    line.close()
    return answer.status, body


@pytest.fixture
def port(house: House, roads: Office, settings: Settings) -> int:
    """A real server on this machine."""
    settings.MEDIA_ROOT = house.folder / "media"
    return house.start_web()


def test_thirty_slow_uploads_stop_no_other_page(port: int) -> None:
    body = form(DECIDING, photo((640, 480)) + bytes(MEGABYTE))
    browser = Browser(port)
    assert browser.get("/").status == 200
    lines = [begin(port, len(body)) for _n in range(SLOW)]
    for line in lines:
        line.sendall(body[: MEGABYTE // 2])

    pages = [browser.get("/") for _n in range(10)]

    assert {page.status for page in pages} == {200}
    assert max(page.seconds for page in pages) < 5
    with ThreadPoolExecutor(SLOW) as pool:
        list(pool.map(lambda line: line.sendall(body[MEGABYTE // 2 :]), lines))
        answers = list(pool.map(answer_on, lines))
    assert [status for status, _page in answers] == [200] * SLOW
    assert Attachment.objects.count() == SLOW


def test_five_phone_photos_pass(port: int) -> None:
    photos = [photo((640 + n, 480)) + bytes(14 * MEGABYTE) for n in range(5)]
    body = form(DECIDING, *photos)
    line = begin(port, len(body))
    line.sendall(body)

    status, page = answer_on(line)

    assert (status, page.count("remove:")) == (200, 5)
    assert Attachment.objects.count() == 5


def test_too_much_is_refused_and_the_text_comes_back(port: int) -> None:
    body = form("사진이 너무 커요 <b>", *[bytes(30 * MEGABYTE)] * 3)
    line = begin(port, len(body))
    line.sendall(body)

    status, page = answer_on(line)

    assert status == 413
    assert "80 MB" in page
    assert "사진이 너무 커요 &lt;b&gt;" in page
    assert not Attachment.objects.exists()


def test_three_hundred_megabytes_are_refused_before_they_come(port: int) -> None:
    line = begin(port, 300 * MEGABYTE)
    began = time.monotonic()

    status, _page = answer_on(line)

    assert status == 413
    assert time.monotonic() - began < 20  # long before three hundred megabytes could come


def test_other_doors_take_no_more_than_before(port: int) -> None:
    path = f"/en/s/S-2026-{uuid.uuid4().int % 10**6:06d}/report/"
    line = begin(port, 26 * MEGABYTE, path)
    line.sendall(bytes(26 * MEGABYTE))

    status, page = answer_on(line)

    assert (status, "25 MB" in page) == (413, True)


def test_the_photos_of_the_server_lie_in_its_media_folder(port: int, house: House) -> None:
    body = form(DECIDING, photo())
    line = begin(port, len(body))
    line.sendall(body)
    assert answer_on(line)[0] == 200

    one = Attachment.objects.get()

    assert media.path_of(one.original) == Path(house.folder) / "media" / "incoming" / str(one.key)
    assert media.path_of(one.original).exists()
