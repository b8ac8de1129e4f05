"""What a message centre hands over (deliver_sm, SMPP 3.4 section 4.6): whose words, or a receipt.

A part says to which text it belongs, in the header of the phone (GSM 03.40) or in parameters of
its own. A receipt says in parameters, or in words that everybody writes alike, what became of one
of ours.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from channels_app.connectors.texting import of_gsm, worldwide

INTERNATIONAL = 1  # type of number
HAS_HEADER = 0x40  # of esm_class, as the others
RECEIPT, INTERIM, KIND = 0x04, 0x20, 0x3C
RECEIPTED, STATE, PAYLOAD = 0x001E, 0x0427, 0x0424  # parameters, as the next three
SAR_NAME, SAR_TOTAL, SAR_POSITION = 0x020C, 0x020E, 0x020F
ARRIVED = "DELIVRD"
STATES = {2: ARRIVED, 3: "EXPIRED", 4: "DELETED", 5: "UNDELIV", 8: "REJECTD"}
UNDER_WAY = {1: "ENROUTE", 6: "ACCEPTD", 7: "UNKNOWN"}
SAYS_ID = re.compile(rb"\bid:\s*([^\s\0]+)", re.IGNORECASE)
SAYS_STATE = re.compile(rb"\bstat:\s*([A-Z]+)", re.IGNORECASE)
ASCII = 1
NO_ASCII = re.compile(rb"[^\n\r\t -~]")  # some centres call the letters of GSM 03.38 by its name
ENCODINGS = {ASCII: "ascii", 3: "latin-1", 8: "utf-16-be", 14: "cp949"}  # data_coding


@dataclass(frozen=True)
class Part:
    """Which one of how many, of a text with this name; after 256 texts a name comes again."""

    name: int
    total: int
    position: int


@dataclass(frozen=True)
class Delivery:
    """One thing that was handed over. `content` is without the phone's header."""

    source: str
    to: str
    kind: int
    coding: int
    content: bytes
    part: Part | None = None
    extras: dict[int, bytes] = field(default_factory=dict)

    @property
    def is_receipt(self) -> bool:
        """It is about one of ours."""
        return self.kind & KIND in (RECEIPT, INTERIM)

    @property
    def digest(self) -> str:
        """The same again is the same; what else a centre writes beside it (a time) may differ."""
        told = (self.source, self.to, self.kind, self.coding, self.content, self.part, self.receipt)
        return sha256(repr(told).encode()).hexdigest()[:32]

    @property
    def receipt(self) -> tuple[str, str]:
        """The name of ours, and its state in the centre's own word."""
        name = self.extras.get(RECEIPTED, b"").rstrip(b"\0") or _said(SAYS_ID, self.content)
        number = int.from_bytes(self.extras.get(STATE, b""))
        word = (STATES | UNDER_WAY).get(number) or _said(SAYS_STATE, self.content).decode("latin-1")
        return name.decode("latin-1"), word.upper()

    @property
    def has_arrived(self) -> bool:
        """What became of ours. Raises ValueError where it does not say so in a word we know."""
        name, word = self.receipt
        if not name or word not in STATES.values():
            raise ValueError("a receipt for nothing, or with a word of its own")
        return word == ARRIVED

    @property
    def is_under_way(self) -> bool:
        """It says only that nothing is decided yet."""
        return self.is_receipt and self.receipt[1] in UNDER_WAY.values()


def read(body: bytes) -> Delivery:
    """The parameters of a deliver_sm. Raises ValueError where they end too early."""
    rest = _Reading(body)
    rest.text()  # service_type
    is_international = rest.number() == INTERNATIONAL
    rest.number()
    source = worldwide(rest.text(), is_international=is_international)
    rest.take(2)
    to = rest.text()
    kind = rest.number()
    rest.take(2)  # protocol_id, priority_flag
    for _unused in ("when it is to be delivered", "until when"):
        rest.text()
    rest.take(2)  # registered_delivery, replace_if_present_flag
    coding = rest.number()
    rest.take(1)  # sm_default_msg_id
    content = rest.take(rest.number())
    extras = rest.extras()
    content = content or extras.get(PAYLOAD, b"")
    part = _part_of_parameters(extras)
    if kind & HAS_HEADER:
        part, content = _header(content)
    return Delivery(source, to, kind, coding, content, part, extras)


def words_of(parts: Sequence[Delivery]) -> str:
    """What they say together; "…" where one is missing. Raises ValueError for what is no text."""
    first = parts[0]
    there = {one.part.position if one.part else 1: one.content for one in parts}
    said, run = "", b""
    for position in range(1, (first.part.total if first.part else 1) + 1):
        if position in there:
            run += there[position]
        elif run or not said:
            said, run = f"{said}{_decoded(run, first.coding)}…", b""
    return (said + _decoded(run, first.coding)).replace("\0", "").strip()


def _decoded(raw: bytes, coding: int) -> str:
    if coding & 0xF0 == 0x10:  # a class beside the alphabet (GSM 03.38), as the next
        coding &= 0x0C
    elif coding & 0xF0 == 0xF0:
        coding &= 0x04
    if coding == 0 or (coding == ASCII and NO_ASCII.search(raw)):
        return of_gsm(raw)
    if coding not in ENCODINGS:
        raise ValueError(f"data_coding {coding} is no text")
    return raw.decode(ENCODINGS[coding], errors="replace")


def _said(pattern: re.Pattern[bytes], words: bytes) -> bytes:
    found = pattern.search(words)
    return found[1] if found else b""


def _part_of_parameters(extras: dict[int, bytes]) -> Part | None:
    if not {SAR_NAME, SAR_TOTAL, SAR_POSITION} <= extras.keys():
        return None
    told = (int.from_bytes(extras[each]) for each in (SAR_NAME, SAR_TOTAL, SAR_POSITION))
    return _checked(Part(*told))


def _header(content: bytes) -> tuple[Part | None, bytes]:
    """What the phone's header says, and what stands behind it."""
    end = content[0] + 1 if content else 0
    header, part = content[1:end], None
    while len(header) >= 2 and len(header) >= 2 + header[1]:
        kind, told, header = header[0], header[2 : 2 + header[1]], header[2 + header[1] :]
        if (kind, len(told)) in ((0x00, 3), (0x08, 4)):
            part = _checked(Part(int.from_bytes(told[:-2]), told[-2], told[-1]))
    return part, content[end:]


def _checked(part: Part) -> Part | None:
    """None where it stands alone, or could never be joined."""
    return part if part.total > 1 and 1 <= part.position <= part.total else None


class _Reading:
    """The parameters one after the other."""

    def __init__(self, body: bytes) -> None:
        self.body = body

    def take(self, size: int) -> bytes:
        if len(self.body) < size:
            raise ValueError("it ends too early")
        taken, self.body = self.body[:size], self.body[size:]
        return taken

    def number(self) -> int:
        return self.take(1)[0]

    def text(self) -> str:
        told, end, self.body = self.body.partition(b"\0")
        if not end:
            raise ValueError("it ends too early")
        return told.decode("latin-1")

    def extras(self) -> dict[int, bytes]:
        """By their tag; what is broken at the end is left out."""
        found = {}
        while len(self.body) >= 4:
            tag, size = int.from_bytes(self.take(2)), int.from_bytes(self.take(2))
            found[tag] = self.body[:size]
            self.body = self.body[size:]
        return found
