"""YouTube: comments below a channel's videos, and what is said while it broadcasts (Data API v3).

Threads of comments come the newest first, by when they began: a walk goes back to what is known,
and a slow round through all older ones finds who has replied late. The cursor remembers where both
stand, whose replies are still to be listed, and how far each live chat was read. Every question
costs (10,000 units a day for all; an answer 50): so we stay away for a while, and say so.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import timedelta
from functools import cached_property
from hashlib import sha256
from typing import Any, ClassVar

from channels_app.connectors import youtube_words as reading
from channels_app.connectors.contract import (
    About,
    Batch,
    Caps,
    Connector,
    Heard,
    Outbound,
    Sent,
)
from channels_app.connectors.errors import (
    AuthExpired,
    ContentRejected,
    Forbidden,
    OutcomeUnknown,
    TargetGone,
    Transient,
)
from channels_app.connectors.web import Told, Web
from channels_app.connectors.youtube_session import Hour, keep_nothing
from channels_app.connectors.youtube_words import CHAT, Json
from lifecycle import clock

Found = list[reading.Said]
Query = Mapping[str, str | int]
LONGEST, LONGEST_CHAT = 10_000, 200  # characters
PAGES = 3  # of threads, and of replies, in one reading
NAMES = 50  # in one question
MARKED = 500  # threads whose number of replies is remembered
REST, CHAT_REST = 120.0, 10.0  # seconds between two readings, so that the day's units last
SKEW = timedelta(minutes=2)  # between our clock and theirs
PATIENCE = 10.0  # seconds for one question: one reading asks about ten within its lease


@dataclass
class Place:
    """How far it was read; as JSON it is the cursor.

    Until `known` all threads were read; a walk that began at `newest` goes on at `page`, the round
    through older ones at `older`. `replies` is how many a thread had, `todo` whose are to be
    listed (thread, video, page), `chats` the page of each live chat.
    """

    known: str = ""
    newest: str = ""
    page: str = ""
    older: str = ""
    read_at: float = 0.0
    replies: dict[str, int] = field(default_factory=dict)
    todo: list[list[str]] = field(default_factory=list)
    chats: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, cursor: str) -> "Place":
        """The beginning, where there is none."""
        return cls(**json.loads(cursor)) if cursor else cls()

    @property
    def is_behind(self) -> bool:
        """There is more to be read at once."""
        return bool(self.page or self.todo)

    def as_text(self) -> str:
        """As it is kept."""
        self.replies = dict(list(self.replies.items())[-MARKED:])
        return json.dumps(asdict(self))

    def note(self, thread: Json) -> None:
        """Its replies are to be listed where they are more than it shows, and others than then."""
        name, count = thread["id"], int(thread["snippet"].get("totalReplyCount") or 0)
        if count <= len(reading.shown(thread)):
            return
        mark = sha256(name.encode()).hexdigest()[:12]
        if self.replies.pop(mark, 0) != count:
            self.todo.append([name, reading.video_of(thread), ""])
        self.replies[mark] = count


@dataclass(frozen=True, kw_only=True)
class YouTube(Connector[Outbound]):
    """One channel; `refresh` is the token that its owner gave our application (OAuth 2).

    What it gives us for an hour is kept as `session`, by `keep`. Answers in a live chat have 200
    characters. All of it is public.
    """

    caps: ClassVar = Caps(
        inbound="poll",
        max_len=LONGEST,
        idempotent="reconcile",
        threads=True,
        edits=True,
        deletes=True,
    )
    client_id: str
    client_secret: str = field(repr=False)
    refresh: str = field(repr=False)
    own_id: str = ""
    session: str = field(default="", repr=False)
    keep: Callable[[str], None] = keep_nothing
    base: str = "https://www.googleapis.com/youtube/v3"
    sign_in: str = "https://oauth2.googleapis.com"
    allow: frozenset[str] = frozenset()

    @cached_property
    def hour(self) -> Hour:
        """Our sign-in of this hour."""
        return Hour(
            form={
                "client_id": self.client_id,
                "client_secret": self.client_secret,
                "refresh_token": self.refresh,
                "grant_type": "refresh_token",
            },
            web=Web(self.sign_in, allow=self.allow, patience=PATIENCE),
            kept=self.session,
            keep=self.keep,
        )

    def verify(self) -> None:
        """Are we let in, and as this channel? Raises AuthExpired, Transient."""
        self.about()

    def about(self) -> About:
        """The channel that we sign in as, and how many have subscribed to it."""
        told = self._get("/channels", {"part": "snippet,statistics", "mine": "true"})
        channel: Json = next(iter(told.get("items") or []), {})
        if not channel or (self.own_id and channel["id"] != self.own_id):
            raise AuthExpired("this sign-in is not of this channel")
        snippet, counted = channel.get("snippet", {}), channel.get("statistics", {})
        hidden = counted.get("hiddenSubscriberCount") or "subscriberCount" not in counted
        return About(
            own_id=channel["id"],
            handle=snippet.get("customUrl") or snippet.get("title", ""),
            followers=None if hidden else int(counted["subscriberCount"]),
        )

    def fetch(self, cursor: str) -> Batch:
        """Comments, replies and what was said live since then, oldest first."""
        place, now = Place.of(cursor), clock.now().timestamp()
        said, wait = self._chats(place)
        # While a chat is read every few seconds, comments need not be.
        if not place.chats or place.is_behind or now - place.read_at >= REST:
            place.read_at = now
            said += [*self._threads(place), *self._older(place), *self._replies(place)]
        said.sort(key=lambda one: one[0])
        events = tuple(event for _at, event in said)
        is_hasty = place.is_behind and not place.chats
        return Batch(events, place.as_text(), more=place.is_behind, wait=0.0 if is_hasty else wait)

    def check(self, out: Outbound) -> None:
        """Below a comment, or into a live chat; for everyone. Raises ContentRejected, Forbidden."""
        super().check(out)
        if out.pictures:
            raise ContentRejected("no pictures here")
        if out.visibility == "private":
            raise Forbidden("everyone reads what stands there")
        if not out.reply_to.get("parent") and not out.reply_to.get("chat"):
            raise Forbidden("no way to write first")
        if out.reply_to.get("chat") and len(out.text) > LONGEST_CHAT:
            raise ContentRejected(f"longer than {LONGEST_CHAT} chars in a live chat")

    def send(self, out: Outbound) -> Sent:
        """Below the thread's first comment, or into the chat. Raises one of our errors."""
        if chat := out.reply_to.get("chat"):
            said = {"liveChatId": chat, "type": "textMessageEvent",
                    "textMessageDetails": {"messageText": out.text}}  # fmt: skip
            return _sent_chat(self._write("POST", "/liveChat/messages", {"snippet": said}), chat)
        said = {"parentId": out.reply_to["parent"], "textOriginal": out.text}
        return _sent(self._write("POST", "/comments", {"snippet": said}), out)

    def reconcile(self, out: Outbound) -> Sent | None:
        """Our own with the same words, at the same place, since they were written."""
        me, chat = self._me(), out.reply_to.get("chat", "")
        for one in self._said_in(chat) if chat else self._below(out.reply_to["parent"]):
            is_late = not out.created_at or reading.moment(one) >= out.created_at - SKEW
            is_same = reading.words(one).split() == out.text.split()
            if is_late and is_same and reading.author(one) == me:
                sent = _sent_chat(one, chat) if chat else _sent(one, out)
                return replace(sent, duplicate=True)
        return None

    def edit(self, external_id: str, out: Outbound) -> Sent:
        """Other words in a comment of ours; what was said in a chat stays."""
        if external_id.startswith(CHAT):
            raise Forbidden("what was said in a live chat stays as it is")
        body = {"id": external_id, "snippet": {"textOriginal": out.text}}
        return _sent(self._write("PUT", "/comments", body), out)

    def delete(self, external_id: str) -> None:
        """Take it back; no error where it is gone."""
        path = "/liveChat/messages" if external_id.startswith(CHAT) else "/comments"
        query = {"id": external_id.removeprefix(CHAT)}
        told = self._ask("DELETE", path, query=query)
        problem = None if told.is_good else reading.problem("DELETE", told)
        if problem and not isinstance(problem, TargetGone):
            raise problem

    def gone_among(self, external_ids: Sequence[str]) -> frozenset[str]:
        """Comments that are there no more; of chats YouTube does not tell."""
        asked = [name for name in external_ids if not name.startswith(CHAT)]
        return frozenset(asked) - {one["id"] for one in self._named(asked, "id")}

    def counts_of(self, external_ids: Sequence[str]) -> Mapping[str, Mapping[str, int]]:
        """How many like these comments."""
        asked = [name for name in external_ids if not name.startswith(CHAT)]
        return {
            one["id"]: {"likes": int(one["snippet"].get("likeCount") or 0)}
            for one in self._named(asked, "snippet")
        }

    @classmethod
    def hear(cls, kind: str, raw: bytes, *, own_id: str = "") -> Heard:
        """A comment, something said live, or what of it was taken back."""
        return reading.heard(json.loads(raw), own_id)

    def _me(self) -> str:
        return self.own_id or self.about().own_id

    def _threads(self, place: Place) -> Found:
        """Back from the newest to what is known; a long way is gone in several readings."""
        found: Found = []
        for _n in range(PAGES):
            told = self._related(place.page)
            threads = told.get("items") or []
            found += _all_of(threads, place)
            began = [reading.top(each)["snippet"]["publishedAt"] for each in threads]
            place.newest = place.newest or max(began, default="")
            place.page = str(told.get("nextPageToken") or "")
            if not place.page or min(began, default=place.known) < place.known:
                place.older = place.older or place.page
                place.known, place.newest, place.page = max(place.known, place.newest), "", ""
                break
        return found

    def _older(self, place: Place) -> Found:
        """One page of the round through older threads: people reply there too."""
        if place.page or not place.older:
            return []
        told = self._related(place.older)
        place.older = str(told.get("nextPageToken") or "")
        return _all_of(told.get("items") or [], place)

    def _replies(self, place: Place) -> Found:
        """Those that their threads did not show."""
        found: Found = []
        for _n in range(PAGES):
            if not place.todo:
                break
            thread, video, page = place.todo.pop(0)
            try:
                told = self._page("/comments", _replies_to(thread), page)
            except (TargetGone, Forbidden):
                continue  # with all that stood below it
            found += [reading.comment(one, thread, video) for one in told.get("items") or []]
            if further := told.get("nextPageToken"):
                place.todo.insert(0, [thread, video, str(further)])
        return found

    def _chats(self, place: Place) -> tuple[Found, float]:
        """What was said in every chat that is on, and in those that have just ended."""
        found: Found = []
        waits: list[float] = []
        live = self._live()
        for chat in dict.fromkeys([*place.chats, *live]):
            query = {"part": "snippet,authorDetails", "liveChatId": chat}
            try:
                told = self._page("/liveChat/messages", query, place.chats.get(chat, ""))
            except (TargetGone, Forbidden):
                place.chats.pop(chat, None)
                continue
            items = told.get("items") or []
            found += [event for event in map(reading.spoken, items) if event]
            place.chats[chat] = str(told.get("nextPageToken") or "")
            waits.append(max(float(told.get("pollingIntervalMillis") or 0) / 1000, CHAT_REST))
            if told.get("offlineAt") or (chat not in live and not items):
                del place.chats[chat]
        return found, max(waits, default=REST)

    def _live(self) -> list[str]:
        """The chats of what is broadcast now; none where this channel does not broadcast."""
        query = {"part": "snippet", "broadcastStatus": "active", "broadcastType": "all"}
        try:
            told = self._get("/liveBroadcasts", query)
        except Forbidden:
            return []
        found = (one["snippet"].get("liveChatId") for one in told.get("items") or [])
        return [str(chat) for chat in found if chat]

    def _said_in(self, chat: str) -> list[Json]:
        """What a chat still holds of its history."""
        query = {"part": "snippet,authorDetails", "liveChatId": chat}
        items: list[Json] = self._page("/liveChat/messages", query, "").get("items") or []
        return [one for one in items if reading.said_live(one)]

    def _below(self, thread: str) -> Iterator[Json]:
        """Its replies."""
        page = ""
        for _n in range(PAGES):
            told = self._page("/comments", _replies_to(thread), page)
            yield from told.get("items") or []
            if not (page := str(told.get("nextPageToken") or "")):
                return

    def _named(self, names: Sequence[str], what: str) -> list[Json]:
        """Those of these comments that are there; one that is not may spoil a whole question."""
        if len(names) > NAMES:
            return [*self._named(names[:NAMES], what), *self._named(names[NAMES:], what)]
        try:
            told = self._get("/comments", {"part": what, "id": ",".join(names)}) if names else {}
        except TargetGone:
            half = len(names) // 2
            if not half:
                return []
            return [*self._named(names[:half], what), *self._named(names[half:], what)]
        return list(told.get("items") or [])

    def _related(self, page: str) -> Json:
        query: Query = {"part": "snippet,replies", "allThreadsRelatedToChannelId": self._me(),
                        "order": "time", "maxResults": 100, "textFormat": "plainText"}  # fmt: skip
        return self._page("/commentThreads", query, page)

    def _page(self, path: str, query: Query, page: str) -> Json:
        """One page; the first where YouTube has forgotten this one, so that nothing is left out."""
        try:
            return self._get(path, {**query, "pageToken": page} if page else query)
        except ContentRejected as problem:
            if not page:
                raise Transient(str(problem)) from problem
            return self._page(path, query, "")

    def _get(self, path: str, query: Query) -> Json:
        told = self._ask("GET", path, query=query)
        if not told.is_good:
            raise reading.problem("GET", told)
        if not reading.says(told):
            raise Transient("no answer we understand")
        return reading.says(told)

    def _write(self, method: str, path: str, body: Json) -> Json:
        told = self._ask(method, path, query={"part": "snippet"}, body=body)
        if not told.is_good:
            raise reading.problem(method, told)
        if "id" not in reading.says(told):
            raise OutcomeUnknown("no answer we understand")
        return reading.says(told)

    def _ask(self, method: str, path: str, **told: Any) -> Told:
        """With what we were given for an hour; asked for anew where it counts no more."""
        answer = self._web(self.hour.token()).ask(method, path, **told)
        if answer.status == 401:
            answer = self._web(self.hour.fresh_token()).ask(method, path, **told)
        return answer

    def _web(self, token: str) -> Web:
        return Web(self.base, {"Authorization": f"Bearer {token}"}, self.allow, PATIENCE)


def _replies_to(thread: str) -> dict[str, str | int]:
    return {"part": "snippet", "parentId": thread, "maxResults": 100, "textFormat": "plainText"}


def _all_of(threads: Sequence[Json], place: Place) -> Found:
    """Every comment that these threads show; what they don't is noted."""
    found: Found = []
    for thread in threads:
        place.note(thread)
        for one in (reading.top(thread), *reading.shown(thread)):
            found.append(reading.comment(one, thread["id"], reading.video_of(thread)))
    return found


def _sent(told: Json, out: Outbound) -> Sent:
    """A comment of ours."""
    name, video = str(told["id"]), out.reply_to.get("video", "")
    return Sent((name,), reading.link(name, video), ref={**out.reply_to, "comment": name})


def _sent_chat(told: Json, chat: str) -> Sent:
    """Ours among what was said live."""
    return Sent((f"{CHAT}{told['id']}",), ref={"chat": chat})
