"""Mastodon as its documentation says, with one account of the city and two citizens.

https://docs.joinmastodon.org/methods/ (notifications, statuses, accounts, media, instance) and
https://docs.joinmastodon.org/api/rate-limits/, read on 2026-11-30.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from html import escape
from typing import Any

from channels_app.connectors.contract import Outbound, Ref
from channels_app.connectors.lengths import graphemes
from channels_app.connectors.mastodon import Mastodon
from tests.networks.pretend import Answer, Asked, Pretend
from tests.networks.repeated import every

CITY, MINA, JUN = "100", "200", "300"
TOKEN = "city-token"
NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
WORDS = "고쳤습니다."
PEOPLE = {CITY: "seoul", MINA: "mina@away.example", JUN: "jun"}
MENTION = re.compile(r"(?<![/\w])@([a-z0-9_]+)(@[a-z.]+)?")
URL = re.compile(r"https?://[!-~]+")


class Refused(Exception):  # noqa: N818
    """Answered with an error of the network."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.answer = Answer(status, {"error": words})


@dataclass(frozen=True)
class Route:
    """One method of the interface."""

    method: str
    path: str
    name: str


ROUTES = (
    Route("GET", r"/api/v1/accounts/verify_credentials", "credentials"),
    Route("GET", r"/api/v1/accounts/relationships", "relationships"),
    Route("GET", r"/api/v1/accounts/(\d+)/statuses", "own"),
    Route("GET", r"/api/v1/notifications", "list_notifications"),
    Route("GET", r"/api/v1/statuses", "many"),
    Route("GET", r"/api/v1/statuses/(\d+)", "one"),
    Route("GET", r"/api/v1/statuses/(\d+)/context", "context"),
    Route("POST", r"/api/v1/statuses", "create"),
    Route("PUT", r"/api/v1/statuses/(\d+)", "change"),
    Route("DELETE", r"/api/v1/statuses/(\d+)", "destroy"),
    Route("GET", r"/api/v2/instance", "instance"),
    Route("POST", r"/api/v2/media", "media"),
)


def page_of(text: str) -> str:
    """The HTML that the network makes of plain words."""
    page = escape(text, quote=False)
    page = URL.sub(_link, page)
    page = MENTION.sub(
        r'<span class="h-card" translate="no"><a href="https://city.example/@\1" '
        r'class="u-url mention">@<span>\1</span></a></span>',
        page,
    )
    return "".join(f"<p>{one}</p>".replace("\n", "<br />") for one in page.split("\n\n"))


def _link(found: re.Match[str]) -> str:
    scheme, _slashes, rest = found[0].partition("://")
    return (
        f'<a href="{found[0]}" target="_blank" rel="nofollow noopener">'
        f'<span class="invisible">{scheme}://</span><span class="ellipsis">{rest[:20]}</span>'
        f'<span class="invisible">{rest[20:]}</span></a>'
    )


class MastodonPretend(Pretend):
    """A server. `keeps_promise`: one Idempotency-Key makes one post; `bad_token` is its status.

    `most` things are on a page at most. `told` is who was told of which post of ours.
    `has_many`: several posts by one question (since 4.3). `blocks` are who block us.
    """

    def __init__(self) -> None:
        super().__init__()
        self.statuses: dict[str, dict[str, Any]] = {}
        self.notifications: list[dict[str, Any]] = []
        self.keys: dict[str, str] = {}
        self.uploads: dict[str, dict[str, Any]] = {}
        self.files: list[tuple[str | None, bytes]] = []
        self.told: list[tuple[str, str]] = []
        self.blocks: set[str] = set()
        self.keeps_promise = self.has_many = self.is_prepared = True
        self.bad_token, self.longest, self.most, self.number = 401, 500, 80, 0

    # What happens there

    def post(self, text: str, *, by: str = MINA, **more: Any) -> str:
        """Somebody writes to us."""
        name = self._put(by, text, **more)
        self.notifications.append({
            "id": str(34975000 + len(self.notifications)), "type": "mention",
            "created_at": self.statuses[name]["created_at"],
            "account": self.statuses[name]["account"], "status": self.statuses[name],
        })  # fmt: skip
        return name

    def rewrite(self, name: str, text: str) -> None:
        """Its author changes it."""
        changed = {"content": page_of(text), "edited_at": "2026-11-30T10:00:00.000Z"}
        self.statuses[name].update(changed)

    def remove(self, name: str) -> None:
        """Its author takes it back: it is told of no more, what stood below stands alone."""
        del self.statuses[name]
        self.notifications = [one for one in self.notifications if one["status"]["id"] != name]
        for one in self.statuses.values():
            if one["in_reply_to_id"] == name:
                one["in_reply_to_id"] = None

    def _put(self, by: str, text: str, **more: Any) -> str:
        self.number += 1
        name = str(116000000000000000 + self.number)
        acct = PEOPLE[by]
        user = acct.partition("@")[0]
        moment = more.pop("at", None) or NOW
        named = {one[1] for one in MENTION.finditer(text)}
        mentions = [
            {"id": key, "username": who.partition("@")[0], "acct": who,
             "url": f"https://city.example/@{who}"}
            for key, who in PEOPLE.items() if who.partition("@")[0] in named
        ]  # fmt: skip
        self.statuses[name] = {
            "id": name, "created_at": moment.isoformat(timespec="milliseconds"),
            "in_reply_to_id": None, "in_reply_to_account_id": None, "sensitive": False,
            "spoiler_text": "", "visibility": "public", "language": "ko", "edited_at": None,
            "uri": f"https://city.example/users/{user}/statuses/{name}",
            "url": f"https://city.example/@{acct}/{name}", "content": page_of(text),
            "replies_count": 1, "reblogs_count": 2, "favourites_count": 3, "quotes_count": 4,
            "account": {"id": by, "username": user, "acct": acct, "display_name": user.title()},
            "media_attachments": [], "mentions": mentions, "tags": [], "emojis": [],
            "reblog": None, "card": None, "poll": None,
        } | more  # fmt: skip
        return name

    # What is asked

    def answer(self, asked: Asked) -> Answer:
        try:
            for one in ROUTES:
                if asked.method == one.method and (found := re.fullmatch(one.path, asked.path)):
                    if one.name != "instance":
                        self._let_in(asked)
                    return Answer(200, getattr(self, f"_{one.name}")(asked, *found.groups()))
            return Answer(404, {"error": "Not Found"})
        except Refused as refused:
            return refused.answer

    def _let_in(self, asked: Asked) -> None:
        if asked.headers.get("authorization") != f"Bearer {TOKEN}":
            raise Refused(self.bad_token, "The access token is invalid")

    @staticmethod
    def _credentials(_asked: Asked) -> dict[str, Any]:
        account = {"id": CITY, "username": "seoul", "acct": "seoul", "followers_count": 821}
        return {**account, "source": {"privacy": "public"}}

    def _relationships(self, asked: Asked) -> list[dict[str, Any]]:
        return [{"id": one, "blocked_by": one in self.blocks} for one in every(asked, "id[]")]

    def _list_notifications(self, asked: Asked) -> list[dict[str, Any]]:
        query = asked.query
        limit = min(int(query.get("limit", 40)), 80, self.most)
        types = every(asked, "types[]")
        mine = [one for one in self.notifications if not types or one["type"] in types]
        if "min_id" in query:
            least = query["min_id"]
            if not least.isdecimal():
                raise Refused(400, "min_id is no id")
            return [one for one in mine if int(one["id"]) > int(least)][:limit][::-1]
        return mine[-limit:][::-1]

    def _own(self, asked: Asked, who: str) -> list[dict[str, Any]]:
        limit = min(int(asked.query.get("limit", 20)), 40, self.most)
        before = int(asked.query.get("max_id", 10**20))
        theirs = [one for one in self.statuses.values() if one["account"]["id"] == who]
        return [one for one in theirs[::-1] if int(one["id"]) < before][:limit]

    def _many(self, asked: Asked) -> list[dict[str, Any]]:
        if not self.has_many:
            raise Refused(404, "Not Found")
        if len(names := every(asked, "id[]")) > 20:
            raise Refused(422, "Too many statuses")
        return [self.statuses[one] for one in names if self._is_seen(one)]

    def _is_seen(self, name: str) -> bool:
        return name in self.statuses and self.statuses[name]["account"]["id"] not in self.blocks

    def _one(self, _asked: Asked, name: str) -> dict[str, Any]:
        if not self._is_seen(name):
            raise Refused(404, "Record not found")
        return self.statuses[name]

    def _context(self, asked: Asked, name: str) -> dict[str, Any]:
        above: list[dict[str, Any]] = []
        one = self._one(asked, name)
        while (parent := one["in_reply_to_id"]) in self.statuses:
            above.insert(0, one := self.statuses[parent])
        below, names = [], {name}
        for each in self.statuses.values():
            if each["in_reply_to_id"] in names:
                names.add(each["id"])
                below.append(each)
        return {"ancestors": above, "descendants": below}

    def _create(self, asked: Asked) -> dict[str, Any]:
        key = asked.headers.get("idempotency-key", "")
        if self.keeps_promise and key in self.keys:
            return self.statuses[self.keys[key]]
        told = self._words(asked)
        above = told.get("in_reply_to_id")
        if above is not None and not self._is_seen(above):
            raise Refused(404, "The post you are trying to reply to does not appear to exist.")
        if told.get("visibility") not in ("public", "unlisted", "private", "direct"):
            raise Refused(422, "'x' is not a valid visibility")
        media = [self.uploads[one] for one in told.get("media_ids", [])]
        name = self._put(
            CITY, told["status"], in_reply_to_id=above, visibility=told["visibility"],
            language=told.get("language"), media_attachments=media,
        )  # fmt: skip
        self.keys[key] = name
        named = {(found[1] + (found[2] or "")) for found in MENTION.finditer(told["status"])}
        self.told += [(name, who) for who in PEOPLE.values() if who in named]
        return self.statuses[name]

    def _change(self, asked: Asked, name: str) -> dict[str, Any]:
        if self._one(asked, name)["account"]["id"] != CITY:
            raise Refused(404, "Record not found")
        self.rewrite(name, self._words(asked)["status"])
        return self.statuses[name]

    def _destroy(self, asked: Asked, name: str) -> dict[str, Any]:
        if self._one(asked, name)["account"]["id"] != CITY:
            raise Refused(404, "Record not found")
        return self.statuses.pop(name)

    def _words(self, asked: Asked) -> dict[str, Any]:
        if asked.headers.get("content-type") != "application/json":
            raise Refused(422, "Validation failed: Text can't be blank")
        told: dict[str, Any] = asked.json
        if not (text := told.get("status", "")) and not told.get("media_ids"):
            raise Refused(422, "Validation failed: Text can't be blank")
        short = URL.sub("x" * 23, MENTION.sub(r"@\1", text))
        if graphemes(short) > self.longest:
            raise Refused(422, "Validation failed: Text character limit of 500 exceeded")
        return told

    def _instance(self, _asked: Asked) -> dict[str, Any]:
        statuses = {"max_characters": self.longest, "characters_reserved_per_url": 23}
        return {"domain": "city.example", "configuration": {"statuses": statuses}}

    def _media(self, asked: Asked) -> dict[str, Any]:
        kind = asked.headers.get("content-type", "")
        form = message_from_bytes(f"Content-Type: {kind}\r\n\r\n".encode() + asked.body)
        parts: dict[Any, Any] = {
            one.get_param("name", header="content-disposition"): one for one in form.walk()
        }
        if not kind.startswith("multipart/form-data") or "file" not in parts:
            raise Refused(422, "Validation failed: File can't be blank")
        file, words = parts["file"], parts["description"].get_payload(decode=True).decode()
        name = str(22348641 + len(self.uploads))
        self.files.append((file.get_content_type(), file.get_payload(decode=True)))
        self.uploads[name] = {"id": name, "type": "image", "description": words}
        return {**self.uploads[name], "url": "https://f.example/1" if self.is_prepared else None}


def ours(network: MastodonPretend, **more: Any) -> Mastodon:
    """The city's account there."""
    told: dict[str, Any] = {"token": TOKEN, "own_id": CITY}
    return Mastodon(base=network.base, allow=network.allow, **told | more)


def answer(reply_to: Ref | None = None, **more: Any) -> Outbound:
    """The city's words, public."""
    told: dict[str, Any] = {"key": "R-1", "text": WORDS, "created_at": NOW, "visibility": "public"}
    return Outbound(reply_to=reply_to or {}, **told | more)
