"""Graph, the interface of Meta's networks, as its documentation says (read on 2026-11-30).

https://developers.facebook.com/docs/graph-api/guides/error-handling,
https://developers.facebook.com/docs/graph-api/reference/object/comments,
https://developers.facebook.com/documentation/business-messaging/messenger-platform/error-codes,
https://developers.facebook.com/documentation/instagram-platform/comment-moderation and
https://developers.facebook.com/documentation/threads (reference, webhooks, create replies).
"""

import hmac
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from lifecycle import clock
from tests.networks.pretend import Answer, Asked, Pretend

Json = dict[str, Any]
TOKEN, SECRET, AGREED = "token of the city", "secret of the app", "agreed"
WHEN = datetime(2026, 11, 30, 9, tzinfo=UTC)


def error(code: int, words: str, subcode: int = 0, status: int = 400, **more: Any) -> Answer:
    """As Graph says it."""
    said: Json = {
        "message": words,
        "type": "OAuthException",
        "code": code,
        "fbtrace_id": "A",
        **more,
    }
    if subcode:
        said["error_subcode"] = subcode
    return Answer(status, {"error": said})


NO_TOKEN = error(190, "Invalid OAuth access token.", 463, 401)
BUSY = error(4, "Application request limit reached", status=403, is_transient=True)
NOT_NOW = error(2, "An unexpected error has occurred. Please retry later.", status=500)
NOT_ALLOWED = error(200, "(#200) The user hasn't authorized the application.", status=403)
WINDOW = error(10, "This message is sent outside of allowed window.", 2018278, 403)
CLOSED = error(551, "This person isn't available right now.")
WRONG = error(100, "Invalid parameter")


def lost(name: str) -> Answer:
    """There is no such thing, or we may not see it, or can't do this to it."""
    words = f"Unsupported request. Object with ID '{name}' does not exist, cannot be loaded due to"
    return error(100, f"{words} missing permissions, or does not support this operation.", 33)


def signed(body: bytes, secret: str = SECRET) -> dict[str, str]:
    """As Meta signs a call."""
    return {"x-hub-signature-256": f"sha256={hmac.digest(secret.encode(), body, sha256).hex()}"}


def asked_fields(asked: Asked) -> list[str]:
    """Names of the fields, whatever they are asked to hold."""
    return re.findall(r"(\w+)(?:\.\w+\([^)]*\))*(?:\{[^}]*\})?(?:,|$)", asked.query["fields"])


class Graph(Pretend):
    """What the three networks share. `things`: all there is, newest last, by its id.

    `closed`: nobody takes our messages. `page`: how many items a page of a list holds.
    """

    version = ""
    page = 3
    own_id = ""
    fields: dict[str, set[str]]
    name_of_moment = "created_time"

    def __init__(self) -> None:
        super().__init__()
        self.things: dict[str, Json] = {}
        self.token = TOKEN
        self.closed = False
        self.last = 100
        self.at = clock.now() - timedelta(hours=1)

    @property
    def base(self) -> str:
        return f"{super().base}{self.version}"

    def name(self) -> str:
        """Of the next thing."""
        self.last += 1
        return str(self.last)

    def moment(self) -> str:
        """A second after the last one, as Graph writes it."""
        self.at += timedelta(seconds=1)
        return f"{self.at:%Y-%m-%dT%H:%M:%S}+0000"

    def put(self, kind: str, name: str, **told: Any) -> Json:
        """Something is there from now on."""
        thing = {"id": name, self.name_of_moment: self.moment(), "_kind": kind, **told}
        self.things[name] = thing
        return thing

    def doors(self) -> list[tuple[str, str, Callable[..., Answer]]]:
        """What may be asked: method, path, and what is answered."""
        raise NotImplementedError

    def answer(self, asked: Asked) -> Answer:
        if asked.path == "/refresh_access_token":
            return self.renewed(asked)
        if asked.headers.get("authorization") != f"Bearer {self.token}":
            return NO_TOKEN
        if not self.is_proven(asked) or not asked.path.startswith(f"{self.version}/"):
            return error(100, "API calls from the server require an appsecret_proof argument")
        path = asked.path.removeprefix(self.version)
        for method, pattern, act in self.doors():
            if asked.method == method and (found := re.fullmatch(pattern, path)):
                return act(asked, *found.groups())
        return lost(path.split("/")[1])

    def is_proven(self, _asked: Asked) -> bool:
        """Whether it shows that it knows the app's secret, where that is asked for."""
        return True

    def renewed(self, _asked: Asked) -> Answer:
        """A token, made new."""
        return lost("refresh_access_token")

    def some(self, kind: str, **told: str) -> list[Json]:
        """Things of a kind, newest first."""
        return [
            one for one in list(self.things.values())[::-1]
            if one["_kind"] == kind and all(one.get(name) == value for name, value in told.items())
        ]  # fmt: skip

    def listed(self, asked: Asked, found: list[Json], allowed: set[str]) -> Answer:
        """One page of a list, newest first, with the fields that were asked for."""
        fields = asked_fields(asked)
        if set(fields) - allowed:
            return error(100, f"Tried accessing nonexisting field {set(fields) - allowed}")
        after = asked.query.get("after", "")
        if after and not after.startswith("after"):
            return error(100, "Invalid cursor")
        begin = int(after.removeprefix("after") or 0)
        shown = found[begin : begin + self.page]
        items = [{name: one[name] for name in ("id", *fields) if name in one} for one in shown]
        paging = {"paging": {"cursors": {"after": f"after{begin + len(shown)}"}}} if shown else {}
        return Answer(200, {"data": items, **paging})

    def one(self, _asked: Asked, name: str) -> Answer:
        """Whether it is there."""
        return Answer(200, {"id": name}) if name in self.things else lost(name)

    def remove(self, _asked: Asked, name: str) -> Answer:
        """Taken away by us."""
        return Answer(200, {"success": True}) if self.things.pop(name, None) else lost(name)


class WithMessages(Graph):
    """People write to it in private; it answers within its time."""

    platform = ""
    person = "9001"

    def write(self, text: str, *, by: str = "", **told: Any) -> Json:
        """Somebody writes."""
        by = by or self.person
        to = self.own_id if by != self.own_id else self.person
        return self.put(
            "message",
            f"m_{self.name()}",
            **{
                "message": text,
                "created_time": self.moment(),
                "from": {"id": by, "name": "미나"},
                "to": {"data": [{"id": to}]},
                "_by": by,
                **told,
            },
        )

    def of_messages(self) -> list[tuple[str, str, Callable[..., Answer]]]:
        """The doors of an inbox."""
        return [
            ("POST", f"/{self.own_id}/messages", self._send),
            ("GET", f"/{self.own_id}/conversations", self._talks),
            ("GET", r"/t_(\d+)/messages", self._messages),
        ]

    def _send(self, asked: Asked) -> Answer:
        said = asked.json
        if said.get("recipient", {}).keys() != {"id"} or said["message"].keys() != {"text"}:
            return WRONG
        if len(said["message"]["text"]) > 2000:
            return error(100, "Length of param message[text] must be less than or equal to 2000")
        if self.closed:
            return CLOSED
        if said["recipient"]["id"] != self.person:
            return error(100, "No matching user found", 2018001)
        kinds = [("RESPONSE", None), ("MESSAGE_TAG", "HUMAN_AGENT")]
        if (said.get("messaging_type"), said.get("tag")) not in kinds:
            return WRONG
        words = self.some("message", _by=self.person)
        late = not words or clock.now() - datetime.fromisoformat(words[0]["created_time"]) > (
            timedelta(days=7 if "tag" in said else 1)
        )
        if late:
            return WINDOW
        name = self.write(said["message"]["text"], by=self.own_id)["id"]
        return Answer(200, {"recipient_id": self.person, "message_id": name})

    def _talks(self, asked: Asked) -> Answer:
        if asked.query.get("platform") != self.platform:
            return WRONG
        messages = self.some("message")
        if not messages or asked.query.get("user_id", self.person) != self.person:
            return Answer(200, {"data": []})
        if "user_id" in asked.query:
            kept = [{name: one[name] for name in ("id", "message", "from", "created_time")}
                    for one in messages[:20]]  # fmt: skip
            return Answer(200, {"data": [{"id": "t_1", "messages": {"data": kept}}]})
        talk = {"id": "t_1", "updated_time": messages[0]["created_time"]}
        return self.listed(asked, [talk], {"id", "updated_time"})

    def _messages(self, asked: Asked, _talk: str) -> Answer:
        fields = {"id", "message", "from", "to", "created_time"}
        return self.listed(asked, self.some("message"), fields)


def everything(connector: Any, cursor: str = "") -> Iterator[Any]:
    """All there is to fetch, however many readings it takes."""
    batch = connector.fetch(cursor)
    yield batch
    while batch.more:
        batch = connector.fetch(batch.cursor)
        yield batch
