"""Telephone numbers of persons; those of the city and of public services stay."""

import re

from channels_app.text.masking import stars
from channels_app.text.masking.spotting import GAP, Spotter, digits_of, is_near

# A number as it would be dialled in Korea.
MOBILE_NUMBER = re.compile(r"010\d{7,8}|01[16-9]\d{7,8}")
AS_PHONE = re.compile(
    r"0(?:10\d{7,8}|1[16-9]\d{7,8}|(?:2|3[1-3]|4[1-4]|5[1-5]|6[1-4]|70|50[2-8])[1-9]\d{6,7})"
)
# 01.07.2026 09:30 and 2026.01.02 have the digits of a number too; so has 0.1012345678.
DAY = re.compile(r"0?1[./\- ]\s?\d{1,2}[./\- ]\s?(?:19|20)\d\d(?!\d)")
AFTER_YEAR = re.compile(r"(?:19|20)\d\d\s?[./\-]\s?$")
DECIMAL = re.compile(r"0[.,]\d{6}")
SHORT = re.compile(r"010\D{0,3}\d{3}\D{0,3}\d{4}")
SPOKEN_SIGNS = "oO공영lIi일이삼사오육륙칠팔구"
SPOKEN = str.maketrans(SPOKEN_SIGNS, "00001111234566789")


def _dialled(typed: str) -> str:
    """010… whatever country code and signs were typed."""
    digits = digits_of(typed)
    return "0" + digits.removeprefix("82").removeprefix("0") if digits[:2] == "82" else digits


def _is_mobile(found: re.Match[str]) -> bool:
    typed, dialled = found[0], _dialled(found[0])
    if not MOBILE_NUMBER.fullmatch(dialled) or DAY.match(typed) or DECIMAL.match(typed):
        return False
    if typed[2:3] in "./-" and AFTER_YEAR.search(found.string[: found.start()][-8:]):
        return False
    return len(dialled) == 11 or not dialled.startswith("010") or bool(SHORT.search(typed))


def _is_spoken_mobile(found: re.Match[str]) -> bool:
    """공일공, or O1O: one sign at least is no digit, six are numbers to everybody."""
    typed = found[0]
    spoken = [sign for sign in typed if sign in SPOKEN_SIGNS]
    clear = [
        sign for sign in typed if sign.isdigit() or sign in SPOKEN_SIGNS[2:4] + SPOKEN_SIGNS[7:]
    ]
    number = digits_of(typed.translate(SPOKEN))
    return bool(spoken) and len(clear) >= 6 and bool(MOBILE_NUMBER.fullmatch(number))


# The city hall's own exchanges, and those of the borough offices where the office is named.
CITY = frozenset({"120", "2133", "731"})
BOROUGHS = frozenset(
    {
        "2148", "3396", "2199", "2286", "450", "2127", "2094", "2241", "901", "2091", "2116",
        "351", "330", "3153", "2620", "2600", "860", "2627", "2670", "820", "879", "2155",
        "3423", "2147", "3425", "3146", "3780",
    }
)  # fmt: skip
OFFICE = re.compile(
    r"(?:시청|구청|청사|보건소|주민센터|동사무소|사업소|소방서|경찰서|도서관|공단|공사|콜센터|민원실|관리과|상황실)"
    r"\s?[(:]?(?:대표)?\s?(?:전화|번호|☎)?\s?[(:]?\s?$"
)


def _is_landline(found: re.Match[str]) -> bool:
    if found["area"] == "2" and found["exchange"] in CITY:
        return False
    office = found["area"] == "2" and found["exchange"] in BOROUGHS
    return not (office and OFFICE.search(found.string[max(0, found.start() - 14) : found.start()]))


CALL = re.compile(r"전화|연락처|전번|☎|팩스|\btel\b|phone|\bcall\b|\bfax\b", re.IGNORECASE)


def _is_bare_landline(found: re.Match[str]) -> bool:
    exchange = found["exchange"]
    if exchange in CITY or (len(exchange) == 4 and exchange[:2] in {"15", "16", "18", "19", "20"}):
        return False
    left = found.string[max(0, found.start() - 14) : found.start()]
    return is_near(found, CALL, 12) and not (exchange in BOROUGHS and OFFICE.search(left))


def _is_foreign(found: re.Match[str]) -> bool:
    return 9 <= len(digits_of(found[0])) <= 15


def _is_spaced(found: re.Match[str]) -> bool:
    """Every digit apart: 0 2 3 4 5 …"""
    digits = digits_of(found[0])
    city = digits.startswith("02") and digits[2:6] in CITY | {"7310"}
    return digits[0] == "0" and not city and bool(AS_PHONE.fullmatch(digits))


ONE = r"[\doOlI공영일이삼사오육륙칠팔구]"
PHONE = (
    Spotter(
        "phone",
        stars.MOBILE,
        re.compile(
            rf"(?<!\d)(?:(?:\+{GAP})?82{GAP}\(?0?\)?|0){GAP}1{GAP}[016-9]{GAP}\d(?:{GAP}\d){{6,7}}(?!\d)"
        ),
        _is_mobile,
    ),
    Spotter(
        "phone",
        stars.MOBILE,
        re.compile(
            rf"(?<![\dA-Za-z])[0oO공영]{GAP}[1lIi일]{GAP}[0oO공영1lI일6-9육륙칠팔구]"
            rf"(?:{GAP}{ONE}){{7,8}}(?![\dA-Za-z])"
        ),
        _is_spoken_mobile,
        digits=False,
        hint=re.compile(r"[0oO공영][\s.\-()/,_]{0,3}[1lIi일]"),
    ),
    Spotter(
        "phone",
        stars.LANDLINE,
        re.compile(
            rf"(?<!\d)(?<!\d-)(?:\+?82{GAP}0?|0)\)?{GAP}"
            rf"(?P<area>2|3[1-3]|4[1-4]|5[1-5]|6[1-4]|70|50[2-8]){GAP}"
            rf"(?P<exchange>[1-9]\d{{2,3}}){GAP}\d{{4}}(?!\d)"
        ),
        _is_landline,
    ),
    Spotter(
        "phone",
        stars.LANDLINE,
        re.compile(
            r"(?<![\d\-.*])(?P<exchange>[2-9]\d{2,3}|1[0-9]\d{2})\s?[\-.)]\s?\d{4}(?![\d\-])"
        ),
        _is_bare_landline,
        hint=CALL,
    ),
    Spotter(
        "phone",
        stars.LANDLINE,
        re.compile(
            r"\+(?!82)[1-9](?:\d{0,2}(?:[ \-()]{1,3}\d{1,5}){2,5}|\d{9,14})"
            r"(?!\d|\s?(?:원|만|억|won|krw))"
        ),
        _is_foreign,
        hint=re.compile(r"\+[1-9]"),
    ),
    Spotter(
        "phone",
        stars.LANDLINE,
        re.compile(r"(?<!\d)(?<!\d[ .-])0(?:[ .\-]{1,3}\d){8,11}(?![ .\-]?\d)"),
        _is_spaced,
    ),
)
