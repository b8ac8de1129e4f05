"""Search by words: pairs of letters in an index lead to the texts, the letters themselves decide.

In two stages, so that a word in every tenth of a million texts costs no more than a rare one: first
the newest some thousand are looked through, and only where they don't fill a page, the index of all
is asked. Both give the same rows in the same order, so pages follow each other without a gap.
"""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import OperationalError, connection, transaction
from psycopg.errors import QueryCanceled

from channels_app import keyset, search_rules
from channels_app.models.passages import trait
from channels_app.text.finding import distance, jamo_of, pieces_of, stems_of
from people.models import User

log = logging.getLogger(__name__)
PUBLIC = trait("public", 1)
LETTERS_A_SLIP = 4  # one wrong letter in so many is a slip of the finger
# Which index leads to the rows is not left to the statistics of a growing table.
SETTINGS = """
SELECT set_config('statement_timeout', %(late)s, true), set_config('enable_seqscan', 'off', true),
       set_config('jit', 'off', true), set_config('pg_trgm.similarity_threshold', '0.2', true)
"""
MATCHES = """
letters LIKE ALL (%(patterns)s) AND traits @> %(traits)s::varchar[]
AND (%(readers)s::varchar[] IS NULL OR traits && %(readers)s::varchar[])
AND (%(since)s::timestamptz IS NULL OR at >= %(since)s)
"""
AFTER = "(at, id) < (%(at)s, %(id)s)"
NEWEST = """
SELECT id, at FROM (
  SELECT id, at, letters, traits FROM channels_app_passage WHERE {where}
  ORDER BY at DESC, id DESC LIMIT %(newest)s
) newest WHERE {matches} ORDER BY at DESC, id DESC LIMIT %(most)s
"""
# OFFSET 0 keeps the order outside: inside, only the index of the pieces fits. All have to be looked
# at before the newest are known, so their number comes with them.
ALL = """
SELECT id, at, count(*) OVER () FROM (
  SELECT id, at, letters, traits FROM channels_app_passage
  WHERE pieces @@ %(pieces)s::tsquery OFFSET 0
) found WHERE {where} AND {matches} ORDER BY at DESC, id DESC LIMIT %(most)s
"""
COUNT = """
SELECT count(*) FROM (
  SELECT 1 FROM (
    SELECT at, letters, traits FROM channels_app_passage
    WHERE pieces @@ %(pieces)s::tsquery OFFSET 0
  ) found WHERE {matches} LIMIT %(most)s
) counted
"""
ALIKE = """
SELECT word, jamo, seen FROM channels_app_knownword
WHERE jamo %% %(jamo)s AND seen >= %(least)s
ORDER BY similarity(jamo, %(jamo)s) DESC, seen DESC, word LIMIT 30
"""


class TooLateError(Exception):
    """The search was given up: the page says so in plain words."""


@dataclass(frozen=True)
class Asked:
    """What somebody looks for: words, what it is narrowed to, and as whom.

    `user` None is everybody; officers find what their offices may read.
    """

    words: Sequence[str]
    traits: Sequence[str] = ()
    since: datetime | None = None
    user: User | None = None

    @property
    def readers(self) -> list[str] | None:
        """One of these has to stand on a text; None where all may be found."""
        if self.user is None:
            return [PUBLIC]
        if self.user.is_at_centre or self.user.is_auditor or self.user.is_in_mayors_office:
            return None
        return [PUBLIC, *(trait("reader", office) for office in sorted(self.user.offices))]

    @property
    def pieces(self) -> str:
        """What the index is asked: not who may read it, for most texts are everyone's."""
        wanted = [piece for word in self.words for piece in pieces_of(word)]
        return " & ".join(f"'{piece}'" for piece in (*dict.fromkeys(wanted), *self.traits))

    @property
    def needs(self) -> dict[str, Any]:
        """What the statements are filled with."""
        return {
            "patterns": [f"%{word}%" for word in self.words],
            "pieces": self.pieces,
            "traits": list(self.traits),
            "readers": self.readers,
            "since": self.since,
        }


@dataclass(frozen=True)
class Hits:
    """The keys of one page in their order, and the key of the next ("" at the end).

    `total` is how many there are in all, where a first page had to look at all of them.
    """

    keys: Sequence[int]
    next_key: str = ""
    total: int | None = None


def find(asked: Asked, *, after: str = "", size: int = 20) -> Hits:
    """One page of what has all these words, newest first. Raises TooLateError."""
    if not asked.words:
        return Hits([])
    begins = ["TRUE"] if (key := keyset.read(after)) is None else [AFTER]
    public = ["public"] if asked.user is None else []
    at, pk = key or (None, None)
    newest = search_rules.SEARCH_NEWEST.value()
    needs = {**asked.needs, "at": at, "id": pk, "newest": newest, "most": size + 1}
    with in_time() as ask:
        rows = ask(NEWEST.format(where=" AND ".join(public + begins), matches=MATCHES), needs)
        seen_all = len(rows) <= size
        if seen_all:
            rows = ask(ALL.format(where=begins[0], matches=MATCHES), needs)
    more = len(rows) > size
    next_key = keyset.key_of(rows[size - 1][1], rows[size - 1][0]) if more else ""
    total = (rows[0][2] if rows else 0) if seen_all and key is None else None
    return Hits([row[0] for row in rows[:size]], next_key, total)


def count(asked: Asked, hits: Hits | None = None) -> int:
    """How many there are; one more than the Rulebook counts to says: even more.

    `hits` is the first page, if it was asked for already: it may know.
    """
    if not asked.words:
        return 0
    most = search_rules.SEARCH_COUNTED.value() + 1
    if hits and hits.total is not None:
        return min(hits.total, most)
    needs = {**asked.needs, "most": most}
    with in_time() as ask:
        found: int = ask(COUNT.format(matches=MATCHES), needs)[0][0]
    return found


def meant(words: Sequence[str]) -> list[str]:
    """The words that were probably meant, taken from those that many use; none where all are known.

    For a search that found nothing: it looks at words letter by letter, which takes longer.
    """
    with in_time() as ask:
        better = [_better(word, ask) for word in words]
    return better if better != list(words) else []


def _better(word: str, ask: "Ask") -> str:
    """Mistyped with its ending or without."""
    for stem in sorted(stems_of(word), key=len, reverse=True):
        if known := _nearest(stem, ask):
            return known + word[len(stem) :]
    return word


def _nearest(word: str, ask: "Ask") -> str:
    """The known word with the fewest other letters, the more common one first."""
    jamo = jamo_of(word)
    least = search_rules.SEARCH_WORD_SEEN.value()
    near = [
        (distance(jamo, letters), -seen, known)
        for known, letters, seen in ask(ALIKE, {"jamo": jamo, "least": least})
    ]
    nearest = min(near, default=None)
    return nearest[2] if nearest and nearest[0] <= max(1, len(jamo) // LETTERS_A_SLIP) else ""


Ask = Callable[[str, Mapping[str, Any]], list[tuple[Any, ...]]]


@contextmanager
def in_time() -> Iterator[Ask]:
    """Rolled back: its settings leave no trace. Raises TooLateError once the patience is over."""
    late = search_rules.SEARCH_PATIENCE.value()
    try:
        with transaction.atomic(), connection.cursor() as cursor:

            def ask(statement: str, needs: Mapping[str, Any]) -> list[tuple[Any, ...]]:
                cursor.execute(statement, needs)
                rows: list[tuple[Any, ...]] = cursor.fetchall()
                return rows

            ask(SETTINGS, {"late": f"{late}ms"})
            yield ask
            transaction.set_rollback(True)
    except OperationalError as problem:
        if not isinstance(problem.__cause__, QueryCanceled):
            raise
        log.warning("search given up after %s ms", late)
        raise TooLateError from problem
