"""E-mail addresses, also those that hide their @ and their dots."""

import re

from channels_app.text.masking import stars
from channels_app.text.masking.spotting import Spotter

# Begun at its first sign only, or a long row of dotted letters would be read again and again.
LOCAL = r"(?<![\w+\-ㄱ-힣])(?<![\w+\-ㄱ-힣]\.)[\w+\-ㄱ-힣]++(?:\.[\w+\-ㄱ-힣]++)*+"
LATIN_LOCAL = r"(?<![\w+\-])(?<![\w+\-]\.)[\w+\-]++(?:\.[\w+\-]++)*+"
PART = r"[\w\-ㄱ-힣]{1,63}"
AT = r"\s?(?:@|(?i:\(at\)|\[at\]|\{at\}))\s?"
DOT = r"(?:\.|\s?(?i:\(dot\)|\[dot\])\s?|\s(?i:dot)\s|\s?닷\s?|\s점\s)"
# The last part of a domain is Latin, so that a Korean particle behind it stays.
TOP = r"[A-Za-z]{2,24}"
KNOWN = r"(?i:com|net|org|kr|info|biz|me|io|edu|컴)"
HOUSE = (
    r"(?i:naver|gmail|daum|hanmail|kakao|nate|outlook|hotmail|yahoo|icloud"
    r"|네이버|지메일|다음|한메일)"
)
# Not all of it without regard to case: the ranges of Hangul would be compiled sign by sign.
FLAGS = re.ASCII
HIDDEN_AT = re.compile(r"@|[(\[{]at[)\]}]", re.IGNORECASE)
MAIL = (
    Spotter(
        "mail",
        stars.MAIL,
        re.compile(
            rf"{LOCAL}{AT}{PART}(?:{DOT}{PART}){{0,8}}?"
            rf"(?:{DOT}{TOP}(?:{DOT}[A-Za-z]{{2,3}}(?![A-Za-z]))*+|\s?\.\s?{KNOWN}(?:\s?\.\s?(?i:kr))?)",
            FLAGS,
        ),
        digits=False,
        hint=HIDDEN_AT,
    ),
    # kim@naver
    Spotter(
        "mail",
        stars.MAIL,
        re.compile(rf"{LOCAL}{AT}{HOUSE}", FLAGS),
        digits=False,
        hint=HIDDEN_AT,
    ),
    Spotter(
        "mail",
        stars.MAIL,
        re.compile(rf"{LATIN_LOCAL}\s?골뱅이\s?{PART}(?:\s?{DOT}\s?{PART}){{0,4}}", FLAGS),
        digits=False,
        hint=re.compile("골뱅이"),
    ),
    # kim at gmail.com, kim at example dot com; "at noon. The bus" is none
    Spotter(
        "mail",
        stars.MAIL,
        re.compile(
            rf"{LATIN_LOCAL}\s(?i:at)\s(?:{HOUSE}\s?{DOT}\s?{KNOWN}|{PART}(?:\s(?i:dot)\s{PART}){{1,4}})",
            FLAGS,
        ),
        digits=False,
        hint=re.compile(rf"\sdot\s|\sat\s{HOUSE}", re.IGNORECASE),
    ),
)
