"""A Facebook page, as Meta's documentation says (read on 2026-11-30; see `meta_pretend`).

https://developers.facebook.com/docs/graph-api/reference/page/feed,
https://developers.facebook.com/docs/graph-api/reference/object/comments,
https://developers.facebook.com/docs/graph-api/guides/secure-requests (appsecret_proof) and
https://developers.facebook.com/documentation/business-messaging/messenger-platform.
"""

import hmac
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from tests.networks.meta_pretend import (
    NOT_ALLOWED,
    SECRET,
    TOKEN,
    WRONG,
    Json,
    WithMessages,
    asked_fields,
    error,
    lost,
)
from tests.networks.pretend import Answer, Asked

PAGE, MINA = "1001", "9001"
LONGEST_COMMENT = 8000
SHOWN = {"id", "message", "from", "created_time", "permalink_url"}
PROOF = hmac.digest(SECRET.encode(), TOKEN.encode(), sha256).hex()


class OfFacebook(WithMessages):
    """The city's page, and one citizen. `silent`: posts below which nobody may write."""

    version = "/v26.0"
    platform = "messenger"
    own_id, person = PAGE, MINA

    def __init__(self) -> None:
        super().__init__()
        self.silent: set[str] = set()

    def post(self, text: str, *, by: str = PAGE) -> Json:
        """Something on the wall."""
        name = f"{PAGE}_{self.name()}"
        link = f"https://www.facebook.com/seoul/posts/{name}"
        return self.put("post", name, message=text, permalink_url=link, **self._from(by))

    def comment(self, text: str, *, below: str, by: str = MINA) -> Json:
        """Something below a post or a comment."""
        over = self.things[below]
        post = over if over["_kind"] == "post" else self.things[over["_post"]]
        name = f"{post['id'].partition('_')[2]}_{self.name()}"
        told: Json = {"parent": {"id": below}} if over is not post else {}
        link = f"https://www.facebook.com/seoul/posts/{post['id']}?comment_id={name}"
        return self.put(
            "comment", name, message=text, permalink_url=link, _post=post["id"], _over=below,
            **told, **self._from(by),
        )  # fmt: skip

    @staticmethod
    def _from(who: str) -> Json:
        return {"from": {"id": who, "name": "서울시" if who == PAGE else "미나"}}

    def is_proven(self, asked: Asked) -> bool:
        return asked.query.get("appsecret_proof") == PROOF

    def doors(self) -> list[tuple[str, str, Callable[..., Answer]]]:
        return [
            ("GET", "/me", self._me),
            ("GET", f"/{PAGE}/feed", self._feed),
            ("POST", f"/{PAGE}/feed", self._publish),
            *self.of_messages(),
            ("GET", r"/(\d+_\d+)/comments", self._comments),
            ("POST", r"/(\d+_\d+)/comments", self._answer),
            ("POST", r"/(\d+_\d+)", self._edit),
            ("DELETE", r"/(\d+_\d+)", self.remove),
            ("GET", r"/(\d+_\d+)", self._look),
        ]

    def _me(self, asked: Asked) -> Answer:
        if set(asked.query["fields"].split(",")) - {"id", "name", "username", "followers_count"}:
            return WRONG
        me = {"id": PAGE, "name": "서울시", "username": "seoulcity", "followers_count": 51_000}
        return Answer(200, me)

    def _feed(self, asked: Asked) -> Answer:
        for one in self.some("post"):
            one["comments"] = self._counted(self.some("comment", _post=one["id"]))
        return self.listed(asked, self.some("post"), {*SHOWN, "comments"})

    def _comments(self, asked: Asked, name: str) -> Answer:
        if name not in self.things:
            return lost(name)
        if asked.query.get("order") != "reverse_chronological":
            return error(100, "this list is asked for newest first here")
        if asked.query.get("filter", "toplevel") == "stream":
            found = self.some("comment", _post=name)
        else:
            found = self.some("comment", _over=name)
        return self.listed(asked, found, {*SHOWN, "parent", "attachment"})

    def _publish(self, asked: Asked) -> Answer:
        before = next((one["message"] for one in self.some("post")), "")
        if asked.form["message"] == before:
            return error(506, "Duplicate status message")
        return self._made(asked, self.post(asked.form["message"]))

    def _answer(self, asked: Asked, name: str) -> Answer:
        if name not in self.things:
            return lost(name)
        if {name, self.things[name].get("_post")} & self.silent:
            return NOT_ALLOWED
        if len(asked.form["message"]) > LONGEST_COMMENT:
            return WRONG
        return self._made(asked, self.comment(asked.form["message"], below=name, by=PAGE))

    @staticmethod
    def _made(asked: Asked, thing: Json) -> Answer:
        """What was made, with what was asked of it."""
        fields = {"id", *asked.form.get("fields", "id").split(",")}
        return Answer(200, {name: thing[name] for name in fields})

    def _edit(self, asked: Asked, name: str) -> Answer:
        if name not in self.things or self.things[name]["from"]["id"] != PAGE:
            return lost(name)
        self.things[name]["message"] = asked.form["message"]
        return Answer(200, {"success": True})

    def _look(self, asked: Asked, name: str) -> Answer:
        if name not in self.things:
            return lost(name)
        fields, told = asked_fields(asked), {"id": name}
        if "shares" in fields and self.things[name]["_kind"] == "comment":
            return error(100, "Tried accessing nonexisting field (shares)")
        found: Json = {
            "reactions": {"summary": {"total_count": 7}},
            "comments": self._counted(self.some("comment", _over=name)),
            "shares": {"count": 2},
        }
        return Answer(200, told | {one: found[one] for one in fields if one in found})

    @staticmethod
    def _counted(found: list[Any]) -> Json:
        return {"data": [], "summary": {"total_count": len(found)}}
