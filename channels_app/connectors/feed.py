"""A feed of somebody's site (RSS, Atom): read with the conditions of HTTP, its entries once each.

The cursor holds what the server wants to hear next time (RFC 9110 section 13.1), nothing else: a
feed says itself what is in it, and an entry is known by its id. Nothing can be answered there.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, ClassVar

import feedparser

from channels_app.connectors.contract import Batch, Caps, Connector, Inbound, Outbound
from channels_app.connectors.errors import ContentRejected
from channels_app.connectors.fetching import Fetched, get

MOST_ENTRIES = 100  # of one reading; a feed holds its newest ones
LONGEST = 100_000  # characters of one entry


@dataclass(frozen=True)
class Feed(Connector[Outbound]):
    """Its address; `ask` fetches a page, and nothing but public ones."""

    caps: ClassVar = Caps(inbound="poll")
    url: str
    ask: Callable[..., Fetched] = get

    def verify(self) -> None:
        """It is there, and it is a feed. Raises Transient, ContentRejected, Forbidden."""
        self.fetch("")

    def fetch(self, cursor: str) -> Batch:
        """What it holds now, oldest first; nothing where it says that nothing has changed."""
        known = json.loads(cursor) if cursor else {}
        told = self.ask(self.url, etag=known.get("etag", ""), modified=known.get("modified", ""))
        if told.status == 304:
            return Batch((), cursor)
        found = feedparser.parse(told.body, response_headers={"content-type": "application/xml"})
        if not found.get("version"):
            raise ContentRejected("this is no feed")
        events = [_event(entry) for entry in found.entries[:MOST_ENTRIES][::-1]]
        fresh = {"etag": told.headers.get("etag", ""),
                 "modified": told.headers.get("last-modified", "")}  # fmt: skip
        return Batch(tuple(one for one in events if one), json.dumps(fresh))


def _event(entry: Any) -> Inbound | None:
    """One entry; None for one that says nothing and has no name."""
    title, page = str(entry.get("title", "")), _page(entry)
    link = str(entry.get("link", ""))
    name = str(entry.get("id", "") or link or title)
    if not name or not (title or page):
        return None
    said = {"title": title[:500], "page": page[:LONGEST], "link": link[:1000],
            "author": str(entry.get("author", ""))[:200]}  # fmt: skip
    raw = json.dumps(said, ensure_ascii=False).encode()
    revision = sha256(f"{title}\n{page}".encode()).hexdigest()
    return Inbound("post", name, revision, raw, {"link": said["link"]})


def _page(entry: Any) -> str:
    """The whole text where it is there, else what stands for it."""
    whole = [str(part.get("value", "")) for part in entry.get("content", [])]
    return max([*whole, str(entry.get("summary", ""))], key=len)
