"""What every connector offers, what comes in and what leaves, in one shape for all networks.

A connector is made with all it needs (address, sign-in, limits) and asks nothing else: so the same
code runs against a real server and in a test. It never advances anything itself: whoever asked
stores the events and the cursor in one transaction, and what became of what it sent. `caps` says
what a network can do; every connector passes the same tests for it (tests/mail_in/test_contract).
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import ClassVar, Generic, Literal, TypeVar

from channels_app.connectors.errors import ContentRejected

MOST_BYTES = 25 * 1024 * 1024  # of one event; what is longer comes in cut, and says so
Ref = Mapping[str, str]  # all that is needed to answer something; only its network reads it
LENGTH: Mapping[str, Callable[[str], int]] = {
    "chars": len,
    "bytes": lambda text: len(text.encode()),
}


@dataclass(frozen=True)
class Caps:
    """What a network can do.

    `max_len` counts in `unit`; 0: nothing can be sent there. `idempotent` is who sees to it that
    what is sent twice is there once: the network itself, we by asking it, or nobody. `threads`:
    an answer stands below what it answers. `reply_window`: how long it may be answered.
    """

    inbound: Literal["poll", "webhook", "stream", "manual", "none"] = "none"
    max_len: int = 0
    unit: Literal["chars", "bytes"] = "chars"
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
class Batch:
    """What was there after a cursor, oldest first; `more` says that it is worth asking again."""

    events: tuple[Inbound, ...]
    cursor: str
    more: bool = False


@dataclass(frozen=True, kw_only=True)
class Outbound:
    """One thing that leaves. `key` names it for ever: it is the same at every attempt.

    A network that needs more to carry it (an address, the keys of a browser) has its own kind.
    """

    key: str
    text: str
    reply_to: Ref = field(default_factory=dict)
    visibility: Literal["public", "private"] = "private"
    created_at: datetime | None = None
    urgent: bool = False


@dataclass(frozen=True)
class Sent:
    """It is there: under which names, where everyone reads it, whether it was there before."""

    external_ids: tuple[str, ...]
    permalink: str = ""
    duplicate: bool = False


Out = TypeVar("Out", bound=Outbound)


class Connector(ABC, Generic[Out]):
    """How one account, or one way out of the house, is reached."""

    caps: ClassVar[Caps]

    @abstractmethod
    def verify(self) -> None:
        """Are we let in? Raises AuthExpired, Transient."""

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
