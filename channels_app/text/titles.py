"""A heading from a text."""

import re

SPACES = re.compile(r"\s+")
SENTENCE_END = re.compile(r"(?<=[.!?。])\s")


def title_of(text: str, length: int = 60) -> str:
    """The first sentence, at most `length` characters, cut at a word with an ellipsis."""
    first_line = text.strip().split("\n", 1)[0]
    first = SPACES.sub(" ", SENTENCE_END.split(first_line, maxsplit=1)[0]).strip()
    if len(first) <= length:
        return first.rstrip(".")
    cut = first[:length].rsplit(" ", 1)[0] if " " in first[length // 2 : length] else first[:length]
    return f"{cut}…"


def beyond_title(text: str) -> str:
    """What the text says after its heading, in one line; nothing where that is all of it."""
    title = title_of(text)
    rest = SPACES.sub(" ", text.strip()).removeprefix(title.rstrip("…")).lstrip(" .")
    return f"…{rest}" if rest and title.endswith("…") else rest


def headed(title: str, text: str, *, longest: int) -> str:
    """The title as the first line, unless the text begins with it; no longer than so many signs."""
    if title and not text.startswith(title):
        text = f"{title}\n\n{text}".strip()
    return text if len(text) <= longest else text[: longest - 1] + "…"
