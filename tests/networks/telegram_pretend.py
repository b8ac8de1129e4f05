"""The Bot API of Telegram, with one bot of the city's, as its documentation says.

https://core.telegram.org/bots/api (2026-11-30). The words of its refusals, which
that page leaves out, are those of the server that its makers publish (tdlib/telegram-bot-api).
"""

from collections.abc import Mapping
from typing import Any

from tests.networks.pretend import Answer, Asked, Pretend
from tests.networks.telegram_updates import BOT, USERNAME

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
LONGEST = 4096
Message = dict[str, Any]


class Refused(Exception):  # noqa: N818 - the network's word
    """With its code, its words and its parameters."""

    def __init__(self, code: int, words: str, **parameters: int) -> None:
        super().__init__(words)
        self.answer = refused(code, words, **parameters)


def refused(code: int, words: str, **parameters: int) -> Answer:
    """As every refusal is written."""
    told: dict[str, Any] = {"ok": False, "error_code": code, "description": words}
    return Answer(code, told | ({"parameters": parameters} if parameters else {}))


class BotApi(Pretend):
    """Chats by their number, what was said in each, and the updates that wait.

    `blocked`: chats that will hear nothing of the bot. `old`: messages of more than 48 hours.
    """

    def __init__(self) -> None:
        super().__init__()
        self.chats: dict[str, dict[str, Any]] = {}
        self.said: dict[tuple[str, int], Message] = {}
        self.waiting: list[dict[str, Any]] = []
        self.hook: dict[str, Any] = {"url": ""}
        self.blocked: set[str] = set()
        self.old: set[int] = set()
        self.methods = {
            "getMe": self._get_me,
            "getChatMemberCount": self._count,
            "getUpdates": self._get_updates,
            "setWebhook": self._set_webhook,
            "sendMessage": self._send,
            "editMessageText": self._edit,
            "deleteMessage": self._delete,
        }

    def hears(self, update: Mapping[str, Any]) -> None:
        """Somebody said something: it is there, and the bot shall know."""
        for name in ("message", "edited_message"):
            if message := update.get(name):
                chat = message["chat"]
                self.chats[str(chat["id"])] = chat
                self.said[str(chat["id"]), message["message_id"]] = message
        self.waiting.append(dict(update))

    def ours(self) -> list[Message]:
        """What the bot said, and what became of it."""
        return [one for one in self.said.values() if one["from"]["id"] == BOT]

    def answer(self, asked: Asked) -> Answer:
        """By the token and the method, both in the path."""
        _nothing, bot, *names = asked.path.split("/")
        if not bot.startswith("bot") or len(names) != 1:
            return refused(404, "Not Found")
        if bot != f"bot{TOKEN}":
            known = ":" in bot
            return refused(401, "Unauthorized") if known else refused(404, "Not Found")
        if names[0] not in self.methods:
            return refused(404, "Not Found: method not found")
        if asked.method == "POST" and asked.headers.get("content-type") != "application/json":
            return refused(400, "Bad Request: no parameters that we read")
        given = asked.query if asked.method == "GET" else asked.json
        try:
            return Answer(200, {"ok": True, "result": self.methods[names[0]](given)})
        except Refused as problem:
            return problem.answer

    def _get_me(self, _given: Mapping[str, Any]) -> Any:
        return {"id": BOT, "is_bot": True, "first_name": "서울시", "username": USERNAME}

    def _count(self, given: Mapping[str, Any]) -> Any:
        self._chat(given)
        return 1_234

    def _get_updates(self, given: Mapping[str, Any]) -> Any:
        """Those before the offset are confirmed, and forgotten."""
        if self.hook["url"]:
            words = (
                "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook"
            )
            raise Refused(409, words)
        offset = int(given.get("offset", 0))
        self.waiting = [one for one in self.waiting if one["update_id"] >= offset]
        return self.waiting[: int(given.get("limit", 100))]

    def _set_webhook(self, given: Mapping[str, Any]) -> Any:
        if "url" not in given:
            raise Refused(400, "Bad Request: url must be specified")
        self.hook = dict(given)
        return True

    def _send(self, given: Mapping[str, Any]) -> Any:
        chat = self._chat(given)
        if str(chat["id"]) in self.blocked:
            raise Refused(403, "Forbidden: bot was blocked by the user")
        self._check_words(given)
        number = max((n for _chat, n in self.said), default=0) + 1
        message: Message = {
            "message_id": number,
            "from": self._get_me(given),
            "chat": chat,
            "date": 1_796_000_000 + number,
            "text": given["text"],
        }
        if parameters := given.get("reply_parameters"):
            message["reply_to_message"] = self._replied(str(chat["id"]), parameters)
        if topic := given.get("message_thread_id"):
            message |= {"message_thread_id": topic, "is_topic_message": True}
        self.said[str(chat["id"]), number] = message
        return message

    def _replied(self, chat: str, parameters: Mapping[str, Any]) -> Message:
        if not isinstance(parameters.get("message_id"), int):
            raise Refused(400, "Bad Request: can't parse reply parameters")
        found = self.said.get((chat, parameters["message_id"]))
        if not found:
            raise Refused(400, "Bad Request: message to be replied not found")
        return found

    def _edit(self, given: Mapping[str, Any]) -> Any:
        message = self._message(given, "edit")
        self._check_words(given)
        if message["text"] == given["text"]:
            words = "message is not modified: specified new message content and reply markup are"
            raise Refused(400, f"Bad Request: {words} exactly the same")
        message["text"] = given["text"]
        return message

    def _delete(self, given: Mapping[str, Any]) -> Any:
        message = self._message(given, "delete")
        if message["message_id"] in self.old:
            raise Refused(400, "Bad Request: message can't be deleted for everyone")
        del self.said[str(message["chat"]["id"]), message["message_id"]]
        return True

    def _chat(self, given: Mapping[str, Any]) -> dict[str, Any]:
        named = str(given.get("chat_id", ""))
        if not named:
            raise Refused(400, "Bad Request: chat_id is empty")
        for number, chat in self.chats.items():
            if named in (number, f"@{chat.get('username')}"):
                return chat
        raise Refused(400, "Bad Request: chat not found")

    def _message(self, given: Mapping[str, Any], verb: str) -> Message:
        chat = self._chat(given)
        found = self.said.get((str(chat["id"]), given.get("message_id", 0)))
        if not found:
            raise Refused(400, f"Bad Request: message to {verb} not found")
        if found["from"]["id"] != BOT:
            raise Refused(400, f"Bad Request: message can't be {verb}ed")
        return found

    def _check_words(self, given: Mapping[str, Any]) -> None:
        text = given.get("text", "")
        if not text:
            raise Refused(400, "Bad Request: message text is empty")
        if len(text.encode("utf-16-le")) // 2 > LONGEST:
            raise Refused(400, "Bad Request: message is too long")
