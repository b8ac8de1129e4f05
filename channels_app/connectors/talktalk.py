"""Naver TalkTalk: its chat hands us what is said to the city, and takes our answer at any time.

Naver names no message, neither theirs nor ours, and signs no call: the secret is the path of our
door, and who may knock there is the proxy's business. What was said is named by who said it, what,
and when it came; what we have sent by our own key, so nobody can tell what became of a lost one.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any, ClassVar

from channels_app.connectors.contract import (
    About,
    Caps,
    Connector,
    Heard,
    Inbound,
    Outbound,
    Picture,
    Sent,
)
from channels_app.connectors.errors import (
    AuthExpired,
    BadSignature,
    ConnectorError,
    ContentRejected,
    Forbidden,
    OutcomeUnknown,
    Transient,
)
from channels_app.connectors.web import Told, Web, problem_of
from lifecycle import clock

Json = dict[str, Any]
LONGEST = 10_000  # characters, Hangul or not
WINDOW = 60  # seconds in which the same words of the same person are the same call
NOT_OURS = "01"  # the key is wrong, or of yesterday
REJECTED = frozenset({"02", "IMG-01", "IMG-03"})
KINDS = {"send": "message", "echo": "echo"}  # what else is told (open, leave, friend) says nothing


@dataclass(frozen=True, kw_only=True)
class TalkTalk(Connector[Outbound]):
    """The city's account there: the key of its sending interface (ct_…), and its name (wc…)."""

    caps: ClassVar = Caps(inbound="webhook", max_len=LONGEST)
    key: str = field(repr=False)
    partner: str = ""
    base: str = "https://gw.talk.naver.com"
    allow: frozenset[str] = frozenset()

    def verify(self) -> None:
        """Is our key good? Asked by an event for nobody, which changes nothing.

        Raises AuthExpired, Transient.
        """
        event = {"event": "action", "options": {"action": "typingOff"}}
        try:
            told = self._ask(event)
        except OutcomeUnknown as problem:
            raise Transient(str(problem)) from problem
        if not told.is_good:
            raise problem_of(told, writes=False)
        if _code(told) == NOT_OURS:
            raise AuthExpired("the key is not known")

    def about(self) -> About:
        """Our own name there; Naver tells nothing else."""
        self.verify()
        return About(own_id=self.partner)

    def check(self, out: Outbound) -> None:
        """Words for a person who wrote to us. Raises ContentRejected, Forbidden."""
        super().check(out)
        if out.pictures:
            raise ContentRejected("no pictures here")
        if not out.reply_to.get("user"):
            raise Forbidden("no way to write first")

    def send(self, out: Outbound) -> Sent:
        """Into their chat; their phone says so. Raises one of the connector's errors."""
        told = self._ask(
            {
                "event": "send",
                "user": out.reply_to["user"],
                "textContent": {"text": out.text},
                "options": {"notification": True},
            }
        )
        if not told.is_good:
            raise problem_of(told, writes=True)
        if _says(told).get("success") is not True:
            raise _problem(told)
        return Sent((out.key,), ref=out.reply_to)

    @classmethod
    def hear(cls, kind: str, raw: bytes, *, own_id: str = "") -> Heard:
        """What a person has said; an echo is what the city's people or we have."""
        kept = json.loads(raw)
        came, call = datetime.fromisoformat(kept["came"]), kept["call"]
        user, url, is_ours = str(call["user"]), _picture(call), call["event"] == "echo"
        return Heard(
            "message",
            _name(call, came),
            author=own_id if is_ours else user,
            text=_words(call),
            at=came,
            root=user,
            is_ours=is_ours,
            pictures=(Picture(url=url),) if url else (),
        )

    def check_hook(self, headers: Mapping[str, str], body: bytes) -> None:
        """An event, and of no other account's: the path is the secret. Raises BadSignature."""
        try:
            call = json.loads(body)
        except ValueError as problem:
            raise BadSignature("no JSON") from problem
        if not isinstance(call, dict) or not isinstance(call.get("event"), str):
            raise BadSignature("not an event")
        if self.partner and call.get("partner", self.partner) != self.partner:
            raise BadSignature("another account's")

    @classmethod
    def hook_name(cls, headers: Mapping[str, str], body: bytes) -> str:
        """The call itself, in the minute in which it came: two words may well be the same."""
        return _digest(f"{body!r}\n{_window(clock.now())}")

    @classmethod
    def open_hook(cls, body: bytes) -> tuple[Inbound, ...]:
        """What was said, with the moment it came; who comes and goes is nobody's concern."""
        call = json.loads(body)
        kind = KINDS.get(str(call.get("event")))
        if kind is None or not (_words(call).strip() or _picture(call)):
            return ()
        came = clock.now()
        raw = json.dumps({"came": came.isoformat(), "call": call}, ensure_ascii=False).encode()
        ref = {"user": str(call["user"])}
        return (Inbound(kind, _name(call, came), _digest(_said(call)), raw, ref),)

    def _ask(self, event: Json) -> Told:
        """Everything is an event."""
        web = Web(self.base, {"Authorization": self.key}, self.allow)
        return web.ask("POST", "/chatbot/v1/event", body=event)


def _says(told: Told) -> Json:
    return told.json if isinstance(told.json, dict) else {}


def _code(told: Told) -> str:
    return str(_says(told).get("resultCode") or "")


def _problem(told: Told) -> ConnectorError:
    """What a refusal asks of us. Of 99 only its words say more: later it may be taken."""
    code, words = _code(told), str(_says(told).get("resultMessage") or "")[:200]
    if code == NOT_OURS:
        return AuthExpired(words)
    if code in REJECTED:
        return ContentRejected(f"{code} {words}")
    return Transient(f"{code} {words}") if code else OutcomeUnknown("no answer we understand")


def _words(call: Json) -> str:
    return str((call.get("textContent") or {}).get("text") or "")


def _picture(call: Json) -> str:
    return str((call.get("imageContent") or {}).get("imageUrl") or "")


def _said(call: Json) -> str:
    return f"{_words(call)}\n{_picture(call)}"


def _name(call: Json, came: datetime) -> str:
    """Who and what, and when it came; ours never bears the name of theirs."""
    return _digest(f"{call['event']}\n{call['user']}\n{_said(call)}\n{_window(came)}")


def _window(came: datetime) -> int:
    return int(came.timestamp()) // WINDOW


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
