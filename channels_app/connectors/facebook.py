"""A Facebook page: what people say below its posts, on its wall, and to it alone in Messenger."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from channels_app.connectors import meta_words as reading
from channels_app.connectors.contract import About, Caps, Heard, Inbound, Outbound, Picture, Sent
from channels_app.connectors.errors import Forbidden, TargetGone
from channels_app.connectors.meta import Edge
from channels_app.connectors.meta_inbox import WINDOW, Inbox
from channels_app.connectors.meta_words import Json, moment
from channels_app.connectors.web import part

LONGEST = 2000  # characters of a message; a comment takes more
KINDS = {"add": "message", "edited": "edit", "remove": "delete"}  # hidden or shown is our own doing
ITEMS = ("comment", "post", "status", "photo", "video", "share")  # who liked it is only counted
COMMENT = "id,message,from,created_time,parent,permalink_url,attachment"


@dataclass(frozen=True, kw_only=True)
class Facebook(Inbox):
    """One page, by its own token; `own_id` is the page."""

    caps: ClassVar = Caps(
        inbound="webhook", max_len=LONGEST, idempotent="reconcile", threads=True, edits=True,
        deletes=True, reply_window=WINDOW,
    )  # fmt: skip
    platform: ClassVar[str] = "messenger"
    proves: ClassVar[bool] = True
    start: ClassVar[Sequence[str]] = ("feed", "conversations")
    edges: ClassVar[Mapping[str, Edge]] = {
        "feed": Edge(
            "/{}/feed",
            "id,message,from,created_time,permalink_url,comments.limit(0).summary(true)",
            {"limit": "25"},
        ),
        "comments": Edge(
            "/{}/comments",
            COMMENT,
            {"filter": "stream", "order": "reverse_chronological", "limit": "100"},
        ),
        "conversations": Edge(
            "/{}/conversations", "id,updated_time", {"platform": "messenger"}, "updated_time"
        ),
        "messages": Edge("/{}/messages", "id,message,from,to,created_time"),
    }
    base: str = "https://graph.facebook.com/v26.0"

    def _about(self) -> About:
        me = self.read("/me", fields="id,name,username,followers_count")
        return About(
            str(me["id"]), str(me.get("username") or me["name"]), me.get("followers_count")
        )

    def edit(self, external_id: str, out: Outbound) -> Sent:
        """Other words for a comment or a post of ours; a message to a person stays as it is."""
        self.check(out)
        if not external_id.replace("_", "").isdecimal():
            raise Forbidden("a message can't be changed")
        self.change("POST", f"/{part(external_id)}", form={"message": out.text})
        return Sent((external_id,), _link(external_id), ref={"id": external_id})

    def counts_of(self, external_ids: Sequence[str]) -> Mapping[str, Mapping[str, int]]:
        """Likes of every kind, comments, and how often a post was shared."""
        counted = "reactions.limit(0).summary(total_count),comments.limit(0).summary(total_count)"
        found = {}
        for name in external_ids:
            is_post = name.startswith(f"{self.own_id}_")
            try:
                told = self.read(
                    f"/{part(name)}", fields=f"{counted},shares" if is_post else counted
                )
            except TargetGone:
                continue
            found[name] = {"likes": _total(told, "reactions"), "replies": _total(told, "comments")}
            if is_post:
                found[name]["shares"] = int((told.get("shares") or {}).get("count") or 0)
        return found

    @classmethod
    def hear(cls, kind: str, raw: bytes, *, own_id: str = "") -> Heard:
        """What a comment, a post, a message or a receipt says."""
        told = json.loads(raw)
        if "messaging" in told:
            return reading.heard_message(kind, told, own_id)
        if "message" in told:
            return reading.heard_listed(told, own_id)
        if "item" in told:
            return _heard_listed(told, own_id)
        return _heard_change(kind, told["changes"][0]["value"], own_id)

    def _say(self, out: Outbound) -> Sent:
        below = out.reply_to.get("id", "")
        path = f"/{part(below)}/comments" if below else f"/{part(self._me())}/feed"
        said = self.change("POST", path, form={"message": out.text, "fields": "id,permalink_url"})
        return _sent({**said, "id": self.made(said)}, out)

    def _said_below(self, out: Outbound) -> list[tuple[Sent, datetime, str]]:
        """Below what it answers, or what that one stands below; on the wall."""
        mine, ref = self._me(), out.reply_to
        places = dict.fromkeys(one for one in (ref.get("id"), ref.get("top")) if one)
        paths = [f"/{part(one)}/comments" for one in places] or [f"/{part(mine)}/feed"]
        order = {"order": "reverse_chronological"} if places else {}
        fields = "id,message,from,created_time,permalink_url"
        told = [
            one
            for path in paths
            for one in self.read(path, fields=fields, limit="100", **order).get("data") or []
            if str((one.get("from") or {}).get("id")) == mine
        ]
        return [
            (
                _sent(one, out),
                moment(one["created_time"]),
                str(one.get("message") or ""),
            )
            for one in told
        ]

    @classmethod
    def _below(cls, edge: str, item: Json, *, is_fresh: bool) -> str:
        if edge == "feed" and _total(item, "comments"):
            return "comments"
        return "messages" if edge == "conversations" and is_fresh else ""

    @classmethod
    def _seen(cls, edge: str, of: str, item: Json) -> Inbound | None:
        if edge == "conversations":
            return None
        if edge == "messages":
            return reading.listed_message(of, item)
        name, text = str(item["id"]), str(item.get("message") or "")
        raw = reading.raw_of({"item": item, "edge": edge, "of": of})
        ref = {"id": name}
        if edge == "comments":
            ref["top"] = str((item.get("parent") or {}).get("id") or name)
        return Inbound("message", name, reading.revision(text), raw, ref)

    @classmethod
    def _changed(cls, entry: Json, change: Json) -> list[Inbound]:
        value = change.get("value") or {}
        kind = KINDS.get(str(value.get("verb")))
        if change.get("field") != "feed" or value.get("item") not in ITEMS or kind is None:
            return []
        name = _name(value)
        told = "" if kind == "delete" else reading.revision(str(value.get("message") or ""))
        ref = {"id": name}
        if value["item"] == "comment":
            over = str(value.get("parent_id") or "")
            ref["top"] = name if over in ("", str(value.get("post_id"))) else over
        return [Inbound(kind, name, told, reading.raw_of(entry), ref)]

    @classmethod
    def _messaged(cls, entry: Json, one: Json) -> list[Inbound]:
        return reading.message_events(entry, one)


def _name(value: Json) -> str:
    """Of what a change is about."""
    return str(value["comment_id"] if value["item"] == "comment" else value["post_id"])


def _heard_change(kind: str, value: Json, own_id: str) -> Heard:
    """What everyone reads, as a call tells it."""
    author, name, root = value.get("from") or {}, _name(value), str(value.get("post_id") or "")
    who = str(author.get("id") or "")
    is_ours = bool(own_id) and who == own_id
    if kind == "delete":
        return Heard("delete", name, author=who, is_ours=is_ours)
    photo = value.get("photo") or (value.get("link") if value["item"] == "photo" else "")
    return Heard(
        "edit" if kind == "edit" else "message",
        name,
        author=who,
        author_name=str(author.get("name") or ""),
        text=str(value.get("message") or ""),
        at=moment(value["created_time"]),
        answers=str(value.get("parent_id") or "") if name != root else "",
        root=root or name,
        is_public=True,
        link=_link(name),
        is_ours=is_ours,
        pictures=(Picture(str(photo)),) if photo else (),
    )


def _heard_listed(told: Json, own_id: str) -> Heard:
    """What everyone reads, as a list shows it."""
    item, author = told["item"], told["item"].get("from") or {}
    who, name = str(author.get("id") or ""), str(item["id"])
    root = told["of"] if told["edge"] == "comments" else name
    photo = ((((item.get("attachment") or {}).get("media") or {}).get("image")) or {}).get("src")
    return Heard(
        "message",
        name,
        author=who,
        author_name=str(author.get("name") or ""),
        text=str(item.get("message") or ""),
        at=moment(item["created_time"]),
        answers=str((item.get("parent") or {}).get("id") or root) if name != root else "",
        root=root,
        is_public=True,
        link=str(item.get("permalink_url") or _link(name)),
        is_ours=bool(own_id) and who == own_id,
        pictures=(Picture(str(photo)),) if photo else (),
    )


def _sent(thing: Json, out: Outbound) -> Sent:
    """What we have written; below a comment it stands where that one's answers are."""
    name, over = str(thing["id"]), out.reply_to
    ref = {"id": name} | ({"top": over.get("top") or over["id"]} if over else {})
    return Sent((name,), str(thing.get("permalink_url") or _link(name)), ref=ref)


def _link(name: str) -> str:
    """Where Facebook shows what bears this name."""
    return f"https://www.facebook.com/{name}"


def _total(told: Json, what: str) -> int:
    return int(((told.get(what) or {}).get("summary") or {}).get("total_count") or 0)
