"""The pages for a request that never reached Django: plain words, in both languages."""

import json
import re
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from html import escape
from typing import Any

WORDS = {
    400: (
        "보내신 것을 읽을 수 없습니다",
        "보내는 중에 연결이 끊겼거나 모양이 맞지 않습니다. 뒤로 가서 다시 보내 주세요. "
        "쓰신 글은 그대로 남아 있습니다.",
        "We could not read what you sent",
        "The connection broke off, or it came in a wrong form. Go back and send it again. "
        "Your text is still in the form.",
    ),
    413: (
        "보내신 것이 너무 큽니다",
        "한 번에 {megabytes}MB까지 받을 수 있습니다. 뒤로 가서 사진을 줄이거나 나누어 보내 주세요. "
        "쓰신 글은 그대로 남아 있습니다.",
        "What you sent is too large",
        "We can take {megabytes} MB at a time. Go back and send fewer or smaller photos. "
        "Your text is still in the form.",
    ),
    408: (
        "전송이 끝나지 않았습니다",
        "연결이 너무 느리거나 끊겼습니다. 뒤로 가서 다시 보내 주세요. "
        "쓰신 글은 그대로 남아 있습니다.",
        "Your message did not arrive",
        "The connection was too slow or broke off. Go back and send it again. "
        "Your text is still in the form.",
    ),
}
PAGE = """<!doctype html>
<html lang="ko">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{0}</title>
<main>
<h1>{0}</h1>
<p>{1}</p>
<section lang="en">
<h2>{2}</h2>
<p>{3}</p>
</section>
{4}</main>
</html>
"""
KEPT = """<label for="kept">쓰신 글 · <span lang="en">Your words, for you to copy</span></label>
<p><textarea id="kept" rows="12" cols="40" readonly>
{}</textarea></p>
"""
TYPES = {400: "/api/#malformed", 413: "/api/#too-large"}
BOUNDARY = re.compile(rb'boundary="?([^";,\s]{1,70})')
TEXT = rb'\r\nContent-Disposition: form-data; name="text"\r\n\r\n(.*?)\r\n--'


def text_in(start: bytes, headers: Mapping[bytes, bytes]) -> str:
    """What a person wrote, if the form's text had arrived when it was refused."""
    boundary = BOUNDARY.search(headers.get(b"content-type", b""))
    if boundary is None:
        return ""
    found = re.search(TEXT + re.escape(boundary[1]), start, re.DOTALL)
    return found[1].decode(errors="replace").replace("\r\n", "\n") if found else ""


async def answer(
    status: int,
    send: Callable[[MutableMapping[str, Any]], Awaitable[None]],
    *,
    megabytes: int = 0,
    text: str = "",
) -> None:
    """Send the page of this status and close the line: the rest of the body is unread."""
    words = [sentence.format(megabytes=megabytes) for sentence in WORDS[status]]
    page = PAGE.format(*words, KEPT.format(escape(text)) if text else "").encode()
    await _send(status, page, b"text/html; charset=utf-8", send)


async def problem(
    status: int, send: Callable[[MutableMapping[str, Any]], Awaitable[None]], *, megabytes: int
) -> None:
    """The same for an app: RFC 9457, as the open interface tells everything that goes wrong."""
    title, _words, title_en, _words_en = WORDS[status]
    told: dict[str, object] = {
        "type": TYPES.get(status, "about:blank"),
        "title": f"{title}. {title_en}.",
        "status": status,
    }
    if status == 413:
        told["detail"] = f"{megabytes} MB"
    page = json.dumps(told, ensure_ascii=False).encode()
    await _send(status, page, b"application/problem+json", send)


async def _send(
    status: int,
    page: bytes,
    kind: bytes,
    send: Callable[[MutableMapping[str, Any]], Awaitable[None]],
) -> None:
    headers = [
        (b"content-type", kind),
        (b"content-length", str(len(page)).encode()),
        (b"content-security-policy", b"default-src 'none'"),
        (b"cache-control", b"no-store"),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": page})
