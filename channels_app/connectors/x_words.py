"""What X says, in whichever of its three shapes: a post of version 2, one of 1.1, a message."""

import html
import json
import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from channels_app.connectors.contract import Heard, Inbound, Picture
from channels_app.connectors.errors import AuthExpired, BadSignature, ConnectorError, RateLimited
from channels_app.connectors.statuses import seconds_to_wait
from channels_app.connectors.web import Told, problem_of

Json = dict[str, Any]
PRIVATE = "dm/"  # before the id of a message, so that no post bears its name
DELETED = "tweet_delete_events"
# Nothing is wrong with the words: our app may not, or our account may not.
OURS = ("client-forbidden", "client-not-enrolled", "oauth1-permissions", "your account is")
NO_CREDITS = 402
DAILY = ("x-user-limit-24hour", "x-app-limit-24hour")
LEADING = re.compile(r"@(\w{1,15})(?:\s+|$)")
SCHEME = re.compile(r"https?://(?:www\.)?")


def problem(told: Told, *, writes: bool) -> ConnectorError:
    """What a refusal asks of us."""
    text = told.body.decode(errors="replace")
    is_about_us = told.status == 403 and any(one in text.lower() for one in OURS)
    if told.status == NO_CREDITS or is_about_us:
        return AuthExpired(f"{told.status} {text}"[:200])
    if told.status == 429:
        spent = [name for name in DAILY if told.headers.get(f"{name}-remaining") == "0"]
        until = [told.headers.get(f"{name}-reset", "") for name in spent]
        if any(until):
            return RateLimited(max(seconds_to_wait(one) for one in until))
    return problem_of(told, writes=writes)


def whose(body: bytes) -> str:
    """The account that a call is about; "" where it does not say. Raises BadSignature."""
    try:
        call = json.loads(body)
        told = call.get("data") or {}
        return str(call.get("for_user_id") or (told.get("filter") or {}).get("user_id") or "")
    except (ValueError, AttributeError) as fault:
        raise BadSignature("not a call of X") from fault


def unpacked(body: bytes) -> Json:
    """A call in the form of Account Activity; what X Activity wraps is unwrapped."""
    call: Json = json.loads(body)
    told = call.get("data")
    if not isinstance(told, dict) or "event_type" not in told:
        return call
    said: Json = {"for_user_id": (told.get("filter") or {}).get("user_id")}
    payload, kind = told.get("payload") or {}, str(told["event_type"])
    if kind == "post.delete":
        gone = {"id": payload["id"], "user_id": payload.get("author_id", "")}
        said[DELETED] = [{"status": gone}]
    elif kind.startswith("post."):
        said |= {"data": payload, "includes": told.get("includes") or {}}
    elif kind in ("dm.received", "dm.sent"):
        said |= payload
    return said


def post_event(call: Json) -> Inbound | None:
    """One post; None for a repost, which says nothing of its own.

    `ref`: the post, and its author, to whom one may also write in private.
    """
    post = call.get("data") or as_v2(call["tweet_create_events"][0])
    if any(one["type"] == "retweeted" for one in _referenced(post)):
        return None
    name, this = first(post), str(post["id"])
    ref = {"id": this, "to": str(post["author_id"])}
    return Inbound("message" if name == this else "edit", name, this, raw_of(call), ref)


def message_event(one: Json, call: Json) -> Inbound | None:
    """One message to a person; None for what is no message. `ref`: that person."""
    if one.get("type") != "message_create":
        return None
    known = {person: call.get("users", {}).get(person) for person in _people(one)}
    kept = {"direct_message_events": [one], "users": known}
    other = next((one for one in _people(one) if one != str(call.get("for_user_id"))), "")
    name = f"{PRIVATE}{one['id']}"
    return Inbound("message", name, str(one["id"]), raw_of(kept), {"to": other})


def heard_post(kind: str, call: Json, own_id: str) -> Heard:
    """What a post says."""
    post = call.get("data") or as_v2(call["tweet_create_events"][0])
    author = str(post["author_id"])
    includes = call.get("includes") or post.get("includes") or {}
    users = [one.get("data", one) for one in includes.get("users", [])]
    user: Json = next((one for one in users if str(one["id"]) == author), {})
    handle, this = str(user.get("username") or ""), str(post["id"])
    return Heard(
        "edit" if kind == "edit" else "message",
        first(post),
        author=author,
        author_name=str(user.get("name") or handle),
        text=_without(words(post), _handles(post, own_id)),
        at=moment(str(post["created_at"])) if post.get("created_at") else None,
        answers=parent(post),
        root=str(post.get("conversation_id") or parent(post) or first(post)),
        is_public=not user.get("protected", False),
        link=f"https://x.com/{handle or 'i'}/status/{this}",
        is_ours=bool(own_id) and author == own_id,
        pictures=tuple(_pictures(includes.get("media", []))),
    )


def heard_message(call: Json, own_id: str) -> Heard:
    """What a message to a person says; the conversation is named after the other one.

    X Activity wraps a person once more.
    """
    one = call["direct_message_events"][0]
    made, at = one["message_create"], int(one["created_timestamp"]) / 1000
    author = str(made["sender_id"])
    user = (call.get("users") or {}).get(author) or {}
    user = user.get("data", user)
    return Heard(
        "message",
        f"{PRIVATE}{one['id']}",
        author=author,
        author_name=str(user.get("name") or ""),
        text=words(made["message_data"]),
        at=datetime.fromtimestamp(at, UTC),
        root=next((person for person in _people(one) if person != own_id), author),
        is_ours=bool(own_id) and author == own_id,
    )


def included(post: Json, page: Json) -> Json:
    """Of what came with a page, what belongs to this post."""
    keys = (post.get("attachments") or {}).get("media_keys", [])
    there = page.get("includes") or {}
    users = [one for one in there.get("users", []) if one["id"] == post["author_id"]]
    media = [one for one in there.get("media", []) if one["media_key"] in keys]
    return {"users": users, "media": media}


def as_v2(tweet: Json) -> Json:
    """A post of 1.1, as Account Activity tells it, in the words of version 2."""
    long = tweet.get("extended_tweet") or {}
    entities = long.get("entities") or tweet.get("entities") or {}
    media = (tweet.get("extended_entities") or long.get("extended_entities") or entities).get(
        "media", []
    )
    user, below = tweet["user"], tweet.get("in_reply_to_status_id_str")
    versions = (tweet.get("edit_history") or {}).get("edit_tweet_ids")
    post = {
        "id": tweet["id_str"],
        "text": long.get("full_text") or tweet.get("full_text") or tweet["text"],
        "author_id": user["id_str"],
        "created_at": _written(tweet["created_at"]),
        "edit_history_tweet_ids": versions or [tweet["id_str"]],
        "entities": {
            "mentions": [
                {"username": one["screen_name"], "id": one["id_str"]}
                for one in entities.get("user_mentions", [])
            ],
            "urls": [*entities.get("urls", []), *({"url": one["url"]} for one in media)],
        },
        "referenced_tweets": [{"type": "replied_to", "id": below}] if below else [],
        "includes": {
            "users": [{**user, "id": user["id_str"], "username": user["screen_name"]}],
            "media": [
                {"type": one["type"], "url": one["media_url_https"],
                 "alt_text": one.get("ext_alt_text")}
                for one in media
            ],
        },
    }  # fmt: skip
    if "retweeted_status" in tweet:
        post["referenced_tweets"].append({"type": "retweeted"})
    return post


def first(post: Json) -> str:
    """The id of its first version: its name for ever."""
    return str((post.get("edit_history_tweet_ids") or [post["id"]])[0])


def parent(post: Json) -> str:
    """What it stands directly below."""
    below = [one["id"] for one in _referenced(post) if one["type"] == "replied_to"]
    return str(next(iter(below), "") or post.get("in_reply_to_tweet_id") or "")


def words(post: Json) -> str:
    """The whole of it, as people read it: links as they were typed, nothing that marks pictures."""
    long = post.get("note_tweet") or {}
    text = str(long.get("text") or post.get("text") or "")
    for one in (long.get("entities") or post.get("entities") or {}).get("urls") or []:
        is_picture = "media_key" in one or not one.get("expanded_url")
        text = text.replace(one["url"], "" if is_picture else one["expanded_url"])
    return html.unescape(text).strip()


def bare(text: str) -> str:
    """What two copies of the same words have in common, whatever X made of them."""
    while found := LEADING.match(text):
        text = text[found.end() :]
    text = SCHEME.sub("", unicodedata.normalize("NFC", text))
    return " ".join(word.rstrip("/") for word in text.split())


def moment(told: str) -> datetime:
    """As version 2 writes it."""
    return datetime.fromisoformat(told)


def _written(told: str) -> str:
    """A moment of 1.1, in the words of version 2."""
    return datetime.strptime(told, "%a %b %d %H:%M:%S %z %Y").isoformat()


def raw_of(call: Mapping[str, Any]) -> bytes:
    """As it is kept."""
    return json.dumps(call, ensure_ascii=False).encode()


def _referenced(post: Json) -> list[Json]:
    return list(post.get("referenced_tweets") or [])


def _people(one: Json) -> tuple[str, str]:
    """Who wrote, and to whom."""
    made = one["message_create"]
    return str(made["sender_id"]), str(made["target"]["recipient_id"])


def _handles(post: Json, own_id: str) -> frozenset[str]:
    """How it names us."""
    told = (post.get("note_tweet") or {}).get("entities") or post.get("entities") or {}
    mentions = [
        *(told.get("mentions") or []),
        *((post.get("entities") or {}).get("mentions") or []),
    ]
    ours = (one for one in mentions if own_id and str(one.get("id")) == own_id)
    return frozenset(str(one["username"]).lower() for one in ours)


def _without(text: str, handles: frozenset[str]) -> str:
    """Without these names, where it begins with them."""
    others = ""
    while found := LEADING.match(text):
        others += "" if found[1].lower() in handles else found[0]
        text = text[found.end() :]
    return others + text


def _pictures(media: list[Json]) -> list[Picture]:
    """Those that can be fetched; of a film its first picture."""
    urls = [(one.get("url") or one.get("preview_image_url"), one) for one in media]
    return [Picture(str(url), words=str(one.get("alt_text") or "")) for url, one in urls if url]
