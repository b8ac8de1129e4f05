"""In which language somebody wrote, as far as a screen reader has to know."""

import re

HANGUL = re.compile("[ㄱ-ㆎ가-힣]")
LATIN = re.compile("[A-Za-z]")


def language_of(text: str) -> str:
    """`ko` where there is Hangul, `en` for Latin letters alone, nothing for anything else."""
    if HANGUL.search(text):
        return "ko"
    return "en" if LATIN.search(text) else ""
