"""Kakao's chatbot by its book, read on 2026-11-30.

Skill calls: https://kakaobusiness.gitbook.io/main/tool/chatbot/skill_guide/answer_json_format and
…/skill_guide/ai_chatbot_callback_guide; the Event API: …/main_notions/event-api; who adds or blocks
a channel: https://developers.kakao.com/docs/latest/en/kakaotalk-channel/callback
"""

import json
import re
from typing import Any

from tests.networks.pretend import Answer, Asked, Pretend

BOT, KEY, EVENT = "620cea77ca92880f0b4e73c8", "rest-key", "office_answer"
MINA = "1139e39a6fd0c6b1dd"
TALK = re.compile(r"/v2/bots/([^/]+)/talk")
ROOMS = re.compile(r"/v3/bots/([^/]+)/group-chat-rooms")
TASK = re.compile(r"/v1/tasks/([^/]+)")
USER_TYPES = ("botUserKey", "plusfriendUserKey", "appUserId")


class KakaoPretend(Pretend):
    """One bot with one event; `shown` is what people have read of it (user, words)."""

    def __init__(self) -> None:
        super().__init__()
        self.people = {MINA}
        self.blocked: set[str] = set()
        self.shown: list[tuple[str, str]] = []
        self.tasks: dict[str, Any] = {}

    def answer(self, asked: Asked) -> Answer:
        """By path; whoever does not name a key is refused."""
        if found := TASK.fullmatch(asked.path):
            return self._task(found[1], asked.method)
        if asked.headers.get("authorization") != f"KakaoAK {KEY}":
            return Answer(401, {"code": -401, "msg": "wrong appKey"})
        if (found := TALK.fullmatch(asked.path)) and asked.method == "POST":
            return self._talk(found[1], asked)
        if (found := ROOMS.fullmatch(asked.path)) and asked.method == "GET" and found[1] == BOT:
            rooms = {"groupChatRooms": [], "hasNext": False}
            return Answer(200, rooms) if asked.query.get("pageSize") == "10" else Answer(400)
        return Answer(404, {"status": "FAIL", "message": "not found"})

    def _talk(self, bot: str, asked: Asked) -> Answer:
        if bot != BOT:
            return Answer(404, {"status": "FAIL", "message": "bot not found"})
        if asked.headers.get("content-type") != "application/json":
            return Answer(415, {"status": "FAIL", "message": "content type"})
        event, users = asked.json.get("event", {}), asked.json.get("user", [])
        if not 1 <= len(users) <= 100 or any(
            one.get("type") not in USER_TYPES or not one.get("id") for one in users
        ):
            return Answer(400, {"status": "ERROR", "message": "user"})
        if event.get("name") != EVENT or not isinstance(event.get("data"), dict):
            return Answer(200, {"status": "FAIL", "message": "event not found"})
        task = f"5f767a00-{len(self.tasks)}"
        self.tasks[task] = self._show(users[0]["id"], asked.json["params"]["seoul_answer"])
        return Answer(200, {"taskId": task, "status": "SUCCESS", "timestamp": 1728382106745})

    def _show(self, user: str, words: str) -> dict[str, Any]:
        told: dict[str, Any] = {"allRequestCount": 1, "successCount": 0}
        if user not in self.people:
            return {**told, "status": "1 FAIL", "userKeyResolvingFailCount": 1,
                    "fail": {"count": 1, "list": []}}  # fmt: skip
        if user in self.blocked:
            why = {"userId": user, "errorMsg": {"errorType": 1, "msg": "not a friend"}}
            return {**told, "status": "1 FAIL", "fail": {"count": 1, "list": [why]}}
        self.shown.append((user, words))
        return {**told, "successCount": 1, "status": "ALL SUCCESS",
                "fail": {"count": 0, "list": []}}  # fmt: skip

    def _task(self, task: str, method: str) -> Answer:
        if method != "GET" or task not in self.tasks:
            return Answer(404, {"message": "task not found"})
        return Answer(200, {"taskId": task, **self.tasks[task]})


def skill_call(
    words: str, *, user: str = MINA, callback: str = "", params: dict[str, Any] | None = None
) -> bytes:
    """As the bot calls our skill when somebody has said these words."""
    asked: dict[str, Any] = {
        "timezone": "Asia/Seoul",
        "params": {"surface": "Kakaotalk.plusfriend"},
        "block": {"id": "64c791901a44040a688c7491", "name": "폴백 블록"},
        "utterance": words,
        "lang": "ko",
        "user": {
            "id": user,
            "type": "botUserKey",
            "properties": {"plusfriendUserKey": "ckUy2724egt1", "isFriend": True},
        },
    }
    if callback:
        asked["callbackUrl"] = callback
    action = {"id": "s1", "name": "seoul", "params": params or {}, "detailParams": {},
              "clientExtra": {}}  # fmt: skip
    bot = {"id": BOT, "name": "서울"}
    return json.dumps(
        {"bot": bot, "intent": {"id": "b1", "name": "폴백 블록"}, "userRequest": asked,
         "action": action, "contexts": []},
        ensure_ascii=False,
    ).encode()  # fmt: skip


def relation_call(event: str = "blocked") -> bytes:
    """As Kakao tells that somebody has added or blocked the channel."""
    told = {"event": event, "id": "1376016924429759228", "id_type": "app_user_id",
            "channel_public_id": "_ZeUTxl", "channel_uuid": "@seoul",
            "updated_at": "2026-11-30T05:25:33Z"}  # fmt: skip
    return json.dumps(told).encode()
