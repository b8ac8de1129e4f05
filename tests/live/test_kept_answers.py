"""What is kept for seconds and given to everybody; and all that never is."""

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest

from seoul_portal import kept_answers
from seoul_portal.kept_answers import MOST, MOST_BYTES, OLDEST, KeptAnswers
from seoul_portal.spooling import Message, Receive, Scope, Send

CASE = "/s/S-2026-000012/"
Pair = tuple[bytes, bytes]
Heard = tuple[int, dict[bytes, bytes], bytes]


class Pages:
    """An application that counts how often it is asked, and answers as it is told."""

    def __init__(self, *headers: Pair, status: int = 200, body: bytes = b"page") -> None:
        self.headers, self.status, self.body = headers, status, body
        self.asked: list[Scope] = []
        self.go_on = asyncio.Event()
        self.go_on.set()
        self.problem: Exception | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The page says which one it is."""
        self.asked.append(scope)
        number = len(self.asked)
        await receive()
        await self.go_on.wait()
        if self.problem:
            raise self.problem
        headers = [*self.headers, (b"X-Request-ID", b"%d" % number)]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        body = self.body + b" %d" % number
        await send({"type": "http.response.body", "body": body[:3], "more_body": True})
        await send({"type": "http.response.body", "body": body[3:]})


class Clock:
    """It goes when it is told."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        """Seconds."""
        return self.now


def scope_of(path: str = CASE, *headers: Pair, method: str = "GET", query: bytes = b"") -> Scope:
    """A request as the server hands it on."""
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "server": ("127.0.0.1", 8000),
        "client": ("203.0.113.9", 4711),
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": query,
        "headers": [(b"host", b"localhost"), *headers],
    }


async def ask(site: KeptAnswers, scope: Scope) -> Heard:
    """One request: status, headers, body."""
    started: dict[str, Any] = {}
    body: list[bytes] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            started.update(message)
        else:
            body.append(message.get("body", b""))

    await site(scope, receive, send)
    return started["status"], dict(started["headers"]), b"".join(body)


def bodies(site: KeptAnswers, *scopes: Scope) -> list[bytes]:
    """One after the other."""

    async def go() -> list[bytes]:
        return [(await ask(site, scope))[2] for scope in scopes]

    return asyncio.run(go())


@pytest.mark.parametrize("path", [CASE, f"/en{CASE}", "/live/wall.json"])
def test_a_public_page_is_made_once(path: str) -> None:
    pages = Pages()

    assert bodies(KeptAnswers(pages), *[scope_of(path)] * 3) == [b"page 1"] * 3
    assert len(pages.asked) == 1


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/smc/",
        "/me/",
        f"{CASE}follow/",
        f"{CASE}report/",
        f"{CASE}feed.atom",
        f"{CASE}{'a' * 28}/",
        f"{CASE}{'a' * 28}/data/",
        f"/admin{CASE}",
        f"/ko{CASE}",
        f"{CASE[:-1]}",
        "/s/S-2026-٠٠٠٠١٢/",
        f"{CASE}\n",
        "/live/wall",
    ],
)
def test_no_other_address_is_kept(path: str) -> None:
    pages = Pages()

    assert bodies(KeptAnswers(pages), *[scope_of(path)] * 2) == [b"page 1", b"page 2"]
    assert pages.asked[0] == scope_of(path)


@pytest.mark.parametrize(
    "brought",
    [
        (b"cookie", b"csrftoken=x"),
        (b"cookie", b""),
        (b"authorization", b"Bearer x"),
        (b"range", b"bytes=0-1"),
        (b"content-length", b"2"),
        (b"transfer-encoding", b"chunked"),
        (b"upgrade", b"websocket"),
        (b"host", b"other.example"),
    ],
)
def test_who_brings_something_gets_an_answer_of_their_own(brought: Pair) -> None:
    pages = Pages()
    site = KeptAnswers(pages)

    assert bodies(site, scope_of(), scope_of(CASE, brought), scope_of()) == [
        b"page 1",
        b"page 2",
        b"page 1",
    ]
    assert brought in pages.asked[1]["headers"]


@pytest.mark.parametrize(
    "scope", [scope_of(method="HEAD"), scope_of(method="POST"), scope_of(query=b"after=1")]
)
def test_only_plain_reading_is_answered_from_here(scope: Scope) -> None:
    pages = Pages()

    assert bodies(KeptAnswers(pages), scope, scope) == [b"page 1", b"page 2"]


def test_what_is_asked_holds_nothing_of_who_asked() -> None:
    pages = Pages()
    personal = [
        (b"accept-language", b"en"),
        (b"user-agent", b"Mina's phone"),
        (b"referer", b"https://example.org/diary"),
        (b"x-forwarded-for", b"203.0.113.9"),
        (b"if-none-match", b'"x"'),
        (b"accept-encoding", b"gzip, br"),
        (b"x-forwarded-proto", b"https"),
    ]

    bodies(KeptAnswers(pages), scope_of(CASE, *personal))

    (asked,) = pages.asked
    assert sorted(asked["headers"]) == [
        (b"accept-encoding", b"gzip"),
        (b"host", b"localhost"),
        (b"x-forwarded-proto", b"https"),
    ]
    assert asked["client"] == ("127.0.0.1", 0)


@pytest.mark.parametrize(
    "other",
    [
        scope_of(f"/en{CASE}"),
        scope_of("/s/S-2026-000013/"),
        scope_of(CASE, (b"accept-encoding", b"gzip")),
        scope_of(CASE, (b"x-forwarded-proto", b"https")),
        {**scope_of(), "scheme": "https"},
        {**scope_of(), "headers": [(b"host", b"other.example")]},
    ],
)
def test_what_an_answer_depends_on_keeps_answers_apart(other: Scope) -> None:
    site = KeptAnswers(Pages())

    assert bodies(site, scope_of(), other, scope_of(), other) == [
        b"page 1",
        b"page 2",
        b"page 1",
        b"page 2",
    ]


@pytest.mark.parametrize(
    "header",
    [
        (b"Set-Cookie", b"csrftoken=1"),
        (b"Content-Security-Policy", b"script-src 'nonce-abc'"),
    ],
)
def test_what_was_made_for_one_is_given_to_nobody_else(header: Pair) -> None:
    pages = Pages(header)

    first, second = bodies(KeptAnswers(pages), scope_of(), scope_of())

    assert first != second
    own = [scope for scope in pages.asked if scope["client"] == ("203.0.113.9", 4711)]
    assert len(own) == 2  # each of them asked again, as the person they are


@pytest.mark.parametrize(
    "pages",
    [
        Pages(status=404),
        Pages(status=503),
        Pages(status=301),
        Pages((b"Cache-Control", b"private")),
        Pages((b"Cache-Control", b"no-store")),
        Pages((b"Vary", b"Accept-Encoding, User-Agent")),
        Pages(body=b"x" * (kept_answers.LARGEST + 1)),
    ],
)
def test_what_says_so_of_itself_is_not_kept(pages: Pages) -> None:
    site = KeptAnswers(pages)

    first, second = bodies(site, scope_of(), scope_of())

    assert first != second
    assert len(pages.asked) == 2


def test_its_number_is_given_to_nobody() -> None:
    _status, headers, _body = asyncio.run(ask(KeptAnswers(Pages()), scope_of()))

    assert b"x-request-id" not in headers


def test_it_is_made_anew_while_the_old_one_is_given_and_never_older_than_five_seconds() -> None:
    async def story() -> list[bytes]:
        clock, pages = Clock(), Pages()
        site = KeptAnswers(pages, clock=clock)
        seen = []
        for seconds in (0.0, 1.9, 0.3, 0.0, OLDEST + 0.1):
            clock.now += seconds
            seen.append((await ask(site, scope_of()))[2])
            await asyncio.sleep(0.01)  # what is made beside is ready
        return seen

    assert OLDEST < 5
    assert asyncio.run(story()) == [b"page 1", b"page 1", b"page 1", b"page 2", b"page 3"]


def test_a_page_that_takes_long_is_not_given_to_who_comes_too_late() -> None:
    async def story() -> list[Heard]:
        clock, pages = Clock(), Pages()
        site = KeptAnswers(pages, clock=clock)
        pages.go_on.clear()
        first = asyncio.create_task(ask(site, scope_of()))
        await asyncio.sleep(0)
        clock.now += OLDEST + 1
        second = asyncio.create_task(ask(site, scope_of()))
        await asyncio.sleep(0.01)
        pages.go_on.set()
        return [await first, await second]

    first, second = asyncio.run(story())

    assert (first[2], second[2]) == (b"page 1", b"page 2")


def test_a_crowd_is_one_question() -> None:
    async def story() -> tuple[set[bytes], int]:
        pages = Pages()
        site = KeptAnswers(pages)
        pages.go_on.clear()
        crowd = [asyncio.create_task(ask(site, scope_of())) for _one in range(500)]
        await asyncio.sleep(0.01)
        pages.go_on.set()
        return {body for _status, _headers, body in await asyncio.gather(*crowd)}, len(pages.asked)

    assert asyncio.run(story()) == ({b"page 1"}, 1)


def test_who_hangs_up_takes_nobody_along() -> None:
    async def story() -> bytes:
        pages = Pages()
        site = KeptAnswers(pages)
        pages.go_on.clear()
        first = asyncio.create_task(ask(site, scope_of()))
        second = asyncio.create_task(ask(site, scope_of()))
        await asyncio.sleep(0.01)
        first.cancel()
        pages.go_on.set()
        return (await second)[2]

    assert asyncio.run(story()) == b"page 1"


def test_a_failure_is_told_and_forgotten() -> None:
    async def story() -> bytes:
        pages = Pages()
        site = KeptAnswers(pages)
        pages.problem = RuntimeError("no page")
        with pytest.raises(RuntimeError):
            await ask(site, scope_of())
        pages.problem = None
        return (await ask(site, scope_of()))[2]

    assert asyncio.run(story()) == b"page 2"


def test_who_has_it_already_gets_it_in_short() -> None:
    async def story() -> Sequence[Heard]:
        pages = Pages((b"ETag", b'"7"'), (b"Content-Length", b"6"), (b"Vary", b"Accept-Language"))
        site = KeptAnswers(pages)
        known = scope_of(CASE, (b"if-none-match", b'"6", "7"'))
        other = scope_of(CASE, (b"if-none-match", b'"8"'))
        return [await ask(site, scope) for scope in (known, other, known)]

    short, whole, again = asyncio.run(story())

    assert (short[0], short[2], whole[0], whole[2]) == (304, b"", 200, b"page 1")
    assert again == short
    assert short[1][b"etag"] == b'"7"'
    assert b"content-length" not in short[1]


def test_only_so_many_are_kept_and_only_so_much() -> None:
    async def story(count: int, pages: Pages) -> tuple[int, int, bytes]:
        site = KeptAnswers(pages)
        for number in range(count):
            await ask(site, scope_of(f"/s/S-2026-{number:06d}/"))
        newest = (await ask(site, scope_of(f"/s/S-2026-{count - 1:06d}/")))[2]
        return len(site._kept), site._bytes, newest

    many, _size, newest = asyncio.run(story(MOST + 50, Pages()))
    _count, size, _newest = asyncio.run(story(60, Pages(body=b"x" * 400_000)))

    assert (many, newest) == (MOST, b"page %d" % (MOST + 50))
    assert MOST_BYTES // 2 < size <= MOST_BYTES


def test_nothing_lies_here_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_answers, "OLDEST", 0.02)

    async def story() -> tuple[int, int]:
        site = KeptAnswers(Pages())
        await ask(site, scope_of())
        while site._kept:
            await asyncio.sleep(0.01)
        return len(site._kept), site._bytes

    assert asyncio.run(story()) == (0, 0)
