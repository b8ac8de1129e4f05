"""YouTube's Data API v3 by its book, read on 2026-11-30.

https://developers.google.com/youtube/v3/docs/commentThreads/list, …/comments, …/channels, …/errors,
https://developers.google.com/youtube/v3/live/docs/liveChatMessages, …/liveBroadcasts/list, and
https://developers.google.com/identity/protocols/oauth2/web-server#offline for the sign-in
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from channels_app.connectors.contract import Outbound
from channels_app.connectors.youtube import YouTube
from tests.networks.pretend import Answer, Asked, Pretend

Json = dict[str, Any]
ID, KEY, REFRESH = "client-id", "client-key", "1//refresh"
SEOUL, MINA, VIDEO, LIVE = "UCseoul", "UCmina", "dQw4w9WgXcQ", "KicKGFVD-live"
BEGAN = datetime(2026, 11, 30, tzinfo=UTC)
SHOWN = 5  # replies that come with their thread
API = "/youtube/v3"


class YouTubePretend(Pretend):
    """One channel. `size` is of a page, `spoils`: one missing name spoils a question by names."""

    def __init__(self) -> None:
        super().__init__()
        self.size = 100
        self.spoils = False
        self.refresh = REFRESH
        self.tokens: set[str] = set()
        self.threads: dict[str, Json] = {}  # the newest last
        self.replies: dict[str, list[Json]] = {}  # by thread, the newest last
        self.chats: dict[str, list[Json]] = {}
        self.refusals: dict[str, str] = {}  # by method and path
        self.ended: set[str] = set()
        self.offline = False
        self.seconds = 0

    def answer(self, asked: Asked) -> Answer:
        """The token's door, or the interface itself."""
        if (asked.method, asked.path) == ("POST", "/token"):
            return self._token(asked.form)
        bearer = asked.headers.get("authorization", "").removeprefix("Bearer ")
        if bearer not in self.tokens:
            return refusal(401, "authError", "global")
        way = f"{asked.method} {asked.path.removeprefix(API)}"
        if why := self.refusals.get(way):
            return refusal(int(why.split()[1]), why.split()[0])
        ways: Mapping[str, Callable[[Asked], Answer]] = {
            "GET /channels": self._channels,
            "GET /commentThreads": self._related,
            "GET /comments": self._comments,
            "POST /comments": self._reply,
            "PUT /comments": self._change,
            "DELETE /comments": self._remove,
            "GET /liveBroadcasts": self._broadcasts,
            "GET /liveChat/messages": self._messages,
            "POST /liveChat/messages": self._speak,
            "DELETE /liveChat/messages": self._silence,
        }
        found = ways.get(way) if asked.path.startswith(API) else None
        return found(asked) if found else Answer(404, {"error": {"code": 404, "errors": []}})

    def say(self, words: str, *, author: str = MINA, below: str = "") -> str:
        """Somebody comments, or replies; its name."""
        self.seconds += 60
        at = (BEGAN + timedelta(seconds=self.seconds)).isoformat().replace("+00:00", "Z")
        name = f"Ugx{self.seconds:06d}"
        snippet = {"authorDisplayName": f"@{author[2:]}", "authorChannelId": {"value": author},
                   "channelId": SEOUL, "textDisplay": words, "textOriginal": words,
                   "likeCount": 0, "publishedAt": at, "updatedAt": at}  # fmt: skip
        if below:
            name = f"{below}.{name}"
            reply = {
                "kind": "youtube#comment",
                "id": name,
                "snippet": {**snippet, "parentId": below},
            }
            self.replies[below].append(reply)
        else:
            self.threads[name] = {"kind": "youtube#comment", "id": name,
                                  "snippet": {**snippet, "videoId": VIDEO}}  # fmt: skip
            self.replies[name] = []
        return name

    def speak(self, words: str, *, author: str = MINA, kind: str = "textMessageEvent") -> str:
        """Somebody says something while the city broadcasts; its name."""
        self.seconds += 1
        name = f"LCC.{self.seconds}"
        chat = self.chats.setdefault(LIVE, [])
        chat.append(live_message(name, words, author=author, kind=kind, seconds=self.seconds))
        return name

    def take_back(self, name: str) -> None:
        """The author takes it back."""
        self.seconds += 1
        self.chats[LIVE].append(live_message(
            f"LCC.{self.seconds}", "", kind="messageRetractedEvent", seconds=self.seconds,
            messageRetractedDetails={"retractedMessageId": name},
        ))  # fmt: skip

    def forget(self, name: str) -> None:
        """Its author removes it, and with it what stands below."""
        self.threads.pop(name, None)
        self.replies.pop(name, None)
        for replies in self.replies.values():
            replies[:] = [one for one in replies if one["id"] != name]

    def named(self, name: str) -> Json | None:
        """A comment that is there."""
        every = [*self.threads.values(), *(one for below in self.replies.values() for one in below)]
        return next((one for one in every if one["id"] == name), None)

    def _token(self, form: dict[str, str]) -> Answer:
        if form.get("client_id") != ID or form.get("client_secret") != KEY:
            return Answer(401, {"error": "invalid_client"})
        if form.get("grant_type") != "refresh_token" or form.get("refresh_token") != self.refresh:
            return Answer(400, {"error": "invalid_grant", "error_description": "Bad Request"})
        token = f"ya29.{len(self.asked)}"
        self.tokens.add(token)
        return Answer(200, {"access_token": token, "expires_in": 3599, "token_type": "Bearer"})

    def _channels(self, asked: Asked) -> Answer:
        if asked.query != {"part": "snippet,statistics", "mine": "true"}:
            return refusal(400, "unexpectedParameter")
        counted = {"subscriberCount": "120000", "hiddenSubscriberCount": False}
        snippet = {"title": "서울시", "customUrl": "@seoul"}
        return Answer(200, {"items": [{"id": SEOUL, "snippet": snippet, "statistics": counted}]})

    def _related(self, asked: Asked) -> Answer:
        wanted = {"part": "snippet,replies", "allThreadsRelatedToChannelId": SEOUL, "order": "time",
                  "maxResults": "100", "textFormat": "plainText"}  # fmt: skip
        if {k: v for k, v in asked.query.items() if k != "pageToken"} != wanted:
            return refusal(400, "unexpectedParameter")
        return self._page([*self.threads.values()][::-1], asked, self._thread)

    def _thread(self, top: Json) -> Json:
        replies = self.replies[top["id"]]
        snippet = {"channelId": SEOUL, "videoId": VIDEO, "topLevelComment": top, "canReply": True,
                   "totalReplyCount": len(replies), "isPublic": True}  # fmt: skip
        thread = {"kind": "youtube#commentThread", "id": top["id"], "snippet": snippet}
        return {**thread, "replies": {"comments": replies[-SHOWN:][::-1]}} if replies else thread

    def _comments(self, asked: Asked) -> Answer:
        query = asked.query
        if "id" in query and not {"parentId", "maxResults", "pageToken"} & set(query):
            found = [self.named(name) for name in query["id"].split(",")]
            if self.spoils and None in found:
                return refusal(404, "commentNotFound")
            return Answer(200, {"kind": "list", "items": [one for one in found if one]})
        if "id" in query or query.get("maxResults") != "100":
            return refusal(400, "incompatibleParameters")
        if query.get("parentId") not in self.replies:
            return refusal(404, "commentNotFound")
        return self._page(self.replies[query["parentId"]][::-1], asked, lambda one: one)

    def _page(self, every: list[Json], asked: Asked, show: Callable[[Json], Json]) -> Answer:
        """A page's name holds how many things stand behind it: what comes meanwhile moves none."""
        token = asked.query.get("pageToken", f"P{len(every)}")
        if not token.startswith("P") or int(token[1:]) > len(every):
            return refusal(400, "invalidPageToken")
        left = every[len(every) - int(token[1:]) :]
        told: Json = {"kind": "list", "items": [show(one) for one in left[: self.size]]}
        if len(left) > self.size:
            told["nextPageToken"] = f"P{len(left) - self.size}"
        return Answer(200, told)

    def _reply(self, asked: Asked) -> Answer:
        snippet = asked.json["snippet"]
        if asked.query != {"part": "snippet"} or not snippet.get("parentId"):
            return refusal(400, "parentIdMissing")
        if not 0 < len(snippet.get("textOriginal", "")) <= 10_000:
            return refusal(400, "commentTextTooLong")
        if snippet["parentId"] not in self.threads:
            return refusal(400, "processingFailure")
        name = self.say(snippet["textOriginal"], author=SEOUL, below=snippet["parentId"])
        return Answer(200, self.named(name))

    def _change(self, asked: Asked) -> Answer:
        one = self.named(asked.json.get("id", ""))
        if one is None or asked.query != {"part": "snippet"}:
            return refusal(404, "commentNotFound")
        if one["snippet"]["authorChannelId"]["value"] != SEOUL:
            return refusal(403, "forbidden")
        words = asked.json["snippet"]["textOriginal"]
        one["snippet"].update(textOriginal=words, textDisplay=words)
        return Answer(200, one)

    def _remove(self, asked: Asked) -> Answer:
        if self.named(asked.query.get("id", "")) is None:
            return refusal(404, "commentNotFound")
        self.forget(asked.query["id"])
        return Answer(204)

    def _broadcasts(self, asked: Asked) -> Answer:
        wanted = {"part": "snippet", "broadcastStatus": "active", "broadcastType": "all"}
        if asked.query != wanted:
            return refusal(400, "unexpectedParameter")
        live = [chat for chat in self.chats if chat not in self.ended]
        items = [{"id": VIDEO, "snippet": {"liveChatId": chat}} for chat in live]
        return Answer(200, {"kind": "list", "items": items})

    def _messages(self, asked: Asked) -> Answer:
        chat = asked.query.get("liveChatId", "")
        if asked.query.get("part") != "snippet,authorDetails":
            return refusal(400, "missingRequiredParameter")
        if chat not in self.chats or chat in self.ended:
            return refusal(404, "liveChatNotFound") if chat not in self.chats else ENDED
        after = asked.query.get("pageToken", "C0")
        if not after.startswith("C"):
            return refusal(400, "pageTokenInvalid")
        said = self.chats[chat]
        told: Json = {"kind": "list", "items": said[int(after[1:]) :],
                      "nextPageToken": f"C{len(said)}", "pollingIntervalMillis": 12345}  # fmt: skip
        return Answer(200, {**told, "offlineAt": "2026-11-30T09:00:00Z"} if self.offline else told)

    def _speak(self, asked: Asked) -> Answer:
        snippet = asked.json["snippet"]
        if snippet.get("type") != "textMessageEvent" or asked.query != {"part": "snippet"}:
            return refusal(400, "typeRequired")
        if snippet["liveChatId"] in self.ended:
            return ENDED
        words = snippet["textMessageDetails"]["messageText"]
        if len(words) > 200:
            return refusal(400, "messageTextInvalid")
        self.speak(words, author=SEOUL)
        return Answer(200, self.chats[LIVE][-1])

    def _silence(self, asked: Asked) -> Answer:
        for said in self.chats.values():
            said[:] = [one for one in said if one["id"] != asked.query.get("id")]
        return Answer(204)


def refusal(status: int, reason: str, domain: str = "youtube.comment") -> Answer:
    """As YouTube says no."""
    why = {"message": reason, "domain": domain, "reason": reason}
    return Answer(status, {"error": {"code": status, "message": reason, "errors": [why]}})


ENDED = refusal(403, "liveChatEnded", "youtube.liveChat")


def live_message(
    name: str, words: str, *, author: str = MINA, kind: str = "textMessageEvent", seconds: int = 0,
    **details: Json,
) -> Json:  # fmt: skip
    """One thing that happens in a live chat."""
    at = (BEGAN + timedelta(seconds=seconds)).isoformat().replace("+00:00", "Z")
    snippet: Json = {"type": kind, "liveChatId": LIVE, "authorChannelId": author,
                     "publishedAt": at, "displayMessage": words, **details}  # fmt: skip
    if kind == "textMessageEvent":
        snippet["textMessageDetails"] = {"messageText": words}
    if kind == "superChatEvent":
        snippet["superChatDetails"] = {"userComment": words, "amountDisplayString": "₩5,000"}
    return {"kind": "youtube#liveChatMessage", "id": name, "snippet": snippet,
            "authorDetails": {"channelId": author, "displayName": author[2:]}}  # fmt: skip


def channel(network: YouTubePretend, **told: Any) -> YouTube:
    """The city's, as it is set up."""
    made = YouTube(
        client_id=ID,
        client_secret=KEY,
        refresh=REFRESH,
        own_id=SEOUL,
        base=f"{network.base}{API}",
        sign_in=network.base,
        allow=network.allow,
    )
    return replace(made, **told)


def below(name: str, words: str = "고쳤습니다.", **told: Any) -> Outbound:
    """Our answer to a comment."""
    ref = {"comment": name, "parent": name.partition(".")[0], "video": VIDEO}
    out = Outbound(key="S-1", text=words, reply_to=ref, visibility="public", created_at=BEGAN)
    return replace(out, **told)


def into_chat(words: str = "고쳤습니다.") -> Outbound:
    """Our words in a live chat."""
    return below("", words, reply_to={"chat": LIVE})
