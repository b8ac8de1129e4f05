"""Articles for everybody's tests: by the real action, and thousands at once for the index."""

import random
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pgtrigger
from django.db import connection

from channels_app import actions
from channels_app.models import ArticleTally, KnowledgeArticle
from lifecycle import clock
from people.models import Office, User
from tests.people import factories as people

QUESTION = "대형폐기물은 어떻게 버리나요?"
ANSWER = (
    "구청 누리집이나 주민센터에서 신고하고 수수료를 낸 다음, 정한 날 집 앞에 내놓으시면 됩니다."
)
QUESTION_EN = "How do I throw away a large piece of furniture?"
ANSWER_EN = "Report it to your borough office, pay the fee and put it in front of your door."
# What large libraries are made of: few words often, many rarely.
COMMON = """
서울시 신청 방법 안내 구청 주민센터 수수료 발급 등록 요금 지원 대상 기간 문의 이용 주차 버스
지하철 도서관 공원 세금 민원 확인 온라인 방문 서류 신분증 할인 환급 예약
"""
SYLLABLES = """
가강거건고공과구국금기나남내노다단대도동두라래로리마만면목무문민바반보부사산상생서선성세소수시신아안양어여
연영오용우운원유은의이인일자장재전정제조주중지진차창천청초치타태통파평포하한해행현형호화황회
"""


def write(
    *, office: Office | None = None, by: User | None = None, **words: Any
) -> KnowledgeArticle:
    """An article by an officer of its office; about large waste unless told otherwise."""
    office = office or people.make_office("recycling")
    source = words.pop("source", None)
    said = {"question_ko": QUESTION, "answer_ko": ANSWER, **words}
    by = by or people.officer_of(office)
    return actions.write_article(said, office=office, by=by, source=source)


def stale(days: int = 10, **words: Any) -> KnowledgeArticle:
    """An article whose review has been due for so many days."""
    with clock.at(clock.now() - timedelta(days=180 + days)):
        return write(**words)


def fill(count: int, *, by: User, office: Office) -> None:
    """So many articles with words as a large library has them, straight into the table."""
    dice = random.Random(42)
    common, syllables = COMMON.split(), "".join(SYLLABLES.split())
    rare = ["".join(dice.choices(syllables, k=dice.randint(2, 4))) for _n in range(4000)]
    moment = clock.now() - timedelta(days=30)
    with pgtrigger.ignore():
        made = KnowledgeArticle.objects.bulk_create(
            KnowledgeArticle(
                slug=f"filled-{number}",
                office=office,
                question_ko=" ".join([*dice.sample(common, 3), *_some(rare, dice, 3)]) + "?",
                answer_ko=" ".join([*dice.sample(common, 12), *_some(rare, dice, 30)]),
                published_at=moment,
                written_by=by,
                changed_by=by,
                changed_at=moment,
                reviewed_by=by,
                reviewed_at=moment - timedelta(minutes=number),
                review_by=moment + timedelta(days=180),
            )
            for number in range(count)
        )
    for article in made:
        article.grams = article.pieces
    KnowledgeArticle.objects.bulk_update(made, ["grams"], batch_size=500)
    ArticleTally.objects.bulk_create(ArticleTally(article=article) for article in made)
    with connection.cursor() as cursor:
        cursor.execute("SELECT gin_clean_pending_list('article_grams')")
        cursor.execute("ANALYZE channels_app_knowledgearticle")


def _some(words: list[str], dice: random.Random, count: int) -> Iterator[str]:
    """As language does: the first words often, the last ones seldom."""
    return (words[int(len(words) * dice.random() ** 2)] for _n in range(count))
