"""A KakaoTalk channel: its chatbot hands us what is said to it, an event of it carries our answer.

The chatbot calls a "skill" of ours and waits five seconds. Its callback lives for a minute, so the
answer of an office leaves hours later by the Event API: its block shows the parameter `ANSWER`, or
asks this skill for it. That an event was taken is all we are told; a look at its task says more.
Kakao names nothing that is said, nor says when: it is named by who, what, and when it came.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from hmac import compare_digest
from typing import Any, ClassVar

from channels_app.connectors.contract import (
    About,
    Caps,
    Connector,
    Heard,
    HookAnswer,
    Inbound,
    Outbound,
    Picture,
    Sent,
)
from channels_app.connectors.errors import (
    BadSignature,
    ContentRejected,
    Forbidden,
    OutcomeUnknown,
    TargetGone,
    Transient,
)
from channels_app.connectors.web import Told, Web, part, problem_of
from lifecycle import clock

Json = dict[str, Any]
LONGEST = 1000  # characters of one bubble
WINDOW = 60  # seconds in which the same words of the same person are the same call
ANSWER = "seoul_answer"  # the parameter of the event's block that holds our words
ARRIVED = "말씀이 도착했습니다. 담당 부서가 읽고 이 대화방에서 답해 드리겠습니다."


@dataclass(frozen=True, kw_only=True)
class Kakao(Connector[Outbound]):
    """The chatbot of one channel, and how its events are set off.

    A skill call bears no signature: its secret is the path of our door, and the header `header`
    where the operator has set one in the console (`header_secret`); without one every call at that
    path that names our bot is believed. That somebody has added or blocked the channel is told with
    the app's `admin_key`. `event` is the name of the block that carries an answer; without it
    nothing leaves. `arrived` is what a citizen reads at once.
    """

    caps: ClassVar = Caps(inbound="webhook", max_len=LONGEST)
    bot: str
    rest_key: str = field(default="", repr=False)
    event: str = ""
    admin_key: str = field(default="", repr=False)
    header: str = "x-seoul-listens"
    header_secret: str = field(default="", repr=False)
    arrived: str = ARRIVED
    base: str = "https://bot-api.kakao.com"
    allow: frozenset[str] = frozenset()

    def verify(self) -> None:
        """Is our key known there? Nothing is asked where nothing leaves.

        What is asked for is of group chats: that this bot is in none may be refused, the key not.
        """
        if not self.rest_key:
            return
        told = self._web.ask(
            "GET", f"/v3/bots/{part(self.bot)}/group-chat-rooms", query={"pageSize": 10}
        )
        if told.status in (401, 408, 429) or told.status >= 500:
            raise problem_of(told, writes=False)

    def about(self) -> About:
        """The bot's own name; Kakao tells nothing else."""
        self.verify()
        return About(own_id=self.bot)

    def check(self, out: Outbound) -> None:
        """Words for a person who wrote to us, in one bubble. Raises ContentRejected, Forbidden."""
        super().check(out)
        if out.pictures:
            raise ContentRejected("no pictures here")
        if not self.event or not self.rest_key or not out.reply_to.get("user"):
            raise Forbidden("no way to write first")

    def send(self, out: Outbound) -> Sent:
        """Set off the event that shows these words. Raises one of the connector's errors."""
        body = {
            "event": {"name": self.event, "data": {"text": out.text}},
            "user": [{"type": out.reply_to["type"], "id": out.reply_to["user"]}],
            "params": {ANSWER: out.text},
        }
        task = _task(self._web.ask("POST", f"/v2/bots/{part(self.bot)}/talk", body=body))
        self._look_after(task)
        return Sent((task,), ref=out.reply_to)

    @classmethod
    def hear(cls, kind: str, raw: bytes, *, own_id: str = "") -> Heard:
        """What a person has said to the chatbot."""
        kept = json.loads(raw)
        came, call = datetime.fromisoformat(kept["came"]), kept["call"]
        user, picture = str(call["userRequest"]["user"]["id"]), _picture(call)
        return Heard(
            "message",
            _name(call, came),
            author=user,
            text="" if picture else _words(call),
            at=came,
            root=user,
            pictures=(picture,) if picture else (),
        )

    def check_hook(self, headers: Mapping[str, str], body: bytes) -> None:
        """A call of our own bot, or of Kakao with our key. Raises BadSignature."""
        call = _call(body)
        if "userRequest" in call:
            secret = headers.get(self.header.lower(), "")
            if self.header_secret and not _is_same(secret, self.header_secret):
                raise BadSignature("not the header of the console")
            if _bot(call) != self.bot.rstrip("!"):
                raise BadSignature("another bot's")
            return
        key = headers.get("authorization", "")
        if not self.admin_key or not _is_same(key, f"KakaoAK {self.admin_key}"):
            raise BadSignature("not our key")
        if not headers.get("x-kakao-resource-id"):
            raise BadSignature("a call without a name")

    @classmethod
    def hook_name(cls, headers: Mapping[str, str], body: bytes) -> str:
        """Kakao's own name of the call; else the call itself in the minute in which it came."""
        named = headers.get("x-kakao-resource-id") or headers.get("x-request-id")
        return _digest(named or f"{body!r}\n{_window(clock.now())}")

    def hook_answer(self, body: bytes) -> HookAnswer:
        """That the words have arrived; the words of our own answer where its block asks for them.

        `useCallback` may be said only where Kakao has given an address for it.
        """
        call = _call(body)
        if "userRequest" not in call:
            return HookAnswer()
        if ours := _own_words(call):
            return _says({"template": _bubble(ours)})
        if call["userRequest"].get("callbackUrl"):
            return _says({"useCallback": True, "data": {"text": self.arrived}})
        return _says({"template": _bubble(self.arrived)})

    @classmethod
    def open_hook(cls, body: bytes) -> tuple[Inbound, ...]:
        """What was said, with the moment it came; none where our own event was shown."""
        call = json.loads(body)
        if "userRequest" not in call or _own_words(call) or not _words(call).strip():
            return ()
        came, user = clock.now(), call["userRequest"]["user"]
        raw = json.dumps({"came": came.isoformat(), "call": call}, ensure_ascii=False).encode()
        ref = {"user": str(user["id"]), "type": str(user.get("type", "botUserKey"))}
        return (Inbound("message", _name(call, came), _digest(_words(call)), raw, ref),)

    @property
    def _web(self) -> Web:
        return Web(self.base, {"Authorization": f"KakaoAK {self.rest_key}"}, self.allow)

    def _look_after(self, task: str) -> None:
        """What became of it, where that is known already. Raises TargetGone, Forbidden."""
        try:
            told = self._web.ask("GET", f"/v1/tasks/{part(task)}")
        except Transient:
            return  # it was taken: that nobody tells us more is no failure
        said = told.json if told.is_good and isinstance(told.json, dict) else {}
        if said.get("userKeyResolvingFailCount"):
            raise TargetGone("Kakao knows nobody of this name")
        failed = said.get("fail") or {}
        if failed.get("count") and not said.get("successCount"):
            raise Forbidden(f"not shown: {json.dumps(failed.get('list'))[:200]}")


def _task(told: Told) -> str:
    """The name of an event that was taken. Raises one of the connector's errors."""
    if told.status == 404:
        raise Forbidden("no such bot")
    if not told.is_good:
        raise problem_of(told, writes=True)
    said = told.json if isinstance(told.json, dict) else {}
    status, task = said.get("status"), str(said.get("taskId") or "")
    if status == "FAIL":
        raise Forbidden(f"not taken: {said.get('message', '')}"[:200])
    if status != "SUCCESS" or not task:
        raise OutcomeUnknown(f"{status} {said.get('message', '')}"[:200])
    return task


def _call(body: bytes) -> Json:
    """What was called. Raises BadSignature for what Kakao never says."""
    try:
        call = json.loads(body)
    except ValueError as problem:
        raise BadSignature("no JSON") from problem
    if not isinstance(call, dict) or not isinstance(call.get("userRequest", {}), dict):
        raise BadSignature("not a call")
    return call


def _bot(call: Json) -> str:
    """A bot that is tried out has a ! behind its name."""
    bot = call.get("bot")
    return str(bot.get("id", "")).rstrip("!") if isinstance(bot, dict) else ""


def _words(call: Json) -> str:
    return str(call["userRequest"].get("utterance") or "")


def _own_words(call: Json) -> str:
    """Ours, where the block of our own event asks for what it shall show."""
    params = (call.get("action") or {}).get("params") or {}
    return str(params.get(ANSWER) or "")


def _picture(call: Json) -> Picture | None:
    """One that was sent instead of words: its address is what is said."""
    media = (call["userRequest"].get("params") or {}).get("media")
    if not isinstance(media, dict) or media.get("type") != "image" or not media.get("url"):
        return None
    return Picture(url=str(media["url"]))


def _name(call: Json, came: datetime) -> str:
    """Who, what, and which call: by its callback, that is given once; else by when it came."""
    asked = call["userRequest"]
    once = asked.get("callbackUrl") or _window(came)
    return _digest(f"{asked['user']['id']}\n{_words(call)}\n{once}")


def _window(came: datetime) -> int:
    return int(came.timestamp()) // WINDOW


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _is_same(one: str, other: str) -> bool:
    """It takes the same time wherever they differ."""
    return compare_digest(one.encode(), other.encode())


def _bubble(words: str) -> Json:
    return {"outputs": [{"simpleText": {"text": words}}]}


def _says(answer: Json) -> HookAnswer:
    """As a skill speaks."""
    said = json.dumps({"version": "2.0", **answer}, ensure_ascii=False)
    return HookAnswer(said.encode(), "application/json")
