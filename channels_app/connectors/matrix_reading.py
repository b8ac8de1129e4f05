"""How far a Matrix account has read: what is new in its rooms, the gaps, and who invites it."""

import heapq
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from channels_app.connectors import matrix_events as events
from channels_app.connectors.contract import Inbound
from channels_app.connectors.errors import (
    ContentRejected,
    Forbidden,
    OutcomeUnknown,
    RateLimited,
    TargetGone,
    Transient,
)
from channels_app.connectors.matrix_events import Event, text_in, within
from channels_app.connectors.web import part

CLIENT = "/_matrix/client/v3"
PAGE = 20  # events of at most 64 KiB each, with what else is told of them: within one answer
PAGES = 10  # of one call
INVITATIONS = 3  # of one call: to join a distant room takes long
TRIES = 5  # at one invitation
UNREADABLE = "암호화된 대화방은 읽을 수 없습니다. We can't read encrypted rooms."


class Ask(Protocol):
    """One question to the home server; raises the connector's errors."""

    def __call__(self, method: str, path: str, **told: Any) -> dict[str, Any]:
        """What a good answer says."""


@dataclass
class Reading:
    """Where the last call stopped, and what this one has found: each room's, oldest first.

    A walk goes back through its room `from` a place `to` what is known; an invitation is answered
    by its `verb`. `moved`: something was reached that would be lost with an error.
    """

    ask: Ask
    me: str
    since: str = ""
    walks: list[dict[str, str]] = field(default_factory=list)
    invited: list[dict[str, Any]] = field(default_factory=list)
    found: dict[str, list[Event]] = field(default_factory=dict)
    names: dict[tuple[str, str], str] = field(default_factory=dict)
    rules: dict[str, str] = field(default_factory=dict)
    wait: float = 0.0
    moved: bool = False

    @property
    def cursor(self) -> str:
        """As it is kept; whoever made this one opens it."""
        return json.dumps({"since": self.since, "walks": self.walks, "invited": self.invited})

    def sync(self) -> None:
        """The newest of every room in which something was said; what lies before is walked to."""
        said = self._synced(PAGE)
        rooms = within(said, "rooms")
        for room, told in (*within(rooms, "leave").items(), *within(rooms, "join").items()):
            line, state = within(told, "timeline"), within(told, "state").get("events", [])
            end = text_in(line, "prev_batch") if line.get("limited") else ""
            walk = {"room": room, "from": "", "to": self.since}
            self.walks += self._keep(walk, line.get("events", []), state, end)
        for room, told in within(rooms, "invite").items():
            state = within(told, "invite_state").get("events", [])
            is_sealed = any(one.get("type") == "m.room.encryption" for one in state)
            verb = "leave" if is_sealed else "join"
            self.invited.append({"room": room, "verb": verb, "tries": 0})
        self.since, self.moved = text_in(said, "next_batch"), True

    def walk(self) -> None:
        """Pages back to what is known; where the server wants a pause, what was reached is kept."""
        for _n in range(PAGES):
            try:
                if self.walks:
                    self._page()
            except (RateLimited, Transient) as problem:
                if not self.moved:
                    raise
                self.wait = getattr(problem, "retry_after", 0.0)
                return

    def answer_invitations(self) -> bool:
        """Come in, or say why not; true where we came in, so that there is more to read."""
        came_in = False
        now, self.invited = self.invited[:INVITATIONS], self.invited[INVITATIONS:]
        for one in now:
            body = {"reason": UNREADABLE} if one["verb"] == "leave" else {}
            try:
                self.ask("POST", f"{CLIENT}/rooms/{part(one['room'])}/{one['verb']}", body=body)
                came_in = came_in or one["verb"] == "join"
            except (RateLimited, Transient, OutcomeUnknown) as problem:
                self.wait = max(self.wait, getattr(problem, "retry_after", 0.0))
                if one["tries"] < TRIES:
                    self.invited.append({**one, "tries": one["tries"] + 1})
            except (Forbidden, TargetGone, ContentRejected):
                continue  # it was taken back, or our server can't be in there
        return came_in

    def said(self) -> tuple[Inbound, ...]:
        """Each room's in their order; the rooms among each other as their clocks say."""
        lines = [self._line(room) for room in self.found]
        return tuple(said for _at, said in heapq.merge(*lines, key=lambda one: one[0]))

    def _line(self, room: str) -> list[tuple[int, Inbound]]:
        found = [(one, kind) for one in self.found[room] if (kind := events.kind_of(one))]
        rule = self.rules.get(room, "")
        line = []
        for one, kind in found:
            name = self.names.get((room, text_in(one, "sender")), "")
            said = events.as_inbound(room, one, kind, rule=rule, author_name=name)
            line.append((events.moment_of(one), said))
        return line

    def _keep(
        self, walk: dict[str, str], found: Sequence[Event], state: Sequence[Event], end: str
    ) -> list[dict[str, str]]:
        """They stand before what is there already; how the walk goes on from their `end`, if so."""
        room, back = walk["room"], found[::-1]
        if room not in self.rules and any(map(events.kind_of, found)):
            self.rules[room] = rule_of(self.ask, room)
        began = next((n for n, one in enumerate(back) if events.is_arrival(one, self.me)), None)
        self.found[room] = [*back[:began][::-1], *self.found.get(room, [])]
        for one in (*back, *state):
            if one.get("type") == events.MEMBER:
                name = text_in(within(one, "content"), "displayname")
                self.names.setdefault((room, text_in(one, "state_key")), name)
        self.moved = True
        if began is not None or end in ("", walk["from"]):
            return []
        # We were asked in before what was known, and came in after it: further back than that.
        entered = any(events.is_entry(one, self.me) for one in found)
        return [{**walk, "from": end, "to": "" if entered else walk["to"]}]

    def _synced(self, most: int) -> dict[str, Any]:
        """Less of each room where it is too much; all of it where `since` is no longer known."""
        query = {"timeout": 0, "set_presence": "offline", "filter": _rule(most)}
        if self.since:
            query["since"] = self.since
        try:
            said = self.ask("GET", f"{CLIENT}/sync", query=query)
        except ContentRejected:
            if most == 1 and not self.since:
                raise
            self.since = self.since if most > 1 else ""
            return self._synced(1)
        if not text_in(said, "next_batch"):
            raise Transient("no home server that we know")
        return said

    def _page(self) -> None:
        """One page of the first walk; from the newest, where a place in it is no longer known."""
        walk = self.walks[0]
        query = {
            "dir": "b",
            "limit": PAGE,
            "filter": json.dumps({"types": events.WANTED, "lazy_load_members": True}),
            **{one: walk[one] for one in ("from", "to") if walk[one]},
        }
        try:
            said = self.ask("GET", f"{CLIENT}/rooms/{part(walk['room'])}/messages", query=query)
        except (Forbidden, TargetGone):  # we are no longer in there
            del self.walks[0]
            return
        except ContentRejected:
            again = {"room": walk["room"], "from": "", "to": "", "again": "1"}
            self.walks[:1] = [] if "again" in walk else [again]
            return
        chunk, state = said.get("chunk", [])[::-1], said.get("state", [])
        self.walks[:1] = self._keep(walk, chunk, state, text_in(said, "end"))


def rule_of(ask: Ask, room: str) -> str:
    """Who may join this room; as if nobody might, where it does not say."""
    try:
        said = ask("GET", f"{CLIENT}/rooms/{part(room)}/state/m.room.join_rules")
    except (Forbidden, TargetGone):
        return "invite"
    return text_in(said, "join_rule")


def _rule(most: int) -> str:
    """What of everything that a home server tells is for us: words, and who is who."""
    nothing: dict[str, list[str]] = {"types": []}
    room = {
        "state": {
            "types": [events.MEMBER],
            "lazy_load_members": True,
            "include_redundant_members": True,
        },
        "timeline": {"types": events.WANTED, "limit": most},
        "ephemeral": nothing,
        "account_data": nothing,
    }
    return json.dumps({"presence": nothing, "account_data": nothing, "room": room})
