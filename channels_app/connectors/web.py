"""The interface of a network over the web: JSON in, JSON out, and what its errors ask of us."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

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
from channels_app.connectors.fetching import READS, Fetched, Fetcher
from channels_app.connectors.statuses import seconds_to_wait

PATIENCE = 30.0  # seconds for one question and its answer
WAIT_HEADERS = ("retry-after", "ratelimit-reset", "x-ratelimit-reset", "x-rate-limit-reset")
Query = Mapping[str, str | int] | Sequence[tuple[str, str | int]]


@dataclass(frozen=True)
class Told:
    """An answer: its status, its headers in lower case, its bytes."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def is_good(self) -> bool:
        """2xx."""
        return 200 <= self.status < 300

    @property
    def json(self) -> Any:
        """What it says; an empty object where it says nothing that is JSON."""
        try:
            return json.loads(self.body or b"{}")
        except ValueError:
            return {}


@dataclass(frozen=True)
class Web:
    """One network's interface below `base`. `allow` names places behind our own doors."""

    base: str
    headers: Mapping[str, str] = field(default_factory=dict)
    allow: frozenset[str] = frozenset()
    patience: float = PATIENCE

    def ask(
        self,
        method: str,
        path: str,
        *,
        query: Query = (),
        body: Any = None,
        form: Query | None = None,
        raw: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Told:
        """One question; the answer whatever its status. `body` is sent as JSON, `form` as a form.

        Raises Transient, and OutcomeUnknown where something may have changed there.
        """
        told = {"Accept": "application/json", **self.headers, **(headers or {})}
        if form is not None:
            raw = urlencode(form).encode()
            told["Content-Type"] = "application/x-www-form-urlencoded"
        elif body is not None:
            raw = json.dumps(body, ensure_ascii=False).encode()
            told["Content-Type"] = "application/json"
        url = f"{self.base.rstrip('/')}{path}"
        if query:
            url += f"{'&' if '?' in path else '?'}{urlencode(query)}"
        if method not in READS:
            raw = raw or b""
        found: Fetched = Fetcher(allow=self.allow, patience=self.patience).talk(
            method, url, body=raw, headers=told
        )
        return Told(found.status, found.headers, found.body)

    def good(self, method: str, path: str, **told: Any) -> Any:
        """What a good answer says. Raises what any other one asks of us."""
        answer = self.ask(method, path, **told)
        if not answer.is_good:
            raise problem_of(answer, writes=method not in READS)
        return answer.json


def part(name: str) -> str:
    """One part of a path, whatever it holds."""
    return quote(name, safe="")


def problem_of(told: Told, *, writes: bool) -> ConnectorError:
    """What a refusal asks of us, where the network's own words say nothing more exact."""
    status, words = told.status, f"{told.status} {told.body[:100].decode(errors='replace')}".strip()
    if status == 429 or (status == 503 and "retry-after" in told.headers):
        return RateLimited(wait_of(told))
    if status == 401:
        return AuthExpired(words)
    if status in (403, 451):
        return Forbidden(words)
    if status in (404, 410):
        return TargetGone(words)
    if status >= 500 or status == 408:
        return OutcomeUnknown(words) if writes else Transient(words)
    if status in (421, 425) or 300 <= status < 400:
        return Transient(words)
    return ContentRejected(words)


def wait_of(told: Told) -> float:
    """Seconds until we may come again, as the answer's headers say; never longer than a day."""
    said = next((told.headers[name] for name in WAIT_HEADERS if told.headers.get(name)), "")
    return seconds_to_wait(said)
