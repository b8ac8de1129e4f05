"""What Matrix calls an event, read without asking anybody: written by strangers' programs, so that
nothing in it need be what the specification says (client-server API v1.18).
"""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from html import unescape
from typing import Any, Literal
from urllib.parse import quote, unquote

from channels_app.connectors.contract import Heard, Inbound, Picture

SPOKEN, REDACTION, MEMBER = "m.room.message", "m.room.redaction", "m.room.member"
WANTED = [SPOKEN, REDACTION, MEMBER]
LAST_MOMENT = 4_102_444_800_000  # milliseconds; no honest clock says more (2100)
MENTION = re.compile(
    r'\s*(?:<p>\s*)?<a [^>]*?href="https://matrix\.to/#/([^"?]+)[^>]*>(.*?)</a>', re.DOTALL
)
QUOTED = re.compile(r"(?:> ?[^\n]*(?:\n|\Z))+\n?")
OLD_QUOTE = re.compile(r"\s*<mx-reply>.*?</mx-reply>", re.DOTALL)
TAG = re.compile(r"<[^>]*>")
Event = dict[str, Any]
Kind = Literal["message", "edit", "delete"]


def within(event: Mapping[str, Any], *names: str) -> Event:
    """The object under these names; an empty one where there is none."""
    for name in names:
        found = event.get(name) if isinstance(event, Mapping) else None
        event = found if isinstance(found, dict) else {}
    return dict(event)


def text_in(event: Mapping[str, Any], name: str) -> str:
    """The text under this name, as a database takes it; "" where there is none."""
    found = event.get(name)
    if not isinstance(found, str):
        return ""
    return found.replace("\0", "").encode(errors="replace").decode()


def kind_of(event: Event) -> Kind | None:
    """What it is to us; None for what says nothing, or was written by a machine."""
    content = within(event, "content")
    if event.get("type") == REDACTION:
        return "delete" if subject_of(event) else None
    if event.get("type") != SPOKEN or not text_in(event, "event_id"):
        return None
    if within(content, "m.relates_to").get("rel_type") == "m.replace":
        return "edit" if subject_of(event) and within(content, "m.new_content") else None
    # Programs say m.notice, and no program answers it: so two never talk without an end.
    is_said = text_in(content, "body") and content.get("msgtype") != "m.notice"
    return "message" if is_said else None


def subject_of(event: Event) -> str:
    """The event that it is about: what it redacts or replaces, else itself."""
    content = within(event, "content")
    if event.get("type") == REDACTION:  # at the top before version 11 of rooms
        return text_in(content, "redacts") or text_in(event, "redacts")
    relation = within(content, "m.relates_to")
    if relation.get("rel_type") == "m.replace":
        return text_in(relation, "event_id")
    return text_in(event, "event_id")


def place_of(event: Event) -> tuple[str, str]:
    """What it stands directly below, and the root of its thread.

    Itself is the root where a thread may begin at it; "" where none may: below a plain reply.
    """
    relation = within(event, "content", "m.relates_to")
    answers = text_in(within(relation, "m.in_reply_to"), "event_id")
    if relation.get("rel_type") == "m.thread":
        root = text_in(relation, "event_id")
        return (root if relation.get("is_falling_back") or not answers else answers), root
    return answers, "" if relation else text_in(event, "event_id")


def moment_of(event: Event) -> int:
    """Milliseconds since 1970, as its author's server says."""
    told = event.get("origin_server_ts")
    return min(max(told, 0), LAST_MOMENT) if isinstance(told, int) else 0


def is_arrival(event: Event, me: str) -> bool:
    """Here we were asked in, or came in unasked."""
    now, before = _membership(event, me)
    return now == "invite" or (now == "join" and before not in ("invite", "join"))


def is_entry(event: Event, me: str) -> bool:
    """Here we came in because we were asked: what was said since then may be long known there."""
    return _membership(event, me) == ("join", "invite")


def _membership(event: Event, me: str) -> tuple[Any, Any]:
    """What it makes of us there, and what we were before."""
    if event.get("type") != MEMBER or event.get("state_key") != me:
        return None, None
    before = within(event, "unsigned", "prev_content").get("membership")
    return within(event, "content").get("membership"), before


def is_redacted(event: Event) -> bool:
    """Only its shell is left."""
    return bool(within(event, "unsigned", "redacted_because")) or not within(event, "content")


def name_of(room: str, event: str) -> str:
    """An event's name among all rooms; "" for none."""
    return f"{room}/{event}" if event else ""


def parts_of(name: str) -> tuple[str, str]:
    """Its room and what it is called there."""
    room, _at, event = name.partition("/$")
    return room, f"${event}"


def link_of(room: str, event: str, who: str) -> str:
    """Where everyone finds it: by the server of somebody who is in that room."""
    link = f"https://matrix.to/#/{quote(room, safe='')}/{quote(event, safe='')}"
    server = who.partition(":")[2]
    return f"{link}?via={quote(server, safe='')}" if server else link


def digest(words: str) -> str:
    """A name for these words."""
    return sha256(words.encode()).hexdigest()


def as_inbound(room: str, event: Event, kind: Kind, *, rule: str, author_name: str) -> Inbound:
    """As it came, with what it does not say itself: its room, who may join it, who speaks."""
    told = {"room": room, "join_rule": rule, "author_name": author_name, "event": event}
    name = text_in(event, "event_id")
    ref = {
        "room": room,
        "event": subject_of(event),
        "root": place_of(event)[1] if kind == "message" else "",
        "author": text_in(event, "sender"),
        "public": "1" if rule == "public" else "",
    }
    revision = digest(text_in(within(event, "content"), "body")) if kind == "message" else name
    return Inbound(kind, name_of(room, subject_of(event)), revision, json.dumps(told).encode(), ref)


def heard_in(kind: str, raw: bytes, own_id: str) -> Heard:
    """What `as_inbound` kept says. Raises ValueError."""
    told = json.loads(raw)
    event, room = told["event"], told["room"]
    said, content = kind_of(event), within(event, "content")
    if said is None or said != kind:
        raise ValueError(f"this is no {kind}")
    words = within(content, "m.new_content") if said == "edit" else content
    answers, root = place_of(event) if said == "message" else ("", "")
    author, is_public = text_in(event, "sender"), told["join_rule"] == "public"
    return Heard(
        said,
        name_of(room, subject_of(event)),
        author=author,
        author_name=told["author_name"] or author.removeprefix("@").partition(":")[0],
        text=_words(words, own_id, is_reply=bool(within(content, "m.relates_to"))),
        at=datetime.fromtimestamp(moment_of(event) / 1000, UTC),
        answers=name_of(room, answers),
        root=name_of(room, root or answers),
        is_public=is_public,
        link=link_of(room, subject_of(event), author) if is_public else "",
        is_ours=bool(own_id) and author == own_id,
        pictures=_pictures(words),
    )


def _words(content: Event, own_id: str, *, is_reply: bool) -> str:
    """Without what it quotes and without our name before it; a picture's file name is no word."""
    body, page = text_in(content, "body"), text_in(content, "formatted_body")
    if content.get("msgtype") == "m.image" and text_in(content, "filename") in ("", body):
        return ""
    if is_reply:  # programs of before version 1.13 repeat there what they answer
        body = QUOTED.sub("", body, count=1) if body.startswith("> ") else body
    found = MENTION.match(OLD_QUOTE.sub("", page, count=1))
    linked = unescape(TAG.sub("", found[2])) if found and unquote(found[1]) == own_id else ""
    for name in (linked, own_id, own_id.partition(":")[0]):
        rest = body.removeprefix(name)
        if name and rest != body and rest[:1] in ("", " ", ":", ",", "\n"):
            return rest.lstrip(" :,\n").rstrip()
    return body.strip()


def _pictures(content: Event) -> tuple[Picture, ...]:
    """At most one; its address is the network's own, and asks for a sign-in."""
    url = text_in(content, "url")
    if content.get("msgtype") != "m.image" or not url.startswith("mxc://"):
        return ()
    kind = text_in(within(content, "info"), "mimetype") or "image/jpeg"
    return (Picture(url, kind=kind),)
