"""How long a text is, as each network counts: by its own unit, never by ours."""

import unicodedata
from collections.abc import Callable, Mapping
from typing import Literal

import regex

Unit = Literal["chars", "bytes", "utf16", "graphemes", "weighted", "sms_parts", "euc_kr"]
GRAPHEME = regex.compile(r"\X")
LINK = regex.compile(r"https?://\S+")
LINK_WEIGHS = 23  # whatever its length (X, counting characters)
# Code points that X counts once; every other one counts twice.
LIGHT = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))
# The letters of a phone (GSM 03.38); those of the second table take two places.
GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ ÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    "ÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_TWICE = frozenset("^{}\\[~]|€\f")


def graphemes(text: str) -> int:
    """What a reader sees as one sign each (Unicode Annex 29)."""
    return len(GRAPHEME.findall(text))


def weighted(text: str) -> int:
    """As X counts: Hangul twice, a link always the same, in Unicode's composed form."""
    rest, links = LINK.subn("", unicodedata.normalize("NFC", text))
    return LINK_WEIGHS * links + sum(_weighs(sign) for sign in GRAPHEME.findall(rest))


def _weighs(sign: str) -> int:
    """One sign of a reader; a family of emoji is one."""
    if len(sign) > 1 and any(ord(part) > 0xFFFF for part in sign):
        return 2
    return sum(1 if any(low <= ord(part) <= high for low, high in LIGHT) else 2 for part in sign)


def sms_parts(text: str) -> int:
    """How many text messages it takes (GSM 03.38 and 03.40: 160 or 70 alone, 153 or 67 each)."""
    if all(sign in GSM or sign in GSM_TWICE for sign in text):
        places = sum(2 if sign in GSM_TWICE else 1 for sign in text)
        return 1 if places <= 160 else -(-places // 153)
    places = utf16(text)
    return 1 if places <= 70 else -(-places // 67)


def utf16(text: str) -> int:
    """Code units: what lies beyond the first plane counts twice."""
    return len(text.encode("utf-16-le")) // 2


def euc_kr(text: str) -> int:
    """Bytes as Korean carriers count them: Hangul two, letters one."""
    return len(text.encode("cp949", errors="replace"))


LENGTH: Mapping[Unit, Callable[[str], int]] = {
    "chars": len,
    "bytes": lambda text: len(text.encode()),
    "utf16": utf16,
    "graphemes": graphemes,
    "weighted": weighted,
    "sms_parts": sms_parts,
    "euc_kr": euc_kr,
}


def cut(text: str, *, most: int, unit: Unit, tail: str = "") -> str:
    """As much of it as fits before `tail`, at the end of a word; "…" where something is missing.

    Raises ValueError where not even the tail fits.
    """
    measure = LENGTH[unit]
    if measure(text + tail) <= most:
        return text + tail
    if measure(f"…{tail}") > most:
        raise ValueError(f"nothing fits into {most} {unit}")
    signs = GRAPHEME.findall(text)
    low, high = 0, len(signs)
    while low < high:  # the longest beginning that fits
        middle = (low + high + 1) // 2
        fits = measure(f"{''.join(signs[:middle]).rstrip()}…{tail}") <= most
        low, high = (middle, high) if fits else (low, middle - 1)
    return f"{_whole_words(signs, low)}…{tail}"


def _whole_words(signs: list[str], many: int) -> str:
    """So many signs, without the half of a word at their end; unless the word is most of them."""
    begun = "".join(signs[:many])
    if many == len(signs) or signs[many].isspace() or not (words := begun.rsplit(None, 1)):
        return begun.rstrip()
    return (words[0] if len(words[0]) * 2 > len(begun) else begun).rstrip()
