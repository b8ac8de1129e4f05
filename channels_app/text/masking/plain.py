"""A text in plain signs, each knowing where it stood: digits are 0–9, dashes are hyphens.

A number typed in full-width or circled digits, with invisible signs in it or with a Korean ㅡ for
a dash, is the same number to a reader, so it has to be the same to a pattern.
"""

import re
import unicodedata
from dataclasses import dataclass

from channels_app.text.normal import INVISIBLE

CIRCLED = "①②③④⑤⑥⑦⑧⑨⓪❶❷❸❹❺❻❼❽❾⓿➀➁➂➃➄➅➆➇➈➊➋➌➍➎➏➐➑➒⓵⓶⓷⓸⓹⓺⓻⓼⓽"
LAST_DIGIT = 0x1FFFF  # beyond the first two planes of Unicode there are none
DASHES = "‐‑‒–—―⁃−─━ㅡᅳーｰ－﹣﹘➖~∼～〜"
PLAIN_SIGNS = (
    {
        code: str(unicodedata.digit(sign))
        for code in range(128, LAST_DIGIT + 1)
        if (sign := chr(code)).isdecimal() or sign in CIRCLED
    }
    | {0xFEE0 + code: chr(code) for code in range(0x21, 0x7F)}  # full-width letters and signs
    | {ord(dash): "-" for dash in DASHES}
    | {ord(dot): "." for dot in "·ㆍ・•∙⋅․。"}
)
# Nothing of these is seen: marks above letters, the frame of a keycap, blanks without width.
UNSEEN = re.compile(
    rf"{INVISIBLE.pattern}|[\u0300-\u036f\u115f\u1160\u180e\u20e3\u3164\uffa0\ufe00-\ufe0f]"
)
DIGIT = re.compile("[0-9]")


@dataclass
class Plain:
    """Plain signs; `at` is where each stood, or None if each stands where it stood."""

    text: str
    at: list[int] | None
    has_digits: bool

    @classmethod
    def of(cls, typed: str) -> "Plain":
        """Of what somebody typed."""
        text = typed.translate(PLAIN_SIGNS)
        at = None
        if UNSEEN.search(text):
            at = [place for place, sign in enumerate(text) if not UNSEEN.match(sign)]
            text = "".join([text[place] for place in at])
        return cls(text, at, bool(DIGIT.search(text)))

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where plain signs stood in what was typed."""
        return (start, end) if self.at is None else (self.at[start], self.at[end - 1] + 1)
