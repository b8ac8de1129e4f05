"""From rows to numbers: whole days are counted anew, by one statement a table.

A day that changed is counted from nothing again; so it does not matter how often or how late.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction

from channels_app import tallies
from mayors_office.models import STATES, Changed, Count, Slow, Span, StaleMonth

SLOWEST = 20
AT_ONCE = 31  # days in one transaction
LOCK = 0x6D61796F72  # "mayor": one counts at a time
ONE_DAY = timedelta(days=1)

# Every message that came in within these days, with what the numbers ask of it.
ROWS = """
WITH rows AS MATERIALIZED (
  SELECT m.id, (m.received_at AT TIME ZONE 'Asia/Seoul')::date AS day,
    m.office_id, m.borough_id, m.channel, m.status, m.received_at, m.moves,
    m.publication = 'public' AND m.status <> 'set_aside' AS shown,
    m.met_at - m.received_at AS answer, m.met_at <= m.met_due_at AS in_time,
    CASE WHEN m.status IN ('routed', 'at_work', 'answered', 'replied') THEN (
      SELECT max(d.at) FROM channels_app_routingdecision d
      WHERE d.message_id = m.id AND d.office_id = m.office_id
    ) - m.received_at END AS route
  FROM channels_app_message m WHERE m.received_at >= %s AND m.received_at < %s
)
"""
PLACE = """day,
  CASE GROUPING(borough_id, office_id) WHEN 3 THEN 'city' WHEN 1 THEN 'borough' ELSE 'office' END
    AS scope,
  CASE GROUPING(borough_id, office_id) WHEN 1 THEN borough_id WHEN 2 THEN office_id END
    AS place_id,
  shown"""
BY_PLACE = (
    "GROUP BY GROUPING SETS ((day, shown{by}), (day, shown, borough_id{by}),"
    " (day, shown, office_id{by}))"
)
_STATES = ", ".join(f"count(*) FILTER (WHERE status = '{state}')" for state in STATES)
COUNTS = f"""
SELECT {PLACE}, channel, count(*), {_STATES}, count(answer), count(*) FILTER (WHERE in_time),
  count(*) FILTER (WHERE moves > 0), sum(moves), max(received_at)
FROM rows {BY_PLACE.format(by=", channel")}
"""  # noqa: S608 - of words in this file
_MINUTES = "extract(epoch FROM took) / 60"
SPANS = f"""
SELECT {PLACE}, what,
  CASE WHEN {_MINUTES} < 1 THEN 0 ELSE 1 + floor(4 * ln({_MINUTES}) / ln(2))::int END AS bucket,
  count(*)
FROM rows CROSS JOIN LATERAL (VALUES ('answer', answer), ('route', route)) AS times(what, took)
WHERE took IS NOT NULL {BY_PLACE.format(by=", what, bucket")}
"""  # noqa: S608 - the same
SLOW = f"""
SELECT day, scope, place_id, shown, message_id, took FROM (
  SELECT day, scope, place_id, shown, id AS message_id, answer AS took,
    row_number() OVER (
      PARTITION BY day, shown, scope, place_id ORDER BY answer DESC, id
    ) AS rank
  FROM rows CROSS JOIN LATERAL (
    VALUES ('city', NULL), ('borough', borough_id), ('office', office_id)
  ) AS places(scope, place_id)
  WHERE answer IS NOT NULL
) ranked WHERE rank <= {SLOWEST}
"""  # noqa: S608 - the same


@dataclass(frozen=True)
class Table:
    """One table of numbers: its columns, and the statement that counts them from `rows`."""

    model: Any
    columns: Sequence[str]
    statement: str

    @property
    def name(self) -> str:
        """In the database."""
        return str(self.model._meta.db_table)


_PLACED = ("day", "scope", "place_id", "shown")
_LATER = ("met", "in_time", "moved", "moves", "last_at")
TABLES = (
    Table(Count, (*_PLACED, "channel", "came", *STATES, *_LATER), COUNTS),
    Table(Span, (*_PLACED, "what", "bucket", "count"), SPANS),
    Table(Slow, (*_PLACED, "message_id", "took"), SLOW),
)


def newest_changed() -> list[date]:
    """A batch of days that wait to be counted anew."""
    days = Changed.objects.order_by("-day").values_list("day", flat=True)
    return list(days.distinct()[:AT_ONCE])


def count_changed(days: Sequence[date]) -> bool:
    """Count these days anew; False where none of them waits any more, or somebody else counts.

    The rows of `Changed` are taken first and the messages read after: whatever commits in
    between is counted now and leaves its own row for the next time.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return False
        cursor.execute(TAKE, [list(days)])
        taken = {day for (day,) in cursor.fetchall()}
        for first, last in _runs(sorted(taken)):
            _count(first, last)
    return bool(taken)


TAKE = "DELETE FROM mayors_office_changed WHERE day = ANY(%s) RETURNING day"


def rebuild() -> Iterator[int]:
    """Count every day anew, in steps of a month; yields how many days were done.

    Raises nothing while others write: what changes meanwhile is counted by the next sweep.
    """
    for first, last in _months():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
            Changed.objects.filter(day__range=(first, last)).delete()
            _count(first, last)
        yield (last - first).days + 1


def differences() -> Iterator[str]:
    """Each number that is not what the rows say; days that still wait to be counted aside."""
    for first, last in _months():
        for table in TABLES:
            yield from _differences(table, first, last)


def total_days() -> int:
    """How many days `rebuild` goes through."""
    return sum((last - first).days + 1 for first, last in _months())


def _count(first: date, last: date) -> None:
    """These days, from nothing."""
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(
                f"DELETE FROM {table.name} WHERE day BETWEEN %s AND %s",  # noqa: S608 - our names
                [first, last],
            )
            cursor.execute(
                f"{ROWS} INSERT INTO {table.name} ({', '.join(table.columns)}) {table.statement}",
                _moments(first, last),
            )
    months = dict.fromkeys((first.replace(day=1), last.replace(day=1)))
    StaleMonth.objects.bulk_create(StaleMonth(month=month) for month in months)


def _differences(table: Table, first: date, last: date) -> Iterator[str]:
    names = ", ".join(table.columns)
    kept = f"SELECT {names} FROM {table.name} WHERE day BETWEEN %s AND %s"  # noqa: S608 - our names
    # One statement, so one moment: what waits to be counted then is no difference.
    both = f"""{ROWS}, counted({names}) AS ({table.statement}), kept AS ({kept})
    SELECT * FROM (
      SELECT 'kept', * FROM (TABLE kept EXCEPT ALL TABLE counted) a
      UNION ALL SELECT 'counted', * FROM (TABLE counted EXCEPT ALL TABLE kept) b
    ) unlike WHERE day NOT IN (SELECT day FROM mayors_office_changed)
    ORDER BY day, 1"""  # noqa: S608 - our names
    with connection.cursor() as cursor:
        cursor.execute(both, [*_moments(first, last), first, last])
        for side, *values in cursor.fetchall():
            told = ", ".join(f"{n}={v}" for n, v in zip(table.columns, values, strict=True))
            yield f"{table.name} {side}: {told}"


def _moments(first: date, last: date) -> list[Any]:
    return [tallies.start_of(first), tallies.start_of(last + ONE_DAY)]


def _runs(days: Sequence[date]) -> Iterator[tuple[date, date]]:
    """Days that follow one another, as one range each."""
    start = previous = None
    for day in days:
        if start is None or previous is None or day - previous > ONE_DAY:
            if start and previous:
                yield start, previous
            start = day
        previous = day
    if start and previous:
        yield start, previous


def _months() -> Iterator[tuple[date, date]]:
    """Every stretch of at most a month's days in which anything came in or is counted."""
    with connection.cursor() as cursor:
        cursor.execute(EXTENT)
        first, last = cursor.fetchone()
    while first is not None and first <= last:
        end = min(first + timedelta(days=AT_ONCE - 1), last)
        yield first, end
        first = end + ONE_DAY


EXTENT = """
SELECT least(min(day), (SELECT min(day) FROM mayors_office_count)),
  greatest(max(day), (SELECT max(day) FROM mayors_office_count))
FROM (
  SELECT (min(received_at) AT TIME ZONE 'Asia/Seoul')::date AS day FROM channels_app_message
  UNION ALL SELECT (max(received_at) AT TIME ZONE 'Asia/Seoul')::date FROM channels_app_message
) ends
"""
