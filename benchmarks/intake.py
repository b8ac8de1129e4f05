"""Posts of the form at concurrency 8 against two web workers, beside bare INSERTs.

`queries` counts the statements of one post, transaction marks left out; CPU is that of all web
processes and of the whole database server, divided by the posts. Every post brings a new mail
address, the dearest case. The floor is one connection that inserts and commits single rows.
"""

import asyncio
import os
import re
import socket
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from urllib.request import urlopen

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks import measuring
from benchmarks.posting import Posted, post_forms
from channels_app.models import Message
from channels_app.rules import FORM_SECONDS
from lifecycle import clock, rules
from lifecycle.models import Rule
from seoul_portal.local import ports, processes

LINES = 8
WEB_WORKERS = 2
MARKS = re.compile(r"^\s*(BEGIN|COMMIT|SAVEPOINT|RELEASE|ROLLBACK)", re.IGNORECASE)


def run(*, quick: bool, seconds: float) -> dict[str, float]:
    """The figures of one run; raises RuntimeError if any post was not answered with a receipt."""
    time_no_form()
    queries = queries_of_one_post()
    floor = inserts_per_second(1.0 if quick else 5.0)
    with web() as (port, pid):
        key = csrf_key(port)
        asyncio.run(post(port, key, seconds=1.0 if quick else 3.0))  # warm
        before = _cpu(pid)
        known = Message.objects.count()
        started = time.monotonic()
        posted = asyncio.run(post(port, key, seconds=seconds))
        took = time.monotonic() - started
        after = _cpu(pid)
    count = len(posted.seconds)
    held = Message.objects.held().count()
    if held * 10 > known + count:
        raise RuntimeError(f"{held} of {known + count} are held: that is not the usual way in")
    if posted.wrong or Message.objects.count() - known != count:
        raise RuntimeError(f"not every post is a row: {posted.wrong[:3]}, {count} posts")
    web_ms, db_ms = (1000 * (b - a) / count for a, b in zip(before, after, strict=True))
    return {
        "requests_per_s": round(count / took, 1),
        "p50_ms": round(1000 * measuring.percentile(posted.seconds, 0.50), 1),
        "p95_ms": round(1000 * measuring.percentile(posted.seconds, 0.95), 1),
        "queries": queries,
        "cpu_ms_web": round(web_ms, 2),
        "cpu_ms_db": round(db_ms, 2),
        "floor_inserts_per_s": round(floor, 1),
        "ratio": round(count / took / floor, 3),
    }


def time_no_form() -> None:
    """Our posts come without the check page before them; people's are not held for that."""
    since = clock.now() - timedelta(days=1)
    Rule.objects.create(name=FORM_SECONDS.name, value=0, since=since, reason="of the benchmark")
    rules.forget()


def queries_of_one_post() -> int:
    """The statements of one post, in this process."""
    client = Client(headers={"host": "localhost"})
    client.post("/say/send/", next(_forms()))  # what is read once a process is read now
    with CaptureQueriesContext(connection) as caught:
        answer = client.post("/say/send/", next(_forms()))
    if answer.status_code != 302:
        raise RuntimeError(f"the form was answered with {answer.status_code}")
    return sum(not MARKS.match(query["sql"]) for query in caught)


def inserts_per_second(seconds: float) -> float:
    """Single rows with a short text, one commit each, one connection."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_floor (id bigserial PRIMARY KEY, words text)")
        count, started = 0, time.monotonic()
        while (took := time.monotonic() - started) < seconds:
            cursor.execute("INSERT INTO bench_floor (words) VALUES (%s)", [_words(count)])
            count += 1
        cursor.execute("DROP TABLE bench_floor")
    return count / took


@contextmanager
def web() -> Iterator[tuple[int, int]]:
    """The web server as `./portal run` starts it; (port, process id)."""
    port = ports.free_port(0)
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        command = [
            *(sys.executable, "-m", "granian", "--interface", "asgi", "--host", "127.0.0.1"),
            *("--port", str(port), "--workers", str(WEB_WORKERS), "--no-ws", "--no-access-log"),
            *("--backlog", "4096", "--backpressure", "8192", "seoul_portal.asgi:application"),
        ]
        env = {**os.environ, "PORTAL_SITE_URL": f"http://localhost:{port}"}
        process = processes.spawn(command, log=Path(folder) / "web.log", env=env)
        try:
            _wait_for(port)
            yield port, process.pid
        finally:
            processes.stop(process)


def csrf_key(port: int) -> str:
    """A key a page gave out: the cookie and the hidden field may be the same."""
    with urlopen(f"http://127.0.0.1:{port}/say/", timeout=30) as page:
        return re.search(r"csrftoken=(\w+)", page.headers["Set-Cookie"])[1]  # type: ignore[index]


async def post(port: int, key: str, *, seconds: float, a_second: float = 0.0) -> Posted:
    """Post new messages: as fast as they are taken, or so many a second."""
    return await post_forms(
        port,
        "/say/send/",
        ({**form, "csrfmiddlewaretoken": key} for form in _forms()),
        lines=LINES,
        until=time.monotonic() + seconds,
        every=LINES / a_second if a_second else 0.0,
        headers=f"Cookie: csrftoken={key}\r\n",
        wish=lambda head: head.startswith("HTTP/1.1 302") and "/done/" in head,
    )


def _forms() -> Iterator[dict[str, str]]:
    while True:
        key = uuid.uuid4()
        yield {
            "text": _words(key.int),
            "kind": "complaint",
            "audience": "everyone",
            "contact": f"{key.hex}@example.org",
            "client_key": str(key),
        }


def _words(number: int) -> str:
    """Never the same letters twice: copies would be held."""
    name = "".join(chr(ord("가") + number // 600**place % 600 * 18) for place in range(4))
    return (
        f"{name} 골목 {number % 900}번 가로등이 꺼져 있어서 밤에 너무 어둡습니다."
        f" 고쳐 주세요. 010-1234-{number % 10_000:04d}"
    )


def _cpu(web_pid: int) -> tuple[float, float]:
    postmaster = measuring.postmaster()
    database = measuring.cpu_seconds(postmaster) if postmaster else float("nan")
    return measuring.cpu_seconds(web_pid), database


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + 60
    with socket.socket() as line:
        while line.connect_ex(("127.0.0.1", port)):
            if time.monotonic() > deadline:
                raise RuntimeError("the web server did not start")
            time.sleep(0.05)
