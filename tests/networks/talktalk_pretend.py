"""Naver TalkTalk by its book, https://github.com/navertalk/chatbot-api, read on 2026-11-30."""

import json
from typing import Any

from tests.networks.pretend import Answer, Asked, Pretend

KEY, PARTNER, MINA = "ct_wc8b1i_Pb1AXDQ0RZWuCccpzdNL", "wc8b1i", "al-2eGuGr5WQOnco1_V-FQ"
CONTENTS = ("textContent", "imageContent", "compositeContent")


class TalkTalkPretend(Pretend):
    """One account; `kept` is what people have read of it (user, words, was their phone told)."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: list[tuple[str, str, bool]] = []

    def answer(self, asked: Asked) -> Answer:
        """Whatever is wrong with an event is said in an answer of 200."""
        if (asked.method, asked.path) != ("POST", "/chatbot/v1/event"):
            return Answer(404)
        if asked.headers.get("authorization") != KEY:
            return refused("01", "Authorization 정보 오류")
        try:
            event = asked.json
        except ValueError:
            return refused("02", "request json 문자열 파싱 오류")
        if not asked.headers.get("content-type", "").startswith("application/json"):
            return refused("02", "request json 문자열 파싱 오류")
        return self._take(event)

    def _take(self, event: dict[str, Any]) -> Answer:
        said = [name for name in CONTENTS if name in event]
        if not event.get("user") or (event.get("event") == "send" and len(said) != 1):
            return refused("02", "request json 문자열 파싱 오류")
        if event["event"] == "send":
            words = event["textContent"]["text"]
            if not words or len(words) > 10_000:
                return refused("99", "텍스트 길이")
            told = event.get("options", {}).get("notification", False)
            self.kept.append((event["user"], words, told))
        return Answer(200, {"success": True, "resultCode": "00"})


def refused(code: str, why: str) -> Answer:
    """Not taken."""
    return Answer(200, {"success": False, "resultCode": code, "resultMessage": why})


def event_call(event: str = "send", *, user: str = MINA, **parts: Any) -> bytes:
    """As TalkTalk calls our door."""
    return json.dumps({"event": event, "user": user, **parts}, ensure_ascii=False).encode()


def said(words: str, *, user: str = MINA) -> bytes:
    """Somebody has written to the city."""
    return event_call(user=user, textContent={"text": words, "inputType": "typing"})


def echoed(words: str, *, user: str = MINA) -> bytes:
    """What the city has written, as it comes back."""
    return event_call("echo", user=user, echoedEvent="send", partner=PARTNER,
                      textContent={"text": words}, options={"mobile": False})  # fmt: skip
