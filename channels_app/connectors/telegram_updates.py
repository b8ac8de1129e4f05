"""What an update of Telegram's Bot API says, read without asking anybody."""

import json
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Literal

from channels_app.connectors.contract import Heard, Inbound, Picture

Kind = Literal["message", "edit", "counts"]
Item = Mapping[str, Any]
# What we want to hear of, and what it is to us.
KINDS: Mapping[str, Kind] = {
    "message": "message",
    "edited_message": "edit",
    "message_reaction_count": "counts",
}
SAYS = frozenset(
    {"text", "caption", "photo", "location", "venue", "document", "video", "voice", "audio",
     "video_note", "animation", "sticker", "contact", "poll"}
)  # fmt: skip


def events_of(update: Item) -> tuple[Inbound, ...]:
    """One at most: nobody's are what machines say, what a chat says of itself, and greetings."""
    for name, kind in KINDS.items():
        item = update.get(name)
        if item and (kind == "counts" or _is_said(item, kind)):
            raw = json.dumps(item).encode()
            return (Inbound(kind, name_of(item), _revision(item, kind), raw, ref_of(item)),)
    return ()


def heard_in(kind: str, item: Item, own_id: str) -> Heard:
    """What such an event says. Raises ValueError, KeyError."""
    if kind == "counts":
        return Heard("counts", name_of(item), at=_moment(item["date"]), counts=_counts(item))
    if kind not in ("message", "edit"):
        raise ValueError(f"no {kind} here")
    author, author_name = _author(item)
    answers, root = _place(item)
    return Heard(
        "edit" if kind == "edit" else "message",
        name_of(item),
        author=author,
        author_name=author_name,
        text=_words(item, own_id),
        at=_moment(item.get("edit_date") or item["date"]),
        answers=answers,
        root=root,
        is_public=is_public(item),
        link=link_of(item),
        is_ours=bool(own_id) and author == own_id,
        pictures=_pictures(item),
    )


def name_of(item: Item) -> str:
    """The message's name among all chats."""
    return f"{item['chat']['id']}/{item['message_id']}"


def ref_of(item: Item) -> dict[str, str]:
    """What is needed to answer it."""
    return {
        "chat": str(item["chat"]["id"]),
        "message": str(item["message_id"]),
        "topic": str(item["message_thread_id"]) if item.get("is_topic_message") else "",
        "public": "1" if is_public(item) else "",
    }


def is_public(item: Item) -> bool:
    """A chat with a name of its own is found and read by everyone."""
    chat = item["chat"]
    return chat.get("type") != "private" and bool(chat.get("username"))


def link_of(item: Item) -> str:
    """Where everyone reads it; "" where not everyone does."""
    if not is_public(item):
        return ""
    return f"https://t.me/{item['chat']['username']}/{item['message_id']}"


def _is_said(message: Item, kind: Kind) -> bool:
    """By a person, to us."""
    if message.get("is_automatic_forward") or not SAYS & message.keys():
        return False
    if message.get("from", {}).get("is_bot") and "sender_chat" not in message:
        return False
    if kind == "edit" and "live_period" in message.get("location", {}):
        return False  # somebody walks about: one event every few seconds
    return str(message.get("text", "")).split("@")[0].split(" ")[0] != "/start"


def _revision(item: Item, kind: Kind) -> str:
    """Its words and when it got them: who changes them back has changed them again."""
    said = _counts(item) if kind == "counts" else [_words(item, ""), item.get("edit_date", "")]
    return sha256(json.dumps(said).encode()).hexdigest()


def _place(message: Item) -> tuple[str, str]:
    """What it stands directly below, and what the conversation began with."""
    chat, parent = message["chat"]["id"], message.get("reply_to_message") or {}
    if "forum_topic_created" in parent:  # every message of a topic stands below its beginning
        parent = {}
    answers = f"{chat}/{parent['message_id']}" if parent else ""
    thread = "" if message.get("is_topic_message") else message.get("message_thread_id", "")
    root = f"{chat}/{thread}" if thread else answers or name_of(message)
    origin = parent.get("forward_origin", {})
    if parent.get("is_automatic_forward") and origin.get("type") == "channel":
        # A comment stands below the copy that its group got of the channel's post.
        answers = f"{origin['chat']['id']}/{origin['message_id']}"
    return answers, root


def _author(message: Item) -> tuple[str, str]:
    """Who speaks: a person, or a chat in whose name somebody does."""
    if chat := message.get("sender_chat"):
        return str(chat["id"]), str(chat.get("title", ""))
    who = message.get("from", {})
    names = (who.get("first_name", ""), who.get("last_name", ""))
    return str(who.get("id", "")), " ".join(filter(None, names))


def _words(message: Item, own_id: str) -> str:
    """Without our name before them; a place is told in figures, a file by its name."""
    said = str(message.get("text") or message.get("caption") or "")
    marks = message.get("entities") or message.get("caption_entities") or ()
    first = next((one for one in marks if one["offset"] == 0 and _is_us(said, one, own_id)), None)
    if first:
        said = _after(said, first["length"]).lstrip(" ,:\n")
    if said:
        return said.strip()
    venue, place = message.get("venue", {}), message.get("location", {})
    where = f"{place['latitude']}, {place['longitude']}" if place else ""
    told = (venue.get("title"), venue.get("address"), where)
    return "\n".join(filter(None, told)) or str(message.get("document", {}).get("file_name", ""))


def _is_us(said: str, mark: Item, own_id: str) -> bool:
    """A bot hears of no other bot's name before words, and each bot's name ends so."""
    if mark["type"] == "text_mention":
        return bool(own_id) and str(mark.get("user", {}).get("id")) == own_id
    name = said[: mark["length"]]
    return bool(mark["type"] == "mention" and name.lower().endswith("bot"))


def _after(said: str, units: int) -> str:
    """What comes behind so many UTF-16 units."""
    return said.encode("utf-16-le", "surrogatepass")[units * 2 :].decode("utf-16-le", "replace")


def _pictures(message: Item) -> tuple[Picture, ...]:
    """The largest of its sizes; its address is the network's own, and asks for a sign-in."""
    sizes = message.get("photo") or ()
    largest = max(sizes, key=lambda one: one["width"] * one["height"], default=None)
    return (Picture(f"telegram:{largest['file_id']}"),) if largest else ()


def _counts(item: Item) -> dict[str, int]:
    """How many of each sign."""
    found: Counter[str] = Counter()
    for one in item["reactions"]:
        found[one["type"].get("emoji") or one["type"]["type"]] += one["total_count"]
    return dict(found)


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
