"""X: posts that name the city and messages to it come in by webhook, and by asking what was missed.

Two webhooks exist, and both are read: Account Activity, which X is giving up, and X Activity after
it. A post that its author edits gets a new id, so it is known by its first one, and `revision` is
the id of this version: the same through every door. X refuses to post the same words twice; that
is how a lost post shows. OAuth 1.0a (RFC 5849) signs whatever we ask.
"""

import base64
import hmac
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, timedelta
from hashlib import sha256
from typing import Any, ClassVar

from channels_app.connectors import x_words as reading
from channels_app.connectors.contract import (
    About,
    Batch,
    Caps,
    Connector,
    Heard,
    HookAnswer,
    Inbound,
    Outbound,
    Picture,
    Sent,
)
from channels_app.connectors.errors import (
    AuthExpired,
    BadSignature,
    ContentRejected,
    Forbidden,
    OutcomeUnknown,
    TargetGone,
    Transient,
)
from channels_app.connectors.web import Told, Web, part
from channels_app.connectors.x_signing import authorization
from channels_app.connectors.x_words import DELETED, PRIVATE, Json

PAGES = 3  # of a hundred mentions, at one asking
AT_ONCE = 100  # posts that are looked up by one question
LONGEST_MESSAGE = 10_000  # characters of a private one
MOST_PICTURES = 4
MOST_OF_PICTURE = 5_000_000  # bytes
LONGEST_ALT = 1000  # characters of the words for a picture
CLOCKS_DIFFER = timedelta(minutes=5)
FIELDS = (
    "attachments,author_id,conversation_id,created_at,edit_history_tweet_ids,entities,"
    "in_reply_to_user_id,note_tweet,referenced_tweets,text"
)
WITH = {
    "tweet.fields": FIELDS,
    "expansions": "author_id,attachments.media_keys",
    "user.fields": "name,username,protected",
    "media.fields": "alt_text,preview_image_url,type,url",
}
REACTIONS = {
    "likes": "like_count",
    "reposts": "retweet_count",
    "quotes": "quote_count",
    "replies": "reply_count",
}
DUPLICATE = "duplicate content"
PARENT_GONE = "deleted or not visible"
NOT_FOUND, NOT_SHOWN = "resource-not-found", "not-authorized-for-resource"


@dataclass(frozen=True, kw_only=True)
class X(Connector[Outbound]):
    """One account, as the app that it has let in: the app's key and secret, the account's token.

    The app's secret signs X's own calls too.
    """

    caps: ClassVar = Caps(
        inbound="webhook", max_len=280, unit="weighted", idempotent="reconcile",
        threads=True, deletes=True,
    )  # fmt: skip
    consumer_key: str
    consumer_secret: str = field(repr=False)
    token: str = field(repr=False)
    token_secret: str = field(repr=False)
    own_id: str = ""
    base: str = "https://api.x.com"
    allow: frozenset[str] = frozenset()

    def verify(self) -> None:
        """Are we let in? Raises AuthExpired, Transient, RateLimited."""
        self.about()

    def about(self) -> About:
        """Our id, our name, who follows."""
        try:
            me = self._good("GET", "/2/users/me", query={"user.fields": "public_metrics"})["data"]
        except Forbidden as problem:
            raise AuthExpired(str(problem)) from problem
        except KeyError as problem:
            raise Transient("no answer that we understand") from problem
        followers = (me.get("public_metrics") or {}).get("followers_count")
        return About(str(me["id"]), str(me["username"]), followers)

    def fetch(self, cursor: str) -> Batch:
        """Mentions and replies after this cursor, oldest first; X keeps the last 800.

        It gives the newest first: what a walk does not reach today, the cursor goes on with.
        """
        walk = _walk(cursor)
        try:
            return self._walked(walk)
        except ContentRejected:
            if not walk:
                raise
            return self._walked({})  # a place that X no longer knows

    def check(self, out: Outbound) -> None:
        """Length as X counts; a message to a person has other limits.

        Raises ContentRejected, and Forbidden for what was said in private and would be public.
        """
        if not _is_private(out):
            super().check(out)
            _check_pictures(out)
            if out.reply_to and "id" not in out.reply_to:
                raise Forbidden("it was said in private")
        elif out.pictures:
            raise ContentRejected("no pictures in private")
        elif not out.reply_to.get("to"):
            raise Forbidden("no person to write to")
        elif len(out.text) > LONGEST_MESSAGE:
            raise ContentRejected(f"longer than {LONGEST_MESSAGE} chars")

    def send(self, out: Outbound) -> Sent:
        """One try. What is there already is found. Raises one of the connector's errors."""
        if _is_private(out):
            path = f"/2/dm_conversations/with/{part(out.reply_to['to'])}/messages"
            told = self._ask("POST", path, body={"text": out.text})
        else:
            body: Json = {"text": out.text}
            if parent := out.reply_to.get("id"):
                body["reply"] = {"in_reply_to_tweet_id": parent}
            if out.pictures:
                body["media"] = {"media_ids": [self._laid_down(one) for one in out.pictures]}
            told = self._ask("POST", "/2/tweets", body=body)
        if not told.is_good:
            return self._refused(told, out)
        said = told.json.get("data") or {}
        if message := said.get("dm_event_id"):
            return _sent(f"{PRIVATE}{message}", out)
        if not said.get("id"):
            raise OutcomeUnknown("no answer that we understand")
        return _sent(str(said["id"]), out)

    def reconcile(self, out: Outbound) -> Sent | None:
        """The same words below the same post, or to the same person, among our own of late."""
        mine, words = self._me(), reading.bare(out.text)
        for name, one in self._messages(out) if _is_private(out) else self._posts(out, mine):
            at = reading.moment(one["created_at"])
            is_later = out.created_at is None or at >= out.created_at - CLOCKS_DIFFER
            author = str(one.get("sender_id") or one.get("author_id") or mine)
            if is_later and author == mine and reading.bare(reading.words(one)) == words:
                return replace(_sent(name, out), duplicate=True)
        return None

    def delete(self, external_id: str) -> None:
        """Take a post back; a message to a person stays with them."""
        if external_id.startswith(PRIVATE):
            raise Forbidden("a message can't be taken back")
        told = self._ask("DELETE", f"/2/tweets/{part(external_id)}")
        if not told.is_good and told.status != 404:
            raise reading.problem(told, writes=True)

    def gone_among(self, external_ids: Sequence[str]) -> frozenset[str]:
        """Those that X no longer finds, or that their author now shows to friends alone."""
        return self._lacking(external_ids, NOT_FOUND, NOT_SHOWN)

    def counts_of(self, external_ids: Sequence[str]) -> Mapping[str, Mapping[str, int]]:
        """Likes, reposts, quotes and replies of our own posts."""
        posts = [one for page in self._look_up(external_ids, "public_metrics")
                 for one in page.get("data") or []]  # fmt: skip
        return {
            reading.first(one): {
                name: int(one["public_metrics"].get(of) or 0) for name, of in REACTIONS.items()
            }
            for one in posts
        }

    @classmethod
    def hear(cls, kind: str, raw: bytes, *, own_id: str = "") -> Heard:
        """What one event says: a post, a message, or that a post is no longer there."""
        call: Json = json.loads(raw)
        if kind == "delete":
            gone = call[DELETED][0]["status"]
            author = str(gone.get("user_id") or "")
            is_ours = bool(own_id) and author == own_id
            return Heard("delete", str(gone["id"]), author=author, is_ours=is_ours)
        if "direct_message_events" in call:
            return reading.heard_message(call, own_id)
        return reading.heard_post(kind, call, own_id)

    def check_hook(self, headers: Mapping[str, str], body: bytes) -> None:
        """Signed with the app's secret, and about this account. Raises BadSignature."""
        told = headers.get("x-twitter-webhooks-signature", "")
        if not hmac.compare_digest(told.encode(), self._sealed(body).encode()):
            raise BadSignature("not signed by X")
        if self.own_id and reading.whose(body) not in ("", self.own_id):
            raise BadSignature("another account's")

    def handshake(self, query: Mapping[str, str]) -> HookAnswer:
        """X asks whether the app's secret is here (CRC). Raises BadSignature."""
        if not (asked := query.get("crc_token")):
            raise BadSignature("nothing asked")
        said = json.dumps({"response_token": self._sealed(asked.encode())})
        return HookAnswer(said.encode(), "application/json")

    @classmethod
    def open_hook(cls, body: bytes) -> tuple[Inbound, ...]:
        """Posts, messages and deletions in a call; likes, follows and reposts concern nobody."""
        call = reading.unpacked(body)
        told = call.get("tweet_create_events", [])
        calls: list[Json] = [{"tweet_create_events": [one]} for one in told]
        if "data" in call:
            calls = [{"data": call["data"], "includes": call.get("includes") or {}}]
        messages = call.get("direct_message_events", [])
        kept = [reading.post_event(one) for one in calls]
        kept += [reading.message_event(one, call) for one in messages]
        kept += [
            Inbound("delete", str(one["status"]["id"]), "", reading.raw_of({DELETED: [one]}))
            for one in call.get(DELETED, [])
        ]
        return tuple(one for one in kept if one is not None)

    def _walked(self, walk: Mapping[str, str]) -> Batch:
        """Some pages of mentions, from `until` back to `since`."""
        since, until, newest = (walk.get(name, "") for name in ("since", "until", "newest"))
        path = f"/2/users/{part(self._me())}/mentions"
        events: list[Inbound] = []
        place = {"until_id": until} if until else {}
        for _page in range(PAGES):
            edge = {"since_id": since} if since else {}
            told = self._good("GET", path, query={**WITH, "max_results": 100, **edge, **place})
            posts = told.get("data") or []
            calls = [{"data": one, "includes": reading.included(one, told)} for one in posts]
            events += [one for one in map(reading.post_event, calls) if one is not None]
            if posts:
                until, newest = str(posts[-1]["id"]), newest or str(posts[0]["id"])
            further = str((told.get("meta") or {}).get("next_token") or "")
            if not further:
                break
            place = {"pagination_token": further}
        if not further or until == walk.get("until", ""):
            return Batch(tuple(events[::-1]), json.dumps({"since": newest or since}))
        at = {"since": since, "until": until, "newest": newest}
        return Batch(tuple(events[::-1]), json.dumps(at), more=True)

    def _refused(self, told: Told, out: Outbound) -> Sent:
        """What a refusal asks of us; the post itself, where it was refused because it is there."""
        words = told.body.decode(errors="replace").lower()
        if told.status == 403 and DUPLICATE in words:
            if there := self.reconcile(out):
                return there
            raise ContentRejected("the same words are there already")
        problem, parent = reading.problem(told, writes=True), out.reply_to.get("id", "")
        if isinstance(problem, Forbidden | ContentRejected) and parent and not _is_private(out):
            is_gone = PARENT_GONE in words or parent in self._lacking((parent,), NOT_FOUND)
            problem = TargetGone(str(problem)) if is_gone else problem
        raise problem

    def _laid_down(self, picture: Picture) -> str:
        """A picture there, with its words, before the post that shows it; its name.

        Nothing can be seen yet, whatever becomes of it. Raises as `send`, but never in doubt.
        """
        content = base64.b64encode(picture.content).decode()
        try:
            told = self._good(
                "POST", "/2/media/upload", body={"media": content, "media_category": "tweet_image"}
            )
            name = str(told["data"]["id"])
            if picture.words:
                alt = {"alt_text": {"text": picture.words[:LONGEST_ALT]}}
                self._good("POST", "/2/media/metadata", body={"id": name, "metadata": alt})
        except OutcomeUnknown as problem:
            raise Transient(str(problem)) from problem
        return name

    def _me(self) -> str:
        return self.own_id or self.about().own_id

    def _posts(self, out: Outbound, mine: str) -> Iterator[tuple[str, Json]]:
        """Our own of late that stand below the same post."""
        query: Json = {"tweet.fields": FIELDS, "max_results": 100, "exclude": "retweets"}
        if out.created_at is not None:
            since = (out.created_at - CLOCKS_DIFFER).astimezone(UTC)
            query["start_time"] = f"{since:%Y-%m-%dT%H:%M:%SZ}"
        told = self._good("GET", f"/2/users/{part(mine)}/tweets", query=query)
        for one in told.get("data") or []:
            if reading.parent(one) == out.reply_to.get("id", ""):
                yield reading.first(one), one

    def _messages(self, out: Outbound) -> Iterator[tuple[str, Json]]:
        """What was said between us and this person of late."""
        path = f"/2/dm_conversations/with/{part(out.reply_to['to'])}/dm_events"
        query = {"dm_event.fields": "created_at,sender_id,text", "event_types": "MessageCreate"}
        for one in self._good("GET", path, query=query).get("data") or []:
            yield f"{PRIVATE}{one['id']}", one

    def _lacking(self, external_ids: Sequence[str], *why: str) -> frozenset[str]:
        """Those that X does not show, for one of these reasons."""
        told = [one for page in self._look_up(external_ids, "author_id")
                for one in page.get("errors") or []
                if str(one.get("type", "")).endswith(why)]  # fmt: skip
        lacking = {str(one.get("resource_id") or one.get("value")) for one in told}
        return frozenset(external_ids) & lacking

    def _look_up(self, external_ids: Sequence[str], fields: str) -> Iterator[Json]:
        """Posts by their ids, a hundred at once."""
        ids = [one for one in external_ids if one.isdecimal()]
        for begin in range(0, len(ids), AT_ONCE):
            some = ",".join(ids[begin : begin + AT_ONCE])
            yield self._good("GET", "/2/tweets", query={"ids": some, "tweet.fields": fields})

    def _good(self, method: str, path: str, **told: Any) -> Json:
        answer = self._ask(method, path, **told)
        if not answer.is_good:
            raise reading.problem(answer, writes=method != "GET")
        said: Json = answer.json
        return said

    def _ask(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str | int] | None = None,
        body: Any = None,
    ) -> Told:
        """One signed question."""
        asked = {name: str(value) for name, value in (query or {}).items()}
        signed = authorization(
            method,
            f"{self.base.rstrip('/')}{path}",
            asked,
            keys=(self.consumer_key, self.token),
            secrets=(self.consumer_secret, self.token_secret),
        )
        web = Web(self.base, {"Authorization": signed}, self.allow)
        return web.ask(method, path, query=asked, body=body)

    def _sealed(self, words: bytes) -> str:
        mark = hmac.new(self.consumer_secret.encode(), words, sha256).digest()
        return f"sha256={base64.b64encode(mark).decode()}"


def _is_private(out: Outbound) -> bool:
    return out.visibility == "private"


def _check_pictures(out: Outbound) -> None:
    """Raises ContentRejected for what X would not take."""
    if len(out.pictures) > MOST_PICTURES:
        raise ContentRejected(f"more than {MOST_PICTURES} pictures")
    for one in out.pictures:
        if not 0 < len(one.content) <= MOST_OF_PICTURE or not one.kind.startswith("image/"):
            raise ContentRejected("a picture that X does not take")


def _sent(name: str, out: Outbound) -> Sent:
    """What stands there under this name."""
    if name.startswith(PRIVATE):
        return Sent((name,), ref=out.reply_to)
    return Sent((name,), f"https://x.com/i/status/{name}", ref={"id": name})


def _walk(cursor: str) -> dict[str, str]:
    """Where the last one stopped; from the beginning, where we can't read that."""
    try:
        told = json.loads(cursor or "{}")
    except ValueError:
        return {}
    known = told.items() if isinstance(told, dict) else ()
    return {str(name): str(value) for name, value in known if value}
