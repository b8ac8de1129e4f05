"""What Facebook pages, Instagram and Threads share: Graph, its calls, its errors and its lists.

Graph says in its answer what went wrong, by a number; the status says little. Its lists show the
newest first and know no place to go on from, so they are walked back to a moment, list below list:
posts, and what stands below each. The cursor holds that moment, and where a walk was interrupted.
"""

import hmac
import json
from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, ClassVar

from channels_app.connectors.contract import (
    About,
    Batch,
    Connector,
    HookAnswer,
    Inbound,
    Outbound,
    Sent,
)
from channels_app.connectors.errors import (
    AuthExpired,
    BadSignature,
    ConnectorError,
    ContentRejected,
    Forbidden,
    OutcomeUnknown,
    TargetGone,
    Transient,
)
from channels_app.connectors.meta_errors import trouble
from channels_app.connectors.meta_words import Json, moment
from channels_app.connectors.web import Web, part
from lifecycle import clock

PAGES = 12  # of lists, at one asking
OVERLAP = timedelta(minutes=10)  # their clock and ours; what is there shows a little later
BEGINNING = timedelta(days=30)  # how far back the first walk goes
CLOCKS_DIFFER = timedelta(minutes=5)
RENEWED_BEFORE = timedelta(days=30)  # a token lives for sixty


@dataclass(frozen=True)
class Edge:
    """A list of Graph: where it is, what each of its items shows, which of that is its moment."""

    path: str
    fields: str
    query: Mapping[str, str] = field(default_factory=dict)
    at: str = "created_time"


def _forget(_session: str) -> None:
    """Nobody keeps it."""


@dataclass(frozen=True, kw_only=True)
class Meta(Connector[Outbound]):
    """One account, as the app that it has let in.

    `token` is the account's own; `app_secret` signs what Meta calls us with, `verify_token` is what
    it says before it ever does. `proves`: every question shows that we know the app's secret.
    Where a token has to be made new (`renewal`), the newer one is
    handed to `keep`, and comes back as `session`.
    """

    edges: ClassVar[Mapping[str, Edge]]
    start: ClassVar[Sequence[str]]
    renewal: ClassVar[str] = ""
    proves: ClassVar[bool] = False
    token: str = field(repr=False)
    app_secret: str = field(default="", repr=False)
    verify_token: str = field(default="", repr=False)
    own_id: str = ""
    base: str
    allow: frozenset[str] = frozenset()
    session: str = field(default="", repr=False)
    keep: Callable[[str], None] = field(default=_forget, repr=False, compare=False)

    def verify(self) -> None:
        """Are we let in? Then the token is made new in good time. Raises AuthExpired, Transient."""
        self.about()
        self._renew()

    def about(self) -> About:
        """Our id, our name, who follows."""
        try:
            return self._about()
        except (Forbidden, ContentRejected, TargetGone) as refused:
            raise AuthExpired(str(refused)) from refused
        except KeyError as problem:
            raise Transient("no answer that we understand") from problem

    @abstractmethod
    def _about(self) -> About:
        """As Graph says it."""

    def fetch(self, cursor: str) -> Batch:
        """What was missed since, oldest first; webhooks are quicker, and tell more."""
        walk = _walk(cursor)
        if not walk["left"]:
            walk["left"] = [[edge, self._me(), ""] for edge in self.start]
            walk["began"] = clock.now().timestamp()
        found: list[tuple[datetime, Inbound]] = []
        for _page in range(PAGES):
            if walk["left"]:
                edge, of, after = walk["left"].pop(0)
                found += self._page(walk, edge, of, after)
        events = tuple(event for _at, event in sorted(found, key=lambda one: one[0]))
        if walk["left"]:
            return Batch(events, json.dumps(walk), more=True)
        since = walk["began"] - OVERLAP.total_seconds()
        return Batch(events, json.dumps({"since": max(since, walk["since"])}))

    def _page(self, walk: Json, name: str, of: str, after: str) -> list[tuple[datetime, Inbound]]:
        """One page of a list; what else there is to walk is put where it is seen."""
        edge, since = self.edges[name], datetime.fromtimestamp(walk["since"], UTC)
        try:
            told = self._listed(edge, of, after)
        except ContentRejected:
            if not after:
                raise
            walk["left"].insert(0, [name, of, ""])  # a place that Graph no longer knows
            return []
        except (TargetGone, Forbidden):
            if name == self.start[0]:
                raise
            return []  # a post is gone with all that stood below it; or it is nothing for us
        items = [(moment(one[edge.at]), one) for one in told.get("data") or []]
        fresh = [one for one in items if one[0] >= since]
        further = ((told.get("paging") or {}).get("cursors") or {}).get("after")
        if items and len(fresh) == len(items) and further and further != after:
            walk["left"].insert(0, [name, of, further])
        for at, item in items:
            if below := self._below(name, item, is_fresh=at >= since):
                walk["left"].append([below, str(item["id"]), ""])
        events = [(at, self._seen(name, of, item)) for at, item in fresh]
        return [(at, event) for at, event in events if event is not None]

    def _listed(self, edge: Edge, of: str, after: str) -> Json:
        """One page of a list of Graph."""
        place = {"after": after} if after else {}
        path = edge.path.format(part(of))
        return self.read(path, **{"fields": edge.fields, **edge.query, **place})

    @classmethod
    def _below(cls, edge: str, item: Json, *, is_fresh: bool) -> str:
        """The list that stands below an item of a list; "" where there is none to walk."""
        return ""

    @classmethod
    @abstractmethod
    def _seen(cls, edge: str, of: str, item: Json) -> Inbound | None:
        """An item of a list as an event; by the same name as if Meta had called us."""

    def reconcile(self, out: Outbound) -> Sent | None:
        """The same words in the same place, among our own of late."""
        since = out.created_at - CLOCKS_DIFFER if out.created_at else None
        for sent, at, text in self._said(out):
            is_later = since is None or at >= since
            if is_later and text.split() == out.text.split():
                return replace(sent, duplicate=True)
        return None

    @abstractmethod
    def _said(self, out: Outbound) -> list[tuple[Sent, datetime, str]]:
        """What we have said of late where this would stand: as what, when, in which words."""

    def delete(self, external_id: str) -> None:
        """Take back what everyone reads; a message to a person stays with them."""
        if not external_id.replace("_", "").isdecimal():
            raise Forbidden("a message can't be taken back")
        try:
            self.change("DELETE", f"/{part(external_id)}")
        except TargetGone:
            return

    def gone_among(self, external_ids: Sequence[str]) -> frozenset[str]:
        """Those that Graph no longer finds; none where it shows us none of them.

        It says the same of what is gone and of what we may not read.
        """
        gone = set()
        for name in external_ids:
            try:
                self.read(f"/{part(name)}", fields="id")
            except TargetGone:
                gone.add(name)
        return frozenset(gone) if len(gone) < len(external_ids) else frozenset()

    def check_hook(self, headers: Mapping[str, str], body: bytes) -> None:
        """Signed with the app's secret, and about this account. Raises BadSignature."""
        mark = hmac.digest(self.app_secret.encode(), body, sha256).hex()
        told = headers.get("x-hub-signature-256", "")
        if not self.app_secret or not hmac.compare_digest(told.encode(), f"sha256={mark}".encode()):
            raise BadSignature("not signed by Meta")
        if not self._is_ours(body):
            raise BadSignature("another account's")

    def _is_ours(self, body: bytes) -> bool:
        """One call tells of several accounts of an app: one of them has to be this one."""
        try:
            told = {str(entry["id"]) for entry in json.loads(body)["entry"]}
        except (ValueError, TypeError, KeyError):
            return False
        return not self.own_id or self.own_id in told

    def handshake(self, query: Mapping[str, str]) -> HookAnswer:
        """Meta asks whether this is the place it was told of. Raises BadSignature."""
        told = query.get("hub.verify_token", "")
        is_known = hmac.compare_digest(told.encode(), self.verify_token.encode())
        if query.get("hub.mode") != "subscribe" or not self.verify_token or not is_known:
            raise BadSignature("not what was agreed")
        return HookAnswer(query.get("hub.challenge", "").encode())

    @classmethod
    def open_hook(cls, body: bytes, *, own_id: str = "") -> tuple[Inbound, ...]:
        """The events of a call; of this account alone, where it is named."""
        call = json.loads(body)
        kept: list[Inbound] = []
        for entry in call.get("entry", []):
            if own_id and str(entry["id"]) != own_id:
                continue
            about = {"id": str(entry["id"]), "time": entry.get("time")}
            changes = entry.get("changes", [entry] if "field" in entry else [])
            for one in changes:
                kept += cls._changed({**about, "changes": [one]}, one)
            for one in entry.get("messaging", []):
                kept += cls._messaged({**about, "messaging": [one]}, one)
        return tuple(kept)

    @classmethod
    def _changed(cls, entry: Json, change: Json) -> list[Inbound]:
        """The event in a change of what everyone reads; none for what concerns nobody."""
        return []

    @classmethod
    def _messaged(cls, entry: Json, one: Json) -> list[Inbound]:
        """The events in what was said to us alone; none for what concerns nobody."""
        return []

    def read(self, path: str, **query: str) -> Json:
        """What Graph says at this place."""
        return self._ask("GET", path, query=query)

    def change(self, method: str, path: str, **told: Any) -> Json:
        """What Graph says to what was changed there."""
        return self._ask(method, path, **told)

    @staticmethod
    def made(said: Json, name: str = "id") -> str:
        """What Graph calls what we have made. Raises OutcomeUnknown where it does not say."""
        if not said.get(name):
            raise OutcomeUnknown("no answer that we understand")
        return str(said[name])

    def _ask(self, method: str, path: str, *, root: str = "", **told: Any) -> Json:
        token = str(self._newest().get("token") or self.token)
        headers = {"Authorization": f"Bearer {token}"}
        if self.proves and self.app_secret:
            proof = hmac.digest(self.app_secret.encode(), token.encode(), sha256).hex()
            told["query"] = {**(told.get("query") or {}), "appsecret_proof": proof}
        answer = Web(root or self.base, headers, self.allow).ask(method, path, **told)
        if not answer.is_good:
            raise trouble(answer, writes=method != "GET")
        said = answer.json
        return said if isinstance(said, dict) else {}

    def _me(self) -> str:
        return self.own_id or self.about().own_id

    def _newest(self) -> Json:
        """The newer token of the one that we were given; nothing where that one is another."""
        try:
            kept = json.loads(self.session or "{}")
        except ValueError:
            return {}
        return kept if isinstance(kept, dict) and kept.get("of") == _mark(self.token) else {}

    def _renew(self) -> None:
        """Make a token new before it ends; it is asked again tomorrow where that is refused.

        One that is younger than a day can't be made new yet.
        """
        kept, now = self._newest(), clock.now().timestamp()
        left = float(kept.get("until") or 0) - now
        if not self.renewal or left > RENEWED_BEFORE.total_seconds():
            return
        query = {"grant_type": self.renewal, "access_token": kept.get("token") or self.token}
        root = self.base.rpartition("/v")[0]
        try:
            told = self._ask("GET", "/refresh_access_token", root=root, query=query)
        except ConnectorError:
            return
        if token := told.get("access_token"):
            until = now + float(told.get("expires_in") or 0)
            self.keep(json.dumps({"of": _mark(self.token), "token": token, "until": until}))


def _mark(token: str) -> str:
    """By which a token is known again, and nothing else."""
    return sha256(token.encode()).hexdigest()[:16]


def _walk(cursor: str) -> Json:
    """Where the last one stopped; from the beginning, where we can't read that."""
    beginning = (clock.now() - BEGINNING).timestamp()
    try:
        told = json.loads(cursor or "{}")
        since = float(told.get("since", beginning))
        left = [[str(name) for name in one] for one in told.get("left", [])]
        began = float(told.get("began", since))
    except (ValueError, TypeError, AttributeError):
        since, left, began = beginning, [], beginning
    return {"since": since, "left": left, "began": began}
