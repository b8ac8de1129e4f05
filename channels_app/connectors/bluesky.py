"""Bluesky (AT Protocol): mentions and replies are read, answers stand below them for everyone.

A post is a record in our own repository under a name that we choose: the same name at every attempt
is the same post. Its words can't be changed there: no reader would see the new ones.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from typing import ClassVar

from channels_app.connectors.bluesky_session import Session, error_of, trouble_of
from channels_app.connectors.bluesky_words import (
    Json,
    Walk,
    event_of,
    facets,
    heard_in,
    link_to,
    part,
    parts,
    place_of,
    tid,
)
from channels_app.connectors.contract import (
    About,
    Batch,
    Caps,
    Connector,
    Heard,
    Outbound,
    Picture,
    Ref,
    Sent,
)
from channels_app.connectors.errors import (
    AuthExpired,
    ContentRejected,
    Forbidden,
    OutcomeUnknown,
    TargetGone,
    Transient,
)
from channels_app.connectors.web import Query
from lifecycle import clock

POST = "app.bsky.feed.post"
REASONS = ("mention", "reply", "quote")
MOST_BYTES = 3000  # of one post, besides its 300 signs
MOST_PICTURES, MOST_OF_PICTURE = 4, 2_000_000
PAGES, PAGE = 5, 100  # of one reading
MOST_POSTS = 25  # in one question
COUNTS = {"likes": "likeCount", "reposts": "repostCount", "replies": "replyCount",
          "quotes": "quoteCount"}  # fmt: skip


def _forget(_session: str) -> None:
    """Where nothing is kept."""


def _nothing() -> str:
    return ""


@dataclass(frozen=True)
class Bluesky(Connector[Outbound]):
    """Our server there, our name and app password, and the session that is kept.

    `keep` is told every new session; `kept` says which one is kept now, perhaps by another worker.
    """

    caps: ClassVar = Caps(
        inbound="poll", max_len=300, unit="graphemes", idempotent="native",
        threads=True, deletes=True,
    )  # fmt: skip
    base: str
    user: str
    password: str = field(repr=False)
    own_id: str = ""
    session: str = field(default="", repr=False)
    keep: Callable[[str], None] = _forget
    kept: Callable[[], str] = _nothing
    allow: frozenset[str] = frozenset()

    @cached_property
    def _we(self) -> Session:
        return Session(
            self.base, self.user, self.password, self.own_id,
            self.session, self.keep, self.kept, self.allow,
        )  # fmt: skip

    def verify(self) -> None:
        """Let in, and the account may speak. Raises AuthExpired, Transient."""
        told = self._read("com.atproto.server.getSession")
        if not told.get("did"):
            raise Transient("no answer that we understand")
        if told.get("active") is False:
            raise AuthExpired(f"the account is {told.get('status', 'not active')}")

    def about(self) -> About:
        """Our DID, our handle, our followers."""
        self.verify()
        told = self._read("app.bsky.actor.getProfile", {"actor": self._we.did})
        return About(self._we.did, str(told.get("handle", "")), told.get("followersCount"))

    def fetch(self, cursor: str) -> Batch:
        """From the newest down to what is known, a few pages at a time; repeats some of it."""
        walk, found = Walk.of(cursor).begun(), dict[str, Json]()
        for _n in range(PAGES):
            walk, items = self._page(walk)
            found |= {str(one["uri"]): one for one in items if one.get("reason") in REASONS}
            if not walk.page:
                break
        events = tuple(event_of(one) for one in reversed(found.values()))
        return Batch(events, json.dumps(asdict(walk)), more=bool(walk.page))

    def _page(self, walk: Walk) -> tuple[Walk, list[Json]]:
        """The next page down; from the top again where the network knows the place no more."""
        query: list[tuple[str, str | int]] = [("reasons", one) for one in REASONS]
        query += [("limit", PAGE), *([("cursor", walk.page)] if walk.page else [])]
        try:
            told = self._read("app.bsky.notification.listNotifications", query)
        except ContentRejected:
            if not walk.page:
                raise
            return self._page(replace(walk, page=""))
        if "notifications" not in told:
            raise Transient("no answer that we understand")
        items = [one for one in parts(told, "notifications") if one.get("uri")]
        return walk.after(items, str(told.get("cursor") or "")), items

    def check(self, out: Outbound) -> None:
        """Everyone reads everything there: what is private never leaves."""
        super().check(out)
        if out.visibility != "public":
            raise Forbidden("everything there is public")
        if len(out.text.encode()) > MOST_BYTES:
            raise ContentRejected(f"longer than {MOST_BYTES} bytes")
        if len(out.pictures) > MOST_PICTURES:
            raise ContentRejected(f"more than {MOST_PICTURES} pictures")
        for one in out.pictures:
            if not 0 < len(one.content) <= MOST_OF_PICTURE or not one.kind.startswith("image/"):
                raise ContentRejected("a picture that the network does not take")

    def send(self, out: Outbound) -> Sent:
        """Put it under its name; what stands there already is never written over."""
        self._look_at(out.reply_to)
        body = {**self._name_of(out), "record": self._record(out), "swapRecord": None}
        answer = self._we.ask("POST", "com.atproto.repo.putRecord", body=body)
        if error_of(answer) == "InvalidSwap" and (there := self.reconcile(out)):
            return there
        if not answer.is_good:
            raise trouble_of(answer, writes=True)
        if not part(answer.json).get("uri"):
            raise OutcomeUnknown("no answer that we understand")
        return self._sent(out, answer.json)

    def reconcile(self, out: Outbound) -> Sent | None:
        """Is it there under its name, with these words, below the same?"""
        try:
            told = self._read("com.atproto.repo.getRecord", self._name_of(out))
        except TargetGone:
            return None
        value = part(told, "value")
        below = part(value, "reply", "parent").get("uri", "")
        if value.get("text") != out.text or below != out.reply_to.get("uri", ""):
            return None
        return replace(self._sent(out, told), duplicate=True)

    def delete(self, external_id: str) -> None:
        """Take it out of our repository; no error where it is gone."""
        did, collection, name = place_of(external_id)
        if did != self._we.did:
            raise Forbidden("not a post of ours")
        body = {"repo": did, "collection": collection, "rkey": name}
        self._we.good("POST", "com.atproto.repo.deleteRecord", body=body)

    def gone_among(self, external_ids: Sequence[str]) -> frozenset[str]:
        """Those that are not found; a post whose author only blocks us is still there."""
        there = {str(one.get("uri")) for one in self._posts(external_ids)}
        return frozenset(one for one in external_ids if one not in there and self._is_gone(one))

    def counts_of(self, external_ids: Sequence[str]) -> Mapping[str, Mapping[str, int]]:
        """Likes, reposts, replies and quotes."""
        return {
            str(one["uri"]): {name: int(one.get(theirs) or 0) for name, theirs in COUNTS.items()}
            for one in self._posts(external_ids)
        }

    @classmethod
    def hear(cls, kind: str, raw: bytes, *, own_id: str = "") -> Heard:
        """One notification: whole links, without our own name at its beginning."""
        return heard_in(json.loads(raw), own_id)

    def _name_of(self, out: Outbound) -> dict[str, str]:
        """Where it stands: the same place at every attempt."""
        return {"repo": self._we.did, "collection": POST, "rkey": tid(out.created_at, out.key)}

    def _record(self, out: Outbound) -> Json:
        """The post itself; the same words and moment are the same record."""
        moment = clock.seoul(out.created_at).isoformat(timespec="milliseconds")
        record: Json = {
            "$type": POST,
            "text": out.text,
            "createdAt": moment,
            "langs": [out.language],
        }
        if links := facets(out.text):
            record["facets"] = links
        if ref := out.reply_to:
            record["reply"] = {
                "root": {"uri": ref["root"], "cid": ref["root_cid"]},
                "parent": {"uri": ref["uri"], "cid": ref["cid"]},
            }
        if out.pictures:
            images = [{"alt": one.words, "image": self._blob(one)} for one in out.pictures]
            record["embed"] = {"$type": "app.bsky.embed.images", "images": images}
        return record

    def _blob(self, picture: Picture) -> Json:
        """Its bytes, laid there for the post; nobody sees them before it."""
        told = {"raw": picture.content, "headers": {"Content-Type": picture.kind}}
        try:
            return part(self._we.good("POST", "com.atproto.repo.uploadBlob", **told), "blob")
        except OutcomeUnknown as problem:
            raise Transient(str(problem)) from problem

    def _sent(self, out: Outbound, told: Json) -> Sent:
        uri, cid = str(told["uri"]), str(told.get("cid", ""))
        root, root_cid = out.reply_to.get("root", uri), out.reply_to.get("root_cid", cid)
        ref = {"uri": uri, "cid": cid, "root": root, "root_cid": root_cid}
        return Sent((uri,), link_to(uri, self._we.handle), ref=ref)

    def _look_at(self, ref: Ref) -> None:
        """A server takes an answer to what is gone. Raises TargetGone, Forbidden."""
        if not ref:
            return
        did, collection, name = place_of(ref["uri"])
        if did == self._we.did:  # readers may not see yet what we have just written
            query = {"repo": did, "collection": collection, "rkey": name}
            self._read("com.atproto.repo.getRecord", query)
            return
        thread = self._thread(ref["uri"])
        if str(thread.get("$type")).endswith("#blockedPost"):
            raise Forbidden("blocked")
        if part(thread, "post", "viewer").get("replyDisabled"):
            raise Forbidden("its author takes no answers")

    def _thread(self, uri: str) -> Json:
        """The post, or a sign that we are blocked. Raises TargetGone."""
        query: Query = {"uri": uri, "depth": 0, "parentHeight": 0}
        thread = part(self._read("app.bsky.feed.getPostThread", query), "thread")
        if str(thread.get("$type")).endswith("#notFoundPost"):
            raise TargetGone("not found")
        return thread

    def _is_gone(self, uri: str) -> bool:
        try:
            self._thread(uri)
        except TargetGone:
            return True
        return False

    def _posts(self, uris: Sequence[str]) -> Iterator[Json]:
        """Those of them that we may see."""
        for first in range(0, len(uris), MOST_POSTS):
            query = [("uris", one) for one in uris[first : first + MOST_POSTS]]
            yield from parts(self._read("app.bsky.feed.getPosts", query), "posts")

    def _read(self, name: str, query: Query = ()) -> Json:
        return self._we.good("GET", name, query=query)
