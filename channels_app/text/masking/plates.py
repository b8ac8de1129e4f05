"""Vehicle plates: digits, one syllable of the official list, four digits."""

import re

from channels_app.text.masking import stars
from channels_app.text.masking.spotting import Spotter

PRIVATE = "가나다라마거너더러머버서어저고노도로모보소오조구누두루무부수우주"
OTHERS = "아바사자하허호배육해공국합"
WORDS = "외교|영사|준외|준영|국기|협정|대표"
REGION = "서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충북|충남|전북|전남|경북|경남|제주"
# "30도 2026년", "10조 5000억", "100주 2500그루": these syllables count too, if a count follows.
COUNTS = "조도주호구부배수소모"
COUNTED = (
    r"(?:년|원|명|개|억|만|천|백|여\s|건|회|세대|가구|그루|마리|미터|톤|평|쪽|권|m|㎡|%|달러|리터)"
)
PLAIN_SYLLABLE = "".join(sorted(set(PRIVATE + OTHERS) - set(COUNTS)))
FOUR = r"[\s\-.]{0,2}\d{4}(?!\d)"
PLATE = (
    Spotter(
        "plate",
        stars.PLATE,
        re.compile(
            rf"(?:(?:{REGION})[\s\-]{{0,2}}\d{{1,2}}|(?<!\d)(?<!\d[.,\-])\d{{2,3}})[\s\-.]{{0,2}}"
            rf"(?:(?:[{PLAIN_SYLLABLE}]|{WORDS}){FOUR}|[{COUNTS}]{FOUR}(?!{COUNTED}))"
        ),
    ),
)
