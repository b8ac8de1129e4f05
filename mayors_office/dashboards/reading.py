"""The small tables, read for one look: a handful of queries, whatever the history."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Case, DateField, F, Func, IntegerField, Max, Min, Q, Sum, Value, When
from django.db.models import Count as CountRows
from django.db.models.functions import Cast

from channels_app import tallies
from channels_app.states import MessageStatus
from mayors_office.dashboards.look import Look, open_rows
from mayors_office.models import STATES, Count, Span, What
from people.models import Office

SUMMED = ("came", *STATES, "met", "in_time", "moved", "moves")
Numbers = Counter[str]


@dataclass
class Reading:
    """What the tables say for one look; each part is read when a panel first asks for it."""

    look: Look
    boroughs: Sequence[Office] = ()
    weeks: list[tuple[date, date]] = field(init=False)

    def __post_init__(self) -> None:
        self.weeks = self.look.weeks

    def _of_place(self) -> dict[str, object]:
        return {"scope": self.look.scope, "place": self.look.place}

    @cached_property
    def by_channel(self) -> Mapping[tuple[str, str, bool], Numbers]:
        """(period, channel, shown) → sums; period is "now" or "before"."""
        rows = Count.objects.filter(
            **self._of_place(), day__range=(self.look.before[0], self.look.today)
        )
        sums = {f"sum_{column}": Sum(column) for column in SUMMED}
        when = Case(When(day__gte=self.look.since, then=Value("now")), default=Value("before"))
        found: dict[tuple[str, str, bool], Numbers] = {}
        for row in rows.order_by().values("channel", "shown", when=when).annotate(**sums):
            numbers = Counter({column: row[f"sum_{column}"] for column in SUMMED})
            found[row["when"], row["channel"], row["shown"]] = numbers
        return found

    def total(self, period: str = "now", *, shown: bool = True) -> Numbers:
        """All channels together."""
        found: Numbers = Counter()
        for (name, _channel, is_shown), numbers in self.by_channel.items():
            if name == period and is_shown == shown:
                found.update(numbers)
        return found

    def everything(self, period: str = "now") -> Numbers:
        """What everyone may read, and what not."""
        return self.total(period) + self.total(period, shown=False)

    @cached_property
    def by_week(self) -> list[Numbers]:
        """What came in each week of the line, and what became of it."""
        weeks: list[Numbers] = [Counter() for _week in self.weeks]
        rows = Count.objects.filter(
            **self._of_place(), shown=True, day__range=(self.weeks[0][0], self.look.today)
        )
        names = ("came", "joined", "taken_up", "met")
        sums = {f"sum_{name}": Sum(name) for name in names}
        for row in rows.order_by().values(age=self._weeks_ago()).annotate(**sums):
            weeks[-1 - row["age"]].update({name: row[f"sum_{name}"] for name in names})
        return weeks

    @cached_property
    def spans(self) -> dict[tuple[str, str, int], Counter[int]]:
        """(what, "week" or period, number of the week) → histogram.

        First answers of what everyone may read, by week; routing of everything, by period.
        """
        first = min(self.weeks[0][0], self.look.before[0])
        rows = Span.objects.filter(**self._of_place(), day__range=(first, self.look.today))
        rows = rows.filter(Q(shown=True) | Q(what=What.ROUTE)).order_by()
        period = Case(
            When(day__gte=self.look.since, then=Value("now")),
            When(day__gte=self.look.before[0], then=Value("before")),
            default=Value(""),
        )
        on_the_line = Q(what=What.ANSWER, day__gte=self.weeks[0][0])
        age = Case(When(on_the_line, then=self._weeks_ago()), default=Value(None))
        grouped = rows.values_list("what", "bucket", age, period)
        found: dict[tuple[str, str, int], Counter[int]] = defaultdict(Counter)
        for what, bucket, weeks_ago, when, number in grouped.annotate(number=Sum("count")):
            if weeks_ago is not None:
                found[what, "week", len(self.weeks) - 1 - weeks_ago][bucket] += number
            if when:
                found[what, when, 0][bucket] += number
        return found

    def _weeks_ago(self) -> Func:
        """Of a day, as the database counts it: a few sums leave it, not a row for every day."""
        today = Cast(Value(self.look.today), DateField())
        return Func(
            today,
            F("day"),
            template="(%(expressions)s) / 7",
            arg_joiner=" - ",
            output_field=IntegerField(),
        )

    @cached_property
    def overdue_by_office(self) -> list[dict[str, Any]]:
        """What is overdue now with each office; of the open rows, not of the tables.

        `missing` came in within the period and has no first answer, `past` is promised work.
        """
        since = tallies.came_since(self.look.since)
        found = open_rows(self.look).filter(tallies.overdue()).values("office")
        return list(
            found.annotate(
                number=CountRows("pk"),
                oldest=Min("due_at"),
                missing=CountRows("pk", filter=tallies.silent() & since),
                past=CountRows("pk", filter=Q(status=MessageStatus.AT_WORK)),
            )
        )

    @cached_property
    def last_by_channel(self) -> dict[str, tuple[object, int]]:
        """When the last message came by each channel in a year, and how many came today."""
        year = self.look.other(days=365).since
        rows = Count.objects.filter(**self._of_place(), day__range=(year, self.look.today))
        found = (
            rows.order_by()
            .values("channel")
            .annotate(
                last=Max("last_at"),
                today=Sum("came", filter=Q(day=self.look.today, shown=True), default=0),
            )
        )
        return {row["channel"]: (row["last"], row["today"]) for row in found}
