"""Keep the counts: add up what the triggers wrote, count all anew, compare, count the middles."""

from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction

from channels_app import tallies
from channels_app.models import CountedBy, MiddleTime, Span
from channels_app.models.counts import DAY_IN_SEOUL, MEASURES, counted
from lifecycle import clock

AT_ONCE = 20_000
COLUMNS = ", ".join(MEASURES)
SUMS = ", ".join(f"sum({name}) AS {name}" for name in MEASURES)
# Whoever adds up or counts anew is alone with it; who reads waits for nobody.
ALONE = "SELECT pg_advisory_xact_lock(hashtext('channels_app.daycount'))"
SPANS = {Span.DAY: "day", Span.MONTH: "date_trunc('month', day)::date"}
# Of rows with day, office, borough and measures: the cells of every kind of place and span.
CELLS = " UNION ALL ".join(
    f"SELECT '{by}' AS by, {by}_id AS place_id, '{span}' AS span, {day} AS day, {SUMS}"  # noqa: S608 - words of this module
    f" FROM {{rows}} GROUP BY {by}_id, {day}"
    for by in CountedBy.values
    for span, day in SPANS.items()
)
ADD_UP = f"""
WITH taken AS (
  DELETE FROM channels_app_countchange
  WHERE id IN (SELECT id FROM channels_app_countchange ORDER BY id LIMIT {AT_ONCE}) RETURNING *
), added AS (
  INSERT INTO channels_app_daycount (by, place_id, span, day, {COLUMNS})
  {CELLS.format(rows="taken")}
  ON CONFLICT (by, place_id, span, day) DO UPDATE
  SET {", ".join(f"{name} = channels_app_daycount.{name} + excluded.{name}" for name in MEASURES)}
)
SELECT count(*) FROM taken
"""  # noqa: S608 - words of this module
OF_MESSAGES = f"""
counted AS MATERIALIZED (
  SELECT day, office_id, borough_id, {SUMS} FROM (
    SELECT {DAY_IN_SEOUL.format(row="m")} AS day, office_id, borough_id, one.*
    FROM channels_app_message m, LATERAL (SELECT {counted("m")}) AS one({COLUMNS})
  ) rows GROUP BY day, office_id, borough_id
), cells AS ({CELLS.format(rows="counted")})
"""  # noqa: S608 - words of this module
# One statement sees one moment: what it deletes here is in what it counts, later changes stay.
COUNT_ANEW = f"""
WITH {OF_MESSAGES}, taken AS (DELETE FROM channels_app_countchange)
INSERT INTO channels_app_daycount (by, place_id, span, day, {COLUMNS})
SELECT by, place_id, span, day, {COLUMNS} FROM cells
UNION ALL
SELECT by, place_id, span, day, {", ".join("0" for _name in MEASURES)} FROM channels_app_daycount k
WHERE NOT EXISTS (
  SELECT FROM cells WHERE (cells.by, cells.span, cells.day) = (k.by, k.span, k.day)
                      AND cells.place_id IS NOT DISTINCT FROM k.place_id)
ORDER BY span, day, by
ON CONFLICT (by, place_id, span, day) DO UPDATE
SET {", ".join(f"{name} = excluded.{name}" for name in MEASURES)}
"""  # noqa: S608 - words of this module
COMPARE = f"""
WITH {OF_MESSAGES}, kept AS (
  SELECT by, place_id, span, day, {SUMS} FROM (
    SELECT by, place_id, span, day, {COLUMNS} FROM channels_app_daycount
    UNION ALL {CELLS.format(rows="channels_app_countchange")}
  ) rows GROUP BY by, place_id, span, day
), missing AS (
  SELECT by, place_id, span, day FROM (
    (SELECT * FROM kept EXCEPT SELECT * FROM cells)
    UNION (SELECT * FROM cells EXCEPT SELECT * FROM kept)
  ) other WHERE NOT ({" AND ".join(f"{name} = 0" for name in MEASURES)})
)
SELECT DISTINCT by, place_id, span, day FROM missing ORDER BY day, by, place_id, span
"""  # noqa: S608 - words of this module


@dataclass(frozen=True)
class Wrong:
    """A cell that does not hold what its rows say."""

    by: str
    place: int | None
    span: str
    day: date


def add_up_counts() -> int:
    """Move the oldest changes into their days and months; how many there were."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ALONE)
        cursor.execute(ADD_UP)
        taken: int = cursor.fetchone()[0]
    return taken


def count_anew() -> None:
    """Every day and month from the messages themselves, at one moment, while the portal runs."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute(ALONE)
        cursor.execute(COUNT_ANEW)


def wrong_counts() -> list[Wrong]:
    """Compare what is kept with the messages: nothing, unless somebody went past the triggers."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute(COMPARE)
        return [Wrong(*row) for row in cursor.fetchall()]


@transaction.atomic
def count_middles() -> None:
    """How long half of the first answers of the last year took, for every office and borough."""
    moment = clock.now()
    rows = [
        MiddleTime(by=by, place_id=place, took=took, counted_at=moment)
        for by in CountedBy.values
        for place, took in tallies.middles(by)
    ]
    MiddleTime.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["by", "place"],
        update_fields=["took", "counted_at"],
    )
    MiddleTime.objects.filter(counted_at__lt=moment).delete()
