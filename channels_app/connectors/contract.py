"""What every connector offers, what comes in and what leaves, in one shape for all networks.

A connector is made with all it needs (address, sign-in, limits) and asks nothing else: so the same
code runs against a real server and in a test. It never advances anything itself: whoever asked
stores the events and the cursor in one transaction, and what became of what it sent. `caps` says
what a network can do; every connector passes the same tests for it (tests/networks/test_contract).
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import ClassVar, Generic, Literal, TypeVar

from channels_app.connectors.errors import BadSignature, ContentRejected
from channels_app.connectors.lengths import LENGTH, Unit

MOST_BYTES = 25 * 1024 * 1024  # of one event; what is longer comes in cut, and says so
Ref = Mapping[str, str]  # all that is needed to answer something; only its network reads it
HOOK = "hook"  # the kind of a webhook's whole body: what is in it gets rows of its own


@dataclass(frozen=True)
class Caps:
    """What a network can do.

    `max_len` counts in `unit`; 0: nothing can be sent there. `idempotent` is who sees to it that
    what is sent twice is there once: the network itself, we by asking it, or nobody. `threads`:
    an answer stands below what it answers. `reply_window`: how long it may be answered.
    """

    inbound: Literal["poll", "webhook", "stream", "manual", "none"] = "none"
    max_len: int = 0
    unit: Unit = "chars"
    idempotent: Literal["native", "reconcile", "none"] = "none"
    threads: bool = False
    edits: bool = False
    deletes: bool = False
    reply_window: timedelta | None = None

    @property
    def sends(self) -> bool:
        """Something can be sent there."""
        return self.max_len > 0


@dataclass(frozen=True)
class Inbound:
    """One thing that a network holds for us, as it came.

    `external_id` and `revision` name it for ever: the same again is the same row. `ref` is all
    that is needed to answer it. `is_cut` says that its end is missing because it was too long.
    """

    kind: str
    external_id: str
    revision: str
    raw: bytes
    ref: Ref = field(default_factory=dict)
    is_cut: bool = False


@dataclass(frozen=True)
class Heard:
    """What one event of a network says, in the words of the city; read from its bytes alone.

    `kind`: a new "message", an "edit" of one, a "delete" of one, a "receipt" for one of ours, or
    "counts" of reactions to one of ours. `name` is what the network calls the thing it is about.
    `author` is theirs for ever, `author_name` what readers see. `answers` is what it stands
    directly below, `root` what the conversation began with (itself, where it begins one).
    `is_ours`: written by this very account. `counts`: reaction → number; of a receipt "arrived"
    is 1 or 0.
    """

    kind: Literal["message", "edit", "delete", "receipt", "counts"]
    name: str
    author: str = ""
    author_name: str = ""
    text: str = ""
    at: datetime | None = None
    answers: str = ""
    root: str = ""
    is_public: bool = False
    link: str = ""
    is_ours: bool = False
    pictures: tuple["Picture", ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Picture:
    """One that stands in a post: where it is fetched, or its bytes, and what it shows in words."""

    url: str = ""
    content: bytes = b""
    kind: str = "image/jpeg"
    words: str = ""


@dataclass(frozen=True)
class Batch:
    """What was there after a cursor, oldest first; `more` says that it is worth asking again.

    `wait` is how many seconds the network wants us to stay away at least.
    """

    events: tuple[Inbound, ...]
    cursor: str
    more: bool = False
    wait: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Outbound:
    """One thing that leaves. `key` names it for ever: it is the same at every attempt.

    `reply_to` is the `ref` of what it answers; empty: a post of its own. A network that needs more
    to carry it (an address, the keys of a browser) has its own kind.
    """

    key: str
    text: str
    reply_to: Ref = field(default_factory=dict)
    visibility: Literal["public", "private"] = "private"
    created_at: datetime | None = None
    urgent: bool = False
    pictures: tuple[Picture, ...] = ()
    language: str = "ko"


@dataclass(frozen=True)
class Sent:
    """It is there: under which names, where everyone reads it, whether it was there before.

    `ref` is what is needed to write below it.
    """

    external_ids: tuple[str, ...]
    permalink: str = ""
    duplicate: bool = False
    ref: Ref = field(default_factory=dict)


@dataclass(frozen=True)
class About:
    """What a network says of our own account: its name for ever, what readers see, who follows."""

    own_id: str = ""
    handle: str = ""
    followers: int | None = None


@dataclass(frozen=True)
class HookAnswer:
    """What a network is told when it calls us: 200 with these bytes."""

    body: bytes = b""
    content_type: str = "text/plain"


Out = TypeVar("Out", bound=Outbound)


class Connector(ABC, Generic[Out]):
    """How one account, or one way out of the house, is reached."""

    caps: ClassVar[Caps]

    @abstractmethod
    def verify(self) -> None:
        """Are we let in? Raises AuthExpired, Transient."""

    def about(self) -> About:
        """What the network says of this account; as `verify`, and raises the same."""
        self.verify()
        return About()

    def fetch(self, cursor: str) -> Batch:
        """What came after this cursor; "" from the beginning. Raises AuthExpired, Transient.

        Only of what `caps.inbound` calls "poll".
        """
        raise NotImplementedError

    def check(self, out: Out) -> None:
        """Before anything leaves: may it leave at all? Raises ContentRejected, Forbidden."""
        if LENGTH[self.caps.unit](out.text) > self.caps.max_len:
            raise ContentRejected(f"longer than {self.caps.max_len} {self.caps.unit}")

    def hand_over(self, out: Out, *, again: bool = False) -> Sent:
        """What may not leave never does; what may be there already is asked for first."""
        self.check(out)
        there = self.reconcile(out) if again else None
        return there or self.send(out)

    def send(self, out: Out) -> Sent:
        """One try. Raises one of the connector's errors; only where `caps.sends`."""
        raise NotImplementedError

    def reconcile(self, out: Out) -> Sent | None:
        """Did a lost one arrive after all? None where the network can't tell, or says no."""
        return None

    def edit(self, external_id: str, out: Out) -> Sent:
        """Other words for what is there. Raises as `send`; only where `caps.edits`."""
        raise NotImplementedError

    def delete(self, external_id: str) -> None:
        """Take back what is there; no error where it is gone. Raises as `send`.

        Only where `caps.deletes`.
        """
        raise NotImplementedError

    def gone_among(self, external_ids: Sequence[str]) -> frozenset[str]:
        """Which of these posts of others their authors have removed. Raises as `fetch`.

        Nothing where the network does not tell.
        """
        return frozenset()

    def counts_of(self, external_ids: Sequence[str]) -> Mapping[str, Mapping[str, int]]:
        """Reactions to these posts of ours, by name: {post: {"likes": 3}}. Raises as `fetch`."""
        return {}

    @classmethod
    def hear(cls, kind: str, raw: bytes, *, own_id: str = "") -> Heard:
        """What an event of this kind says. Pure; whatever it raises, the bytes are kept.

        `own_id` is our own name there: what it wrote is ours.
        """
        raise NotImplementedError

    def check_hook(self, headers: Mapping[str, str], body: bytes) -> None:
        """Did this network send it, just now, and this account's? Raises BadSignature.

        Names of headers in lower case; the bytes as they came. Only of `caps.inbound` "webhook".
        """
        raise NotImplementedError

    def handshake(self, query: Mapping[str, str]) -> HookAnswer:
        """What the network asks before it ever calls us. Raises BadSignature."""
        raise BadSignature("this network asks nothing beforehand")

    @classmethod
    def hook_name(cls, headers: Mapping[str, str], body: bytes) -> str:
        """What names this call: the same call again is the same, another one never is."""
        return sha256(body).hexdigest()

    def hook_answer(self, body: bytes) -> HookAnswer:
        """What it hears once its call is stored; quick, nothing is asked for."""
        return HookAnswer()

    @classmethod
    def open_hook(cls, body: bytes) -> tuple[Inbound, ...]:
        """The events in a stored call, oldest first. Pure; whatever it raises, the bytes are kept.

        What concerns nobody (typing, seen, another product) is left out.
        """
        raise NotImplementedError
