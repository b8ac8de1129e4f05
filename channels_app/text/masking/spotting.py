"""How one kind of personal data is found: a pattern, what else must hold, and the stars."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from channels_app.text.masking.plain import Plain

NOT_DIGITS = re.compile(r"\D")
# What people put between the digits of a number.
GAP = r"[\s.\-()/,_]{0,3}"


@dataclass(frozen=True)
class Spot:
    """A place in the text as typed, what stands there, and its stars."""

    start: int
    end: int
    kind: str
    sign: str


def _always(_found: re.Match[str]) -> bool:
    return True


@dataclass(frozen=True)
class Spotter:
    """One spelling of one kind.

    Where the pattern names a group `it`, that part alone is covered. `hint` is a cheap pattern
    without which there can be nothing; `digits` says that there is nothing without digits.
    """

    kind: str
    sign: str
    pattern: re.Pattern[str]
    holds: Callable[[re.Match[str]], bool] = _always
    digits: bool = True
    hint: re.Pattern[str] | None = None

    def take(self, plain: Plain) -> list[Spot]:
        """Every place found, blanked in `plain` so that no other pattern reads it again."""
        if (self.digits and not plain.has_digits) or (
            self.hint and not self.hint.search(plain.text)
        ):
            return []
        spans = list(self._spans(plain.text))
        plain.text = _blanked(plain.text, spans)
        return [Spot(*plain.place(*span), self.kind, self.sign) for span in spans]

    def _spans(self, text: str) -> Iterator[tuple[int, int]]:
        group = "it" if "it" in self.pattern.groupindex else 0
        for found in self.pattern.finditer(text):
            if found[0] and self.holds(found):
                yield found.span(group)


def digits_of(words: str) -> str:
    """The digits alone."""
    return NOT_DIGITS.sub("", words)


def is_near(found: re.Match[str], words: re.Pattern[str], before: int, after: int = 0) -> bool:
    """Whether one of the words stands so many characters before or after, no stars between."""
    start, end = found.span("it" if "it" in found.re.groupindex else 0)
    left = found.string[max(0, start - before) : start].rpartition("*")[2]
    right = found.string[end : end + after].partition("*")[0]
    return bool(words.search(left)) or bool(words.search(right))


def _blanked(text: str, spans: list[tuple[int, int]]) -> str:
    parts, at = [], 0
    for start, end in spans:
        parts += [text[at:start], "*" * (end - start)]
        at = end
    return "".join([*parts, text[at:]]) if parts else text
