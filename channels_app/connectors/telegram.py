"""Telegram: a bot of the city's, over the Bot API.

Everything there is named "chat/message". Telegram calls us, or is asked while no address is set at
which it may call; never both. It says nothing of what citizens delete, can't tell a bot what the
bot itself has said, and knows no keys: an answer that was lost may be there.
"""

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar
from urllib.parse import quote

from channels_app.connectors import telegram_updates as updates
from channels_app.connectors.contract import (
    HOOK,
    About,
    Batch,
    Caps,
    Connector,
    Heard,
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
    RateLimited,
    TargetGone,
    Transient,
)
from channels_app.connectors.fetching import READS
from channels_app.connectors.statuses import LONGEST_WAIT
from channels_app.connectors.web import Told, Web, problem_of, wait_of

SECRET = "x-telegram-bot-api-secret-token"  # noqa: S105 - the name of a header
PAGE = 100  # updates; the network gives no more at once
# The interface has one code for many refusals: only its words tell them apart.
BY_WORDS: tuple[tuple[str, type[ConnectorError]], ...] = (
    ("replied not found", TargetGone),
    ("replied message not found", TargetGone),
    ("reply message not found", TargetGone),
    ("message to edit not found", TargetGone),
    ("message to delete not found", TargetGone),
    ("message thread not found", TargetGone),
    ("chat not found", TargetGone),
    ("user is deactivated", TargetGone),
    ("the group chat was deleted", TargetGone),
    ("upgraded to a supergroup", TargetGone),
    ("rights", Forbidden),
    ("can't be edited", Forbidden),
    ("can't be deleted", Forbidden),
    ("topic_closed", Forbidden),
    ("forbidden", Forbidden),
    ("chat_restricted", Forbidden),
)


@dataclass(frozen=True, kw_only=True)
class Telegram(Connector[Outbound]):
    """The bot's token, the secret with which Telegram calls us, the channel it speaks in itself.

    Without `channel` it only answers.
    """

    caps: ClassVar = Caps(
        inbound="webhook", max_len=4096, unit="utf16", threads=True, edits=True, deletes=True
    )
    token: str = field(repr=False)
    secret: str = field(default="", repr=False)
    channel: str = ""
    base: str = "https://api.telegram.org"
    allow: frozenset[str] = frozenset()

    def verify(self) -> None:
        """Are we let in? Raises AuthExpired, Transient."""
        self._ask("GET", "getMe")

    def about(self) -> About:
        """The bot's own name; those who read its channel follow it."""
        bot = self._ask("GET", "getMe")
        query = {"chat_id": self.channel}
        count = self._ask("GET", "getChatMemberCount", query=query) if self.channel else None
        return About(str(bot["id"]), f"@{bot.get('username', '')}", count)

    def listen_at(self, url: str) -> None:
        """From now on Telegram calls this address, with our secret; "": it waits to be asked."""
        body = {"url": url, "secret_token": self.secret, "allowed_updates": list(updates.KINDS)}
        self._ask("POST", "setWebhook", body=body if url else {"url": ""})

    def fetch(self, cursor: str) -> Batch:
        """What waits for us; nothing where Telegram calls us, for then it repeats what was lost.

        To ask behind a place means that everything before it is ours: it is forgotten there.
        """
        query: dict[str, str | int] = {
            "timeout": 0,
            "limit": PAGE,
            "allowed_updates": json.dumps(list(updates.KINDS)),
        }
        if cursor:
            query["offset"] = int(cursor)
        told = self._told("GET", "getUpdates", query=query)
        if told.status == 409 and b"webhook is active" in told.body:
            return Batch((), cursor)
        found = self._result(told, writes=False) or ()
        events = tuple(event for one in found for event in _events_of(one))
        after = str(max(one["update_id"] for one in found) + 1) if found else cursor
        return Batch(events, after, more=len(found) == PAGE)

    def check_hook(self, headers: Mapping[str, str], body: bytes) -> None:
        """Only Telegram knows the secret; it signs neither the words nor the time."""
        held = headers.get(SECRET, "")
        if not self.secret or not hmac.compare_digest(held.encode(), self.secret.encode()):
            raise BadSignature("not our secret")

    @classmethod
    def open_hook(cls, body: bytes) -> tuple[Inbound, ...]:
        """One update holds one event, or none for us."""
        return updates.events_of(json.loads(body))

    @classmethod
    def hear(cls, kind: str, raw: bytes, *, own_id: str = "") -> Heard:
        """A message, its edit, or the reactions to a post."""
        return updates.heard_in(kind, json.loads(raw), own_id)

    def check(self, out: Outbound) -> None:
        """There must be a chat; and what is private is not said where everyone reads it."""
        super().check(out)
        if not self._chat_of(out):
            raise Forbidden("no channel of its own to speak in")
        if out.visibility == "private" and out.reply_to.get("public"):
            raise Forbidden("everyone reads that chat")
        if out.pictures:
            raise ContentRejected("words only")

    def send(self, out: Outbound) -> Sent:
        """Below what it answers, or not at all."""
        body: dict[str, Any] = {"chat_id": self._chat_of(out), "text": out.text}
        if parent := out.reply_to.get("message"):
            body["reply_parameters"] = {
                "message_id": int(parent),
                "allow_sending_without_reply": False,
            }
        if topic := out.reply_to.get("topic"):
            body["message_thread_id"] = int(topic)
        message = self._ask("POST", "sendMessage", body=body)
        if not isinstance(message, dict) or "message_id" not in message:
            raise OutcomeUnknown("no answer that we understand")
        return Sent(
            (updates.name_of(message),), updates.link_of(message), ref=updates.ref_of(message)
        )

    def edit(self, external_id: str, out: Outbound) -> Sent:
        """Other words under the same name; the same words are there already."""
        super().check(out)
        try:
            self._ask("POST", "editMessageText", body={**_place(external_id), "text": out.text})
        except ContentRejected as problem:
            if "message is not modified" not in str(problem):
                raise
        return Sent((external_id,))

    def delete(self, external_id: str) -> None:
        """For everyone; after 48 hours it is Forbidden."""
        try:
            self._ask("POST", "deleteMessage", body=_place(external_id))
        except TargetGone:
            return

    def _chat_of(self, out: Outbound) -> str:
        return out.reply_to.get("chat") or self.channel

    def _told(self, verb: str, name: str, **told: Any) -> Told:
        web = Web(f"{self.base}/bot{quote(self.token, safe=':')}", allow=self.allow)
        return web.ask(verb, f"/{name}", **told)

    def _ask(self, verb: str, name: str, **told: Any) -> Any:
        """What a good answer says. Raises what any other one asks of us."""
        return self._result(self._told(verb, name, **told), writes=verb not in READS)

    @staticmethod
    def _result(told: Told, *, writes: bool) -> Any:
        said = told.json if isinstance(told.json, dict) else {}
        if not said.get("ok"):
            raise _problem(told, said, writes=writes)
        return said.get("result")


def _events_of(update: Mapping[str, Any]) -> tuple[Inbound, ...]:
    """One that can't be opened is kept as it came: it must not stop what waits behind it."""
    try:
        return updates.events_of(update)
    except (LookupError, TypeError, ValueError, AttributeError):
        return (Inbound(HOOK, f"update {update['update_id']}", "", json.dumps(update).encode()),)


def _place(external_id: str) -> dict[str, str | int]:
    """Its chat and its number there."""
    chat, _at, message = external_id.rpartition("/")
    return {"chat_id": chat, "message_id": int(message)}


def _problem(told: Told, said: Mapping[str, Any], *, writes: bool) -> ConnectorError:
    """By the interface's own code and words; what has none was said by something in between."""
    words = f"{told.status} {str(said.get('description', ''))[:100]}".strip()
    if "ok" not in said:
        if told.is_good:
            return OutcomeUnknown(words) if writes else Transient(words)
        return Transient(words) if 400 <= told.status < 406 else problem_of(told, writes=writes)
    if told.status == 429:
        parameters = said.get("parameters")
        wait = parameters.get("retry_after") if isinstance(parameters, dict) else None
        return RateLimited(min(float(wait), LONGEST_WAIT) if wait else wait_of(told))
    # It says "not found" of nothing but a token that never was one.
    if told.status in (401, 404):
        return AuthExpired(words)
    if told.status in (409, 421):
        return Transient(words)
    if told.status in (400, 403):
        for mark, problem in BY_WORDS:
            if mark in words.lower():
                return problem(words)
    return problem_of(told, writes=writes)
