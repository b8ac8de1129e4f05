"""What a post of Mastodon says and how long one is; pure functions over its JSON."""

import json
import mimetypes
import re
import unicodedata
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from channels_app.connectors.contract import Heard, Inbound, Picture
from channels_app.connectors.lengths import LINK_WEIGHS, graphemes

Json = dict[str, Any]
EVERYBODYS = ("public", "unlisted")
LONGEST_ALT = 1500
LINK = re.compile(r"https?://[!-~]+")  # a Korean particle behind it counts for itself
NAMED = re.compile(r"(?<![\w/=])@([A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?)(@[\w.-]*\w)?")
PARAGRAPHS = frozenset({"p", "blockquote", "pre", "ul", "ol", "h1", "h2", "h3"})
LEADING = re.compile(r"(?:@[\w.@-]+(?:\s+|$))*")


def counted(text: str) -> int:
    """As the network counts: a link always the same, a name without its server."""
    short = NAMED.sub(lambda found: f"@{found[1]}", text)
    return graphemes(LINK.sub("x" * LINK_WEIGHS, short))


def named_in(text: str) -> frozenset[str]:
    """Who would be told of these words, without the first @."""
    return frozenset((found[1] + (found[2] or "")).lower() for found in NAMED.finditer(text))


def order_of(name: str) -> tuple[int, str]:
    """Ids grow longer, then larger (docs.joinmastodon.org/api/guidelines)."""
    return len(name), name


def moment_of(text: Any) -> datetime | None:
    """A moment with its zone; None for anything else."""
    try:
        found = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return found if found.tzinfo else None


class _Page(HTMLParser):
    """The few marks that a post may have: parts of a link stand together, no space between."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.link, self.begun = "", 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "a" and not {"mention", "hashtag"} & set((told.get("class") or "").split()):
            self.link, self.begun = told.get("href") or "", len(self.said)
        elif tag in PARAGRAPHS:
            self.said.append("\n\n")
        elif tag in ("br", "li"):
            self.said.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in PARAGRAPHS:
            self.said.append("\n\n")
        elif tag == "a" and self.link:
            shown = "".join(self.said[self.begun :]).strip()
            if shown.rstrip("….") not in self.link:  # words, and the link behind them
                self.said.append(f" ({self.link})")
            elif shown != self.link:
                self.said[self.begun :] = [self.link]
            self.link = ""

    def handle_data(self, data: str) -> None:
        self.said.append(re.sub(r"\s+", " ", data))


def words_of_page(page: str) -> str:
    """What HTML says, without its marks."""
    reader = _Page()
    reader.feed(page)
    reader.close()
    lines = (line.strip() for line in "".join(reader.said).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip().replace("\x00", "")


def words_of(status: Json) -> str:
    """Its words without HTML; a warning before them stands first."""
    warning, page = str(status.get("spoiler_text") or ""), str(status.get("content") or "")
    return "\n\n".join(one for one in (warning.strip(), words_of_page(page)) if one)


def squeezed(text: str) -> str:
    """What is the same in what we sent and in what the network made of it."""
    text = LEADING.sub("", unicodedata.normalize("NFC", text), count=1)
    return "".join(NAMED.sub(lambda found: f"@{found[1]}", text).split())


def event_of(told: Json, root: str) -> Inbound:
    """One notification as it is kept, with the id of what its conversation began with.

    An edit is the same post with another revision.
    """
    status, author = told["status"], told.get("account") or {}
    raw = json.dumps({"root": root, "notification": told}, ensure_ascii=False).encode(
        errors="replace"
    )
    ref = {
        "id": str(status["id"]),
        "acct": str(author.get("acct", "")),
        "author": str(author.get("id", "")),
        "visibility": str(status.get("visibility", "direct")),
    }
    revision = sha256(words_of(status).encode(errors="replace")).hexdigest()
    return Inbound("message", ref["id"], revision, raw, ref)


def heard_in(raw: bytes, own_id: str) -> Heard:
    """What a notification says."""
    kept = json.loads(raw)
    status = kept["notification"]["status"]
    name, author = str(status["id"]), status["account"]
    return Heard(
        kind="edit" if status.get("edited_at") else "message",
        name=name,
        author=str(author["id"]),
        author_name=str(author.get("display_name") or author.get("acct", "")),
        text=_without_us(words_of(status), status, own_id),
        at=moment_of(status.get("created_at")),
        answers=str(status.get("in_reply_to_id") or ""),
        root=str(kept.get("root") or status.get("in_reply_to_id") or name),
        is_public=status.get("visibility") in EVERYBODYS,
        link=str(status.get("url") or status.get("uri") or ""),
        is_ours=own_id != "" and str(author["id"]) == own_id,
        pictures=tuple(_pictures(status)),
    )


def _without_us(text: str, status: Json, own_id: str) -> str:
    """Among the names at its beginning ours says nothing."""
    ours: set[str] = set()
    for one in status.get("mentions") or ():
        if own_id and str(one.get("id")) == own_id:
            name, server = one.get("username", ""), urlsplit(str(one.get("url", ""))).hostname
            ours |= {f"@{name}".lower(), f"@{one.get('acct', name)}".lower()}
            ours.add(f"@{name}@{server}".lower())
    found = LEADING.match(text)
    begin = found[0] if found else ""
    others = [one for one in begin.split() if one.lower() not in ours]
    return " ".join([*others, text[len(begin) :]]).strip()


def _pictures(status: Json) -> Iterator[Picture]:
    for one in status.get("media_attachments") or ():
        url = str(one.get("url") or one.get("remote_url") or "")
        if one.get("type") == "image" and url:
            kind = mimetypes.guess_type(urlsplit(url).path)[0] or "image/jpeg"
            yield Picture(url, kind=kind, words=str(one.get("description") or ""))


def form_of(picture: Picture) -> tuple[bytes, str]:
    """A picture and its words as a form with a file (RFC 7578), and the type of that form."""
    fence = sha256(picture.content).hexdigest()
    ending = (mimetypes.guess_extension(picture.kind) or ".jpg").encode()
    line = f"--{fence}\r\nContent-Disposition: form-data; ".encode()
    body = b"".join((
        line, b'name="description"\r\n\r\n', picture.words[:LONGEST_ALT].encode(), b"\r\n",
        line, b'name="file"; filename="picture', ending, b'"\r\n',
        b"Content-Type: ", picture.kind.encode(), b"\r\n\r\n", picture.content, b"\r\n",
        f"--{fence}--\r\n".encode(),
    ))  # fmt: skip
    return body, f"multipart/form-data; boundary={fence}"
