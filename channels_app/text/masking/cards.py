"""Numbers of bank cards: a checksum, or the word beside it."""

import re

from stdnum import luhn

from channels_app.text.masking import stars
from channels_app.text.masking.spotting import Spotter, digits_of, is_near

CARD_WORDS = re.compile(r"카드|card|visa|비자|마스터", re.IGNORECASE)
GAP = r"[\s.\-/_]{0,3}"


def _is_card(found: re.Match[str]) -> bool:
    """Budgets and receipts have sixteen digits too; nine of ten fail the checksum."""
    return luhn.is_valid(digits_of(found[0])) or is_near(found, CARD_WORDS, 14)


CARD = (
    Spotter(
        "card",
        stars.CARD,
        re.compile(rf"(?<!\d)(?:[3-69]\d|2[2-7])\d\d(?:{GAP}\d{{4}}){{3}}(?!\d)"),
        _is_card,
    ),
    Spotter(
        "card",
        stars.CARD,
        re.compile(rf"(?<!\d)3[47]\d\d{GAP}\d{{6}}{GAP}\d{{5}}(?!\d)"),
        _is_card,
    ),
    Spotter(
        "card",
        stars.CARD,
        re.compile(r"(?<!\d)(?<!\d[ .-])[3-69](?:[ .\-]{1,3}\d){15}(?![ .\-]?\d)"),
        _is_card,
    ),
)
