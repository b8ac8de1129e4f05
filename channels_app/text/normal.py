"""One spelling for the same words."""

import re
import unicodedata

# Zero-width and direction marks hide a number from a pattern and a text from a reader.
INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffb]"
)
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f\ud800-\udfff]")
MANY_LINES = re.compile(r"\n{4,}")


def tidy(text: str) -> str:
    """What is stored: composed Hangul, plain line ends, no invisible or control characters."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = CONTROL.sub("", INVISIBLE.sub("", text))
    return MANY_LINES.sub("\n\n\n", text).strip()


def folded(text: str) -> str:
    """What is compared: compatibility forms and case folded."""
    return unicodedata.normalize("NFKC", text).casefold()
