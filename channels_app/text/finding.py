"""Words as the search compares them: which pieces an index holds, and where a text has them.

Korean hangs its endings on the word, and its nouns grow together: 대형폐기물을 holds 폐기물. So
every pair of neighbouring letters is a piece, and of Latin letters and digits every three, for two
of them stand everywhere. `search_pieces()` of the database makes the same pieces of these letters.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

LATIN = re.compile("[a-z0-9]+")
HANGUL = re.compile("[가-힣]+")
LONGEST = 40  # letters of one word that are looked for
MOST = 8  # words of one question


class _Letters(dict[int, str]):
    """Sign for sign: wide and half-wide forms, capitals; what is no letter or digit is a space."""

    def __missing__(self, sign: int) -> str:
        letter = chr(sign)
        for change in (partial(unicodedata.normalize, "NFKC"), str.lower):
            form = change(letter)
            letter = form if len(form) == 1 else letter
        self[sign] = letter = letter if letter.isalnum() else " "
        return letter


_LETTERS = _Letters()


def aligned(text: str) -> str:
    """As it is compared, every sign in its place. The text has to be composed (NFC)."""
    return text.translate(_LETTERS)


def letters_of(text: str) -> str:
    """As the index keeps it: words of letters and digits, one space between."""
    return " ".join(aligned(unicodedata.normalize("NFC", text)).split())


def words_of(question: str) -> list[str]:
    """What is looked for: each word once; a single letter says nothing."""
    words = [word[:LONGEST] for word in letters_of(question).split() if len(word) > 1]
    return list(dict.fromkeys(words))[:MOST]


def pieces_of(word: str) -> list[str]:
    """Pieces that every text with this word has: as few as hold each of its letters.

    Each one more costs a walk through the index; where the letters stand is asked of the text.
    """
    found: dict[str, None] = {}
    held = 0
    for at in range(len(word) - 1):
        pair, three = word[at : at + 2], word[at : at + 3]
        if _is_three(three):
            found[three], held = None, at + 3
        elif at >= held or (at + 2 == len(word) and held < len(word)):
            found[pair], held = None, at + 2
    return list(found)


def _is_three(piece: str) -> bool:
    return len(piece) == 3 and LATIN.fullmatch(piece) is not None


@dataclass(frozen=True)
class Part:
    """A stretch of a text, and whether it is what was looked for."""

    text: str
    is_hit: bool = False


def marked(text: str, words: Sequence[str]) -> list[Part]:
    """The whole text in parts."""
    text = unicodedata.normalize("NFC", text)
    parts, last = [], 0
    for start, end in _hits(aligned(text), words):
        parts += [Part(text[last:start]), Part(text[start:end], is_hit=True)]
        last = end
    return [part for part in (*parts, Part(text[last:])) if part.text]


def snippet(text: str, words: Sequence[str], *, around: int = 160) -> list[Part]:
    """The first place where one of the words stands, with what is around it, in parts."""
    text = " ".join(unicodedata.normalize("NFC", text).split())
    first = next(_hits(aligned(text), words), (0, 0))[0]
    start = _start_of_word(text, max(0, min(first - around // 4, len(text) - around)))
    end = start + around
    shown = marked(text[start:end], words)
    before = [Part("… ")] if start else []
    after = [Part(" …")] if end < len(text) else []
    return [*before, *shown, *after]


def _start_of_word(text: str, at: int) -> int:
    """Not in the middle of a word, where one begins nearby."""
    if at == 0 or text[at - 1] == " ":
        return at
    space = text.find(" ", at, at + 12)
    return space + 1 if space >= 0 else at


def _hits(letters: str, words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where they stand; the longer one where two begin at once."""
    if not words:
        return
    longest_first = sorted(words, key=len, reverse=True)
    for found in re.finditer("|".join(map(re.escape, longest_first)), letters):
        yield found.span()


# The endings most nouns wear, the longer ones first: 도서관에서는, 버스가, 구청으로.
ENDINGS = re.compile(
    "(?:에서는|에서도|으로는|까지는|에게는|이라고|에서|에게|으로|까지|부터|이나|이랑|하고|에는|에도|"
    "이|가|은|는|을|를|에|의|로|도|만|와|과|랑)$"
)


def stems_of(word: str) -> set[str]:
    """The word, and the noun it probably is without its ending; nothing for numbers."""
    if not (HANGUL.fullmatch(word) or (word.isascii() and word.isalpha())):
        return set()
    return {one for one in (word, ENDINGS.sub("", word)) if 2 <= len(one) <= LONGEST}


def jamo_of(word: str) -> str:
    """Letter by letter, as they are typed: one wrong key is one wrong letter."""
    return unicodedata.normalize("NFD", word)


def distance(one: str, other: str) -> int:
    """How many letters have to be put in, taken out or changed to get from one to the other."""
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        before, row = row, [at]
        for place, against in enumerate(other, 1):
            changed = before[place - 1] + (letter != against)
            row.append(min(before[place] + 1, row[-1] + 1, changed))
    return row[-1]
