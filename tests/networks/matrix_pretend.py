"""A home server of Matrix with the city and one citizen in it, as its client-server API v1.18 says.

https://spec.matrix.org/v1.18/client-server-api/ (2026-11-30). What the specification leaves
to servers is done as the most used one does it: keys are looked for in the whole room, the end of a
page is left out only behind the last one, a thread can't begin at an event with a relation.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from tests.networks.pretend import Answer, Asked, Pretend

TOKEN = "syt_c2VvdWw_city"
CITY, MINA = "@seoul:seoul.example", "@mina:seoul.example"
NAMES = {CITY: "서울시", MINA: "미나"}
LONGEST = 65_536
Event = dict[str, Any]


def refused(status: int, code: str, words: str = "no", **more: Any) -> Answer:
    """The standard error response."""
    return Answer(status, {"errcode": code, "error": words, **more})


@dataclass
class Room:
    """One room: who may join it, who is in it."""

    name: str
    rule: str
    inside: set[str] = field(default_factory=set)
    sealed: bool = False


class HomeServer(Pretend):
    """Everything that happened stands in one line; a place in it is a token ("s7_1", "t7_1").

    `patience`: so many questions it answers yet, then it wants a pause.
    """

    patience: int | None = None

    def __init__(self) -> None:
        super().__init__()
        self.rooms: dict[str, Room] = {}
        self.line: list[Event] = []
        self.invited: dict[str, int] = {}
        self.keys: dict[tuple[str, str], str] = {}
        self.media: list[tuple[str, bytes]] = []
        self.declined: list[str] = []
        self.age = 1
        self.routes: list[tuple[str, str, Callable[..., Answer]]] = [
            ("GET", r"/_matrix/client/v3/account/whoami", self._whoami),
            ("GET", r"/_matrix/client/v3/sync", self._sync),
            ("GET", r"/_matrix/client/v3/rooms/([^/]+)/messages", self._messages),
            ("GET", r"/_matrix/client/v3/rooms/([^/]+)/event/([^/]+)", self._event),
            ("GET", r"/_matrix/client/v3/rooms/([^/]+)/state/m\.room\.join_rules/?", self._rule),
            ("GET", r"/_matrix/client/v1/rooms/([^/]+)/relations/([^/]+)/m\.annotation/m\.reaction",
             self._reactions),
            ("PUT", r"/_matrix/client/v3/rooms/([^/]+)/send/m\.room\.message/([^/]+)", self._send),
            ("PUT", r"/_matrix/client/v3/rooms/([^/]+)/redact/([^/]+)/([^/]+)", self._redact),
            ("POST", r"/_matrix/client/v3/rooms/([^/]+)/(join|leave)", self._come_or_go),
            ("POST", r"/_matrix/media/v3/upload", self._upload),
        ]  # fmt: skip

    def open_room(self, rule: str = "invite", *, inside: bool = True) -> str:
        """A room of the citizen's; the city was asked into it and came, or knows nothing of it."""
        room = f"!room{len(self.rooms)}:seoul.example"
        self.rooms[room] = Room(room, rule, {MINA})
        self._member(room, MINA, "join")
        if inside:
            self.invite(room)
            self._let_in(room)
        return room

    def invite(self, room: str) -> None:
        """The citizen asks the city in."""
        self._member(room, CITY, "invite")
        self.invited[room] = len(self.line)

    def put_out(self, room: str) -> None:
        """The city is thrown out."""
        self._member(room, CITY, "leave", sender=MINA)
        self.rooms[room].inside.discard(CITY)

    def say(self, room: str, words: str, more: Event | None = None, *, by: str = MINA) -> str:
        """Somebody says it there; the event's name."""
        content = {"msgtype": "m.text", "body": words, **(more or {})}
        return self.add(room, "m.room.message", content, by)

    def change(self, room: str, event: str, words: str) -> str:
        """The citizen edits it."""
        relation = {"rel_type": "m.replace", "event_id": event}
        words_now = {"msgtype": "m.text", "body": words}
        more = {"m.new_content": words_now, "m.relates_to": relation}
        return self.say(room, f"* {words}", more)

    def redact(self, room: str, event: str, by: str = MINA) -> str:
        """It is taken back: only its shell stays."""
        name = self.add(room, "m.room.redaction", {"redacts": event}, by)
        for one in self.line:
            if one["event_id"] == event:
                one["content"] = {}
                one["unsigned"] = {"redacted_because": self.line[-1]}
        return name

    def react(self, room: str, event: str, sign: str) -> str:
        """The citizen reacts to it."""
        relation = {"rel_type": "m.annotation", "event_id": event, "key": sign}
        return self.add(room, "m.reaction", {"m.relates_to": relation}, MINA)

    def add(self, room: str, kind: str, content: Mapping[str, Any], by: str, **more: Any) -> str:
        """Whatever happens there."""
        event = {
            "type": kind,
            "event_id": f"$e{len(self.line)}",
            "room_id": room,
            "sender": by,
            "origin_server_ts": 1_796_000_000_000 + len(self.line) * 1000,
            "content": dict(content),
            "unsigned": {},
            **more,
        }
        self.line.append(event)
        return str(event["event_id"])

    def forget_tokens(self) -> None:
        """It was set up anew: it knows no place of before."""
        self.age += 1

    def ours(self, room: str) -> list[Event]:
        """What the city said there."""
        found = [one for one in self.line if one["room_id"] == room and one["sender"] == CITY]
        return [one for one in found if one["type"] == "m.room.message"]

    def answer(self, asked: Asked) -> Answer:
        """By its path; the token first."""
        held = asked.headers.get("authorization", "")
        if not held.startswith("Bearer "):
            return refused(401, "M_MISSING_TOKEN")
        if held != f"Bearer {TOKEN}":
            return refused(401, "M_UNKNOWN_TOKEN", soft_logout=False)
        if self.patience is not None:
            if not self.patience:
                return refused(429, "M_LIMIT_EXCEEDED", retry_after_ms=7000)
            self.patience -= 1
        found = [(verb, m, do) for verb, path, do in self.routes if (m := _at(path, asked))]
        for verb, match, do in found:
            if verb == asked.method:
                return do(asked, *map(unquote, match.groups()))
        return refused(405 if found else 404, "M_UNRECOGNIZED")

    def _member(self, room: str, who: str, state: str, sender: str = "", **unsigned: Any) -> None:
        content = {"membership": state, "displayname": NAMES[who]}
        more = {"state_key": who, "unsigned": unsigned}
        self.add(room, "m.room.member", content, sender or who, **more)

    def _let_in(self, room: str) -> None:
        self._member(room, CITY, "join", prev_content={"membership": "invite"})
        self.rooms[room].inside.add(CITY)
        self.invited.pop(room, None)

    def _whoami(self, _asked: Asked) -> Answer:
        return Answer(200, {"user_id": CITY, "device_id": "PORTAL", "is_guest": False})

    def _sync(self, asked: Asked) -> Answer:
        if asked.query.get("timeout") != "0":
            return refused(400, "M_INVALID_PARAM", "this one does not wait")
        since, rule = asked.query.get("since", ""), json.loads(asked.query.get("filter", "{}"))
        start = self._place(since) if since else 0
        if start is None:
            return refused(400, "M_UNKNOWN", "Invalid stream token")
        rooms: dict[str, Any] = {"join": {}, "leave": {}, "invite": {}}
        for room in self.rooms.values():
            was_in = any(one["room_id"] == room.name and _is_ours(one, "leave")
                         for one in self.line[start:])  # fmt: skip
            if told := self._timeline(room, start, rule["room"]):
                if CITY in room.inside:
                    rooms["join"][room.name] = told
                elif was_in and since:
                    rooms["leave"][room.name] = told
        for name, at in self.invited.items():
            if at > start:
                rooms["invite"][name] = {"invite_state": {"events": self._stripped(name)}}
        return Answer(200, {"next_batch": f"s{len(self.line)}_{self.age}", "rooms": rooms})

    def _timeline(self, room: Room, start: int, rule: Mapping[str, Any]) -> dict[str, Any]:
        """Of a room that we came into meanwhile, from its beginning; as a newcomer reads it."""
        came = [n for n, one in enumerate(self.line[start:], start) if one["room_id"] == room.name
                and _is_ours(one, "join")]  # fmt: skip
        found = self._found(room.name, 0 if came else start, len(self.line), rule["timeline"])
        most = rule["timeline"].get("limit", 10)
        shown = found[-most:]
        if not found:
            return {}
        told: dict[str, Any] = {"events": [self._shown(one) for _n, one in shown]}
        told["limited"] = len(found) > most
        if told["limited"]:
            told["prev_batch"] = f"t{shown[0][0]}_{self.age}"
        return {"timeline": told, "state": {"events": self._members(shown)}}

    def _messages(self, asked: Asked, room: str) -> Answer:
        if room not in self.rooms or CITY not in self.rooms[room].inside:
            return refused(403, "M_FORBIDDEN", "not in this room")
        if asked.query.get("dir") != "b":
            return refused(400, "M_MISSING_PARAM", "dir")
        rule = json.loads(asked.query.get("filter", "{}"))
        end = self._place(asked.query["from"]) if "from" in asked.query else len(self.line)
        start = self._place(asked.query["to"]) if "to" in asked.query else 0
        if end is None or start is None:
            return refused(400, "M_UNKNOWN", "Invalid stream token")
        shown = self._found(room, start, end, rule)[::-1][: int(asked.query.get("limit", "10"))]
        told: dict[str, Any] = {"start": f"t{end}_{self.age}"}
        told["chunk"] = [self._shown(one) for _n, one in shown]
        if shown:
            told["end"] = f"t{shown[-1][0]}_{self.age}"
        return Answer(200, {**told, "state": self._members(shown)})

    def _event(self, _asked: Asked, room: str, event: str) -> Answer:
        if room not in self.rooms or CITY not in self.rooms[room].inside:
            return refused(403, "M_FORBIDDEN", "not in this room")
        found = [one for one in self.line if one["event_id"] == event and one["room_id"] == room]
        return Answer(200, found[0]) if found else refused(404, "M_NOT_FOUND", "Event not found.")

    def _rule(self, _asked: Asked, room: str) -> Answer:
        return Answer(200, {"join_rule": self.rooms[room].rule})

    def _reactions(self, _asked: Asked, room: str, event: str) -> Answer:
        found = [one for one in self.line if one["room_id"] == room and one["type"] == "m.reaction"]
        chunk = [one for one in found if one["content"]["m.relates_to"]["event_id"] == event]
        return Answer(200, {"chunk": chunk})

    def _send(self, asked: Asked, room: str, key: str) -> Answer:
        content = asked.json
        if room not in self.rooms or CITY not in self.rooms[room].inside:
            return refused(403, "M_FORBIDDEN", "not in this room")
        if not content.get("msgtype") or not content.get("body"):
            return refused(400, "M_BAD_JSON", "msgtype, body")
        if len(asked.body) > LONGEST:
            return refused(413, "M_TOO_LARGE")
        if (room, key) in self.keys:
            return Answer(200, {"event_id": self.keys[room, key]})
        relation = content.get("m.relates_to", {})
        if wrong := self._wrong_relation(room, relation):
            return refused(400, "M_UNKNOWN", wrong)
        name = self.add(room, "m.room.message", content, CITY, unsigned={"transaction_id": key})
        self.keys[room, key] = name
        return Answer(200, {"event_id": name})

    def _wrong_relation(self, room: str, relation: Mapping[str, Any]) -> str:
        """Why nothing can stand there; "" where it can."""
        if not relation.get("rel_type"):
            return ""
        named = [one for one in self.line if one["event_id"] == relation.get("event_id")]
        if not named or named[0]["room_id"] != room:
            return "Can't send relation to unknown event"
        if relation["rel_type"] == "m.thread" and "m.relates_to" in named[0]["content"]:
            return "Cannot start threads from an event with a relation"
        return ""

    def _redact(self, asked: Asked, room: str, event: str, key: str) -> Answer:
        if not isinstance(asked.json, dict) or not asked.body:
            return refused(400, "M_NOT_JSON")
        if not any(one["event_id"] == event and one["room_id"] == room for one in self.line):
            return refused(404, "M_NOT_FOUND")
        if (room, key) not in self.keys:
            self.keys[room, key] = self.redact(room, event, by=CITY)
        return Answer(200, {"event_id": self.keys[room, key]})

    def _come_or_go(self, asked: Asked, room: str, verb: str) -> Answer:
        if room not in self.invited:
            return refused(403, "M_FORBIDDEN", "not asked in")
        if verb == "join":
            self._let_in(room)
            return Answer(200, {"room_id": room})
        self.invited.pop(room)
        self.declined.append(asked.json.get("reason", ""))
        return Answer(200, {})

    def _upload(self, asked: Asked) -> Answer:
        self.media.append((asked.headers.get("content-type", ""), asked.body))
        return Answer(200, {"content_uri": f"mxc://seoul.example/m{len(self.media)}"})

    def _place(self, token: str) -> int | None:
        found = re.fullmatch(rf"[st](\d+)_{self.age}", token)
        return int(found[1]) if found else None

    def _found(
        self, room: str, start: int, end: int, rule: Mapping[str, Any]
    ) -> list[tuple[int, Event]]:
        """What this filter lets through, with its place."""
        return [
            (n, one)
            for n, one in enumerate(self.line[start:end], start)
            if one["room_id"] == room
            and one["type"] in rule.get("types", [one["type"]])
            and one["sender"] in rule.get("senders", [one["sender"]])
        ]

    def _members(self, shown: list[tuple[int, Event]]) -> list[Event]:
        """Who speaks in it, and nobody else (lazily loaded)."""
        who = {(one["room_id"], one["sender"]) for _n, one in shown}
        found = {
            (one["room_id"], one["state_key"]): one
            for one in self.line
            if one["type"] == "m.room.member" and (one["room_id"], one["state_key"]) in who
        }
        return list(found.values())

    def _stripped(self, room: str) -> list[Event]:
        rule = {"join_rule": self.rooms[room].rule}
        kinds = [("m.room.join_rules", rule)]
        if self.rooms[room].sealed:
            kinds.append(("m.room.encryption", {"algorithm": "m.megolm.v1.aes-sha2"}))
        return [{"type": kind, "state_key": "", "sender": MINA, "content": content}
                for kind, content in kinds]  # fmt: skip

    def _shown(self, event: Event) -> Event:
        """Below a room's name an event does not repeat it."""
        return {name: held for name, held in event.items() if name != "room_id"}


def _at(path: str, asked: Asked) -> re.Match[str] | None:
    return re.fullmatch(path, asked.path)


def _is_ours(event: Event, membership: str) -> bool:
    held = event["content"].get("membership")
    return bool(event.get("state_key") == CITY and held == membership)
