"""Personal data out of everything public.

Covers mobile numbers, mail addresses and registration numbers (residents' and foreigners').
A registration number is masked on its pattern and a possible date alone: numbers issued since
October 2020 have a random tail, so a checksum would let nine of ten through.
"""

import re
import sys
import unicodedata

# Digits of other scripts and full-width signs count as what they mean.
PLAIN_SIGNS = {
    code: str(unicodedata.digit(sign))
    for code in range(128, sys.maxunicode)
    if unicodedata.category(sign := chr(code)) == "Nd"
} | {ord("＠"): "@", ord("．"): ".", ord("－"): "-"}
GAP = r"[\s.\-‐-―−~·()/,_–]{0,3}"
MOBILE = re.compile(
    rf"(?<!\d)(?:\+?{GAP}82{GAP}\(?0?\)?|0){GAP}1{GAP}[016-9]{GAP}\d(?:{GAP}\d){{6,7}}(?!\d)"
)
REGISTRATION = re.compile(
    r"(?<!\d)(\d{2})\s?(\d{2})\s?(\d{2})[\s.\-‐-―−~·/_–]{0,3}[1-8](?:[\s.\-]?[\d*●xX○]){6}(?!\d)"
)
# The last part of a domain is Latin, so that a Korean particle behind it stays.
MAIL = re.compile(
    r"[\w.+\-ㄱ-힣]{1,64}\s?(?:@|\(at\)|\[at\]| at )\s?[\w\-ㄱ-힣]{1,63}"
    r"(?:\s?(?:\.|\(dot\)|\[dot\]| dot )\s?[\w\-ㄱ-힣]{1,63}){0,8}?"
    r"\s?(?:\.|\(dot\)|\[dot\]| dot )\s?[a-z]{2,}(?:\.[a-z]{2,})*",
    re.IGNORECASE | re.ASCII,
)
MASKED_MOBILE = "010-****-****"
MASKED_REGISTRATION = "******-*******"
MASKED_MAIL = "***@***"


def mask(text: str) -> str:
    """The text without numbers and addresses of persons. Masking twice changes nothing."""
    text = REGISTRATION.sub(_registration, text.translate(PLAIN_SIGNS))
    text = MOBILE.sub(MASKED_MOBILE, text)
    return MAIL.sub(MASKED_MAIL, text)


def holds_personal_data(text: str) -> bool:
    """Whether anything would be masked."""
    return mask(text) != text.translate(PLAIN_SIGNS)


def _registration(found: re.Match[str]) -> str:
    month, day = int(found[2]), int(found[3])
    return MASKED_REGISTRATION if 1 <= month <= 12 and 1 <= day <= 31 else found[0]
