"""The part of an address that leads to somebody's door; borough, dong and road stay."""

import re

from channels_app.text.masking import stars
from channels_app.text.masking.spotting import Spotter

HOME = (
    "아파트|빌라|오피스텔|원룸|투룸|연립|맨션|주택|주공|하이츠|자이|푸르지오|래미안|힐스테이트|롯데캐슬|아이파크|더샵"
    "|고시원|기숙사|타운|팰리스|빌리지|옆집|윗집|아랫집|앞집|우리\\s?집|저희\\s?집|제\\s?집|집"
)
FLOOR = r"(?:\s?,?\s?(?:지하\s?|B)?\d{1,2}\s?층)?"
UNIT = r"(?:B|지하\s?)?\d{1,4}(?:-\d{1,2})?\s?호(?!선|차|기|관|봉|실적)"
BLOCK = r"(?:\d{1,4}|[가-하A-Za-z])\s?동"
LOT = r"산?\s?\d{1,4}(?:\s?-\s?\d{1,4})?"
# An officer's room has a number too.
OFFICE = re.compile(
    r"(?:청사|시청|구청|센터|본관|별관|신관|회관|빌딩|도서관|병원|학교|민원실|회의실)[^\n,.]{0,4}$"
)
SENTENCE = re.compile(r"[.!?*\n]")
LIVES = re.compile(
    r"주소|거주|자택|집은|집이|집\s?:|저희\s?집|우리\s?집|제\s?집|사는\s?곳|살고|살아|사는데|배송|address|\blive"
    r"|에\s?사는|에\s?삽니다|에\s?산다|에\s?살",
    re.IGNORECASE,
)


def _is_home(found: re.Match[str]) -> bool:
    return not OFFICE.search(found.string[max(0, found.start() - 12) : found.start()])


def _is_lived_in(found: re.Match[str]) -> bool:
    """Said in the same sentence."""
    start, end = found.span("it")
    before = SENTENCE.split(found.string[max(0, start - 40) : start])[-1]
    after = SENTENCE.split(found.string[end : end + 10])[0]
    return bool(LIVES.search(before)) or bool(LIVES.search(after))


ADDRESS = (
    # 상계로 12길 34-5, 302호 and 응암동 123-4번지 201호: the number and the door
    Spotter(
        "address",
        stars.WORDS,
        re.compile(
            rf"(?:[가-힣]{{1,8}}\d{{0,3}}(?:로|길|동|리|가)|\d번?길)\s?"
            rf"(?P<it>{LOT}\s?(?:번지|번)?\s?,?\s?\(?(?:[가-힣A-Za-z]{{1,12}}\)?\s?,?\s?)?"
            rf"(?:{BLOCK}\s?)?{FLOOR}\s?,?\s?{UNIT})"
        ),
        _is_home,
    ),
    # 101동 1203호, 가동 302호
    Spotter(
        "address",
        stars.WORDS,
        re.compile(rf"(?<![\d가-힣A-Za-z]){BLOCK}{FLOOR}\s?,?\s?{UNIT}"),
        _is_home,
    ),
    # 한솔아파트 101동 1203호, 우리 집 302호, 아파트 101-1203
    Spotter(
        "address",
        stars.WORDS,
        re.compile(
            rf"(?:{HOME})\s?,?\s?(?P<it>(?:(?:{BLOCK}\s?)?{FLOOR}\s?,?\s?{UNIT}|\d{{3,4}}\s?-\s?\d{{3,4}}(?![\d\-])))"
        ),
    ),
    # 응암동 302호
    Spotter("address", stars.WORDS, re.compile(rf"[가-힣]{{1,8}}\d?동\s(?P<it>{UNIT})"), _is_home),
    # 제 주소는 통일로 123-4, 신당동 123-45번지에 사는
    Spotter(
        "address",
        stars.WORDS,
        re.compile(
            rf"(?:[가-힣]{{1,8}}\d{{0,3}}(?:로|길|동|리)|\d번?길)\s?(?P<it>{LOT}(?:\s?번지)?)"
            r"(?![\d가-힣]*(?:길|가\b|동|호선|번\s?출구)|[\s]?(?:년|월|일|번\s?버스|번\s?출구|길))(?!\d)"
        ),
        _is_lived_in,
        hint=LIVES,
    ),
    # Apt 302, unit 1203, 101-dong 302-ho
    Spotter(
        "address",
        stars.WORDS,
        re.compile(
            r"\b(?:(?:apt|apartment)\.?\s?(?:no\.?\s?|#\s?)?|(?:unit|flat)\s?#?\s?(?=\d{3}))"
            r"(?P<it>\d{1,4}[A-Za-z]?(?:-\d{1,4})?)\b(?!\s?(?:price|buildings|complex|households|units))",
            re.IGNORECASE,
        ),
    ),
    Spotter(
        "address",
        stars.WORDS,
        re.compile(r"\b\d{1,4}\s?-?\s?dong,?\s?\d{1,4}\s?-?\s?ho\b", re.IGNORECASE),
    ),
)
