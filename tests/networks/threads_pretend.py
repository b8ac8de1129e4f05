"""Threads, as Meta's documentation says (read on 2026-11-30; see `meta_pretend` for errors).

https://developers.facebook.com/documentation/threads/reference/publishing,
https://developers.facebook.com/documentation/threads/retrieve-and-manage-replies/create-replies,
https://developers.facebook.com/documentation/threads/reference/user,
https://developers.facebook.com/documentation/threads/posts/delete-posts and
https://developers.facebook.com/documentation/threads/troubleshooting. That a container which is not
known yet is "not found" (24/4279009) is documented nowhere, nor what is
said to one post too many; people have reported the first.
"""

from collections.abc import Callable

from tests.networks.meta_pretend import NOT_ALLOWED, WRONG, Graph, Json, error, lost
from tests.networks.pretend import Answer, Asked

CITY, MINA = "seoul_city", "mina"
POST = {
    "id", "text", "timestamp", "username", "permalink", "media_type", "media_url", "alt_text",
    "is_reply", "is_reply_owned_by_me", "replied_to", "root_post", "has_replies",
}  # fmt: skip
NOT_FOUND = error(
    24, "The requested resource does not exist", 4279009, error_user_title="Media Not Found"
)
METRICS = {"likes": 3, "replies": 2, "reposts": 1, "quotes": 0, "shares": 4}


class OfThreads(Graph):
    """The city's profile, and one citizen.

    `states`: what is said of a container, one after the other, before it is finished; `used`: how
    many posts, or answers, were published today; `shut`: posts below which nobody may write.
    """

    version = "/v1.0"
    own_id = CITY
    name_of_moment = "timestamp"

    def __init__(self) -> None:
        super().__init__()
        self.states: list[str] = []
        self.used = 0
        self.shut: set[str] = set()
        self.containers: dict[str, Json] = {}
        self.insights = True

    def post(self, text: str, *, by: str = MINA, below: str = "", **more: object) -> Json:
        """Somebody says it."""
        told: Json = {"is_reply": False}
        if below:
            over = self.things[below]
            over["has_replies"] = True
            root = over.get("root_post", {"id": below})
            told = {"is_reply": True, "replied_to": {"id": below}, "root_post": root,
                    "is_reply_owned_by_me": by == CITY}  # fmt: skip
        name = self.name()
        return self.put(
            "post", name, text=text, username=by, media_type="TEXT_POST", has_replies=False,
            permalink=f"https://www.threads.com/@{by}/post/{name}", _by=by, **told, **more,
        )  # fmt: skip

    def doors(self) -> list[tuple[str, str, Callable[..., Answer]]]:
        return [
            ("GET", "/me", self._me),
            ("GET", "/me/threads_insights", self._followers),
            ("GET", "/me/threads", lambda asked: self._own(asked, is_reply=False)),
            ("GET", "/me/replies", lambda asked: self._own(asked, is_reply=True)),
            ("GET", "/me/mentions", self._mentions),
            ("GET", "/me/threads_publishing_limit", self._limit),
            ("POST", "/me/threads", self._lay_down),
            ("POST", "/me/threads_publish", self._show),
            ("GET", r"/(\d+)/(conversation|replies)", self._below),
            ("GET", r"/(\d+)/insights", self._counts),
            ("DELETE", r"/(\d+)", self.remove),
            ("GET", r"/(\d+)", self._look),
        ]

    def _me(self, asked: Asked) -> Answer:
        if set(asked.query["fields"].split(",")) - {"id", "username", "name"}:
            return WRONG
        return Answer(200, {"id": "24521613984110254", "username": CITY})

    def _followers(self, asked: Asked) -> Answer:
        if not self.insights:
            return error(10, "Application does not have permission for this action", status=403)
        if asked.query.get("metric") != "followers_count":
            return WRONG
        total = {"name": "followers_count", "total_value": {"value": 21_000}}
        return Answer(200, {"data": [total]})

    def _own(self, asked: Asked, *, is_reply: bool) -> Answer:
        found = [one for one in self.some("post", _by=CITY) if one["is_reply"] == is_reply]
        return self.listed(asked, found, POST)

    def _mentions(self, asked: Asked) -> Answer:
        named = [one for one in self.some("post") if f"@{CITY}" in one["text"]]
        return self.listed(asked, named, POST)

    def _below(self, asked: Asked, name: str, kind: str) -> Answer:
        if name not in self.things:
            return lost(name)
        if asked.query.get("reverse", "true") != "true":
            return WRONG
        of = "root_post" if kind == "conversation" else "replied_to"
        found = [one for one in self.some("post") if one.get(of, {}).get("id") == name]
        return self.listed(asked, found, POST)

    def _limit(self, asked: Asked) -> Answer:
        told: Json = {
            "quota_usage": self.used, "config": {"quota_total": 250, "quota_duration": 86400},
            "reply_quota_usage": self.used,
            "reply_config": {"quota_total": 1000, "quota_duration": 86400},
        }  # fmt: skip
        return Answer(200, {"data": [{one: told[one] for one in asked.query["fields"].split(",")}]})

    def _lay_down(self, asked: Asked) -> Answer:
        form = asked.form
        if set(form) - {"media_type", "text", "reply_to_id"} or form.get("media_type") != "TEXT":
            return WRONG
        if not form.get("text") or len(form["text"]) > 500:
            return error(100, "Param text must be at most 500 characters long.")
        below = form.get("reply_to_id", "")
        if below and below not in self.things:
            return NOT_FOUND
        if below in self.shut:
            return NOT_ALLOWED
        name = self.name()
        self.containers[name] = form
        return Answer(200, {"id": name})

    def _show(self, asked: Asked) -> Answer:
        form = self.containers.get(asked.form["creation_id"])
        if form is None or self.states:
            return NOT_FOUND
        most = 1000 if "reply_to_id" in form else 250
        if self.used >= most:
            return error(100, "The user has published too much today.", 4279013)
        self.used += 1
        del self.containers[asked.form["creation_id"]]
        return Answer(200, {"id": self.post(form["text"], by=CITY,
                                            below=form.get("reply_to_id", ""))["id"]})  # fmt: skip

    def _look(self, asked: Asked, name: str) -> Answer:
        if name in self.containers:
            state = self.states.pop(0) if self.states else "FINISHED"
            return NOT_FOUND if state == "UNKNOWN" else Answer(200, {"id": name, "status": state})
        if name not in self.things:
            return lost(name)
        fields = {"id", *asked.query["fields"].split(",")}
        return Answer(200, {one: self.things[name][one] for one in fields})

    def _counts(self, asked: Asked, name: str) -> Answer:
        if name not in self.things:
            return lost(name)
        if set(asked.query["metric"].split(",")) - set(METRICS):
            return WRONG
        return Answer(200, {"data": [
            {"name": one, "period": "lifetime", "values": [{"value": METRICS[one]}]}
            for one in asked.query["metric"].split(",")
        ]})  # fmt: skip
