"""An Instagram account, as Meta's documentation says (read on 2026-11-30; see `meta_pretend`).

https://developers.facebook.com/documentation/instagram-platform/comment-moderation,
https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-comment,
https://developers.facebook.com/documentation/instagram-platform/webhooks/examples and
https://developers.facebook.com/documentation/instagram-platform/instagram-api-with-instagram-login.
"""

from collections.abc import Callable
from typing import Any

from tests.networks.meta_pretend import NOT_ALLOWED, WRONG, Json, WithMessages, error, lost
from tests.networks.pretend import Answer, Asked

CITY, MINA = "17841400000000001", "9001"
COMMENT = {"id", "text", "timestamp", "from", "username", "parent_id", "media"}


class OfInstagram(WithMessages):
    """The city's account, and one citizen. `hidden`: comments below which nobody may write."""

    version = "/v26.0"
    platform = "instagram"
    own_id, person = CITY, MINA
    name_of_moment = "timestamp"

    def __init__(self) -> None:
        super().__init__()
        self.hidden: set[str] = set()
        self.renewals: list[str] = []

    def picture(self) -> Json:
        """One of ours."""
        return self.put("media", self.name(), comments_count=0)

    def comment(self, text: str, *, below: str, by: str = MINA) -> Json:
        """Below a picture or a comment; below an answer, it goes to what that one answers."""
        over = self.things[below]
        media = over["id"] if over["_kind"] == "media" else over["media"]["id"]
        self.things[media]["comments_count"] += 1
        told: Json = {}
        if over["_kind"] == "comment":
            told["parent_id"] = over.get("parent_id", over["id"])
        handle = "seoul_city" if by == CITY else "mina"
        return self.put(
            "comment", self.name(), text=text, media={"id": media}, username=handle,
            _top=told.get("parent_id", media), **{"from": {"id": by, "username": handle}}, **told,
        )  # fmt: skip

    def doors(self) -> list[tuple[str, str, Callable[..., Answer]]]:
        return [
            ("GET", "/me", self._me),
            ("GET", f"/{CITY}/media", self._media),
            *self.of_messages(),
            ("GET", r"/(\d+)/(?:comments|replies)", self._below),
            ("POST", r"/(\d+)/replies", self._answer),
            ("DELETE", r"/(\d+)", self.remove),
            ("GET", r"/(\d+)", self._look),
        ]

    def renewed(self, asked: Asked) -> Answer:
        if asked.query.get("grant_type") != "ig_refresh_token":
            return WRONG
        if asked.query.get("access_token") != self.token:
            return error(190, "Session key invalid. This token is less than a day old.")
        self.renewals.append(asked.query["access_token"])
        self.token = f"newer token {len(self.renewals)}"
        return Answer(200, {"access_token": self.token, "token_type": "bearer",
                            "expires_in": 5_184_000})  # fmt: skip

    def _me(self, asked: Asked) -> Answer:
        if set(asked.query["fields"].split(",")) - {"user_id", "username", "followers_count"}:
            return WRONG
        return Answer(200, {"id": "1", "user_id": CITY, "username": "seoul_city",
                            "followers_count": 33_000})  # fmt: skip

    def _media(self, asked: Asked) -> Answer:
        return self.listed(asked, self.some("media"), {"id", "timestamp", "comments_count"})

    def _below(self, asked: Asked, name: str) -> Answer:
        if name not in self.things:
            return lost(name)
        return self.listed(asked, self.some("comment", _top=name), COMMENT)

    def _answer(self, asked: Asked, name: str) -> Answer:
        if name not in self.things:
            return lost(name)
        if name in self.hidden:
            return NOT_ALLOWED
        if set(asked.form) != {"message"} or len(asked.form["message"]) > 2200:
            return WRONG
        return Answer(200, {"id": self.comment(asked.form["message"], below=name, by=CITY)["id"]})

    def _look(self, asked: Asked, name: str) -> Answer:
        if name not in self.things:
            return lost(name)
        told: dict[str, Any] = {"id": name}
        return Answer(
            200, told | ({"like_count": 4} if "like_count" in asked.query["fields"] else {})
        )
