"""Text messages of phones: whom they are for, in which letters, in how many parts.

The letters are those of GSM 03.38, seven bits each; what they lack makes a whole text UCS-2. A
longer one is cut up, and every part begins with a header by which phones join them (GSM 03.40).
"""

import re
from dataclasses import dataclass
from hashlib import sha256

from channels_app.connectors.contract import Outbound
from channels_app.connectors.errors import Forbidden

KOREA = "+82"
LONGEST_AT_HOME = 10  # digits without the 0 in front; a longer one begins with its country
NUMBER = re.compile(r"\+[1-9][0-9]{6,14}")
GSM, UCS2 = 0, 8  # data_coding (SMPP 3.4, 5.2.19)
ALONE = {GSM: 160, UCS2: 140}  # bytes of a text that is one part
EACH = {GSM: 153, UCS2: 134}  # bytes of one part of several
ESCAPE = "\x1b"
LETTERS = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
CODES = {letter: bytes([code]) for code, letter in enumerate(LETTERS) if letter != ESCAPE}
SECOND = {0x0A: "\f", 0x14: "^", 0x28: "{", 0x29: "}", 0x2F: "\\", 0x3C: "[", 0x3D: "~", 0x3E: "]",
          0x40: "|", 0x65: "€"}  # fmt: skip
CODES |= {letter: bytes([0x1B, code]) for code, letter in SECOND.items()}


@dataclass(frozen=True, kw_only=True)
class Text(Outbound):
    """A text message ready to leave; `to` is a number as the whole world dials it: +8210…."""

    to: str

    def check_number(self) -> None:
        """Raises Forbidden for what is no number."""
        if not NUMBER.fullmatch(self.to):
            raise Forbidden("not a phone number")


def dialled(number: str) -> str:
    """What a person has written, without what only parts its digits."""
    return re.sub(r"[\s()-]", "", number)


def at_home(number: str) -> str:
    """As it is dialled in Korea: 010…; "" for a number of another country."""
    return f"0{number.removeprefix(KOREA)}" if number.startswith(KOREA) else ""


def worldwide(number: str, *, is_international: bool = False) -> str:
    """A number of a network as the whole world dials it; a short one (120) as it is."""
    digits = dialled(number).removeprefix("+")
    if is_international or number.startswith("+"):
        return f"+{digits}"
    if digits.startswith("00"):
        return f"+{digits[2:]}"
    if digits.startswith("82") and len(digits) > LONGEST_AT_HOME:
        return f"+{digits}"
    return f"{KOREA}{digits[1:]}" if digits.startswith("0") else digits


def cut_up(text: str) -> tuple[int, list[bytes]]:
    """Its data_coding and the bytes of every part; no sign is torn in two."""
    if all(letter in CODES for letter in text):
        coding, signs = GSM, [CODES[letter] for letter in text]
    else:
        coding, signs = UCS2, [letter.encode("utf-16-be") for letter in text]
    if sum(map(len, signs)) <= ALONE[coding]:
        return coding, [b"".join(signs)]
    parts = [b""]
    for sign in signs:
        if len(parts[-1]) + len(sign) > EACH[coding]:
            parts.append(b"")
        parts[-1] += sign
    return coding, parts


def with_headers(parts: list[bytes], key: str) -> list[bytes]:
    """Each with the header that joins them; their number is the same at every attempt."""
    name = sha256(key.encode()).digest()[0]
    return [
        bytes([5, 0, 3, name, len(parts), position]) + part
        for position, part in enumerate(parts, start=1)
    ]


def of_gsm(raw: bytes) -> str:
    """The words in these letters, one a byte; what is none of them is a question mark."""
    words, escaped = [], False
    for code in raw:
        if code == 0x1B and not escaped:
            escaped = True
            continue
        plain = LETTERS[code] if code < len(LETTERS) else "?"
        words.append(SECOND.get(code, plain) if escaped else plain)
        escaped = False
    return "".join(words).replace(ESCAPE, " ")
