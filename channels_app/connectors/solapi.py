"""Text messages through a gateway of Korea (SOLAPI): sent one by one, their fate looked up later.

A message bears the digest of our key in a field of its own, and the list of what was sent shows it:
so a lost answer is looked for there. The gateway would call us with reports too, but documents no
signature of its calls; therefore the list is read, from one moment to the next, by when its
messages last changed. Citizens can't write to it.
"""

import json
import re
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from hmac import digest
from typing import Any, ClassVar

from channels_app.connectors.contract import About, Batch, Caps, Connector, Heard, Inbound, Sent
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
from channels_app.connectors.lengths import euc_kr
from channels_app.connectors.statuses import LONGEST_WAIT
from channels_app.connectors.texting import Text, at_home, dialled
from channels_app.connectors.web import Query, Told, Web, problem_of
from lifecycle import clock

Json = dict[str, Any]
SHORT, LONGEST = 90, 2000  # bytes of an SMS, and of an LMS
TITLE = 40  # bytes
KEY = "seoulListens"  # the field that bears the digest of our key
LIMIT, PAGES = 100, 5  # messages of a page, pages of one call
OVERLAP = timedelta(minutes=5)  # their list may lag behind
FIRST = timedelta(days=3)  # no carrier tries longer
LATER = timedelta(hours=1)  # before a lost one was written: clocks differ
WINDOW = 5.0  # seconds in which calls are counted
TAKEN, ARRIVED = "2000", "4000"
OPEN = frozenset({TAKEN, "3000", "3014", "3048"})  # with the carrier, or nobody can tell
FATE = re.compile(r"[1-4]\d{3}")
KEY_REFUSED = frozenset({"InvalidAPIKey", "SignatureDoesNotMatch", "Unauthorized", "1020"})
AGAIN = frozenset({"RequestTimeTooSkewed", "DuplicatedSignature", "NotEnoughBalance",
                   "1024", "1030", "2024", "2230"})  # fmt: skip
NOBODY = frozenset({"3010", "3032"})
BLOCKED = frozenset({"1058", "1060", "1061", "1062", "1064", "2060", "2061", "2062", "2063", "2064",
                     "2254"})  # fmt: skip


@dataclass(frozen=True)
class Place:
    """How far the list was read: what changed between two moments, up to a page of theirs."""

    since: str
    until: str = ""
    page: str = ""


@dataclass(frozen=True, kw_only=True)
class Solapi(Connector[Text]):
    """An account there: its key and its secret, and the number that it may send from.

    `title` stands above a long text.
    """

    caps: ClassVar = Caps(inbound="poll", max_len=LONGEST, unit="euc_kr", idempotent="reconcile")
    key: str
    secret: str
    sender: str
    title: str = "서울시"
    base: str = "https://api.solapi.com"
    allow: frozenset[str] = frozenset()

    def verify(self) -> None:
        """Are key and secret good? Raises AuthExpired, Forbidden, RateLimited, Transient."""
        self._read({"limit": 1})

    def about(self) -> About:
        """The number that it sends from."""
        self.verify()
        return About(own_id=self.sender, handle=self.sender)

    def fetch(self, cursor: str) -> Batch:
        """What became of ours since then. Raises AuthExpired, RateLimited, Transient."""
        place = self._place(cursor)
        found: list[Json] = []
        for _page in range(PAGES):
            messages, following = self._page(place)
            found += messages
            place = replace(place, page=following)
            if not following:
                break
        else:
            return Batch(_events(found), json.dumps(asdict(place)), more=True)
        since = datetime.fromisoformat(place.until) - OVERLAP
        return Batch(_events(found), json.dumps(asdict(Place(since.isoformat()))))

    def check(self, out: Text) -> None:
        """Words that phones of Korea show, for one of them. Raises ContentRejected, Forbidden."""
        super().check(out)
        out.check_number()
        if not at_home(out.to):
            raise Forbidden("not a number of Korea")
        if not out.text.strip() or out.pictures:
            raise ContentRejected("words, and nothing else")
        try:
            out.text.encode("cp949")
        except UnicodeEncodeError as problem:
            sign = out.text[problem.start : problem.end]
            raise ContentRejected(f"phones of Korea don't show {sign}") from problem

    def send(self, out: Text) -> Sent:
        """Hand it to the gateway. Raises one of the connector's errors."""
        message = {
            "to": at_home(out.to),
            "from": dialled(self.sender),
            "text": out.text,
            "type": "SMS",
            "autoTypeDetect": False,
            "customFields": {KEY: _digest(out.key)},
        }
        if euc_kr(out.text) > SHORT:
            message |= {"type": "LMS", "subject": self.title}
        body = {"messages": [message], "showMessageList": True}
        told = self._web.ask("POST", "/messages/v4/send-many/detail", body=body)
        if not told.is_good:
            raise _problem(told, writes=True)
        return _sent(told, out)

    def reconcile(self, out: Text) -> Sent | None:
        """The one in the list that bears our key, if it was taken. Raises as `fetch`."""
        since = (out.created_at or clock.now() - FIRST) - LATER
        query: dict[str, str | int] = {
            "to": at_home(out.to),
            "dateType": "CREATED",
            "startDate": _written(since),
            "limit": LIMIT,
        }
        for one in self._all(query):
            fields = one.get("customFields") or {}
            if fields.get(KEY) == _digest(out.key) and not _is_refused(one):
                return Sent((str(one["messageId"]),), duplicate=True, ref={"to": out.to})
        return None

    @classmethod
    def hear(cls, kind: str, raw: bytes, *, own_id: str = "") -> Heard:
        """What became of one of ours."""
        told = json.loads(raw)
        changed = str(told.get("dateReceived") or told.get("dateReported") or told["dateUpdated"])
        return Heard(
            "receipt",
            str(told["messageId"]),
            at=datetime.fromisoformat(changed),
            counts={"arrived": int(told["statusCode"] == ARRIVED)},
        )

    def _place(self, cursor: str) -> Place:
        """Where the last call stopped; a new walk ends now."""
        try:
            place = Place(**json.loads(cursor))
        except (ValueError, TypeError):
            place = Place((clock.now() - FIRST).isoformat())
        return place if place.until else replace(place, until=clock.now().isoformat())

    def _page(self, place: Place) -> tuple[list[Json], str]:
        """The next page, and what names the one behind it; from the first, where theirs is lost."""
        query: dict[str, str | int] = {
            "dateType": "UPDATED",
            "startDate": _written(datetime.fromisoformat(place.since)),
            "endDate": _written(datetime.fromisoformat(place.until)),
            "limit": LIMIT,
        }
        if place.page:
            try:
                return self._read({**query, "startKey": place.page})
            except ContentRejected:
                return self._read(query)
        return self._read(query)

    def _all(self, query: dict[str, str | int]) -> Iterator[Json]:
        """Every message of every page. Raises OutcomeUnknown where there are too many to see."""
        for _page in range(PAGES):
            messages, following = self._read(query)
            yield from messages
            if not following:
                return
            query = {**query, "startKey": following}
        raise OutcomeUnknown("more was sent to this number than we look through")

    def _read(self, query: Query) -> tuple[list[Json], str]:
        told = self._web.ask("GET", "/messages/v4/list", query=query)
        if not told.is_good:
            raise _problem(told, writes=False)
        messages = told.json.get("messageList") or {}
        return list(messages.values()), str(told.json.get("nextKey") or "")

    @property
    def _web(self) -> Web:
        """Signed anew for each question: none is taken twice."""
        date, salt = _written(clock.now()), secrets.token_hex(16)
        signature = digest(self.secret.encode(), f"{date}{salt}".encode(), "sha256").hex()
        signed = f"HMAC-SHA256 apiKey={self.key}, date={date}, salt={salt}, signature={signature}"
        return Web(self.base, headers={"Authorization": signed}, allow=self.allow)


def _digest(key: str) -> str:
    return sha256(key.encode()).hexdigest()


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _is_refused(message: Mapping[str, Any]) -> bool:
    """It was never taken: 1xxx."""
    return str(message.get("statusCode", "")).startswith("1")


def _is_decided(message: Json) -> bool:
    """It is one of ours, and its fate is no longer open."""
    fate = str(message.get("statusCode"))
    is_ours = KEY in (message.get("customFields") or {})
    return is_ours and fate not in OPEN and FATE.fullmatch(fate) is not None


def _events(messages: list[Json]) -> tuple[Inbound, ...]:
    """What is decided, the oldest first; each with its fate as revision."""
    decided = [one for one in messages if _is_decided(one)]
    return tuple(
        Inbound(
            "receipt",
            str(one["messageId"]),
            str(one["statusCode"]),
            json.dumps(one, ensure_ascii=False).encode(),
        )
        for one in sorted(decided, key=lambda one: str(one.get("dateUpdated")))
    )


def _sent(told: Told, out: Text) -> Sent:
    """What it was named; raises what a refusal of this one message asks of us."""
    said = told.json
    refused = said.get("failedMessageList") or []
    if refused:
        raise _fault(str(refused[0].get("statusCode")), str(refused[0].get("statusMessage")))
    for one in said.get("messageList") or []:
        if one.get("statusCode") != TAKEN:
            raise _fault(str(one.get("statusCode")), str(one.get("statusMessage")))
        return Sent((str(one["messageId"]),), ref={"to": out.to})
    raise OutcomeUnknown("taken, but under no name")


def _problem(told: Told, *, writes: bool) -> ConnectorError:
    """By the gateway's own word where it has one."""
    said = told.json if isinstance(told.json, dict) else {}
    code = str(said.get("errorCode", ""))
    if told.status == 429:
        return RateLimited(_wait(told))
    if code in KEY_REFUSED | AGAIN:
        return _fault(code, str(said.get("errorMessage", "")))
    if told.status in (402, 404, 410):  # no money, or not its address: the message is good
        return Transient(f"{told.status} {code}")
    return problem_of(told, writes=writes)


def _fault(code: str, words: str) -> ConnectorError:
    """What one of its codes asks of us; it has taken nothing."""
    words = f"{code} {words[:80]}".strip()
    if code in KEY_REFUSED:
        return AuthExpired(words)
    if code in AGAIN:
        return Transient(words)
    if code in NOBODY:
        return TargetGone(words)
    if code in BLOCKED:
        return Forbidden(words)
    return ContentRejected(words)


def _wait(told: Told) -> float:
    """Its header says seconds, with a fraction."""
    said = told.headers.get("x-retry-after") or told.headers.get("retry-after") or ""
    try:
        return min(max(float(said), 1.0), LONGEST_WAIT)
    except ValueError:
        return WINDOW
