"""Numbers of papers: registration of residents and foreigners, driver licence, passport."""

import re

from channels_app.text.masking import stars
from channels_app.text.masking.spotting import Spotter, digits_of, is_near

ANY_GAP = r"[\s.\-/_()]{0,3}"
DATED = re.compile(r"\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
# Thirteen digits in one go are also a bar code or the number of a parcel.
OTHER_THIRTEEN = re.compile(
    r"(?:바코드|송장|운송장|접수\s?번호|주문\s?번호|승인\s?번호|영수증|barcode|ISBN)"
)


def _is_dated(found: re.Match[str]) -> bool:
    """A possible date. No checksum: numbers issued since October 2020 have a random tail."""
    if not DATED.match(digits_of(found[0])):
        return False
    return not (found[0].isdigit() and is_near(found, OTHER_THIRTEEN, 10))


REGISTRATION = (
    Spotter(
        "registration",
        stars.REGISTRATION,
        re.compile(
            rf"(?<!\d)\d{{2}}[\s.\-/]?\d{{2}}[\s.\-/]?\d{{2}}{ANY_GAP}[0-9*●○xX](?:[\s.\-]?[\d*●○xX]){{6}}(?![\d*])"
        ),
        _is_dated,
    ),
    Spotter(
        "registration",
        stars.REGISTRATION,
        re.compile(r"(?<!\d)(?<!\d[ .-])\d(?:[ .\-]{1,3}\d){12}(?![ .\-]?\d)"),
        _is_dated,
    ),
)

REGION = "서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충북|충남|전북|전남|경북|경남|제주"
LICENCE_WORDS = re.compile(r"면허|licen[cs]e", re.IGNORECASE)


def _is_named_licence(found: re.Match[str]) -> bool:
    return is_near(found, LICENCE_WORDS, 16)


LICENCE = (
    Spotter(
        "licence",
        stars.LICENCE,
        re.compile(
            r"(?<![\d\-])(?:1[1-9]|2[0-8])\s?[\-./]\s?\d{2}\s?[\-./]\s?\d{6}\s?[\-./]\s?\d{2}(?![\d\-])"
        ),
    ),
    Spotter(
        "licence",
        stars.LICENCE,
        re.compile(r"(?<!\d)(?:1[1-9]|2[0-8])[ \-]?\d{2}[ \-]?\d{6}[ \-]?\d{2}(?!\d)"),
        _is_named_licence,
    ),
    Spotter(
        "licence",
        stars.LICENCE,
        re.compile(rf"(?:{REGION})\s?\d{{2}}[ \-]\d{{6}}[ \-]\d{{2}}(?!\d)"),
    ),
)

PASSPORT_WORDS = re.compile(r"여권|passport", re.IGNORECASE)
PRODUCT = re.compile(
    r"모델|제품|품번|부품|시리얼|일련|상품|model|part|serial|s/n|sku", re.IGNORECASE
)


def _is_no_product(found: re.Match[str]) -> bool:
    return not is_near(found, PRODUCT, 12)


def _is_named_passport(found: re.Match[str]) -> bool:
    return len(digits_of(found[0])) >= 6 and is_near(found, PASSPORT_WORDS, 18, 10)


PASSPORT = (
    Spotter(
        "passport",
        stars.PASSPORT,
        re.compile(r"(?<![A-Za-z0-9\-])(?:[MSROD]\d{8}|[MSRODG]\d{3}[A-Z]\d{4})(?![A-Za-z0-9\-])"),
        _is_no_product,
    ),
    Spotter(
        "passport",
        stars.PASSPORT,
        re.compile(
            r"(?<![A-Za-z0-9])[A-Za-z]{0,2}[ \-]?\d{3}[ \-]?[A-Za-z]?[ \-]?\d{4,6}(?![A-Za-z0-9])"
        ),
        _is_named_passport,
        hint=PASSPORT_WORDS,
    ),
)
