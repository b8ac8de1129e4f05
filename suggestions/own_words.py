"""A paragraph of one's own: how much of it stands in no ready-made text."""

import re
from collections.abc import Iterable, Iterator

from channels_app.text.normal import folded

END = re.compile(r"(?<=[.!?…。])\s+|\n+")
NO_SIGN = re.compile(r"[\W_]+")
TELLING = 8  # signs: what is shorter stands in many texts by chance


def own_signs(paragraph: str, others: Iterable[str]) -> int:
    """Letters and digits of its sentences that are copied from none of the others."""
    known = [sentence for other in others for sentence in _sentences(other)]
    return sum(len(_own(sentence, known)) for sentence in _sentences(paragraph))


def _own(sentence: str, known: list[str]) -> str:
    """What is left of a sentence once everything that was copied is taken out."""
    if any(sentence in other for other in known):
        return ""
    for other in sorted(known, key=len, reverse=True):
        if len(other) >= TELLING:
            sentence = sentence.replace(other, "")
    return sentence


def _sentences(text: str) -> Iterator[str]:
    """Each without what a reader does not see a difference in."""
    for sentence in END.split(text):
        if signs := NO_SIGN.sub("", folded(sentence)):
            yield signs
