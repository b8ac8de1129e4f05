"""Officialese, and sentences too long to follow: advice for whoever writes to citizens.

Pure advice: it finds words and says which plain one to use; it never blocks.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

LONGEST_EN = 25  # words
LONGEST_KO = 22  # eojeol: Korean says with fewer, longer words what English says with 25

# What officials write → what people say. A leading "-" forbids a syllable before it.
KOREAN = {
    "처리기한": "답할 날, 끝낼 날",
    "처리 기한": "답할 날, 끝낼 날",
    "처리예정일": "끝낼 날",
    "-회신": "답",
    "-제출": "보내기, 내기",
    "-귀하": "선생님, 님",
    "-금번": "이번",
    "-금회": "이번",
    "기 통보": "이미 알려 드린",
    "기통보": "이미 알려 드린",
    "기 안내": "이미 알려 드린",
    "-통보": "알림",
    "-상기": "위",
    "-하기와": "아래와",
    "-익일": "다음 날",
    "-익월": "다음 달",
    "-차주": "다음 주",
    "-금주": "이번 주",
    "-금일": "오늘",
    "-명일": "내일",
    "-작일": "어제",
    "-당해": "그, 이",
    "-동 건": "이 일",
    "소관": "맡은 곳, 맡은",
    "이첩": "넘김, 넘겨줌",
    "이관": "옮김, 넘겨줌",
    "검토 중": "언제까지 무엇을 정하는지",
    "검토중": "언제까지 무엇을 정하는지",
    "적의 조치": "알맞게 처리",
    "조치 예정": "언제까지 무엇을 할지",
    "조치예정": "언제까지 무엇을 할지",
    "유선으로": "전화로",
    "유선 연락": "전화",
    "내방": "찾아오심",
    "-송부": "보냄",
    "-첨부와 같이": "붙인 것과 같이",
    "-제반": "모든",
    "-기타 사항": "그 밖의 것",
    "-수범": "좋은 본보기",
    "-시달": "알림",
    "-불가하": "할 수 없",
    "-불가함": "할 수 없음",
    "-요망": "바랍니다",
    "-만전을 기": "빈틈없이 하",
    "-득하여": "받아서",
    "-기하고자": "하려고",
    "-일환으로": "하나로",
    "-도모": "꾀함",
    "-제고": "높임",
    "-지양": "삼감",
    "-저촉": "어긋남",
    "-수령": "받음",
    "-징구": "받음",
    "-필히": "꼭",
    "-부득이": "어쩔 수 없이",
    "-상이한": "다른",
    "-상이하": "다르",
    "-소정의": "정해진",
    "-여하한": "어떤",
    "-양지하": "그렇게 알",
    "-양지 바랍": "그렇게 알아 주시기 바랍",
}
ENGLISH = {
    "pursuant to": "under, by",
    "hereby": "(leave it out)",
    "herewith": "with this",
    "herein": "here",
    "hereinafter": "from here on",
    "thereof": "of it",
    "therein": "in it",
    "aforementioned": "this, that",
    "abovementioned": "this, that",
    "above-mentioned": "this, that",
    "utilize": "use",
    "utilise": "use",
    "utilization": "use",
    "commence": "begin",
    "terminate": "end",
    "endeavour to": "try to",
    "endeavor to": "try to",
    "prior to": "before",
    "subsequent to": "after",
    "in the event that": "if",
    "in the event of": "if there is",
    "with regard to": "about",
    "with respect to": "about",
    "in respect of": "about",
    "in accordance with": "by, as … says",
    "for the purpose of": "to",
    "in order to": "to",
    "due to the fact that": "because",
    "at this point in time": "now",
    "at your earliest convenience": "soon",
    "please be advised": "(leave it out)",
    "please be informed": "(leave it out)",
    "remit to": "send to",
    "facilitate": "help",
    "ascertain": "find out",
    "expedite": "hasten",
    "furnish": "give",
    "notwithstanding": "even if, despite",
    "shall be deemed": "counts as",
    "forthwith": "at once",
    "the undersigned": "I, we",
    "duly": "(leave it out)",
    "under review": "by when who decides what",
    "under consideration": "by when who decides what",
    "in due course": "by a date",
}
SENTENCE_END = re.compile(r"(?<=[.!?。…])[\"'”’)\]]*\s+|\n+")
WORD = re.compile(r"[0-9A-Za-z가-힣][^\s]*")
HANGUL = re.compile("[가-힣]")
ABBREVIATED = re.compile(r"\b(?:e\.g|i\.e|No|Mr|Ms|Dr|St)\.\s", re.IGNORECASE)


@dataclass(frozen=True)
class Finding:
    """One place to write more plainly: an official's word with a plain one, or a long sentence.

    For a sentence `use` is "" and `words` how many it has.
    """

    found: str
    use: str = ""
    words: int = 0

    @property
    def is_long(self) -> bool:
        """A sentence to cut in two."""
        return self.words > 0


def _korean(banned: str) -> str:
    alone = "(?<![가-힣])" if banned.startswith("-") else ""
    return alone + re.escape(banned.removeprefix("-"))


def _english(banned: str) -> str:
    """With the endings of a verb."""
    if banned.endswith("e"):
        return rf"\b{re.escape(banned[:-1])}(?:e[sd]?|ing)\b"
    return rf"\b{re.escape(banned)}(?:s|ed|ing)?\b"


@lru_cache(maxsize=1)
def _official() -> re.Pattern[str]:
    """Made where somebody writes: it takes long, and most processes never look."""
    korean = (_korean(one) for one in sorted(KOREAN, key=len, reverse=True))
    english = (_english(one) for one in sorted(ENGLISH, key=len, reverse=True))
    return re.compile("|".join([*korean, *english]), re.IGNORECASE)


_PLAIN = {key.removeprefix("-"): use for key, use in {**KOREAN, **ENGLISH}.items()}


def findings(text: str) -> list[Finding]:
    """What could be said more plainly, each word once, in the order of the text."""
    return [*_words(text), *_sentences(text)]


def _words(text: str) -> Iterator[Finding]:
    seen = set()
    for one in _official().finditer(text):
        word = one[0]
        if word.casefold() not in seen:
            seen.add(word.casefold())
            yield Finding(word, _use(word))


def _use(word: str) -> str:
    """The plain word; an English one may stand there with an ending."""
    low = word.casefold()
    stems = (low, low[:-1], low[:-2], low[:-3], f"{low[:-3]}e")
    return next((_PLAIN[stem] for stem in stems if stem in _PLAIN), "")


def _sentences(text: str) -> Iterator[Finding]:
    whole = ABBREVIATED.sub(lambda found: found[0].rstrip(" ."), text)
    for sentence in SENTENCE_END.split(whole):
        count = len(WORD.findall(sentence))
        most = LONGEST_KO if HANGUL.search(sentence) else LONGEST_EN
        if count > most:
            yield Finding(sentence.strip(), words=count)
