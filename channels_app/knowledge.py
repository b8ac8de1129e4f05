"""Which articles answer what somebody writes or looks for: found by an index, weighed by words.

Rare pieces of the text lead to the articles, so that thirteen thousand cost no more than a few: a
piece that stands in many is not followed, and counts for little.
"""

import logging
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from django.db import OperationalError, connection, transaction
from psycopg.errors import QueryCanceled

from channels_app.article_rules import ARTICLE_SHOWN
from channels_app.models import KnowledgeArticle
from channels_app.models.articles import Words
from channels_app.text.grams import in_question, telling_grams_of
from lifecycle import clock

log = logging.getLogger(__name__)
LATE = 0.5  # seconds; no page waits longer for it
LONGEST = 400  # characters of a text that are looked at
MOST_GRAMS = 40
FOLLOWED = 500  # articles that the pieces followed may lead to, together
OF_ONE = 150  # articles that one piece leads to
RARE = 15  # articles that a piece is thought to stand in, if nobody has counted it
WEIGHED = 20  # candidates
IN_ANSWER = 0.4  # what a piece counts that stands in the answer alone
FEWEST = 2.0  # pieces a question counts as at least: one word alone proves little

SETTINGS = (
    "SELECT set_config('statement_timeout', %s, true), set_config('enable_seqscan', 'off', true)"
)
# What ANALYZE has counted: the share of articles that hold a piece. Of a rare one it knows nothing.
SHARES = """
SELECT piece, share * greatest(reltuples, 0) FROM pg_stats
JOIN pg_class ON pg_class.oid = 'channels_app_knowledgearticle'::regclass,
LATERAL unnest(most_common_elems::text::text[], most_common_elem_freqs) AS common (piece, share)
WHERE schemaname = current_schema AND tablename = 'channels_app_knowledgearticle'
  AND attname = 'grams' AND piece = ANY(%s)
"""
# Which articles hold each piece; the rarer a piece, the more it says.
CANDIDATES = f"""
WITH hit AS MATERIALIZED (
  SELECT piece, found.id FROM unnest(%(pieces)s::varchar[]) AS asked (piece)
  CROSS JOIN LATERAL (
    SELECT id FROM channels_app_knowledgearticle
    WHERE grams @> ARRAY[piece] AND withdrawn_at IS NULL AND published_at <= %(now)s
    LIMIT {OF_ONE}
  ) found
), rarity AS (SELECT piece, count(*) AS n FROM hit GROUP BY piece)
SELECT hit.id, array_agg(piece), array_agg(n) FROM hit JOIN rarity USING (piece)
GROUP BY hit.id ORDER BY sum(1 / (1 + ln(n))) DESC, hit.id DESC LIMIT {WEIGHED}
"""  # noqa: S608 - constants of this module


@dataclass(frozen=True)
class Found:
    """An article that may answer; `closeness` is 0 to 1. `words` says in which language it is."""

    article: KnowledgeArticle
    words: Words
    closeness: float


def fitting(text: str, *, language: str, limit: int = 3) -> list[Found]:
    """Articles that perhaps answer this text already, best first; none where none fits well."""
    least = ARTICLE_SHOWN.value()
    return [found for found in searched(text, language=language) if found.closeness >= least][
        :limit
    ]


def searched(text: str, *, language: str, limit: int = WEIGHED) -> list[Found]:
    """Articles in which words of this text stand, best first, however little; none when late.

    Those that can be read in `language` come before equal ones that can't.
    """
    pieces = telling_grams_of(text[:LONGEST])[:MOST_GRAMS]
    if not pieces:
        return []
    try:
        counts, candidates = _candidates(pieces)
    except OperationalError as problem:
        if not isinstance(problem.__cause__, QueryCanceled):
            raise
        log.warning("search for articles given up after %s s", LATE)
        return []
    weights = {piece: 1 / (1 + math.log(max(1, counts.get(piece, 1)))) for piece in pieces}
    articles = KnowledgeArticle.objects.shown().select_related("office")
    found = [
        Found(article, article.words_in(language), _closeness(article, weights))
        for article in articles.filter(pk__in=candidates)
    ]
    found.sort(key=lambda one: (-one.closeness, one.words.language != language, -one.article.pk))
    return found[:limit]


def _candidates(pieces: Sequence[str]) -> tuple[dict[str, float], list[int]]:
    """In how many articles each piece stands, and the best ones. Its settings leave no trace."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(SETTINGS, [f"{LATE * 1000:.0f}ms"])
        asked = [*pieces, *map(in_question, pieces)]
        cursor.execute(SHARES, [asked])
        counts = dict(cursor.fetchall())
        followed = _rarest(asked, counts)
        cursor.execute(CANDIDATES, {"pieces": followed, "now": clock.now()})
        hits = cursor.fetchall()
        transaction.set_rollback(True)
    for _pk, held, numbers in hits:
        for piece, number in zip(held, numbers, strict=True):
            counts[piece] = max(number, counts.get(piece, 0))
    return counts, [pk for pk, _held, _numbers in hits]


def _rarest(pieces: Sequence[str], counts: Mapping[str, float]) -> list[str]:
    """Those that together lead to few articles, and at least the rarest one."""
    by_rarity = sorted(pieces, key=lambda piece: counts.get(piece, RARE))
    sums = list(accumulate(counts.get(piece, RARE) for piece in by_rarity))
    few = [piece for piece, total in zip(by_rarity, sums, strict=True) if total <= FOLLOWED]
    return few or by_rarity[:1]


def _closeness(article: KnowledgeArticle, weights: Mapping[str, float]) -> float:
    """How much of the shorter one, text or question, stands in the other; the best language."""
    held = set(article.grams)
    questions = (article.question_ko, article.question_en)
    return max(
        _close(telling_grams_of(question), held, weights) for question in questions if question
    )


def _close(question: Sequence[str], held: set[str], weights: Mapping[str, float]) -> float:
    text = sum(weights.values())
    usual = text / len(weights)
    in_both = sum(weights.get(piece, 0) for piece in question)
    in_answer = sum(weights[piece] for piece in held.difference(question) & weights.keys())
    whole = sum(weights.get(piece, usual) for piece in question)
    common = in_both + IN_ANSWER * in_answer
    return min(1.0, common / max(FEWEST * usual, min(text, whole)))
