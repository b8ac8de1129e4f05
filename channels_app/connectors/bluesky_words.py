"""What a post of Bluesky says and how one is written; pure functions over its JSON."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from channels_app.connectors.contract import Heard, Inbound, Picture
from channels_app.connectors.errors import ContentRejected
from lifecycle import clock

OVERLAP = timedelta(minutes=10)
# What an author's clock or a slow server dates back stands below what we know already.
LATE, LATE_EVERY = timedelta(days=2), timedelta(hours=1)
LETTERS = "234567abcdefghijklmnopqrstuvwxyz"  # of a record's name (TID)
LINK = re.compile(r"https?://[A-Za-z0-9\[][!-~]*")  # a Korean particle behind it is none of it
QUOTED = re.compile(r"at://[^/]+/app\.bsky\.feed\.post/[^/]+")
SHOWN = "https://bsky.app/profile"
PICTURES = "https://cdn.bsky.app/img/feed_fullsize/plain"
Json = dict[str, Any]


def part(thing: Any, *path: str) -> Json:
    """What stands inside by these names; an empty object where it does not."""
    for name in path:
        thing = thing.get(name) if isinstance(thing, dict) else None
    return thing if isinstance(thing, dict) else {}


def parts(thing: Any, name: str) -> list[Json]:
    """The objects in a list inside."""
    found = part(thing).get(name)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def moment_of(text: Any) -> datetime | None:
    """A moment with its zone; None for anything else."""
    try:
        found = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return found if found.tzinfo and "T" in str(text) else None


def place_of(uri: str) -> tuple[str, str, str]:
    """Whose, which kind, its name (at://whose/kind/name). Raises ContentRejected."""
    found = uri.removeprefix("at://").split("/")
    if not uri.startswith("at://") or len(found) != 3:
        raise ContentRejected("not an address of a post")
    return found[0], found[1], found[2]


def link_to(uri: str, handle: str = "") -> str:
    """Where everyone reads it."""
    did, _collection, name = place_of(uri)
    return f"{SHOWN}/{did if handle in ('', 'handle.invalid') else handle}/post/{name}"


def tid(moment: datetime | None, key: str) -> str:
    """The name of a record: its second, and a hash of our own name for it; always the same."""
    hashed = int.from_bytes(sha256(key.encode()).digest()[:8])
    number = hashed % 2**63
    if moment:
        micros = int(moment.timestamp()) * 1_000_000 + (hashed >> 10) % 1_000_000
        number = (micros << 10) + hashed % 1024
    return "".join(LETTERS[(number >> 5 * place) % 32] for place in range(12, -1, -1))


def facets(text: str) -> list[Json]:
    """Its links, by their places among the bytes."""
    return [
        {
            "index": {
                "byteStart": len(text[: found.start()].encode()),
                "byteEnd": len(text[: found.start()].encode()) + len(link.encode()),
            },
            "features": [{"$type": "app.bsky.richtext.facet#link", "uri": link}],
        }
        for found in LINK.finditer(text)
        for link in [_without_end(found[0])]
    ]


def _without_end(link: str) -> str:
    """Signs behind a link belong to the sentence."""
    while link[-1] in ".,;:!?'\"" or (link[-1] == ")" and link.count("(") < link.count(")")):
        link = link[:-1]
    return link


def event_of(told: Json) -> Inbound:
    """One notification as it is kept; a changed text is another revision."""
    record, uri, cid = part(told, "record"), str(told["uri"]), str(told.get("cid", ""))
    root = part(record, "reply", "root")
    ref = {
        "uri": uri, "cid": cid,
        "root": str(root.get("uri", uri)), "root_cid": str(root.get("cid", cid)),
    }  # fmt: skip
    revision = sha256(words_of(record).encode(errors="replace")).hexdigest()
    raw = json.dumps(told, ensure_ascii=False).encode(errors="replace")
    return Inbound("message", uri, revision, raw, ref)


def heard_in(told: Json, own_id: str) -> Heard:
    """What a notification says."""
    record, author = part(told, "record"), part(told, "author")
    uri, did = str(told["uri"]), str(author["did"])
    moments = [moment_of(record.get("createdAt")), moment_of(told.get("indexedAt"))]
    return Heard(
        kind="message",
        name=uri,
        author=did,
        author_name=str(author.get("displayName") or author.get("handle") or did),
        text=words_of(record, own_id),
        at=min((one for one in moments if one), default=None),
        answers=str(part(record, "reply", "parent").get("uri", "")),
        root=str(part(record, "reply", "root").get("uri", uri)),
        is_public=True,
        link=link_to(uri, str(author.get("handle", ""))),
        is_ours=did == own_id,
        pictures=tuple(_pictures(record, did)),
    )


def words_of(record: Json, own_id: str = "") -> str:
    """Its text with whole links, without our own name at its beginning, and what it points to."""
    raw, said, at = str(record.get("text") or "").encode(errors="replace"), "", 0
    for start, end, feature in sorted(_marks(record, len(raw)), key=lambda mark: mark[:2]):
        if start < at:
            continue
        said += raw[at:start].decode(errors="replace")
        shown = raw[start:end].decode(errors="replace")
        is_own = own_id != "" and feature.get("did") == own_id and not said.strip()
        said += "" if is_own else _whole(shown, str(feature.get("uri", "")))
        at = end
    said = (said + raw[at:].decode(errors="replace")).strip()
    return "\n\n".join([said, *(link for link in _linked(record) if link not in said)]).strip()


def _marks(record: Json, length: int) -> Iterator[tuple[int, int, Json]]:
    """From which byte to which one there is a link or a name."""
    for facet in parts(record, "facets"):
        index = part(facet, "index")
        start, end = index.get("byteStart"), index.get("byteEnd")
        if isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= length:
            yield from ((start, end, feature) for feature in parts(facet, "features")[:1])


def _whole(shown: str, uri: str) -> str:
    """A link that is cut for readers is written out; one behind words stands behind them."""
    if not uri or shown == uri:
        return shown
    return uri if shown.rstrip("….") in uri else f"{shown} ({uri})"


def _linked(record: Json) -> Iterator[str]:
    """The page of a card, the post that is quoted."""
    embed = part(record, "embed")
    if link := part(embed, "external").get("uri"):
        yield str(link)
    quoted = part(embed, "record", "record") or part(embed, "record")
    if found := QUOTED.fullmatch(str(quoted.get("uri"))):
        yield link_to(found[0])


def _pictures(record: Json, did: str) -> Iterator[Picture]:
    embed = part(record, "embed")
    media = part(embed, "media") or embed
    for one in [*parts(media, "images"), *parts(media, "items")]:
        if name := part(one, "image", "ref").get("$link"):
            yield Picture(f"{PICTURES}/{did}/{name}@jpeg", words=str(one.get("alt", "")))


@dataclass(frozen=True)
class Walk:
    """How far we have read: all until `seen`.

    Of a walk that is not over, `page` is where it goes on, `goal` where it may end, `top` the
    newest it met. `late` is when we last went deep enough for what comes in late.
    """

    seen: str = ""
    goal: str = ""
    top: str = ""
    page: str = ""
    late: str = ""

    @classmethod
    def of(cls, cursor: str) -> "Walk":
        """A cursor that is none of ours begins at the beginning."""
        try:
            told = json.loads(cursor or "{}")
            return cls(**{name: str(value) for name, value in told.items()})
        except (ValueError, TypeError, AttributeError):
            return cls()

    def begun(self) -> "Walk":
        """On its way; from the top where it was over."""
        if self.page:
            return self
        now, seen, late = clock.now(), moment_of(self.seen), moment_of(self.late)
        is_late = late is None or abs(now - late) >= LATE_EVERY
        goal = (seen - (LATE if is_late else OVERLAP)).isoformat() if seen else ""
        return replace(self, goal=goal, late=now.isoformat() if is_late else self.late)

    def after(self, items: list[Json], page: str) -> "Walk":
        """One page further down; over where what is below is known."""
        moments = [one for one in (moment_of(item.get("indexedAt")) for item in items) if one]
        top = max([*moments, *_known(self.top)], default=None)
        goal = moment_of(self.goal)
        # A page may be empty and still say how far down it ends.
        is_over = goal is not None and any(one < goal for one in [*moments, *_known(page)])
        newest = min(top, clock.now()).isoformat() if top else ""
        if page and page != self.page and not is_over:
            return replace(self, top=newest, page=page)
        return Walk(seen=max(newest, self.seen, key=_place_in_time), late=self.late)


def _known(text: str) -> list[datetime]:
    found = moment_of(text)
    return [found] if found else []


def _place_in_time(text: str) -> float:
    found = moment_of(text)
    return found.timestamp() if found else 0.0
