"""What every connector offers, and what comes in, in the same shape for all networks.

A connector is made with all it needs (address, sign-in, limits) and asks nothing else: so the same
code runs against a real server and in a test. It never advances anything itself: whoever asked
stores the events and the cursor in one transaction. Every connector passes the same tests.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field

MOST_BYTES = 25 * 1024 * 1024  # of one event; what is longer comes in cut, and says so


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
    ref: Mapping[str, str] = field(default_factory=dict)
    is_cut: bool = False


@dataclass(frozen=True)
class Batch:
    """What was there after a cursor, oldest first; `more` says that it is worth asking again."""

    events: tuple[Inbound, ...]
    cursor: str
    more: bool = False


class Connector(ABC):
    """How one account is read."""

    @abstractmethod
    def verify(self) -> None:
        """Are we let in? Raises AuthExpired, Transient."""

    @abstractmethod
    def fetch(self, cursor: str) -> Batch:
        """What came after this cursor; "" from the beginning. Raises AuthExpired, Transient."""
