"""Pieces of words by which an index finds a text: pairs of syllables, and whole foreign words.

Korean hangs its endings on the word, and its nouns grow together: 대형폐기물을 holds 폐기물. Every
pair of neighbouring syllables is a piece, so that a word of two syllables is found wherever it
stands.
"""

import re

from channels_app.text.normal import folded

RUN = re.compile(r"[가-힣]+|[a-z0-9]+")
HANGUL = re.compile("[가-힣]")
MOST = 400  # pieces of one text; what comes later says little new
# What endings, polite forms and little words are made of: it stands everywhere and says nothing.
_KOREAN = """
어떻 떻게 나요 에서 습니 니다 합니 하나 싶어 어요 있나 있는 있습 인가 가요 하고 하는 해야 야 하려
려면 으로 에는 에게 까지 부터 입니 됩니 되나 하면 면 무엇 엇을 어디 디서 디에 언제 얼마 해요 아요
세요 주세 는데 은데 인데 거나 지만 그리 리고 이나 이라 라고 려고 고 싶습 었습 았습 했습 겠습 을까
할까 까요 하여 해서 아서 어서 여서 없나 없는 없어 알고 려주 다면 는지 하지 지요 네요 대로 에도
것이 것은 것을 수가 때문 문에 매우 너무 너 정말 우리 저희 제가 안녕 녕하 하세 받을 받나 하기 할
을수 을 는 를 이 가 의 에 과 와 도 만 좀
"""
_ENGLISH = """
a an and any are as at be by can could do does for from get have how i if in is it its me my of
on or our should so that the their there they this to was we what when where which who why will
with would you your not no need want please
"""
LITTLE = frozenset((*_KOREAN.split(), *_ENGLISH.split()))


def grams_of(text: str) -> list[str]:
    """Every piece once, in the order of the text, at most MOST."""
    found: dict[str, None] = {}
    for run in RUN.findall(folded(text)):
        found.update(dict.fromkeys(_pieces(run)))
    return list(found)[:MOST]


def telling_grams_of(text: str) -> list[str]:
    """Those that say something; all of them where none does."""
    pieces = grams_of(text)
    return [piece for piece in pieces if piece not in LITTLE] or pieces


def in_question(piece: str) -> str:
    """The piece as it is kept once more where it stands in the question."""
    return f"={piece}"


def _pieces(run: str) -> list[str]:
    if not HANGUL.match(run):
        word = run[:-1] if len(run) > 3 and run.endswith("s") else run
        return [word] if len(word) > 1 else []
    return [run[at : at + 2] for at in range(len(run) - 1)] or [run]
