"""The pages for a request that never reached Django: plain words, in both languages."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

WORDS = {
    413: (
        "보내신 것이 너무 큽니다",
        "한 번에 25MB까지 받을 수 있습니다. 뒤로 가서 사진을 줄이거나 나누어 보내 주세요. "
        "쓰신 글은 그대로 남아 있습니다.",
        "What you sent is too large",
        "We can take 25 MB at a time. Go back and send fewer or smaller photos. "
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
</main>
</html>
"""


async def answer(status: int, send: Callable[[MutableMapping[str, Any]], Awaitable[None]]) -> None:
    """Send the page of this status and close the line: the rest of the body is unread."""
    page = PAGE.format(*WORDS[status]).encode()
    headers = [
        (b"content-type", b"text/html; charset=utf-8"),
        (b"content-length", str(len(page)).encode()),
        (b"content-security-policy", b"default-src 'none'"),
        (b"cache-control", b"no-store"),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": page})
