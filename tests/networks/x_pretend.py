"""X, version 2 of its interface, as its documentation says (read on 2026-11-30):

https://docs.x.com/x-api/posts/manage-tweets/introduction (posts and answers to them),
https://docs.x.com/x-api/users/get-mentions, https://docs.x.com/x-api/direct-messages/manage,
https://docs.x.com/x-api/fundamentals/response-codes-and-errors and
https://docs.x.com/fundamentals/authentication/oauth-1-0a/creating-a-signature. What it says to a
duplicate and to an answer below what is gone is documented nowhere; people have reported it.
"""

import hmac
import html
import re
from base64 import b64decode, b64encode
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, unquote

from lifecycle import clock
from tests.networks.pretend import Answer, Asked, Pretend

Json = dict[str, Any]
CITY, MINA = "1111111111111111111", "2222222222222222222"
NAMES = {CITY: ("seoul_city", "서울시"), MINA: ("mina", "미나")}
KEYS = {
    "consumer_key": "app", "consumer_secret": "app secret", "token": "city", "token_secret": "ours",
}  # fmt: skip
PAGE = 5  # however many are asked for: so that a few posts make pages
SIGNED = re.compile(r'(\w+)="([^"]*)"')
LINK = re.compile(r"https?://\S+")
PROBLEMS = "https://api.x.com/2/problems/"
LISTED = {
    "tweet.fields", "expansions", "user.fields", "media.fields", "max_results", "since_id",
    "until_id", "pagination_token", "exclude", "start_time",
}  # fmt: skip


def refusal(status: int, detail: str, kind: str = "about:blank", title: str = "") -> Answer:
    """An error, in X's words."""
    title = title or {401: "Unauthorized", 403: "Forbidden", 429: "Too Many Requests"}.get(
        status, "Invalid Request"
    )
    return Answer(status, {"title": title, "detail": detail, "type": kind, "status": status})


DUPLICATE = refusal(403, "You are not allowed to create a Tweet with duplicate content.")
PARENT_GONE = refusal(
    403, "You attempted to reply to a Tweet that is deleted or not visible to you."
)
NOT_ASKED_FOR = refusal(
    403, "Reply to this conversation is not allowed because you have not been mentioned."
)
NO_MESSAGES = refusal(403, "You do not have permission to DM one or more participants.")


class OfX(Pretend):
    """X with the city and one citizen. `closed`: who takes no word from us; `gone`: removed."""

    def __init__(self) -> None:
        super().__init__()
        self.posts: list[Json] = []
        self.messages: list[Json] = []
        self.pictures: dict[str, bytes] = {}
        self.alt: dict[str, str] = {}
        self.closed: set[str] = set()
        self.friends_only: set[str] = set()
        self.refuses_replies = False
        self.last = 2080761390344937796

    def post(self, text: str, *, by: str = MINA, below: str = "", **more: Any) -> Json:
        """Somebody says it; as a reader of version 2 sees it."""
        root = next((one["conversation_id"] for one in self.posts if one["id"] == below), "")
        name = self.name()
        post = {
            "id": name, "author_id": by, "edit_history_tweet_ids": [name], "text": text,
            "conversation_id": root or below or name, "created_at": self.now(),
            "referenced_tweets": [{"type": "replied_to", "id": below}] if below else [],
            "public_metrics": {"retweet_count": 1, "reply_count": 2, "like_count": 3,
                               "quote_count": 4, "impression_count": 5},
            **more,
        }  # fmt: skip
        self.posts.append(post)
        return post

    def name(self) -> str:
        """Of the next thing."""
        self.last += 1
        return str(self.last)

    @staticmethod
    def now() -> str:
        """As X writes a moment."""
        return f"{clock.now():%Y-%m-%dT%H:%M:%S}.000Z"

    def remove(self, name: str) -> None:
        """Its author takes it away."""
        self.posts = [one for one in self.posts if one["id"] != name]

    def answer(self, asked: Asked) -> Answer:
        if not self._is_signed(asked):
            return refusal(401, "Unauthorized")
        doors: list[tuple[str, str, Callable[..., Answer]]] = [
            ("GET", r"/2/users/me", self._me),
            ("GET", r"/2/users/(\d+)/mentions", self._mentions),
            ("GET", r"/2/users/(\d+)/tweets", self._tweets),
            ("GET", r"/2/tweets", self._look_up),
            ("POST", r"/2/tweets", self._create),
            ("DELETE", r"/2/tweets/(\d+)", self._delete),
            ("POST", r"/2/dm_conversations/with/(\d+)/messages", self._message),
            ("GET", r"/2/dm_conversations/with/(\d+)/dm_events", self._said),
            ("POST", r"/2/media/upload", self._upload),
            ("POST", r"/2/media/metadata", self._describe),
        ]
        for method, path, act in doors:
            if asked.method == method and (found := re.fullmatch(path, asked.path)):
                return act(asked, *found.groups())
        return refusal(404, "Not Found", title="Not Found")

    def _is_signed(self, asked: Asked) -> bool:
        """RFC 5849 section 3.4, reckoned here once more."""
        kind, _space, words = asked.headers.get("authorization", "").partition(" ")
        told = {name: unquote(value) for name, value in SIGNED.findall(words)}
        given = told.pop("oauth_signature", "")
        if kind != "OAuth" or told.get("oauth_signature_method") != "HMAC-SHA1":
            return False
        if (told.get("oauth_consumer_key"), told.get("oauth_token")) != ("app", "city"):
            return False
        params = sorted((quote(name, "~"), quote(value, "~"))
                        for name, value in [*asked.query.items(), *told.items()])  # fmt: skip
        joined = "&".join(f"{name}={value}" for name, value in params)
        url = quote(f"{self.base}{asked.path}", "~")
        signed = f"{asked.method}&{url}&{quote(joined, '~')}"
        key = f"{quote(KEYS['consumer_secret'], '~')}&{quote(KEYS['token_secret'], '~')}"
        mark = b64encode(hmac.digest(key.encode(), signed.encode(), "sha1")).decode()
        return mark == given and abs(int(told["oauth_timestamp"]) - clock.now().timestamp()) < 300

    def _me(self, asked: Asked) -> Answer:
        metrics = {"public_metrics": {"followers_count": 812_000, "tweet_count": 5}}
        more = metrics if "public_metrics" in asked.query.get("user.fields", "") else {}
        return Answer(
            200, {"data": {"id": CITY, "name": "서울시", "username": "seoul_city", **more}}
        )

    def _mentions(self, asked: Asked, who: str) -> Answer:
        to_us = [one for one in self.posts if one["author_id"] != CITY]
        return self._page(asked, who, to_us)

    def _tweets(self, asked: Asked, who: str) -> Answer:
        return self._page(asked, who, [one for one in self.posts if one["author_id"] == who], 100)

    def _page(self, asked: Asked, who: str, posts: list[Json], size: int = PAGE) -> Answer:
        query = asked.query
        if who != CITY or set(query) - LISTED or not 5 <= int(query["max_results"]) <= 100:
            return refusal(400, "One or more parameters to your request was invalid.",
                           f"{PROBLEMS}invalid-request")  # fmt: skip
        if not query.get("since_id", "0").isdecimal():
            return refusal(400, "since_id is not valid", f"{PROBLEMS}invalid-request")
        upper = query.get("pagination_token", "").removeprefix("before") or query.get("until_id")
        found = [
            one for one in posts[::-1]
            if int(one["id"]) > int(query.get("since_id", 0))
            and (not upper or int(one["id"]) < int(upper))
            and one["created_at"] >= query.get("start_time", "")
        ]  # fmt: skip
        page = found[:size]
        meta: Json = {"result_count": len(page)}
        if page:
            meta |= {"newest_id": page[0]["id"], "oldest_id": page[-1]["id"]}
        if len(found) > size:
            meta["next_token"] = f"before{page[-1]['id']}"
        shown = [self._shown(one, asked) for one in page]
        return Answer(200, {"data": shown, "includes": self._included(asked), "meta": meta}
                      if page else {"meta": meta})  # fmt: skip

    @staticmethod
    def _shown(post: Json, asked: Asked) -> Json:
        """Only what was asked for, besides what is always there."""
        fields = {"id", "text", "edit_history_tweet_ids", *asked.query["tweet.fields"].split(",")}
        return {name: value for name, value in post.items() if name in fields}

    def _included(self, asked: Asked) -> Json:
        if "author_id" not in asked.query.get("expansions", ""):
            return {}
        media = [one for post in self.posts for one in post.get("_media", [])]
        users = [
            {"id": who, "username": handle, "name": name, "protected": who in self.friends_only}
            for who, (handle, name) in NAMES.items()
        ]
        return {"users": users, "media": media}

    def _look_up(self, asked: Asked) -> Answer:
        ids = asked.query["ids"].split(",")
        if not 1 <= len(ids) <= 100:
            return refusal(400, "ids", f"{PROBLEMS}invalid-request")
        there = {one["id"]: one for one in self.posts}
        hidden = [one for one in ids if one in there
                  and there[one]["author_id"] in self.friends_only]  # fmt: skip
        errors = [_problem(one, "not-authorized-for-resource") for one in hidden]
        errors += [_problem(one, "resource-not-found") for one in ids if one not in there]
        found = [
            self._shown(there[one], asked) for one in ids if one in there and one not in hidden
        ]
        return Answer(200, {**({"data": found} if found else {}),
                            **({"errors": errors} if errors else {})})  # fmt: skip

    def _create(self, asked: Asked) -> Answer:
        said = asked.json
        if set(said) - {"text", "reply", "media"} or not said.get("text"):
            return refusal(400, "text", f"{PROBLEMS}invalid-request")
        below = said.get("reply", {}).get("in_reply_to_tweet_id", "")
        over = next((one for one in self.posts if one["id"] == below), None)
        if below and over is None:
            return PARENT_GONE
        if over is not None and over["author_id"] in self.closed:
            return refusal(403, "You are not permitted to perform this action.")
        if over is not None and self.refuses_replies:
            return NOT_ASKED_FOR
        if any(one.get("_typed") == (said["text"], below) for one in self.posts):
            return DUPLICATE
        if set(said.get("media", {}).get("media_ids", [])) - set(self.pictures):
            return refusal(400, "media", f"{PROBLEMS}invalid-request")
        told = _as_x_writes(said["text"], over) | {"_typed": (said["text"], below)}
        if "media" in said:
            told["_pictures"] = said["media"]["media_ids"]
        post = self.post(by=CITY, below=below, **told)
        return Answer(201, {"data": {"id": post["id"], "text": said["text"],
                                     "edit_history_tweet_ids": [post["id"]]}})  # fmt: skip

    def _delete(self, _asked: Asked, name: str) -> Answer:
        if all(one["id"] != name for one in self.posts):
            return refusal(404, "Not Found", f"{PROBLEMS}resource-not-found", "Not Found")
        self.remove(name)
        return Answer(200, {"data": {"deleted": True}})

    def _message(self, asked: Asked, who: str) -> Answer:
        if set(asked.json) != {"text"}:
            return refusal(400, "text", f"{PROBLEMS}invalid-request")
        if who in self.closed:
            return NO_MESSAGES
        said = {"id": self.name(), "event_type": "MessageCreate", "text": asked.json["text"],
                "sender_id": CITY, "created_at": self.now()}  # fmt: skip
        self.messages.append(said)
        return Answer(201, {"data": {"dm_conversation_id": f"{CITY}-{who}",
                                     "dm_event_id": said["id"]}})  # fmt: skip

    def _said(self, asked: Asked, _who: str) -> Answer:
        if set(asked.query) - {"dm_event.fields", "event_types", "max_results"}:
            return refusal(400, "query", f"{PROBLEMS}invalid-request")
        found = self.messages[::-1]
        return Answer(200, {**({"data": found} if found else {}),
                            "meta": {"result_count": len(found)}})  # fmt: skip

    def _upload(self, asked: Asked) -> Answer:
        if set(asked.json) != {"media", "media_category"}:
            return refusal(400, "media", f"{PROBLEMS}invalid-request")
        name = self.name()
        self.pictures[name] = b64decode(asked.json["media"], validate=True)
        return Answer(200, {"data": {"id": name, "media_key": f"3_{name}"}})

    def _describe(self, asked: Asked) -> Answer:
        self.alt[asked.json["id"]] = asked.json["metadata"]["alt_text"]["text"]
        return Answer(200, {"data": {"id": asked.json["id"]}})


def _problem(name: str, kind: str) -> Json:
    return {"resource_id": name, "value": name, "resource_type": "tweet", "parameter": "ids",
            "title": "Not Found Error", "detail": f"{kind}: [{name}].",
            "type": f"{PROBLEMS}{kind}"}  # fmt: skip


def _as_x_writes(text: str, over: Json | None) -> Json:
    """Whom it answers before it, its links shortened, what HTML would read escaped."""
    name = f"@{NAMES[over['author_id']][0]} " if over is not None else ""
    urls = [{"url": f"https://t.co/{number}", "expanded_url": found}
            for number, found in enumerate(LINK.findall(text))]  # fmt: skip
    for one in urls:
        text = text.replace(one["expanded_url"], one["url"])
    return {"text": name + html.escape(text, quote=False), "entities": {"urls": urls}}
