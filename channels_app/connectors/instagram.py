"""An Instagram account: what people say below its pictures, and to it alone.

Its interface knows no post without a picture, and no account that names us elsewhere: a mention
tells only where it is. An answer to an answer stands below the comment that began it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from channels_app.connectors import meta_words as reading
from channels_app.connectors.contract import About, Caps, Heard, Inbound, Outbound, Sent
from channels_app.connectors.errors import Forbidden, TargetGone
from channels_app.connectors.meta import Edge
from channels_app.connectors.meta_inbox import WINDOW, Inbox
from channels_app.connectors.meta_words import Json, moment
from channels_app.connectors.web import part

LONGEST = 1000  # bytes of a message; a comment takes more
FIELDS = ("comments", "live_comments")
COMMENT = "id,text,timestamp,from,username,parent_id,media"


@dataclass(frozen=True, kw_only=True)
class Instagram(Inbox):
    """One professional account, by its own token; `own_id` is what Meta's calls name it by."""

    caps: ClassVar = Caps(
        inbound="webhook", max_len=LONGEST, unit="bytes", idempotent="reconcile", threads=True,
        deletes=True, reply_window=WINDOW,
    )  # fmt: skip
    platform: ClassVar[str] = "instagram"
    renewal: ClassVar[str] = "ig_refresh_token"
    start: ClassVar[Sequence[str]] = ("media", "conversations")
    edges: ClassVar[Mapping[str, Edge]] = {
        "media": Edge("/{}/media", "id,timestamp,comments_count", {"limit": "25"}, "timestamp"),
        "comments": Edge("/{}/comments", COMMENT, {"limit": "50"}, "timestamp"),
        "replies": Edge("/{}/replies", COMMENT, {"limit": "50"}, "timestamp"),
        "conversations": Edge(
            "/{}/conversations", "id,updated_time", {"platform": "instagram"}, "updated_time"
        ),
        "messages": Edge("/{}/messages", "id,message,from,to,created_time", {"limit": "20"}),
    }
    base: str = "https://graph.instagram.com/v26.0"

    def _about(self) -> About:
        me = self.read("/me", fields="user_id,username,followers_count")
        return About(str(me["user_id"]), str(me["username"]), me.get("followers_count"))

    def check(self, out: Outbound) -> None:
        """As in every inbox; and nothing stands there without a picture."""
        super().check(out)
        if out.visibility == "public" and not out.reply_to:
            raise Forbidden("Instagram takes no post without a picture")

    def counts_of(self, external_ids: Sequence[str]) -> Mapping[str, Mapping[str, int]]:
        """Likes of our comments."""
        found = {}
        for name in external_ids:
            try:
                told = self.read(f"/{part(name)}", fields="like_count")
            except TargetGone:
                continue
            found[name] = {"likes": int(told.get("like_count") or 0)}
        return found

    @classmethod
    def hear(cls, kind: str, raw: bytes, *, own_id: str = "") -> Heard:
        """What a comment or a message says."""
        told = json.loads(raw)
        if "messaging" in told:
            return reading.heard_message(kind, told, own_id)
        if "message" in told:
            return reading.heard_listed(told, own_id)
        if "item" in told:
            return _heard(told["item"], told["item"]["timestamp"], own_id)
        return _heard(told["changes"][0]["value"], told["time"], own_id)

    def _say(self, out: Outbound) -> Sent:
        path = f"/{part(out.reply_to['id'])}/replies"
        said = self.change("POST", path, form={"message": out.text})
        return _sent(self.made(said), out)

    def _said_below(self, out: Outbound) -> list[tuple[Sent, datetime, str]]:
        mine, top = self._me(), out.reply_to.get("top") or out.reply_to["id"]
        told = self.read(f"/{part(top)}/replies", fields=COMMENT, limit="50")
        ours = [one for one in told.get("data") or [] if _author(one) == mine]
        return [
            (_sent(str(one["id"]), out), moment(one["timestamp"]), str(one.get("text") or ""))
            for one in ours
        ]

    @classmethod
    def _below(cls, edge: str, item: Json, *, is_fresh: bool) -> str:
        if edge == "media" and item.get("comments_count"):
            return "comments"
        if edge == "comments" and is_fresh:
            return "replies"
        return "messages" if edge == "conversations" and is_fresh else ""

    @classmethod
    def _seen(cls, edge: str, of: str, item: Json) -> Inbound | None:
        if edge == "messages":
            return reading.listed_message(of, item)
        if edge not in ("comments", "replies"):
            return None
        return _event(item, reading.raw_of({"item": item}))

    @classmethod
    def _changed(cls, entry: Json, change: Json) -> list[Inbound]:
        if change.get("field") not in FIELDS:
            return []
        values = change["value"] if isinstance(change["value"], list) else [change["value"]]
        return [
            _event(one, reading.raw_of({**entry, "changes": [{**change, "value": one}]}))
            for one in values
        ]

    @classmethod
    def _messaged(cls, entry: Json, one: Json) -> list[Inbound]:
        return reading.message_events(entry, one)


def _event(comment: Json, raw: bytes) -> Inbound:
    """A comment; `ref` is it, and what it stands below: there its answers are."""
    name = str(comment["id"])
    ref = {"id": name, "top": str(comment.get("parent_id") or name)}
    return Inbound("message", name, reading.revision(str(comment.get("text") or "")), raw, ref)


def _heard(comment: Json, at: str | float, own_id: str) -> Heard:
    """What a comment says; the conversation began with the picture."""
    name, over = str(comment["id"]), str(comment.get("parent_id") or "")
    media = str((comment.get("media") or {}).get("id") or "")
    author = _author(comment)
    handle = str((comment.get("from") or {}).get("username") or comment.get("username") or "")
    return Heard(
        "message",
        name,
        author=author,
        author_name=handle,
        text=str(comment.get("text") or ""),
        at=moment(at),
        answers=over or media,
        root=media or over or name,
        is_public=True,
        is_ours=bool(own_id) and author == own_id,
    )


def _author(comment: Json) -> str:
    return str((comment.get("from") or {}).get("id") or "")


def _sent(name: str, out: Outbound) -> Sent:
    """It stands below the comment that began it, whatever it answers there."""
    return Sent((name,), ref={"id": name, "top": out.reply_to.get("top") or out.reply_to["id"]})
