"""What YouTube's answers say: a comment, something said live, a refusal. Pure; asks nothing."""

import json
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from channels_app.connectors.contract import Heard, Inbound
from channels_app.connectors.errors import (
    AuthExpired,
    ConnectorError,
    RateLimited,
    TargetGone,
    Transient,
)
from channels_app.connectors.web import Told, problem_of, wait_of
from lifecycle import clock

Json = dict[str, Any]
Said = tuple[str, Inbound]  # with the moment it was said
PACIFIC = ZoneInfo("America/Los_Angeles")  # there the day of the quota ends
CHAT = "chat/"  # before the name of what was said in a live chat: comments can be asked for by name
DAILY = frozenset({"quotaExceeded", "dailyLimitExceeded"})
HASTY = frozenset({"rateLimitExceeded", "userRateLimitExceeded"})
SHUT = frozenset({"authenticatedUserAccountClosed", "authenticatedUserAccountSuspended"})
GONE = frozenset(
    {"commentsDisabled", "parentCommentNotFound", "parentCommentIsPrivate", "commentNotFound",
     "liveChatEnded", "liveChatDisabled", "liveChatNotFound"}
)  # fmt: skip
# Where the words stand of what is said live, and the name of what is taken back.
SPOKEN: Mapping[str, tuple[str, str]] = {
    "textMessageEvent": ("textMessageDetails", "messageText"),
    "superChatEvent": ("superChatDetails", "userComment"),
}
RETRACTED: Mapping[str, tuple[str, str]] = {
    "messageDeletedEvent": ("messageDeletedDetails", "deletedMessageId"),
    "messageRetractedEvent": ("messageRetractedDetails", "retractedMessageId"),
}


def says(told: Told) -> Json:
    """What an answer says; nothing where it is not an object."""
    return told.json if isinstance(told.json, dict) else {}


def problem(method: str, told: Told) -> ConnectorError:
    """What a refusal asks of us: by the reason that YouTube gives, its status says less.

    The answer to a comment that was removed is refused as a "processing failure".
    """
    error = says(told).get("error")
    named = (error.get("errors") or [{}])[0] if isinstance(error, dict) else {}
    reason = str(named.get("reason", ""))
    if reason in DAILY:
        return RateLimited(until_midnight())
    if reason in HASTY:
        return RateLimited(wait_of(told))
    if reason in SHUT:
        return AuthExpired(reason)
    if reason in GONE or (reason == "processingFailure" and method == "POST"):
        return TargetGone(reason)
    if reason == "processingFailure" and method != "GET":
        return Transient(reason)
    return problem_of(told, writes=method != "GET")


def until_midnight() -> float:
    """Seconds until the units of the next day are there."""
    now = clock.now().astimezone(PACIFIC)
    midnight = datetime.combine(now.date() + timedelta(days=1), time.min, tzinfo=PACIFIC)
    return midnight.timestamp() - now.timestamp()


def top(thread: Json) -> Json:
    """The comment a thread began with."""
    first: Json = thread["snippet"]["topLevelComment"]
    return first


def shown(thread: Json) -> list[Json]:
    """The replies that come with it: some, rarely all."""
    replies: list[Json] = (thread.get("replies") or {}).get("comments") or []
    return replies


def video_of(thread: Json) -> str:
    """Below which video it stands; "" for one about the channel."""
    return str(thread["snippet"].get("videoId") or "")


def comment(one: Json, thread: str, video: str) -> Said:
    """One comment; of which video it is stands in its thread alone."""
    if video:
        one["snippet"].setdefault("videoId", video)
    ref = {"comment": str(one["id"]), "parent": thread, "video": video}
    return one["snippet"]["publishedAt"], _event("message", ref["comment"], one, ref)


def spoken(one: Json) -> Said | None:
    """What was said in a chat or taken back; the rest of what happens there is left out."""
    at, ref = one["snippet"]["publishedAt"], {"chat": str(one["snippet"].get("liveChatId") or "")}
    if taken := taken_back(one):
        return at, _event("delete", taken, one, ref)
    if not said_live(one):
        return None
    return at, _event("message", f"{CHAT}{one['id']}", one, ref)


def _event(kind: str, name: str, one: Json, ref: Mapping[str, str]) -> Inbound:
    raw = json.dumps(one, ensure_ascii=False).encode()
    return Inbound(kind, name, sha256(words(one).encode()).hexdigest(), raw, ref)


def said_live(one: Json) -> bool:
    """Somebody has said something, in words."""
    return one["snippet"].get("type") in SPOKEN and bool(words(one))


def taken_back(one: Json) -> str:
    """The name of what is gone from a chat; "" where nothing is."""
    snippet = one["snippet"]
    if snippet.get("type") == "tombstone":
        return f"{CHAT}{one['id']}"
    details, name = RETRACTED.get(snippet.get("type"), ("", ""))
    gone = (snippet.get(details) or {}).get(name)
    return f"{CHAT}{gone}" if gone else ""


def words(one: Json) -> str:
    """As they were typed; plain, for so they are asked for."""
    snippet = one["snippet"]
    if snippet.get("type") in SPOKEN:
        details, name = SPOKEN[snippet["type"]]
        return str((snippet.get(details) or {}).get(name) or "")
    return str(snippet.get("textOriginal") or snippet.get("textDisplay") or "")


def author(one: Json) -> str:
    """The channel of who wrote it."""
    channel = one["snippet"].get("authorChannelId") or ""
    return str(channel.get("value") or "") if isinstance(channel, dict) else str(channel)


def author_name(one: Json) -> str:
    """As readers see it."""
    details: Json = one.get("authorDetails") or {}
    return str(details.get("displayName") or one["snippet"].get("authorDisplayName") or "")


def moment(one: Json) -> datetime:
    """When it was said."""
    return datetime.fromisoformat(one["snippet"]["publishedAt"])


def link(name: str, video: str) -> str:
    """Where everyone reads a comment; "" for one about the channel."""
    return f"https://www.youtube.com/watch?v={video}&lc={name}" if video else ""


def heard(one: Json, own_id: str) -> Heard:
    """A comment, something said live, or what of it was taken back, in the words of the city."""
    if gone := taken_back(one):
        return Heard("delete", gone, is_public=True)
    snippet = one["snippet"]
    is_live = snippet.get("type") in SPOKEN
    name = f"{CHAT}{one['id']}" if is_live else str(one["id"])
    parent = str(snippet.get("parentId") or "")
    is_changed = snippet.get("updatedAt", snippet["publishedAt"]) != snippet["publishedAt"]
    return Heard(
        "edit" if is_changed else "message",
        name,
        author=author(one),
        author_name=author_name(one),
        text=words(one),
        at=moment(one),
        answers=parent,
        root=parent or name,
        is_public=True,
        link="" if is_live else link(name, str(snippet.get("videoId") or "")),
        is_ours=bool(own_id) and author(one) == own_id,
    )
