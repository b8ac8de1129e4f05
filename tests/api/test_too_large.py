"""What is refused before Django sees it is told as a problem too."""

import asyncio
import json
from collections.abc import MutableMapping
from typing import Any

from seoul_portal.spooling import SpooledBodies


def refused(path: str, length: int) -> tuple[int, dict[bytes, bytes], bytes]:
    """The answer to a request that announces so many bytes."""
    sent: list[MutableMapping[str, Any]] = []

    async def application(*_args: Any) -> None:
        raise AssertionError("a refused request reached the application")

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": True}

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    headers = [(b"content-length", str(length).encode())]
    scope = {"type": "http", "path": path, "headers": headers}
    asyncio.run(SpooledBodies(application, cap=10)(scope, receive, send))
    return sent[0]["status"], dict(sent[0]["headers"]), sent[1]["body"]


def test_an_app_reads_why_its_request_was_too_large() -> None:
    status, headers, body = refused("/api/v1/messages/", 10**12)

    assert (status, headers[b"content-type"]) == (413, b"application/problem+json")
    assert json.loads(body)["status"] == 413
    assert json.loads(body)["type"].endswith("/api/#too-large")


def test_a_person_still_gets_a_page() -> None:
    status, headers, _body = refused("/say/send/", 10**12)

    assert status == 413
    assert headers[b"content-type"].startswith(b"text/html")
