"""What is suggested already, and what the city does already, for whoever is about to suggest it.

In two stages, as for messages: the trigram index gives some tens of candidates, only these are
weighed. Nothing is joined by itself.
"""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import OperationalError, connection, transaction
from django.db.backends.utils import CursorWrapper
from psycopg.errors import QueryCanceled

from channels_app import rules as message_rules
from channels_app.offered import Offered
from channels_app.similar import FEWEST, LATE, LONGEST, PART_COUNTS, SETTINGS, SHORT, WORD
from suggestions.models import Policy, Suggestion
from suggestions.states import DISCUSSABLE, UNDER_WAY

log = logging.getLogger(__name__)
OFFERED = sorted(str(status) for status in DISCUSSABLE | UNDER_WAY)
MOST = 60  # candidates
PIECES = 3
# The database thinks that comparing five thousand texts is cheaper than asking the index: 400 ms
# against 2.
BY_INDEX = f"{SETTINGS.rstrip()}, set_config('enable_seqscan', 'off', true)"
# First the words, then the status: asked for both at once, the database reads every open one.
BY_WORDS_SQL = f"""
WITH alike AS MATERIALIZED (
  SELECT id, status, similarity(masked_text, %(text)s) AS closeness
  FROM suggestions_suggestion WHERE masked_text %% %(text)s
)
SELECT id FROM alike WHERE status = ANY(%(offered)s) ORDER BY closeness DESC LIMIT {MOST}
"""  # noqa: S608 - constants of this module
# A short question may stand inside a long text: its longest words find that.
BY_PIECES_SQL = f"""
WITH alike AS MATERIALIZED (
  SELECT id, status, masked_text LIKE ALL(%(pieces)s) AS whole
  FROM suggestions_suggestion WHERE masked_text LIKE ANY(%(pieces)s)
)
SELECT id FROM alike WHERE status = ANY(%(offered)s) ORDER BY whole DESC, id DESC LIMIT {MOST}
"""  # noqa: S608 - constants of this module
# As messages are weighed: how much of the shorter text stands in the longer one counts, too.
WEIGH_SQL = f"""
SELECT id, CASE WHEN least(q, t) < {FEWEST} THEN s
                ELSE greatest(s, {PART_COUNTS} * s * (q + t) / ((1 + s) * least(q, t))) END
FROM (
  SELECT id, similarity(masked_text, %(text)s) AS s, cardinality(show_trgm(masked_text)) AS t,
         cardinality(show_trgm(%(text)s)) AS q
  FROM suggestions_suggestion WHERE id = ANY(%(candidates)s)
) compared
"""  # noqa: S608 - constants of this module
# A policy is long and formal, the question short and plain: they share a few words that weigh much.
# The index finds whichever has one of them, then all of them are weighed.
POLICIES_SQL = """
WITH policy AS MATERIALIZED (
  SELECT id, words FROM suggestions_policy
  WHERE ended_on IS NULL AND words LIKE ANY(%(indexed)s)
)
SELECT policy.id
FROM policy JOIN unnest(%(pieces)s::text[], %(weights)s::real[]) AS piece(pattern, weight)
  ON policy.words LIKE piece.pattern
GROUP BY policy.id HAVING sum(piece.weight) >= %(least)s
ORDER BY sum(piece.weight) DESC, policy.id LIMIT %(limit)s
"""
MANY_PIECES, WEIGHT_OF_A_POLICY = 8, 3.0


@dataclass(frozen=True)
class Similar:
    """A suggestion like the one being written; `closeness` is 0 to 1."""

    suggestion: Suggestion
    closeness: float

    @property
    def is_probably_same(self) -> bool:
        """Close enough to be offered in these words."""
        return self.closeness >= message_rules.SIMILAR_SAME.value()


@dataclass(frozen=True)
class Known:
    """What a page shows in place to whoever writes: both lists may be empty."""

    ideas: Sequence[Similar]
    policies: Sequence[Policy]

    def __bool__(self) -> bool:
        return bool(self.ideas or self.policies)


def known(text: str, *, ideas: int = 3, policies: int = 2) -> Known:
    """The closest public suggestions and policies in force, best first; none when it gets late."""
    text = text[:LONGEST].strip()
    if not text or message_rules.SIMILAR_SEARCH.value() == message_rules.OFF:
        return Known((), ())
    try:
        with transaction.atomic():
            return Known(_ideas(text, ideas), _policies(text, policies))
    except OperationalError as problem:
        if not isinstance(problem.__cause__, QueryCanceled):
            raise
        log.warning("similar suggestions given up after %s s", LATE)
        return Known((), ())


def offered(text: str) -> Offered | None:
    """For the check page: the part that shows them, or nothing."""
    found = known(text)
    return Offered("suggestions/known.html", found) if found else None


def _ideas(text: str, limit: int) -> list[Similar]:
    alike = closest(text, shown=message_rules.SIMILAR_SHOWN.value(), in_pieces=True)
    rows = Suggestion.objects.public().select_related("department", "office")
    found = [Similar(row, alike[row.pk]) for row in rows.filter(pk__in=alike)]
    return sorted(found, key=lambda one: (-one.closeness, -one.suggestion.pk))[:limit]


def closest(text: str, *, shown: float, in_pieces: bool = False) -> dict[int, float]:
    """Suggestions on their way and how alike their words are, from `shown` on.

    With `in_pieces` a short text is also looked for inside longer ones. What it sets for the
    database is rolled back: it leaves no trace.
    """
    text = text[:LONGEST].strip()
    pieces = patterns(text) if in_pieces and len(text) < SHORT else []
    asked: dict[str, Any] = {"text": text, "offered": OFFERED, "pieces": pieces}
    with _by_index(shown) as cursor:
        cursor.execute(BY_PIECES_SQL if pieces else BY_WORDS_SQL, asked)
        candidates = [row[0] for row in cursor.fetchall()]
        cursor.execute(WEIGH_SQL, {"text": text, "candidates": candidates})
        alike = {pk: float(closeness) for pk, closeness in cursor.fetchall()}
    return {pk: closeness for pk, closeness in alike.items() if closeness >= shown}


@contextmanager
def _by_index(shown: float) -> Iterator[CursorWrapper]:
    """The index is asked, and not for long."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(BY_INDEX, {"late": f"{LATE * 1000:.0f}ms", "shown": str(shown)})
        yield cursor
        transaction.set_rollback(True)


def patterns(text: str, most: int = PIECES) -> list[str]:
    """The longest words, without the syllable at the end that Korean hangs on."""
    words = {word[:-1] if len(word) > 3 else word for word in WORD.findall(text)}
    longest = sorted((word for word in words if len(word) > 1), key=lambda word: (-len(word), word))
    return [f"%{word}%" for word in longest[:most]]


def _weight(pattern: str) -> float:
    """A Korean syllable says as much as two letters."""
    signs = len(pattern) - 2
    return (signs / 2 if pattern.isascii() else float(signs)) - 1


def _indexed(pattern: str) -> str:
    """The index knows three signs in a row: two are looked for where a word begins."""
    return pattern if len(pattern) > 4 else f"% {pattern[1:]}"


def _policies(text: str, limit: int) -> list[Policy]:
    pieces = [piece for piece in patterns(text.lower(), MANY_PIECES) if _weight(piece) > 0]
    asked: dict[str, Any] = {
        "pieces": pieces,
        "indexed": [_indexed(piece) for piece in pieces],
        "weights": [_weight(piece) for piece in pieces],
        "least": WEIGHT_OF_A_POLICY,
        "limit": limit,
    }
    with _by_index(1) as cursor:
        cursor.execute(POLICIES_SQL, asked)
        close = [pk for (pk,) in cursor.fetchall()]
    rows = Policy.objects.select_related("office").in_bulk(close)
    return [rows[pk] for pk in close]
