"""Everything a stranger, an operator or a thief of a log, a cache or a queue could read."""

import base64
import json
import os
import re
import unicodedata
from collections.abc import Iterator

from django.db import connection
from django.db.models import Q
from django.test import Client
from redis import Redis

from channels_app import letters
from channels_app.models import Delivery, Message
from people.models import Office
from tests.api.callers import Caller

NEXT = re.compile(r'href="([^"]*\bafter=[^"]*)"')
PAGES = (
    "/",
    "/en/",
    "/how-it-works/",
    "/channels/",
    "/departments/",
    "/borough/",
    "/rules/",
    "/privacy/",
    "/track/",
    "/robots.txt",
    "/opendata/",
    "/smc/feed.atom",
    "/smc/answers.atom",
    "/sitemap.xml",
    "/healthz",
    "/dasan/",
    "/dashboard/",
    "/en/dashboard/",
    "/opendata/record/",
)
SOUGHT = ("보도블록", "가로등", "버스", "공원", "사진", "답합니다", "street lamps", "없는 낱말이다")
# What officers alone may read stands in these columns; everything else in the tables is searched.
PRIVATE = {
    ("channels_app_message", "text"),
    ("channels_app_message", "place"),
    ("channels_app_reply", "text"),
    ("channels_app_reply", "reason"),
    ("channels_app_reply", "next_door"),
    ("channels_app_reply", "will_do"),
    ("channels_app_addition", "text"),
    ("channels_app_rating", "words"),
    ("channels_app_attachment", "alt"),
}
NO_SIGN = re.compile(r"[\W_]+")
SHORTEST = 5
DIGITS = {
    code: str(unicodedata.digit(chr(code)))
    for code in range(128, 0x1FBFA)
    if unicodedata.category(chr(code)) == "Nd"
}


def public_pages() -> Iterator[str]:
    """The fixed pages, every view of the wall, all of it to its end, feeds, every fourth case.

    Wall and open interface show the words of every case; the pages of all of them take minutes.
    """
    browser = Client()
    for path in PAGES:
        yield browser.get(path).content.decode()
    for show in ("today", "waiting", "overdue"):
        yield browser.get(f"/en/smc/?show={show}").content.decode()
    yield from _wall(browser, "/smc/?show=all")
    yield from _wall(browser, "/smc/?show=answered")
    for office in Office.objects.filter(pk__in=Message.objects.values("office")):
        yield browser.get(f"/departments/{office.slug}/").content.decode()
        yield browser.get(f"/departments/{office.slug}/feed.atom").content.decode()
    for number, (code, status) in enumerate(Message.objects.values_list("code", "status")):
        if number % 4 == 0 or status == "replied":
            path = f"/s/{code}/" if number % 8 else f"/en/s/{code}/"
            yield browser.get(path).content.decode()
        if number % 40 == 0 and (record := browser.get(f"/s/{code}/record/")).status_code == 200:
            yield record.content.decode()
        if status == "replied":
            feed = browser.get(f"/s/{code}/feed.atom")
            assert feed.status_code in (200, 404)
            yield feed.content.decode()


def _wall(browser: Client, path: str) -> Iterator[str]:
    """Page after page: the next one is the last link with a key that has not been followed."""
    seen: set[str] = set()
    while path not in seen:
        seen.add(path)
        page = browser.get(path).content.decode()
        yield page
        more = [link.replace("&amp;", "&") for link in NEXT.findall(page)]
        path = next((link for link in reversed(more) if link.startswith(_root(path))), path)


def _root(path: str) -> str:
    return path.partition("?")[0] + "?"


def searches() -> Iterator[str]:
    """What the search finds, page after page, in both languages."""
    browser = Client()
    for words in SOUGHT:
        yield from _wall(browser, f"/search/?q={words}")
        yield browser.get("/en/search/", {"q": words}).content.decode()


def letters_to_others() -> Iterator[str]:
    """Every mail that does not go to the author of what it tells of, as it would leave now."""
    theirs = Q(follow__isnull=False) | Q(office__isnull=False) | Q(message=None)
    for row in Delivery.objects.filter(theirs, channel="mail").order_by("id"):
        letter = letters.compose(row)
        yield f"{letter.subject}\n{letter.body}"


def open_interface(words: str) -> Iterator[str]:
    """Lists to their end, single messages, and what is similar to some words."""
    anybody = Caller()
    path: str | None = "/api/v1/messages/?limit=100"
    while path:
        answer = anybody.get(path)
        assert answer.status_code == 200, answer.content
        yield json.dumps(answer.json(), ensure_ascii=False)
        path = answer.json()["next"]
    for code in Message.objects.values_list("code", flat=True)[:20]:
        yield anybody.get(f"/api/v1/messages/{code}/").content.decode()
    yield anybody.get(f"/api/v1/similar/?text={words}").content.decode()


def tables(*, private: bool) -> Iterator[str]:
    """Every value of every text column in the database: the officers' own ones, or all others."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND data_type IN"
            " ('text', 'character varying', 'json', 'jsonb', 'ARRAY')"
        )
        for table, column in cursor.fetchall():
            if ((table, column) in PRIVATE) == private:
                cursor.execute(f'SELECT "{column}"::text FROM "{table}"')  # noqa: S608 - our own names
                yield "\n".join(value for (value,) in cursor.fetchall() if value)


def valkey() -> Iterator[str]:
    """Every key and value, and what the messages for the workers hold."""
    store = Redis.from_url(os.environ["REDIS_URL"], decode_responses=True)
    for key in store.scan_iter():
        yield key
        match store.type(key):
            case "string":
                yield str(store.get(key))
            case "list":
                for row in store.lrange(key, 0, -1):
                    yield from _asked(str(row))
            case "hash":
                yield json.dumps(store.hgetall(key), ensure_ascii=False)
            case "set":
                yield " ".join(map(str, store.smembers(key)))
            case "zset":
                yield " ".join(map(str, store.zrange(key, 0, -1)))
    store.close()


def _asked(row: str) -> Iterator[str]:
    """A message for a worker, its body read."""
    yield row
    try:
        yield base64.b64decode(json.loads(row)["body"]).decode()
    except (ValueError, KeyError, TypeError):
        return


class Haystack:
    """Many texts without gaps and signs, in which an original would be found however it is cut."""

    def __init__(self, texts: Iterator[str]) -> None:
        # Pages share most of their lines: each is read once.
        lines = dict.fromkeys(line for text in texts for line in text.split("\n"))
        plain = unicodedata.normalize("NFKC", "\n".join(lines)).casefold().translate(DIGITS)
        self.text = NO_SIGN.sub("", plain)
        ends = range(len(self.text) - SHORTEST + 1)
        self._beginnings = {self.text[at : at + SHORTEST] for at in ends}

    def hold(self, hearts: set[str]) -> list[str]:
        """Which of them stand in it."""
        assert all(len(heart) >= SHORTEST for heart in hearts)
        return sorted(
            heart for heart in hearts if heart[:SHORTEST] in self._beginnings and heart in self.text
        )
