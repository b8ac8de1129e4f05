"""Mastodon, and whoever speaks its interface: mentions are read, answers stand below them.

Not every server keeps its promise that one key makes one post, so a lost answer is looked for
among our own posts. Who is answered has to be named in the words: else nobody would tell them.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cached_property
from typing import Any, ClassVar

from channels_app.connectors.contract import (
    About,
    Batch,
    Caps,
    Connector,
    Heard,
    Inbound,
    Outbound,
    Picture,
    Sent,
)
from channels_app.connectors.errors import (
    AuthExpired,
    ConnectorError,
    ContentRejected,
    Forbidden,
    OutcomeUnknown,
    RateLimited,
    TargetGone,
    Transient,
)
from channels_app.connectors.mastodon_words import (
    EVERYBODYS,
    Json,
    counted,
    event_of,
    form_of,
    heard_in,
    moment_of,
    named_in,
    order_of,
    squeezed,
    words_of,
)
from channels_app.connectors.web import Told, Web, part, problem_of

USUAL = 500  # characters, where a server does not say how many it takes
NAME = 32  # of them for whom we answer: @, 30 letters, a space
PAGES, PAGE = 2, 40  # of one reading; each may ask for what a conversation began with
OWN_PAGES = 5
MOST_POSTS = 20  # in one question
MOST_PICTURES, MOST_OF_PICTURE = 4, 16 * 1024 * 1024
CLOCKS_DIFFER = timedelta(minutes=2)
IN_DOUBT = (400, 401, 403, 422)  # what some servers say to a bad token
COUNTS = {"likes": "favourites_count", "reposts": "reblogs_count", "replies": "replies_count",
          "quotes": "quotes_count"}  # fmt: skip
RELATIONS = "/api/v1/accounts/relationships"
MENTIONS = (("types[]", "mention"), ("include_filtered", "true"), ("limit", PAGE))


@dataclass(frozen=True)
class Mastodon(Connector[Outbound]):
    """Our server there, and the token it gave us for our account."""

    caps: ClassVar = Caps(
        inbound="poll", max_len=USUAL - NAME, unit="graphemes", idempotent="reconcile",
        threads=True, edits=True, deletes=True,
    )  # fmt: skip
    base: str
    token: str = field(repr=False)
    own_id: str = ""
    allow: frozenset[str] = frozenset()

    def verify(self) -> None:
        """Let in. Raises AuthExpired, Transient."""
        self._who()

    def about(self) -> About:
        """Our id, our name, our followers."""
        told = self._who()
        return About(str(told["id"]), str(told.get("acct", "")), told.get("followers_count"))

    def _who(self) -> Json:
        """This question has no words of ours in it: what is refused is our sign-in."""
        answer = self._ask("GET", "/api/v1/accounts/verify_credentials")
        told = answer.json
        if answer.is_good and isinstance(told, dict) and told.get("id"):
            return told
        if answer.status == 400 or (answer.status in IN_DOUBT and _is_theirs(answer)):
            raise AuthExpired(str(problem_of(answer, writes=False)))
        problem = problem_of(answer, writes=False)
        raise problem if isinstance(problem, RateLimited) else Transient(str(problem))

    def fetch(self, cursor: str) -> Batch:
        """What is newer, oldest first; then what was changed among the newest."""
        since, found, roots = cursor, list[Inbound](), dict[str, str]()
        for _n in range(PAGES):
            page = self._newer(since)
            if not page or str(page[-1]["id"]) == since:
                found += [event_of(one, "") for one in self._page() if _is_edited(one)]
                return Batch(_once(found), since)
            since = str(page[-1]["id"])
            found += [event_of(one, self._root(one["status"], roots)) for one in _told(page)]
        return Batch(_once(found), since, more=True)

    def _newer(self, since: str) -> list[Json]:
        """The next page; from the beginning where the network knows the place no more."""
        try:
            return self._page(("min_id", since or "0"))
        except (ContentRejected, TargetGone):
            if not since:
                raise
            return self._page(("min_id", "0"))

    def _page(self, *where: tuple[str, str]) -> list[Json]:
        told = self._list("/api/v1/notifications", (*MENTIONS, *where))
        return sorted(told, key=lambda one: order_of(str(one["id"])))

    def _root(self, status: Json, roots: dict[str, str]) -> str:
        """What the conversation began with; in private there is one with each person."""
        above = str(status.get("in_reply_to_id") or "")
        if not above or status.get("visibility") not in EVERYBODYS:
            return above
        if above not in roots:
            over = self._context(str(status["id"]), "ancestors")
            roots[above] = str(over[0]["id"]) if over else above
        return roots[above]

    def _context(self, name: str, where: str) -> list[Json] | None:
        """What stands above or below it; None where it is gone."""
        try:
            told = self._object(f"/api/v1/statuses/{part(name)}/context")
        except TargetGone:
            return None
        return [one for one in told.get(where) or () if one.get("id")]

    def check(self, out: Outbound) -> None:
        """As long as this server takes; in private to nobody but whom it is for."""
        needs = max(counted(out.text) + NAME, counted(self._text(out)))
        if needs > USUAL and needs > self._most:
            raise ContentRejected(f"longer than {self._most - NAME} characters")
        if _visibility(out) == "direct":
            self._check_private(out)
        if len(out.pictures) > MOST_PICTURES:
            raise ContentRejected(f"more than {MOST_PICTURES} pictures")
        for one in out.pictures:
            if not 0 < len(one.content) <= MOST_OF_PICTURE or not one.kind.startswith("image/"):
                raise ContentRejected("a picture that the network does not take")

    @staticmethod
    def _check_private(out: Outbound) -> None:
        """Whoever is named in private words reads them."""
        whom = out.reply_to.get("acct", "").lower()
        if not whom:
            raise Forbidden("nobody to tell it to in private")
        if others := named_in(out.text) - {whom}:
            raise ContentRejected(f"@{min(others)} would read it too")

    @cached_property
    def _most(self) -> int:
        """How much the server takes, where it says so."""
        try:
            told = self._object("/api/v2/instance")
            return int(told["configuration"]["statuses"]["max_characters"])
        except (TargetGone, KeyError, TypeError, ValueError):
            return USUAL

    def send(self, out: Outbound) -> Sent:
        """One post, under our key for it."""
        body = {**self._body(out), "visibility": _visibility(out)}
        if above := out.reply_to.get("id"):
            body["in_reply_to_id"] = above
        try:
            told = self._good("POST", "/api/v1/statuses", body=body,
                              headers={"Idempotency-Key": out.key})  # fmt: skip
        except TargetGone as problem:
            raise self._why_gone(out, problem) from problem
        return self._sent(out, told)

    def _why_gone(self, out: Outbound, problem: TargetGone) -> ConnectorError:
        """A post whose author blocks us looks as one that is gone."""
        if not out.reply_to:
            return Transient(str(problem))
        with suppress(ConnectorError):
            who = [("id[]", out.reply_to.get("author", ""))]
            if any(one.get("blocked_by") for one in self._list(RELATIONS, who)):
                return Forbidden("blocked")
        return problem

    def reconcile(self, out: Outbound) -> Sent | None:
        """Is there a post of ours with these words below the same, not older than the order?"""
        wanted = squeezed(out.text)
        since = out.created_at - CLOCKS_DIFFER if out.created_at else None
        for one in self._lost_among(out):
            moment = moment_of(one.get("created_at"))
            is_new = since is None or moment is None or moment >= since
            if is_new and squeezed(words_of(one)) == wanted:
                return replace(self._sent(out, one), duplicate=True)
        return None

    def _lost_among(self, out: Outbound) -> Iterator[Json]:
        """Our answers below it; our own posts where it is none, or what stands above is gone."""
        above = out.reply_to.get("id", "")
        below = self._context(above, "descendants") if above else None
        for one in self._own(out) if below is None else below:
            is_below = one.get("in_reply_to_id") == above
            is_alone = below is None and not one.get("in_reply_to_id")
            if str(one["account"]["id"]) == self._own_id and (is_below or is_alone):
                yield one

    def _own(self, out: Outbound) -> Iterator[Json]:
        """Our newest posts, back to when this one was ordered."""
        query: dict[str, str | int] = {"limit": PAGE, "exclude_reblogs": "true"}
        since = out.created_at - CLOCKS_DIFFER if out.created_at else None
        for _n in range(OWN_PAGES if since else 1):
            page = self._list(f"/api/v1/accounts/{part(self._own_id)}/statuses", query)
            yield from page
            last = moment_of(page[-1].get("created_at")) if page else None
            if last is None or (since and last < since):
                return
            query["max_id"] = str(page[-1]["id"])

    def edit(self, external_id: str, out: Outbound) -> Sent:
        """Other words; readers see that they were changed."""
        self.check(out)
        path = f"/api/v1/statuses/{part(external_id)}"
        return self._sent(out, self._good("PUT", path, body=self._body(out)))

    def delete(self, external_id: str) -> None:
        """Take it back; no error where it is gone."""
        with suppress(TargetGone):
            self._good("DELETE", f"/api/v1/statuses/{part(external_id)}")

    def gone_among(self, external_ids: Sequence[str]) -> frozenset[str]:
        """Those that we may see no more."""
        seen = self._seen(external_ids)
        return frozenset(one for one in external_ids if one not in seen)

    def counts_of(self, external_ids: Sequence[str]) -> Mapping[str, Mapping[str, int]]:
        """Likes, reposts, replies and quotes."""
        return {
            name: {ours: int(one.get(theirs) or 0) for ours, theirs in COUNTS.items()}
            for name, one in self._seen(external_ids).items()
        }

    @classmethod
    def hear(cls, kind: str, raw: bytes, *, own_id: str = "") -> Heard:
        """One mention: without HTML, without our own name at its beginning."""
        return heard_in(raw, own_id)

    def _seen(self, names: Sequence[str]) -> dict[str, Json]:
        """Those of them that we may see; what many at once don't give is asked for by itself."""
        found: dict[str, Json] = {}
        for first in range(0, len(names), MOST_POSTS):
            query = [("id[]", one) for one in names[first : first + MOST_POSTS]]
            with suppress(TargetGone, ContentRejected, Transient):  # before 4.3 not at once
                found |= {str(one["id"]): one for one in self._list("/api/v1/statuses", query)}
        for name in names:
            if name not in found:
                with suppress(TargetGone):
                    found[name] = self._object(f"/api/v1/statuses/{part(name)}")
        return found

    @staticmethod
    def _text(out: Outbound) -> str:
        """With the name of whom it answers, where the words don't have it."""
        whom = out.reply_to.get("acct", "")
        return out.text if not whom or whom.lower() in named_in(out.text) else f"@{whom} {out.text}"

    def _body(self, out: Outbound) -> dict[str, Any]:
        body: dict[str, Any] = {"status": self._text(out), "language": out.language}
        if out.pictures:
            body["media_ids"] = [self._upload(one) for one in out.pictures]
        return body

    def _upload(self, picture: Picture) -> str:
        """Laid there for the post; nobody sees it before. Raises Transient while it is prepared."""
        raw, kind = form_of(picture)
        try:
            told = self._good("POST", "/api/v2/media", raw=raw, headers={"Content-Type": kind})
        except OutcomeUnknown as problem:
            raise Transient(str(problem)) from problem
        if not told.get("url"):
            raise Transient("its picture is still being prepared")
        return str(told["id"])

    @staticmethod
    def _sent(out: Outbound, told: Any) -> Sent:
        if not isinstance(told, dict) or not told.get("id"):
            raise OutcomeUnknown("no answer that we understand")
        whom = {name: out.reply_to[name] for name in ("acct", "author") if name in out.reply_to}
        ref = {"id": str(told["id"]), "visibility": str(told.get("visibility", "direct")), **whom}
        link = told.get("url") or told.get("uri") if ref["visibility"] in EVERYBODYS else ""
        return Sent((ref["id"],), str(link or ""), ref=ref)

    @cached_property
    def _own_id(self) -> str:
        return self.own_id or str(self._who()["id"])

    def _list(self, path: str, query: Any) -> list[Json]:
        told = self._good("GET", path, query=query)
        if not isinstance(told, list):
            raise Transient("no answer that we understand")
        return [one for one in told if one.get("id")]

    def _object(self, path: str) -> Json:
        told = self._good("GET", path)
        if not isinstance(told, dict) or not told:
            raise Transient("no answer that we understand")
        return told

    def _good(self, method: str, path: str, **told: Any) -> Any:
        """What a good answer says; where it may be about our sign-in, that is asked first."""
        answer = self._ask(method, path, **told)
        if answer.is_good:
            return answer.json
        problem = problem_of(answer, writes=method != "GET")
        if answer.status in IN_DOUBT:
            self._who()
        # A page of somebody on the way is no word of the network: nothing is gone by it.
        is_strange = isinstance(problem, TargetGone) and not _is_theirs(answer)
        if is_strange or isinstance(problem, AuthExpired):
            raise Transient(str(problem))
        raise problem

    def _ask(self, method: str, path: str, **told: Any) -> Told:
        signed = {"Authorization": f"Bearer {self.token}"}
        return Web(self.base, signed, self.allow).ask(method, path, **told)


def _is_theirs(answer: Told) -> bool:
    """The network's own words say what is wrong."""
    return isinstance(answer.json, dict) and bool(answer.json.get("error"))


def _visibility(out: Outbound) -> str:
    """Never more public than what it answers."""
    above = out.reply_to.get("visibility", "public")
    return above if out.visibility == "public" and above in EVERYBODYS else "direct"


def _told(page: Sequence[Json]) -> list[Json]:
    """Those that are about a post."""
    return [one for one in page if (one.get("status") or {}).get("id")]


def _is_edited(one: Json) -> bool:
    return any(each["status"].get("edited_at") for each in _told([one]))


def _once(found: Sequence[Inbound]) -> tuple[Inbound, ...]:
    """The first of each."""
    events: dict[tuple[str, str], Inbound] = {}
    for one in found:
        events.setdefault((one.external_id, one.revision), one)
    return tuple(events.values())
