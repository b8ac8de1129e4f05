"""How many messages there are, kept so that asking costs the same after a million of them.

A trigger writes a `CountChange` in the transaction of every change of a message, a sweep adds
them up in `DayCount`; both together are the number of rows at every moment. What depends on the
clock (open, overdue) is not kept: it is counted from the open rows, which are few.
"""

import pgtrigger
from django.db import models
from django.db.models import Q

from people.models import Office

# What of a message decides where it counts.
DECIDING = (
    "received_at", "office", "borough", "publication", "status", "met_at", "met_due_at",
)  # fmt: skip
MEASURES = ("came", "replied", "in_time", "late", "not_shown")
DAY_IN_SEOUL = "({row}.received_at AT TIME ZONE 'Asia/Seoul')::date"
# The same questions as those of `tallies`, in SQL; a test compares them over random lives.
SHOWN = "({row}.publication = 'public' AND {row}.status <> 'set_aside')"
COUNTS = {
    "came": SHOWN,
    "replied": f"{SHOWN} AND {{row}}.status = 'replied'",
    "in_time": f"{SHOWN} AND coalesce({{row}}.met_at <= {{row}}.met_due_at, false)",
    "late": f"{SHOWN} AND coalesce({{row}}.met_at > {{row}}.met_due_at, false)",
    "not_shown": "{row}.publication <> 'public' AND {row}.status <> 'set_aside'",
}


def counted(row: str, sign: str = "") -> str:
    """SQL for the measures of one row, each 0 or 1 with this sign, parted by commas."""
    return ", ".join(f"{sign}({COUNTS[name].format(row=row)})::int" for name in MEASURES)


def _place(row: str) -> str:
    return f"{DAY_IN_SEOUL.format(row=row)}, {row}.office_id, {row}.borough_id"


def _written(row: str, sign: str = "") -> str:
    columns = ", ".join(("day", "office_id", "borough_id", *MEASURES))
    values = f"{_place(row)}, {counted(row, sign)}"
    return f"INSERT INTO channels_app_countchange ({columns}) VALUES ({values});"  # noqa: S608 - words of this module


def _trigger(name: str, operation: pgtrigger.Operation, written: str) -> pgtrigger.Trigger:
    condition = pgtrigger.AnyChange(*DECIDING) if operation == pgtrigger.Update else None
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.After,
        operation=operation,
        condition=condition,
        func=f"{written} RETURN NULL;",
    )


# Most changes of a message change nothing that is counted.
MOVED = (
    f"IF ({_place('OLD')}, {counted('OLD')}) IS DISTINCT FROM ({_place('NEW')}, {counted('NEW')})"
    f" THEN {_written('OLD', '-')} {_written('NEW')} END IF;"
)
COUNTED = [
    _trigger("counted_in", pgtrigger.Insert, _written("NEW")),
    _trigger("counted_anew", pgtrigger.Update, MOVED),
    _trigger("counted_out", pgtrigger.Delete, _written("OLD", "-")),
]


class Measures(models.Model):
    """Of public messages: how many came, are answered, were first answered in time, or late.

    And how many came that not everyone may read. What was set aside counts nowhere.
    """

    came = models.IntegerField()
    replied = models.IntegerField()
    in_time = models.IntegerField()
    late = models.IntegerField()
    not_shown = models.IntegerField()

    class Meta:
        abstract = True


class CountChange(Measures):
    """What one change of one message adds or takes, not added up yet; only a trigger writes it."""

    day = models.DateField()
    # Copied from a message, whose own key is checked; a second check would slow every change.
    office = models.ForeignKey(
        Office, models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )
    borough = models.ForeignKey(
        Office, models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.day}: {self.office_id}, {self.borough_id}"


class Span(models.TextChoices):
    """How long a time one row speaks of; a year is read from twelve months and a few days."""

    DAY = "day"
    MONTH = "month"


class CountedBy(models.TextChoices):
    """Of whom a row speaks: who answers, or where it is."""

    OFFICE = "office"
    BOROUGH = "borough"


class DayCount(Measures):
    """The messages received on one day in Seoul, or in the month that begins on it.

    `place` is the office in charge or the borough; None holds those that have none.
    """

    by = models.CharField(max_length=7, choices=CountedBy)
    place = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+", db_index=False)
    span = models.CharField(max_length=5, choices=Span)
    day = models.DateField()

    class Meta:
        ordering = ["day", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["by", "place", "span", "day"], name="daycount_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                name="daycount_month_begins", condition=~Q(span="month") | Q(day__day=1)
            ),
        ]
        indexes = [models.Index(fields=["by", "span", "day"], name="daycount_of_days")]

    def __str__(self) -> str:
        return f"{self.by} {self.place_id}: {self.span} {self.day}"


class MiddleTime(models.Model):
    """How long half of the first answers of the last year took at most, and when it was counted.

    Middles can't be added up like counts: a sweep counts them anew, and pages say when.
    """

    by = models.CharField(max_length=7, choices=CountedBy)
    place = models.ForeignKey(Office, models.PROTECT, related_name="+", db_index=False)
    took = models.DurationField()
    counted_at = models.DateTimeField()

    class Meta:
        ordering = ["by", "place"]
        constraints = [models.UniqueConstraint(fields=["by", "place"], name="middletime_once")]

    def __str__(self) -> str:
        return f"{self.by} {self.place_id}: {self.took}"
