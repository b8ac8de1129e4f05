"""What is said to an account of Meta alone (Messenger, Instagram); and moments, and bytes."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from channels_app.connectors.contract import Heard, Inbound, Picture, Ref

Json = dict[str, Any]


def moment(told: str | float) -> datetime:
    """As they write one: ISO 8601, or seconds or milliseconds since 1970."""
    try:
        number = float(told)
    except ValueError:
        return datetime.fromisoformat(str(told))
    return datetime.fromtimestamp(number / 1000 if number > 1e11 else number, UTC)


def revision(text: str) -> str:
    """Of these words."""
    return sha256(text.encode()).hexdigest()


def raw_of(told: Mapping[str, Any]) -> bytes:
    """As it is kept."""
    return json.dumps(told, ensure_ascii=False).encode()


def message_events(entry: Json, one: Json) -> list[Inbound]:
    """The events in one thing that was said to us alone; typing, seen and buttons are none.

    `ref`: the person, and when they wrote: it may be answered for a while only.
    """
    raw = raw_of(entry)
    if told := one.get("message"):
        kind = "delete" if str(told.get("is_deleted", "")).lower() == "true" else "message"
        told_now = "" if kind == "delete" else revision(str(told.get("text") or ""))
        return [Inbound(kind, str(told["mid"]), told_now, raw, _ref(entry, one))]
    if told := one.get("message_edit"):
        version = str(told.get("num_edit") or revision(str(told.get("text") or "")))
        return [Inbound("edit", str(told["mid"]), version, raw, _ref(entry, one))]
    mids = (one.get("delivery") or {}).get("mids") or []
    return [Inbound("receipt", str(mid), "arrived", raw_of({**entry, "mid": mid})) for mid in mids]


def heard_message(kind: str, entry: Json, own_id: str) -> Heard:
    """What it says; the conversation is named after the other person."""
    one = entry["messaging"][0]
    if kind == "receipt":
        return Heard("receipt", str(entry["mid"]), counts={"arrived": 1})
    told = one.get("message") or one["message_edit"]
    author, name = str(one["sender"]["id"]), str(told["mid"])
    is_ours = bool(told.get("is_echo")) or (bool(own_id) and author == own_id)
    if kind == "delete":
        return Heard("delete", name, author=author, is_ours=is_ours)
    return Heard(
        "edit" if kind == "edit" else "message",
        name,
        author=author,
        text=str(told.get("text") or ""),
        at=moment(one["timestamp"]),
        answers=str((told.get("reply_to") or {}).get("mid") or ""),
        root=_other(entry, one),
        is_ours=is_ours,
        pictures=tuple(
            Picture(str(each["payload"]["url"]))
            for each in told.get("attachments") or []
            if each.get("type") == "image" and (each.get("payload") or {}).get("url")
        ),
    )


def listed_message(of: str, item: Json) -> Inbound | None:
    """A message of a list of them, by the name that a call would give it."""
    people = [item.get("from") or {}, *((item.get("to") or {}).get("data") or [])]
    ref = {"to": str(people[0].get("id", "")), "at": _seconds(item["created_time"])}
    name, text = str(item["id"]), str(item.get("message") or "")
    return Inbound("message", name, revision(text), raw_of({"message": item, "of": of}), ref)


def heard_listed(told: Json, own_id: str) -> Heard:
    """What a message of a list says."""
    item = told["message"]
    author, to = item.get("from") or {}, ((item.get("to") or {}).get("data") or [{}])[0]
    is_ours = bool(own_id) and str(author.get("id")) == own_id
    other = to if is_ours else author
    return Heard(
        "message",
        str(item["id"]),
        author=str(author.get("id", "")),
        author_name=str(author.get("name") or author.get("username") or ""),
        text=str(item.get("message") or ""),
        at=moment(item["created_time"]),
        root=str(other.get("id", "")),
        is_ours=is_ours,
    )


def _ref(entry: Json, one: Json) -> Ref:
    return {"to": _other(entry, one), "at": _seconds(one["timestamp"])}


def _seconds(told: str | float) -> str:
    """Since 1970."""
    return str(int(moment(told).timestamp()))


def _other(entry: Json, one: Json) -> str:
    """The person who is not us."""
    sender, to = str(one["sender"]["id"]), str(one["recipient"]["id"])
    return to if sender == str(entry["id"]) else sender
