"""An app that calls the open interface, over the real URLs and middleware."""

import json
import uuid
from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from channels_app import actions
from channels_app.models import ApiClient, Message

WORDS = "합정역 8번 출구 앞 보도블록이 들려 있어요."
MESSAGES = "/api/v1/messages/"


def key() -> str:
    """A fresh Idempotency-Key."""
    return str(uuid.uuid4())


@dataclass
class Caller:
    """One app, or anybody where the token is empty."""

    token: str = ""
    client: ApiClient | None = None
    browser: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    @property
    def headers(self) -> dict[str, str]:
        """English, so that tests read sentences; the token if there is one."""
        token = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        return {"Accept-Language": "en", **token}

    def send(self, body: Any = None, *, under: str | None = None, **more: Any) -> Any:
        """POST a message as JSON; `body` may be bytes, to be sent as they are."""
        if not isinstance(body, bytes):
            body = json.dumps({"text": WORDS} if body is None else body).encode()
        named = {"Idempotency-Key": key() if under is None else under}
        headers = {name: value for name, value in {**self.headers, **named}.items() if value}
        more = {"content_type": "application/json", **more}
        return self.browser.generic("POST", MESSAGES, body, headers=headers, **more)

    def send_form(self, form: dict[str, Any], *, under: str) -> Any:
        """POST a message as a multipart form."""
        headers = {**self.headers, "Idempotency-Key": under}
        return self.browser.post(MESSAGES, form, headers=headers)

    def get(self, path: str, **headers: str) -> Any:
        """Read."""
        return self.browser.get(path, headers={**self.headers, **headers})


def make_caller(name: str = "Seoul Walks", **fields: Any) -> Caller:
    """An app with a token of its own."""
    client, token = actions.make_client(name, by=None, **fields)
    return Caller(token, client)


def message_of(answer: Any) -> Message:
    """The row behind a receipt."""
    return Message.objects.get(code=json.loads(answer.content)["receipt"])


def problem_of(answer: Any) -> dict[str, Any]:
    """The problem, which must be one."""
    told: dict[str, Any] = json.loads(answer.content)
    assert answer["Content-Type"] == "application/problem+json", answer["Content-Type"]
    assert told["status"] == answer.status_code
    assert told["title"]
    return told
