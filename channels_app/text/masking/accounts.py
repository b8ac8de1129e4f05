"""Bank accounts, known by the words beside them, and business numbers of sole traders."""

import re

from stdnum.kr import brn

from channels_app.text.masking import stars
from channels_app.text.masking.phones import AS_PHONE
from channels_app.text.masking.spotting import Spotter, digits_of, is_near

BANK = re.compile(
    r"은행(?!나무|잎|열매|길|동|사거리)|뱅크|농협|신협|수협|우체국|새마을금고|신한|국민\s?은?행?\s?$|우리\s?$|하나\s?$|기업\s?$"
    r"|KB|NH|IBK|SC제일|씨티|카뱅|토뱅|계좌|통장|입금|송금|이체|예금|환불|account|bank|deposit",
    re.IGNORECASE,
)
# A number that is named is that number, whatever stands around it.
LABELLED = re.compile(
    r"(?:주문|접수|사업자|등록|운송장|송장|영수증|승인|고유|문서|공고|관리|법인)[가-힣]{0,2}\s?(?:번호)?\s?[:은는]?\s?\(?$"
)
DAY = re.compile(
    r"(?:19|20)\d\d\s?[\-./ ]\s?(?:0?[1-9]|1[0-2])\s?[\-./ ]\s?(?:[0-2]?\d|3[01])(?!\d)"
)
WITHIN = 12
LONGEST_WORD = 5


def _is_account(found: re.Match[str]) -> bool:
    """Eight digits with hyphens, ten without: a sum of money or a day is no account."""
    digits, typed = digits_of(found[0]), found[0]
    if not (8 if "-" in typed else 10) <= len(digits) <= 16 or AS_PHONE.fullmatch(digits):
        return False
    if DAY.match(typed) or LABELLED.search(
        found.string[max(0, found.start() - 14) : found.start()]
    ):
        return False
    return is_near(found, BANK, WITHIN + LONGEST_WORD, WITHIN)


ACCOUNT = (
    Spotter(
        "account",
        stars.ACCOUNT,
        re.compile(
            r"(?<![\d*+])(?<![\dA-Za-z*]-)(?<!\d[,.])\d++(?:(?:\s?-\s?|[ .])\d++){0,5}+"
            r"(?![\d*]|,\d|-\*|\s?(?:원|만\s?원|억|천만|백만|명|건|개(?![가-힣])|won|krw))"
        ),
        _is_account,
        hint=BANK,
    ),
)

TRADER = re.compile(
    r"대표(?!\s?(?:전화|번호|메일|이메일|적|팀|단|회|도서|명소))|개인\s?사업|사장|간이\s?과세|자영업|1인\s?기업|사업주"
    r"|sole (?:trader|proprietor)|owner",
    re.IGNORECASE,
)
BUSINESS_WORDS = re.compile(r"사업자|등록\s?번호|business", re.IGNORECASE)
# The middle two digits of a company's number; its number is public whoever stands beside it.
COMPANIES = frozenset(str(number) for number in range(81, 89))


def _is_sole_trader(found: re.Match[str]) -> bool:
    digits = digits_of(found[0])
    return (
        digits[3:5] not in COMPANIES
        and (not found[0].isdigit() or is_near(found, BUSINESS_WORDS, 16))
        and brn.is_valid(digits)
        and is_near(found, TRADER, 24, 24)
    )


BUSINESS = (
    Spotter(
        "business",
        stars.BUSINESS,
        re.compile(r"(?<![\d\-])\d{3}(?:\s?-\s?|[ .]?)\d{2}(?:\s?-\s?|[ .]?)\d{5}(?![\d\-])"),
        _is_sole_trader,
        hint=TRADER,
    ),
)
