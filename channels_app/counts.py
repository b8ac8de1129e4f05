"""Sums of what the triggers keep: exact at every moment, and as dear after a million messages.

A time that begins on any day and lasts until now is read from the days left of its first month
and the months after it, and from the changes that no sweep has added up yet: in one statement,
so that no change is missed or counted twice while a sweep moves it.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import connection

from channels_app.models.counts import MEASURES
from people.models import Office

FOR_EVER = date(1, 1, 1)
SUMS = """
SELECT place, {sums} FROM (
  SELECT place_id AS place, span, day, {measures} FROM channels_app_daycount
  WHERE by = %(by)s {of_place} AND ({kept})
  UNION ALL
  SELECT {by}_id AS place, 'change', day, {measures} FROM channels_app_countchange
  WHERE true {of_changed}
) counted GROUP BY place
"""


def sums(
    by: str, since: Mapping[str, date], place: Office | None = None
) -> dict[int | None, dict[str, int]]:
    """For each place that has any, the wanted measures, each of what was received since its day.

    `by` is "office" or "borough"; what has no place stands under None.
    """
    wanted = [name for name in MEASURES if name in since]
    known: dict[str, Any] = {"by": by, "place": place and place.pk}
    for name in wanted:
        known |= {name: since[name], f"{name}_months": first_month(since[name])}
    statement = SUMS.format(
        by=by,
        sums=", ".join(
            f"coalesce(sum({name}) FILTER (WHERE {_within(name)}), 0)" for name in wanted
        ),
        measures=", ".join(wanted),
        kept=" OR ".join(_kept(since[name], name) for name in wanted),
        of_place="AND place_id = %(place)s" if place else "",
        of_changed=f"AND {by}_id = %(place)s" if place else "",
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, known)
        return {row[0]: dict(zip(wanted, row[1:], strict=True)) for row in cursor.fetchall()}


def first_month(day: date) -> date:
    """The first day of a month that is not before this day."""
    return day if day.day == 1 else (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _kept(day: date, name: str) -> str:
    """Which rows of days and months one measure reads; no days where a month begins on its day."""
    months = f"span = 'month' AND day >= %({name}_months)s"
    if day.day == 1:
        return months
    return f"{months} OR span = 'day' AND day >= %({name})s AND day < %({name}_months)s"


def _within(name: str) -> str:
    return (
        f"span = 'month' AND day >= %({name}_months)s"
        f" OR span = 'day' AND day >= %({name})s AND day < %({name}_months)s"
        f" OR span = 'change' AND day >= %({name})s"
    )
