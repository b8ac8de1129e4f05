"""Threads: what people say below the city's posts, and where they name it.

Everyone reads everything there. A post is laid down first and shown then: until it is shown nobody
sees it, whatever becomes of us. Graph tells an author's name and no more, so the name is the id.
"""

import json
import re
import time
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from channels_app.connectors import meta_words as reading
from channels_app.connectors.contract import About, Caps, Heard, Inbound, Outbound, Picture, Sent
from channels_app.connectors.errors import (
    ConnectorError,
    ContentRejected,
    Forbidden,
    OutcomeUnknown,
    RateLimited,
    TargetGone,
    Transient,
)
from channels_app.connectors.lengths import GRAPHEME
from channels_app.connectors.meta import Edge, Meta
from channels_app.connectors.meta_words import Json, moment
from channels_app.connectors.web import part

LONGEST = 500  # characters
LEADING = re.compile(r"@([\w.]+)(?:\s+|$)")
PAUSES = (1.0, 2.0, 4.0, 8.0)  # seconds between looks at what was laid down
FULL = 3600.0  # seconds to wait where a day's number is used up; the day moves on meanwhile
FIELDS = ("replies", "mentions")  # what we publish and remove ourselves we know
POST = (
    "id,text,timestamp,username,permalink,media_type,media_url,alt_text,is_reply,"
    "is_reply_owned_by_me,replied_to,root_post"
)
OWN = "id,timestamp,has_replies"
REACTIONS = ("likes", "replies", "reposts", "quotes", "shares")


@dataclass(frozen=True, kw_only=True)
class Threads(Meta):
    """One profile, by its own token; `own_id` is its name. `pause` waits for so many seconds."""

    caps: ClassVar = Caps(
        inbound="webhook", max_len=LONGEST, idempotent="reconcile", threads=True, deletes=True
    )
    renewal: ClassVar[str] = "th_refresh_token"
    start: ClassVar[Sequence[str]] = ("posts", "answers", "mentions")
    edges: ClassVar[Mapping[str, Edge]] = {
        "posts": Edge("/me/threads", OWN, {"limit": "25"}, "timestamp"),
        "answers": Edge("/me/replies", OWN, {"limit": "25"}, "timestamp"),
        "mentions": Edge("/me/mentions", POST, {"limit": "100"}, "timestamp"),
        "conversation": Edge(
            "/{}/conversation", POST, {"reverse": "true", "limit": "100"}, "timestamp"
        ),
        "replies": Edge("/{}/replies", POST, {"reverse": "true", "limit": "100"}, "timestamp"),
    }
    base: str = "https://graph.threads.com/v1.0"
    pause: Callable[[float], None] = field(default=time.sleep, repr=False, compare=False)

    def _about(self) -> About:
        me = self.read("/me", fields="id,username")
        try:
            told = self.read("/me/threads_insights", metric="followers_count")
            followers: int | None = int(told["data"][0]["total_value"]["value"])
        except (ConnectorError, LookupError, ValueError):
            followers = None  # an app may be let in without this
        return About(str(me["username"]), str(me["username"]), followers)

    def check(self, out: Outbound) -> None:
        """An emoji counts as its bytes; nothing is private. Raises ContentRejected, Forbidden."""
        super().check(out)
        if out.pictures:
            raise ContentRejected("no pictures here")
        if out.visibility != "public":
            raise Forbidden("everything there is public")
        if sum(map(_counts, GRAPHEME.findall(out.text))) > LONGEST:
            raise ContentRejected(f"longer than {LONGEST} chars, an emoji being its bytes")

    def send(self, out: Outbound) -> Sent:
        """Laid down, then shown. Raises one of the connector's errors."""
        try:
            laid_down = self._lay_down(out)
            self._wait_for(laid_down)
        except OutcomeUnknown as problem:
            raise Transient(str(problem)) from problem  # nobody sees it
        except (ContentRejected, Forbidden) as problem:
            raise self._full(out) or problem from problem
        try:
            shown = self.change("POST", "/me/threads_publish", form={"creation_id": laid_down})
        except TargetGone as problem:
            raise Transient("not there yet") from problem
        except (ContentRejected, Forbidden) as problem:
            raise self._full(out) or problem from problem
        return self._sent(self.made(shown))

    def counts_of(self, external_ids: Sequence[str]) -> Mapping[str, Mapping[str, int]]:
        """Likes, replies, reposts, quotes and shares of our own posts."""
        found = {}
        for name in external_ids:
            try:
                told = self.read(f"/{part(name)}/insights", metric=",".join(REACTIONS))
            except TargetGone:
                continue
            found[name] = {
                str(one["name"]): int(one["values"][0]["value"]) for one in told.get("data") or []
            }
        return found

    @classmethod
    def hear(cls, kind: str, raw: bytes, *, own_id: str = "") -> Heard:
        """What a post says, without our own name at its beginning."""
        post = json.loads(raw)["value"]
        author, name = str(post.get("username") or ""), str(post["id"])
        url = post.get("media_url") if post.get("media_type") == "IMAGE" else ""
        return Heard(
            "message",
            name,
            author=author,
            author_name=author,
            text=_without(str(post.get("text") or ""), own_id),
            at=moment(post["timestamp"]),
            answers=str((post.get("replied_to") or {}).get("id") or ""),
            root=str((post.get("root_post") or {}).get("id") or name),
            is_public=True,
            link=str(post.get("permalink") or ""),
            is_ours=bool(post.get("is_reply_owned_by_me")) or (bool(own_id) and author == own_id),
            pictures=(Picture(str(url), words=str(post.get("alt_text") or "")),) if url else (),
        )

    @classmethod
    def open_hook(cls, body: bytes, *, own_id: str = "") -> tuple[Inbound, ...]:
        """Replies and mentions; that we have published or removed something is no news."""
        told = json.loads(body).get("values") or []
        changes = told if isinstance(told, list) else [told]
        return tuple(_event(one["value"]) for one in changes if one.get("field") in FIELDS)

    def _is_ours(self, body: bytes) -> bool:
        """A call names what was answered, not whose that is: the app's secret has to do."""
        try:
            return bool(json.loads(body)["values"])
        except (ValueError, TypeError, KeyError):
            return False

    def _said(self, out: Outbound) -> list[tuple[Sent, datetime, str]]:
        below = out.reply_to.get("id", "")
        told = self.read(
            "/me/replies" if below else "/me/threads",
            fields="id,text,timestamp,permalink,replied_to",
            limit="100",
        )
        return [
            (_sent(one), moment(one["timestamp"]), str(one.get("text") or ""))
            for one in told.get("data") or []
            if not below or str((one.get("replied_to") or {}).get("id") or "") == below
        ]

    @classmethod
    def _below(cls, edge: str, item: Json, *, is_fresh: bool) -> str:
        lists = {"posts": "conversation", "answers": "replies"}
        return lists.get(edge, "") if item.get("has_replies") else ""

    @classmethod
    def _seen(cls, edge: str, of: str, item: Json) -> Inbound | None:
        return None if edge in ("posts", "answers") else _event(item)

    def _lay_down(self, out: Outbound) -> str:
        """Words that nobody sees yet; what Graph calls them."""
        form = {"media_type": "TEXT", "text": out.text}
        if below := out.reply_to.get("id"):
            form["reply_to_id"] = below
        return self.made(self.change("POST", "/me/threads", form=form))

    def _wait_for(self, laid_down: str) -> None:
        """Until it can be shown; mostly at once. Raises Transient, ContentRejected."""
        for pause in (*PAUSES, None):
            match self._state_of(laid_down):
                case "FINISHED":
                    return
                case "ERROR":
                    raise ContentRejected("it can't be shown")
            if pause is not None:
                self.pause(pause)
        raise Transient("not there yet")

    def _state_of(self, laid_down: str) -> str:
        """In Graph's words; "" where it does not know it yet."""
        try:
            return str(self.read(f"/{part(laid_down)}", fields="status").get("status", ""))
        except TargetGone:
            return ""

    def _full(self, out: Outbound) -> RateLimited | None:
        """Whether a day's number of posts, or of answers, is used up: Graph tells when asked."""
        used, most = ("reply_quota_usage", "reply_config") if out.reply_to else (
            "quota_usage", "config"
        )  # fmt: skip
        try:
            told = self.read("/me/threads_publishing_limit", fields=f"{used},{most}")["data"][0]
            return RateLimited(FULL) if told[used] >= told[most]["quota_total"] else None
        except (ConnectorError, LookupError):
            return None

    def _sent(self, name: str) -> Sent:
        """Where everyone reads it, as far as Graph tells at once."""
        try:
            return _sent({"id": name, **self.read(f"/{part(name)}", fields="permalink")})
        except ConnectorError:
            return _sent({"id": name})


def _event(post: Json) -> Inbound:
    """A post of somebody; `ref` is it."""
    name, text = str(post["id"]), str(post.get("text") or "")
    raw = reading.raw_of({"value": post})
    return Inbound("message", name, reading.revision(text), raw, {"id": name})


def _sent(post: Json) -> Sent:
    name = str(post["id"])
    return Sent((name,), str(post.get("permalink") or ""), ref={"id": name})


def _counts(sign: str) -> int:
    """As Threads counts one sign of a reader; its emoji are Unicode's symbols."""
    is_emoji = any(unicodedata.category(part) == "So" for part in sign)
    return len(sign.encode()) if is_emoji else len(sign)


def _without(text: str, own_id: str) -> str:
    """Without our own name, where it begins with it."""
    found = LEADING.match(text)
    is_us = found is not None and bool(own_id) and found[1].lower() == own_id.lower()
    return text[found.end() :] if found is not None and is_us else text
