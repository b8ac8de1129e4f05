"""Matrix: the rooms that the city's account is in, over its home server (client-server API v3).

Everything there is named "room/event". Nothing is decrypted: what is said in encrypted rooms stays
unread, and an invitation to one is declined with a reason, so that nobody waits there in vain. What
was said in a room before we were asked into it was not said to us.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

from channels_app.connectors import matrix_events as events
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
    ConnectorError,
    ContentRejected,
    Forbidden,
    OutcomeUnknown,
    RateLimited,
    TargetGone,
    Transient,
)
from channels_app.connectors.fetching import READS
from channels_app.connectors.lengths import cut
from channels_app.connectors.matrix_events import SPOKEN, text_in, within
from channels_app.connectors.matrix_reading import CLIENT, PAGES, Reading, rule_of
from channels_app.connectors.statuses import LONGEST_WAIT
from channels_app.connectors.web import Told, Web, part, problem_of, wait_of

RELATIONS = "/_matrix/client/v1"
UPLOAD = "/_matrix/media/v3/upload"
OURS = 100  # of our own events in a room, in which one that was lost is looked for
SHORT = 1000  # bytes of an edit, for programs that know no edits
BY_CODE: Mapping[str, type[ConnectorError]] = {
    "M_UNKNOWN_TOKEN": AuthExpired,
    "M_MISSING_TOKEN": AuthExpired,
    "M_USER_DEACTIVATED": AuthExpired,
    "M_USER_LOCKED": AuthExpired,
    "M_USER_SUSPENDED": AuthExpired,
    "M_CONSENT_NOT_GIVEN": AuthExpired,
    "M_RESOURCE_LIMIT_EXCEEDED": Transient,
    "M_USER_LIMIT_EXCEEDED": Transient,
    "M_UNRECOGNIZED": Transient,
    "M_FORBIDDEN": Forbidden,
    "M_NOT_FOUND": TargetGone,
    "M_TOO_LARGE": ContentRejected,
}


@dataclass(frozen=True, kw_only=True)
class Matrix(Connector[Outbound]):
    """Its home server's address, its access token, its own name, and the room it speaks in itself.

    Without `room` it only answers. A home server remembers our keys for a day or so; what is older
    is found among our own events, which bear them.
    """

    caps: ClassVar = Caps(
        inbound="poll",
        max_len=32_000,
        unit="bytes",
        idempotent="native",
        threads=True,
        edits=True,
        deletes=True,
    )
    base: str
    token: str = field(repr=False)
    own_id: str = ""
    room: str = ""
    allow: frozenset[str] = frozenset()

    def verify(self) -> None:
        """Are we let in, as whom we think we are? Raises AuthExpired, Transient."""
        self.about()

    def about(self) -> About:
        """Our own name there; nobody follows."""
        name = text_in(self._ask("GET", f"{CLIENT}/account/whoami"), "user_id")
        if not name:
            raise Transient("no home server that we know")
        if self.own_id and self.own_id != name:
            raise AuthExpired(f"signed in as {name}")
        return About(name, name)

    def fetch(self, cursor: str) -> Batch:
        """What came since; gaps are walked back, over several calls where they are long."""
        reading = Reading(self._ask, self._me(), **(json.loads(cursor) if cursor else {}))
        if not reading.walks:
            reading.sync()
        reading.walk()
        came_in = reading.answer_invitations()
        more = came_in or bool(reading.walks)
        return Batch(reading.said(), reading.cursor, more, reading.wait)

    def check(self, out: Outbound) -> None:
        """There must be a room; and what is private is not said where everyone reads it."""
        super().check(out)
        if not self._room_of(out):
            raise Forbidden("no room of its own to speak in")
        if out.visibility == "private" and out.reply_to.get("public"):
            raise Forbidden("everyone reads that room")
        if not all(picture.content for picture in out.pictures):
            raise ContentRejected("a picture without its bytes")

    def send(self, out: Outbound) -> Sent:
        """Below what it answers; pictures as events of their own behind the words."""
        room, parent = self._room_of(out), out.reply_to.get("event", "")
        if parent and not self._stands(room, parent):
            raise TargetGone("redacted")  # no server refuses an answer to it
        is_public = self._is_public(out)
        said = [{"msgtype": "m.text", "body": out.text}, *map(self._uploaded, out.pictures)]
        names = [
            self._put(room, key, {**content, **_below(out.reply_to)})
            for key, content in zip(_keys(out), said, strict=True)
        ]
        return self._sent(out, names, is_public=is_public)

    def reconcile(self, out: Outbound) -> Sent | None:
        """Our newest events there bear our keys."""
        room = self._room_of(out)
        rule = {"types": [SPOKEN], "senders": [self._me()]}
        query = {"dir": "b", "limit": OURS, "filter": json.dumps(rule)}
        found = self._ask("GET", f"{CLIENT}/rooms/{part(room)}/messages", query=query)
        there = {
            text_in(within(one, "unsigned"), "transaction_id"): text_in(one, "event_id")
            for one in found.get("chunk", ())
        }
        names = [there.get(key, "") for key in _keys(out)]
        if not all(names):
            return None
        return replace(self._sent(out, names, is_public=self._is_public(out)), duplicate=True)

    def edit(self, external_id: str, out: Outbound) -> Sent:
        """Other words under the same name."""
        super().check(out)
        room, event = events.parts_of(external_id)
        content = {
            "msgtype": "m.text",
            "body": f"* {cut(out.text, most=SHORT, unit='bytes')}",
            "m.new_content": {"msgtype": "m.text", "body": out.text},
            "m.relates_to": {"rel_type": "m.replace", "event_id": event},
        }
        self._put(room, f"{out.key}.{events.digest(f'{event} {out.text}')[:16]}", content)
        return Sent((external_id,))

    def delete(self, external_id: str) -> None:
        """Redacted for everyone."""
        room, event = events.parts_of(external_id)
        # The key names the event: some servers look for keys in the whole room.
        path = f"{CLIENT}/rooms/{part(room)}/redact/{part(event)}/{part(f'delete.{event}')}"
        try:
            self._ask("PUT", path, body={})
        except TargetGone:
            return

    def gone_among(self, external_ids: Sequence[str]) -> frozenset[str]:
        """Those that were redacted, or that we are not shown any more."""
        return frozenset(one for one in external_ids if not self._stands(*events.parts_of(one)))

    def counts_of(self, external_ids: Sequence[str]) -> Mapping[str, Mapping[str, int]]:
        """Reactions by their sign."""
        return {one: dict(Counter(self._reactions(*events.parts_of(one)))) for one in external_ids}

    @classmethod
    def hear(cls, kind: str, raw: bytes, *, own_id: str = "") -> Heard:
        """One event, with what its room and its author are called."""
        return events.heard_in(kind, raw, own_id)

    def _me(self) -> str:
        return self.own_id or self.about().own_id

    def _room_of(self, out: Outbound) -> str:
        return out.reply_to.get("room") or self.room

    def _is_public(self, out: Outbound) -> bool:
        """Asked before anything is said, where what we answer does not tell."""
        if "public" in out.reply_to:
            return bool(out.reply_to["public"])
        return rule_of(self._ask, self._room_of(out)) == "public"

    def _ask(self, method: str, path: str, **told: Any) -> dict[str, Any]:
        """What a good answer says. Raises what any other one asks of us."""
        told["headers"] = {"Authorization": f"Bearer {self.token}", **told.get("headers", {})}
        answer = Web(self.base, allow=self.allow).ask(method, path, **told)
        if not answer.is_good:
            raise _problem(answer, writes=method not in READS)
        said = answer.json
        return said if isinstance(said, dict) else {}

    def _stands(self, room: str, event: str) -> bool:
        """It can still be answered; a room that we are no longer in tells us nothing."""
        try:
            found = self._ask("GET", f"{CLIENT}/rooms/{part(room)}/event/{part(event)}")
        except TargetGone:
            return False
        except Forbidden:
            return True
        if not text_in(found, "event_id"):
            raise Transient("no home server that we know")
        return not events.is_redacted(found)

    def _put(self, room: str, key: str, content: Mapping[str, Any]) -> str:
        """The event's name; under one key there is one event."""
        path = f"{CLIENT}/rooms/{part(room)}/send/{SPOKEN}/{part(key)}"
        if not (name := text_in(self._ask("PUT", path, body=content), "event_id")):
            raise OutcomeUnknown("no answer that we understand")
        return name

    def _uploaded(self, picture: Picture) -> dict[str, Any]:
        """An event that shows it; one that is lost on its way shows nowhere."""
        headers = {"Content-Type": picture.kind}
        try:
            said = self._ask("POST", UPLOAD, raw=picture.content, headers=headers)
        except OutcomeUnknown as problem:
            raise Transient(str(problem)) from problem
        if not (url := text_in(said, "content_uri")):
            raise Transient("no home server that we know")
        told = {"mimetype": picture.kind, "size": len(picture.content)}
        return {"msgtype": "m.image", "body": picture.words or "picture", "url": url, "info": told}

    def _sent(self, out: Outbound, names: Sequence[str], *, is_public: bool) -> Sent:
        """The words' own event, its pictures, and how to go on below it."""
        room, first = self._room_of(out), names[0]
        root = out.reply_to.get("root", "") if out.reply_to.get("event") else first
        ref = {"room": room, "event": first, "root": root, "public": "1" if is_public else ""}
        link = events.link_of(room, first, self.own_id) if is_public else ""
        return Sent(tuple(events.name_of(room, one) for one in names), link, ref=ref)

    def _reactions(self, room: str, event: str) -> Iterator[str]:
        """The sign of each; of the first pages, where they are very many."""
        path = f"{RELATIONS}/rooms/{part(room)}/relations/{part(event)}/m.annotation/m.reaction"
        query: dict[str, str | int] = {"limit": 100}
        for _n in range(PAGES):
            said = self._ask("GET", path, query=query)
            for one in said.get("chunk", ()):
                if sign := text_in(within(one, "content", "m.relates_to"), "key"):
                    yield sign
            if not (after := text_in(said, "next_batch")):
                return
            query["from"] = after


def _problem(told: Told, *, writes: bool) -> ConnectorError:
    """By the network's own code; what bears none was said by something that stands between."""
    said = told.json if isinstance(told.json, dict) else {}
    code = text_in(said, "errcode")
    words = f"{told.status} {code} {text_in(said, 'error')[:100]}".strip()
    if code == "M_LIMIT_EXCEEDED":
        wait = said.get("retry_after_ms")
        seconds = wait / 1000 if isinstance(wait, int) else wait_of(told)
        return RateLimited(min(max(seconds, 1.0), LONGEST_WAIT))
    if code in BY_CODE:
        return BY_CODE[code](words)
    if not code and 400 <= told.status < 406:
        return Transient(words)
    return problem_of(told, writes=writes)


def _keys(out: Outbound) -> list[str]:
    """One for the words, one for each picture."""
    return [out.key, *(f"{out.key}.{n}" for n, _picture in enumerate(out.pictures))]


def _below(ref: Ref) -> dict[str, Any]:
    """In its thread, or as a plain reply where no thread may begin; its author is called."""
    if not ref.get("event"):
        return {"m.mentions": {}}
    relation: dict[str, Any] = {"m.in_reply_to": {"event_id": ref["event"]}}
    if ref.get("root"):
        thread = {"rel_type": "m.thread", "event_id": ref["root"], "is_falling_back": False}
        relation = {**thread, **relation}
    called = {"user_ids": [ref["author"]]} if ref.get("author") else {}
    return {"m.relates_to": relation, "m.mentions": called}
