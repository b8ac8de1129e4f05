"""What others have said about the same matter: ranked by words and place, never joined by itself.

Two stages, so that a hundred thousand messages cost little more than a few: the trigram index of
the last months and the newest ones around the place give some hundred candidates, only these are
weighed.
"""

import logging
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import OperationalError, connection, transaction
from psycopg.errors import QueryCanceled

from channels_app import rules
from channels_app.models import Message
from channels_app.states import IN_HAND, MessageStatus
from lifecycle import clock
from people.models import Office

log = logging.getLogger(__name__)
WORD = re.compile(r"\w+")
LATE = 1.0  # seconds; a page does not wait longer for suggestions
LONGEST = 400  # characters of the question that are compared
# A text that stands whole inside a longer one reaches half of what equal texts reach.
PART_COUNTS = 0.5
NEARBY, SAME_BOROUGH, OTHER_BOROUGH = 0.15, 0.05, -0.15
BY_WORDS, BY_PLACE = 60, 200  # candidates
METRES_A_DEGREE = 111_320.0
OFFERED = (*IN_HAND, MessageStatus.ANSWERED, MessageStatus.REPLIED)

# Comparing a text takes a hundred times what the planner thinks: in a small city it would compare
# them all rather than ask the index.
SETTINGS = """
SELECT set_config('statement_timeout', %(late)s, true),
       set_config('cpu_operator_cost', '0.25', true),
       set_config('pg_trgm.similarity_threshold', %(shown)s, true)
"""
OPEN_TO_ALL = "publication = 'public' AND status = ANY(%(offered)s) AND received_at > %(since)s"
# Written as the index of the words has it, so that older months are never read.
LATELY = (
    "date_trunc('month', received_at AT TIME ZONE 'UTC')"
    " >= date_trunc('month', %(since)s::timestamptz AT TIME ZONE 'UTC')"
)
BY_WORDS_SQL = f"""
SELECT id FROM channels_app_message
WHERE {OPEN_TO_ALL} AND {LATELY} AND masked_text %% %(text)s
ORDER BY similarity(masked_text, %(text)s) DESC LIMIT {BY_WORDS}
"""  # noqa: S608 - constants of this module
# A short question may stand inside a long text: its longest words find that by the index, who has
# both first. `%%>` and `%%` would too, but weigh thousands for it: half a second.
SHORT, PIECES = 40, 2
BY_PIECES_SQL = f"""
WITH found AS MATERIALIZED (
  SELECT id, masked_text LIKE %(one)s AND masked_text LIKE %(other)s AS whole,
         abs(length(masked_text) - length(%(text)s)) AS longer
  FROM channels_app_message
  WHERE {OPEN_TO_ALL} AND {LATELY} AND (masked_text LIKE %(one)s OR masked_text LIKE %(other)s)
)
SELECT id FROM found ORDER BY whole DESC, longer, id DESC LIMIT {BY_WORDS}
"""  # noqa: S608 - constants of this module
BY_BOROUGH_SQL = f"""
SELECT id FROM channels_app_message WHERE {OPEN_TO_ALL} AND borough_id = %(borough)s
ORDER BY received_at DESC, id DESC LIMIT {BY_PLACE}
"""  # noqa: S608 - constants of this module
# What only the office reads: the same said on the phone, or by somebody who wants no readers.
BY_OFFICE_SQL = f"""
SELECT id FROM (
  SELECT id, status FROM channels_app_message
  WHERE office_id = %(at)s AND publication <> 'public' AND status <> 'set_aside'
  ORDER BY received_at DESC, id DESC LIMIT {BY_PLACE}
) newest WHERE status = ANY(%(open)s)
"""  # noqa: S608 - constants of this module
# How much of the shorter one stands in the longer one follows from both numbers of trigrams: with
# i in common, similarity is i / (q + t - i). A word or two stand everywhere and say nothing.
FEWEST = 8
WEIGH_SQL = f"""
SELECT id, CASE WHEN least(q, t) < {FEWEST} THEN s
                ELSE greatest(s, {PART_COUNTS} * s * (q + t) / ((1 + s) * least(q, t))) END
FROM (
  SELECT id, similarity(masked_text, %(text)s) AS s, cardinality(show_trgm(masked_text)) AS t,
         cardinality(show_trgm(%(text)s)) AS q
  FROM channels_app_message WHERE id = ANY(%(candidates)s)
) compared
"""  # noqa: S608 - constants of this module


@dataclass(frozen=True)
class Similar:
    """A public message like the one being written; `closeness` is 0 to 1, words and place."""

    message: Message
    closeness: float

    @property
    def is_probably_same(self) -> bool:
        """Close enough to be offered in these words."""
        return self.closeness >= rules.SIMILAR_SAME.value()

    @property
    def is_answered(self) -> bool:
        """Its answer can be read now."""
        return self.message.status == MessageStatus.REPLIED


def similar_to(
    text: str,
    *,
    borough: Office | None = None,
    position: tuple[float, float] | None = None,
    limit: int = 5,
    at: Office | None = None,
) -> list[Similar]:
    """The closest public messages of the Rulebook's days, best first; none when it gets late.

    For the officers of `at` also what is open there and nobody else reads: ask for the right first.
    """
    text = text[:LONGEST].strip()
    if not text or rules.SIMILAR_SEARCH.value() == rules.OFF:
        return []
    try:
        alike = _weighed(text, borough, at)
    except OperationalError as problem:
        if not isinstance(problem.__cause__, QueryCanceled):
            raise
        log.warning("similar search given up after %s s", LATE)
        return []
    return _ranked(alike, borough, position)[:limit]


def _weighed(text: str, borough: Office | None, at: Office | None) -> dict[int, float]:
    """Candidates and how alike their words are. Rolled back: its settings leave no trace."""
    pieces = _pieces(text) if len(text) < SHORT else []
    asked: dict[str, Any] = {
        "text": text,
        "since": clock.now() - timedelta(days=rules.SIMILAR_DAYS.value()),
        "offered": [str(status) for status in OFFERED],
        "late": f"{LATE * 1000:.0f}ms",
        "shown": str(rules.SIMILAR_SHOWN.value()),
        "one": pieces[0] if pieces else "",
        "other": pieces[-1] if pieces else "",
        "borough": borough and borough.pk,
        "at": at and at.pk,
        "open": [str(status) for status in IN_HAND],
    }
    searches = {
        BY_WORDS_SQL: len(text) >= SHORT,
        BY_PIECES_SQL: pieces,
        BY_BOROUGH_SQL: borough,
        BY_OFFICE_SQL: at,
    }
    found: set[int] = set()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(SETTINGS, asked)
        for search in [statement for statement, wanted in searches.items() if wanted]:
            cursor.execute(search, asked)
            found |= {row[0] for row in cursor.fetchall()}
        cursor.execute(WEIGH_SQL, {"text": text, "candidates": list(found)})
        alike = dict(cursor.fetchall())
        transaction.set_rollback(True)
    return alike


def _pieces(text: str) -> list[str]:
    """The longest words as patterns, without the syllable at the end that Korean hangs on."""
    words = {word[:-1] if len(word) > 3 else word for word in WORD.findall(text)}
    longest = sorted((word for word in words if len(word) > 2), key=lambda word: (-len(word), word))
    return [f"%{word}%" for word in longest[:PIECES]]


def _ranked(
    alike: dict[int, float], borough: Office | None, position: tuple[float, float] | None
) -> list[Similar]:
    """Only what is close enough to be shown."""
    shown = rules.SIMILAR_SHOWN.value()
    likely = [pk for pk, words in alike.items() if words + NEARBY >= shown]
    messages: Iterable[Message] = Message.objects.select_related("office", "borough").filter(
        pk__in=likely
    )
    found = [
        Similar(message, min(1.0, alike[message.pk] + _place(message, borough, position)))
        for message in messages
    ]
    close = [one for one in found if one.closeness >= shown]
    return sorted(close, key=lambda one: (-one.closeness, -one.message.pk))


def _place(message: Message, borough: Office | None, position: tuple[float, float] | None) -> float:
    """What the place adds. Only what is public counts, or a stranger could measure the rest."""
    there = message.public_position
    if position and there and metres(position, there) <= rules.SIMILAR_METRES.value():
        return NEARBY
    if borough is None or message.borough_id is None:
        return 0.0
    return SAME_BOROUGH if message.borough_id == borough.pk else OTHER_BOROUGH


def metres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The distance of two positions inside a city, on a plane."""
    north = (one[0] - other[0]) * METRES_A_DEGREE
    east = (one[1] - other[1]) * METRES_A_DEGREE * math.cos(math.radians(one[0]))
    return math.hypot(north, east)
