"""One sitting with a message centre: what came, next to what an earlier cursor proves is stored.

A centre hands a message over again until we say that we have it; we say so once its row is in the
database, and that is proved by the cursor, which is stored together with it. So a message is taken
in one sitting and acknowledged in the next. It has no name there, and the same words of the same
person may come again: it is named by its bytes and by the number of the sitting it was new in.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from operator import attrgetter
from typing import Any, NamedTuple

from channels_app.connectors.contract import Batch, Inbound
from channels_app.connectors.reading_smpp import Delivery, read, words_of
from lifecycle import clock

DAY = 24 * 3600
HELD = DAY  # seconds we wait for a centre to hand over again what we have not acknowledged
UNFINISHED = 3600  # seconds a text may wait for its last part
Words = Callable[[str], str]


class Piece(NamedTuple):
    """One thing that was handed over, when, and what it says; nothing where nobody can read it."""

    body: bytes
    since: float
    delivery: Delivery | None


class Whole(NamedTuple):
    """The pieces of one text, in their order, and when the last of them came."""

    pieces: Sequence[Piece]
    since: float


@dataclass
class Held:
    """Something that is stored: since when, and whether we may have said so already."""

    since: float
    is_said: bool = False


class Sitting:
    """What a cursor says, and what comes beside it.

    `is_whole` says that the centre has heard all that we have said. `seal` keeps the words of an
    unfinished text from whoever sees the cursor.
    """

    def __init__(self, cursor: str, *, seal: Words = str, unseal: Words = str) -> None:
        known = _known(cursor)
        self.seal = seal
        self.moment = clock.now()
        self.is_whole = self.is_left = False
        # Where there was no cursor the day is the first number: none that was given before.
        self.number: int = known.get("number", int(self.moment.timestamp() // DAY * DAY))
        held = {name: Held(*told) for name, told in known.get("held", {}).items()}
        oldest = self.moment.timestamp() - HELD
        self.held = {name: one for name, one in held.items() if one.since > oldest}
        waiting = json.loads(unseal(known["waiting"])) if known.get("waiting") else []
        self.waiting = [_piece(bytes.fromhex(body), since) for body, since in waiting]
        self.said: set[str] = set()
        self.fresh: dict[str, Piece] = {}

    @property
    def has_begun(self) -> bool:
        """Something has come."""
        return bool(self.fresh or self.said)

    def take(self, body: bytes) -> bool:
        """Keep it, unless it is kept; whether it may be acknowledged."""
        # A little later each, so that they stay in their order.
        piece = _piece(body, self.moment.timestamp() + len(self.fresh) * 1e-6)
        if piece.delivery is not None and piece.delivery.is_under_way:
            return True
        name = _digest(piece)
        if name in self.held and name not in self.said:
            self.said.add(name)
            return True
        if name in self.said:  # the same twice: the second is handed over again, and new then
            self.is_left = True
        else:
            self.fresh.setdefault(name, piece)
        return False

    def batch(self) -> Batch:
        """The events, oldest first, and the cursor that proves them."""
        texts: list[Whole] = []
        parts = list(self.waiting)
        for piece in self.fresh.values():
            if piece.delivery is not None and piece.delivery.part is not None:
                parts.append(piece)
            else:
                texts.append(Whole([piece], piece.since))
        joined, waiting = _joined(parts, before=self.moment.timestamp() - UNFINISHED)
        texts = sorted([*texts, *joined], key=attrgetter("since"))
        events = tuple(self._event(text.pieces) for text in texts)
        return Batch(events, self._cursor(waiting), more=bool(self.fresh) or self.is_left)

    def _event(self, pieces: Sequence[Piece]) -> Inbound:
        """A receipt is known by what it is about, and there is one of each kind."""
        first = pieces[0].delivery
        name = f"{_name(pieces)}.{self.number}"
        kind, revision, ref = "message", _revision(pieces), {}
        if first is not None and first.is_receipt:
            kind = "receipt"
            if all(first.receipt):
                name, revision = first.receipt
        elif first is not None:
            ref = {"to": first.source}
        total = first.part.total if first is not None and first.part is not None else 1
        kept = {
            "name": name,
            "came": self.moment.isoformat(),
            "pdus": [piece.body.hex() for piece in pieces],
        }
        raw = json.dumps(kept).encode()
        return Inbound(kind, name, revision, raw, ref, is_cut=len(pieces) < total)

    def _cursor(self, waiting: Sequence[Piece]) -> str:
        moment = self.moment.timestamp()
        held = {
            name: Held(one.since, one.is_said or name in self.said)
            for name, one in self.held.items()
        }
        if self.is_whole:  # what the centre has heard of us it does not hand over again
            held = {name: one for name, one in held.items() if not one.is_said}
        held |= {name: Held(moment) for name in self.fresh}
        kept = [[piece.body.hex(), piece.since] for piece in waiting]
        told = {
            "number": self.number + bool(self.fresh),
            "held": {name: [one.since, one.is_said] for name, one in held.items()},
            "waiting": self.seal(json.dumps(kept)) if kept else "",
        }
        return json.dumps(told)


def _known(cursor: str) -> dict[str, Any]:
    """Nothing where it is none of ours."""
    try:
        told = json.loads(cursor)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _piece(body: bytes, since: float) -> Piece:
    try:
        return Piece(body, since, read(body))
    except ValueError:  # kept as it came: a person looks at it
        return Piece(body, since, None)


def _digest(piece: Piece) -> str:
    if piece.delivery is None:
        return sha256(piece.body).hexdigest()[:32]
    return piece.delivery.digest


def _name(pieces: Sequence[Piece]) -> str:
    names = [_digest(piece) for piece in pieces]
    return names[0] if len(names) == 1 else sha256("".join(names).encode()).hexdigest()[:32]


def _revision(pieces: Sequence[Piece]) -> str:
    """Of the words; of the bytes where nobody can read them."""
    try:
        words = words_of([one.delivery for one in pieces if one.delivery is not None]).encode()
    except (ValueError, IndexError):
        words = b"\0".join(piece.body for piece in pieces)
    return sha256(words).hexdigest()


def _joined(parts: Sequence[Piece], *, before: float) -> tuple[list[Whole], list[Piece]]:
    """Texts that are whole, or have waited since before that moment; and what goes on waiting."""
    texts: list[Whole] = []
    begun: dict[tuple[object, ...], dict[int, Piece]] = {}
    for piece in parts:
        found = piece.delivery
        if found is None or found.part is None:
            continue
        part = found.part
        key = (found.source, found.to, part.name, part.total)
        if part.position in begun.get(key, {}):  # the name came again: another text
            texts.append(_text(begun.pop(key)))
        begun.setdefault(key, {})[part.position] = piece
        if len(begun[key]) == part.total:
            texts.append(_text(begun.pop(key)))
    waiting: list[Piece] = []
    for text in begun.values():
        if min(piece.since for piece in text.values()) < before:
            texts.append(_text(text))
        else:
            waiting.extend(text.values())
    return texts, waiting


def _text(pieces: dict[int, Piece]) -> Whole:
    ordered = [pieces[position] for position in sorted(pieces)]
    return Whole(ordered, max(piece.since for piece in ordered))
