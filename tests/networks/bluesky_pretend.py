"""Bluesky as its published documentation says, with one account of the city and its citizens.

Lexicons: https://docs.bsky.app/docs/category/http-reference and
https://github.com/bluesky-social/atproto/tree/main/lexicons; errors and names of records:
https://atproto.com/specs/xrpc and https://atproto.com/specs/tid. Read on 2026-11-30.
"""

import json
import re
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from channels_app.connectors.bluesky import Bluesky
from channels_app.connectors.contract import Outbound, Ref
from channels_app.connectors.lengths import graphemes
from tests.networks.pretend import Answer, Asked, Pretend
from tests.networks.repeated import every

CITY, HANDLE, PASSWORD = "did:plc:seoulcity", "seoul.test", "aaaa-bbbb-cccc-dddd"
MINA, SORA = "did:plc:mina", "did:plc:sora"
NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
WORDS = "고쳤습니다."
POST = "app.bsky.feed.post"
TID = re.compile(r"[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}")
AT = re.compile(r"at://did:[a-z]+:[^/]+/[a-z.A-Z]+/[^/]+")
ZONED = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
IN = ("reply", "parent"), ("reply", "root")


class Refused(Exception):  # noqa: N818
    """Answered with an error of XRPC."""

    def __init__(self, status: int, name: str, words: str = "") -> None:
        super().__init__(name)
        self.answer = Answer(status, {"error": name, "message": words or name})


def needs(is_so: object, words: str) -> None:
    """The documentation asks for it."""
    if not is_so:
        raise Refused(400, "InvalidRequest", words)


def cid_of(thing: Any) -> str:
    """A name by what is in it."""
    return "bafyrei" + sha256(json.dumps(thing, sort_keys=True).encode()).hexdigest()[:52]


def when(moment: datetime) -> str:
    """As their servers write moments."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class BlueskyPretend(Pretend):
    """A server (PDS) and the view of all of them (AppView).

    `most` is how many things a page holds at most. `blocked` are authors who block us, `closed`
    posts that take no answers. A refresh token is good once.
    """

    def __init__(self) -> None:
        super().__init__()
        self.records: dict[str, dict[str, Any]] = {}
        self.notifications: list[dict[str, Any]] = []
        self.access: dict[str, bool] = {}
        self.refresh: set[str] = set()
        self.blocked: set[str] = set()
        self.closed: set[str] = set()
        self.blobs: list[str] = []
        self.writes = self.logins = self.minted = 0
        self.most = 100
        self.status = ""

    def answer(self, asked: Asked) -> Answer:
        name = asked.path.removeprefix("/xrpc/")
        try:
            self._is_there(asked, name)
            if name.rpartition(".")[2] not in ("createSession", "refreshSession"):
                self._let_in(asked)
            what: dict[str, Any] = getattr(self, "_" + name.rpartition(".")[2])(asked)
            return Answer(200, what)
        except Refused as refused:
            return refused.answer

    @staticmethod
    def _is_there(asked: Asked, name: str) -> None:
        if asked.path != f"/xrpc/{name}" or name not in METHODS:
            raise Refused(501, "MethodNotImplemented")
        if asked.method != METHODS[name]:
            raise Refused(405, "InvalidRequest", "Incorrect HTTP method")

    # What happens there

    def post(self, text: str, *, by: str = MINA, reason: str = "mention", **more: Any) -> str:
        """Somebody writes, and we are told of it."""
        number = len(self.notifications) + 1
        moment = more.pop("at", None) or datetime.now(UTC)
        record = {"$type": POST, "text": text, "createdAt": when(moment), **more}
        uri = f"at://{by}/{POST}/3l{number:011d}"
        self.records[uri] = record
        self.notifications.append({
            "uri": uri, "cid": cid_of(record), "reason": reason, "record": record,
            "author": {"did": by, "handle": f"{by.rpartition(':')[2]}.test", "displayName": "미나"},
            "isRead": False, "indexedAt": when(moment), "labels": [],
        })  # fmt: skip
        return uri

    def expire(self) -> None:
        """Two hours have passed."""
        self.access = dict.fromkeys(self.access, False)

    def remove(self, uri: str) -> None:
        """Its author takes it back: it is told of no more."""
        del self.records[uri]
        self.notifications = [one for one in self.notifications if one["uri"] != uri]

    def session(self) -> dict[str, str]:
        """A new one."""
        self.minted += 1
        access, refresh = f"access-{self.minted}", f"refresh-{self.minted}"
        self.access[access] = True
        self.refresh.add(refresh)
        return {"did": CITY, "handle": HANDLE, "accessJwt": access, "refreshJwt": refresh}

    # What is asked

    def _let_in(self, asked: Asked) -> None:
        token = asked.headers.get("authorization", "")
        if not token:
            raise Refused(401, "AuthMissing")
        is_good = self.access.get(token.removeprefix("Bearer "))
        if is_good is None:
            raise Refused(400, "InvalidToken", "Token could not be verified")
        if not is_good:
            raise Refused(400, "ExpiredToken", "Token has expired")

    def _createSession(self, asked: Asked) -> dict[str, Any]:  # noqa: N802 - theirs
        self.logins += 1
        told = self._json(asked, "identifier", "password")
        if told["identifier"] not in (HANDLE, CITY) or told["password"] != PASSWORD:
            raise Refused(401, "AuthenticationRequired", "Invalid identifier or password")
        return {**self.session(), "email": "s@example.org", "active": True}

    def _refreshSession(self, asked: Asked) -> dict[str, Any]:  # noqa: N802
        token = asked.headers.get("authorization", "").removeprefix("Bearer ")
        needs(not asked.body, "no input is expected")
        if token not in self.refresh:
            raise Refused(400, "ExpiredToken", "Token has been revoked")
        self.refresh.discard(token)
        return {**self.session(), "active": True}

    def _getSession(self, _asked: Asked) -> dict[str, Any]:  # noqa: N802
        told = {"did": CITY, "handle": HANDLE, "active": not self.status}
        return told | ({"status": self.status} if self.status else {})

    def _getProfile(self, asked: Asked) -> dict[str, Any]:  # noqa: N802
        needs(asked.query.get("actor") == CITY, "Profile not found")
        return {"did": CITY, "handle": HANDLE, "followersCount": 1234, "postsCount": 1}

    def _listNotifications(self, asked: Asked) -> dict[str, Any]:  # noqa: N802
        limit, reasons = int(asked.query.get("limit", 50)), every(asked, "reasons")
        needs(1 <= limit <= 100, "limit")
        before = asked.query.get("cursor")
        needs(before is None or ZONED.fullmatch(before), "Malformed cursor")
        all_of_them = sorted(self.notifications, key=lambda one: str(one["indexedAt"]))[::-1]
        below = [one for one in all_of_them if before is None or one["indexedAt"] < before]
        page = below[: min(limit, self.most)]
        wanted = [one for one in page if not reasons or one["reason"] in reasons]
        told: dict[str, Any] = {"notifications": wanted, "priority": False}
        return told | ({"cursor": page[-1]["indexedAt"]} if len(below) > len(page) else {})

    def _getPosts(self, asked: Asked) -> dict[str, Any]:  # noqa: N802
        uris = every(asked, "uris")
        needs(1 <= len(uris) <= 25 and all(map(AT.fullmatch, uris)), "uris")
        return {"posts": [self._view(one) for one in dict.fromkeys(uris) if self._is_seen(one)]}

    def _getPostThread(self, asked: Asked) -> dict[str, Any]:  # noqa: N802
        uri = asked.query.get("uri", "")
        needs(AT.fullmatch(uri), "uri must be a valid at-uri")
        if uri not in self.records:
            raise Refused(400, "NotFound", f"Post not found: {uri}")
        if not self._is_seen(uri):
            author = {"did": uri.split("/")[2], "viewer": {"blockedBy": True}}
            kind = "app.bsky.feed.defs#blockedPost"
            return {"thread": {"$type": kind, "uri": uri, "blocked": True, "author": author}}
        return {"thread": {"$type": "app.bsky.feed.defs#threadViewPost", "post": self._view(uri)}}

    def _is_seen(self, uri: str) -> bool:
        return uri in self.records and uri.split("/")[2] not in self.blocked

    def _view(self, uri: str) -> dict[str, Any]:
        record = self.records[uri]
        return {
            "uri": uri, "cid": cid_of(record), "record": record,
            "indexedAt": when(datetime.now(UTC)),
            "author": {"did": uri.split("/")[2], "handle": "someone.test"},
            "likeCount": 3, "repostCount": 2, "quoteCount": 1, "replyCount": self._answers(uri),
            "viewer": {"replyDisabled": True} if uri in self.closed else {},
        }  # fmt: skip

    def _answers(self, uri: str) -> int:
        return len([one for one in self.records.values() if _below(one) == uri])

    def _getRecord(self, asked: Asked) -> dict[str, Any]:  # noqa: N802
        query = asked.query
        uri = f"at://{query.get('repo')}/{query.get('collection')}/{query.get('rkey')}"
        if uri not in self.records:
            raise Refused(400, "RecordNotFound", f"Could not locate record: {uri}")
        return {"uri": uri, "cid": cid_of(self.records[uri]), "value": self.records[uri]}

    def _putRecord(self, asked: Asked) -> dict[str, Any]:  # noqa: N802
        told = self._json(asked, "repo", "collection", "rkey", "record")
        self._is_ours(told)
        self._check(told["record"])
        uri = f"at://{CITY}/{POST}/{told['rkey']}"
        there, cid = self.records.get(uri), cid_of(told["record"])
        if there is not None and there != told["record"] and told.get("swapRecord", "") is None:
            raise Refused(400, "InvalidSwap", "Record was at another cid")
        self.writes += there != told["record"]
        self.records[uri] = told["record"]
        commit = {} if there == told["record"] else {"commit": {"cid": cid, "rev": told["rkey"]}}
        return {"uri": uri, "cid": cid, "validationStatus": "valid", **commit}

    def _deleteRecord(self, asked: Asked) -> dict[str, Any]:  # noqa: N802
        told = self._json(asked, "repo", "collection", "rkey")
        self._is_ours(told)
        self.records.pop(f"at://{CITY}/{POST}/{told['rkey']}", None)
        return {}

    def _uploadBlob(self, asked: Asked) -> dict[str, Any]:  # noqa: N802
        kind = asked.headers.get("content-type", "")
        needs(asked.body and kind, "A request body and its type are expected")
        self.blobs.append(cid := cid_of(asked.body.hex()))
        size = len(asked.body)
        return {"blob": {"$type": "blob", "ref": {"$link": cid}, "mimeType": kind, "size": size}}

    @staticmethod
    def _json(asked: Asked, *names: str) -> dict[str, Any]:
        needs(asked.headers.get("content-type") == "application/json", "Wrong request encoding")
        told: dict[str, Any] = asked.json
        for name in names:
            needs(told.get(name), f'Input must have the property "{name}"')
        return told

    @staticmethod
    def _is_ours(told: dict[str, Any]) -> None:
        if told["repo"] not in (CITY, HANDLE):
            raise Refused(401, "AuthenticationRequired")
        needs(told["collection"] == POST, "collection")
        needs(TID.fullmatch(told["rkey"]), "Invalid record key")

    def _check(self, record: dict[str, Any]) -> None:
        """As the lexicon of a post says."""
        text = record.get("text")
        needs(record.get("$type") == POST and isinstance(text, str), "Invalid record")
        needs(ZONED.fullmatch(record.get("createdAt", "")), "createdAt")
        needs(graphemes(str(text)) <= 300 and len(str(text).encode()) <= 3000, "too long")
        needs(len(record.get("langs", [])) <= 3, "langs")
        for outer, inner in IN if "reply" in record else ():
            ref = record[outer].get(inner, {})
            needs(AT.fullmatch(ref.get("uri", "")) and ref.get("cid"), "reply")
        for facet in record.get("facets", []):
            start, end = facet["index"]["byteStart"], facet["index"]["byteEnd"]
            needs(str(text).encode()[start:end].decode() == facet["features"][0]["uri"], "facets")
        images = record.get("embed", {}).get("images", [])
        needs(len(images) <= 4, "images")
        for one in images:
            needs(isinstance(one.get("alt"), str), "alt")
            needs(
                one.get("image", {}).get("ref", {}).get("$link") in self.blobs,
                "Could not find blob",
            )


def ours(network: BlueskyPretend, **more: Any) -> Bluesky:
    """The city's account there."""
    told: dict[str, Any] = {"user": HANDLE, "password": PASSWORD, "own_id": CITY}
    return Bluesky(base=network.base, allow=network.allow, **told | more)


def answer(reply_to: Ref | None = None, **more: Any) -> Outbound:
    """The city's words, public."""
    told: dict[str, Any] = {"key": "R-1", "text": WORDS, "created_at": NOW, "visibility": "public"}
    return Outbound(reply_to=reply_to or {}, **told | more)


def _below(record: dict[str, Any]) -> str:
    return str(record.get("reply", {}).get("parent", {}).get("uri", ""))


METHODS = {
    "com.atproto.server.createSession": "POST",
    "com.atproto.server.refreshSession": "POST",
    "com.atproto.server.getSession": "GET",
    "com.atproto.repo.getRecord": "GET",
    "com.atproto.repo.putRecord": "POST",
    "com.atproto.repo.deleteRecord": "POST",
    "com.atproto.repo.uploadBlob": "POST",
    "app.bsky.actor.getProfile": "GET",
    "app.bsky.feed.getPosts": "GET",
    "app.bsky.feed.getPostThread": "GET",
    "app.bsky.notification.listNotifications": "GET",
}
