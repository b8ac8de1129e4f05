"""Personal data out of everything public: what it is, where it stands, and stars in its place.

Everything of a text stays as it was typed but the places found. Patterns see plain signs only
(`plain.py`); each kind has its spellings, and what speaks against it, in a module of its own.
"""

import unicodedata

from channels_app.text.masking import accounts, cards, homes, mails, names, papers, phones, plates
from channels_app.text.masking.plain import Plain
from channels_app.text.masking.spotting import Spot
from channels_app.text.masking.stars import SIGNS

__all__ = ["KINDS", "SIGNS", "found_in", "holds_personal_data", "mask"]

KINDS = (
    "registration", "phone", "card", "account", "business", "licence", "passport", "plate",
    "address", "mail", "name",
)  # fmt: skip
# The more certain first: what one has found, the next doesn't see.
SPOTTERS = (
    *papers.REGISTRATION, *cards.CARD, *papers.LICENCE, *accounts.ACCOUNT, *phones.PHONE,
    *accounts.BUSINESS, *papers.PASSPORT, *plates.PLATE, *mails.MAIL, *homes.ADDRESS, *names.NAME,
)  # fmt: skip


def mask(text: str) -> str:
    """The text without what tells who somebody is. Masking twice changes nothing."""
    text = unicodedata.normalize("NFC", text)
    # Stars may stand where something hid its neighbour: until nothing more is found.
    while spots := _spots(text):
        text = _starred(text, spots)
    return text


def found_in(text: str) -> tuple[str, ...]:
    """Which kinds of personal data would be masked, in the order of KINDS."""
    found = {spot.kind for spot in _spots(unicodedata.normalize("NFC", text))}
    return tuple(kind for kind in KINDS if kind in found)


def holds_personal_data(text: str) -> bool:
    """Whether anything would be masked."""
    return bool(found_in(text))


def _spots(text: str) -> list[Spot]:
    plain = Plain.of(text)
    spots: list[Spot] = []
    for spotter in SPOTTERS:
        spots += spotter.take(plain)
    return sorted(spots, key=lambda spot: spot.start)


def _starred(text: str, spots: list[Spot]) -> str:
    parts, at = [], 0
    for spot in spots:
        parts += [text[at : spot.start], spot.sign]
        at = spot.end
    return "".join([*parts, text[at:]])
