"""How an office does, in numbers of public messages; each number is a link to exactly its rows.

The questions stand here once: the tallies count by them, and the wall finds its rows by them.
What is open is counted from its rows, which are few; what came and was answered since a day is
read from the kept counts, which say the same at every moment.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Literal

from django.db.models import Aggregate, Count, DurationField, F, Min, Q
from django.urls import reverse
from django.utils.http import urlencode

from channels_app import counts
from channels_app.models import Message, MiddleTime
from channels_app.models.message_rows import MessageQuerySet
from channels_app.states import IN_HAND, MessageStatus
from lifecycle import clock
from people.models import Office

By = Literal["office", "borough"]
INFLOW_DAYS = 30
PROMISE_DAYS = 365
# Below so many answers a share says nothing: "3 of 3" does.
FEW = 10
# What is joined to another message waits for nothing of its own.
WAITING = (*IN_HAND, MessageStatus.ANSWERED)
# The city's own record of field complaints in 2025: the figure to stand beside ours.
SEOUL_IN_TIME, SEOUL_COMPLAINTS = 93.86, 2_190_000


class Median(Aggregate):
    """The middle one; nothing of nothing."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    name = "Median"


def conversation() -> MessageQuerySet:
    """What everyone may read; what was set aside is no part of the conversation."""
    return Message.objects.public().exclude(status=MessageStatus.SET_ASIDE)


def start_of(day: date) -> datetime:
    """Midnight in Seoul."""
    return datetime.combine(day, time.min, clock.SEOUL)


def days_ago(days: int) -> date:
    """The day in Seoul, so many days before today."""
    return clock.seoul().date() - timedelta(days=days)


def came_since(day: date) -> Q:
    """Received on this day in Seoul, or later."""
    return Q(received_at__gte=start_of(day))


def came_until(day: date) -> Q:
    """Received on this day in Seoul, or earlier."""
    return Q(received_at__lt=start_of(day + timedelta(days=1)))


def waiting() -> Q:
    """Its answer is still to come."""
    return Q(status__in=WAITING)


def overdue() -> Q:
    """Its answer is still to come, and the date that holds has passed."""
    return waiting() & Q(due_at__lt=clock.now())


def in_time() -> Q:
    """Its first answer came by the date that held then."""
    return Q(met_at__lte=F("met_due_at"))


def silent() -> Q:
    """The date has passed, and no first answer has come."""
    return Q(met_at__isnull=True) & overdue()


def too_late() -> Q:
    """Its first answer came after that date, or the date has passed without one."""
    return Q(met_at__gt=F("met_due_at")) | silent()


@dataclass(frozen=True)
class Tally:
    """What the public messages of one office, or about one borough, come to."""

    office: Office
    by: By
    came: int = 0
    open: int = 0
    overdue: int = 0
    at_work: int = 0
    in_time: int = 0
    too_late: int = 0
    oldest: datetime | None = None
    median: timedelta | None = None
    median_at: datetime | None = None

    @property
    def judged(self) -> int:
        """How many first answers came, or should have come."""
        return self.in_time + self.too_late

    @property
    def is_empty(self) -> bool:
        """Nothing was said in this time, and nothing is open."""
        return not (self.came or self.open or self.judged)

    @property
    def is_small(self) -> bool:
        """A share would say more than is known."""
        return self.judged < FEW

    @property
    def share(self) -> float:
        """How many of a hundred came in time, to one decimal; never rounded up to all."""
        if not self.judged:
            return 0.0
        return self.in_time * 1000 // self.judged / 10

    @property
    def median_days(self) -> float | None:
        """The time in the middle until the first answer, in days with one decimal."""
        return None if self.median is None else round(self.median / timedelta(days=1), 1)

    @property
    def urls(self) -> Mapping[str, str]:
        """Where the rows of each number stand."""
        where: dict[str, str] = {self.by: self.office.slug} if self.office.slug else {}
        year, month = days_ago(PROMISE_DAYS).isoformat(), days_ago(INFLOW_DAYS).isoformat()
        return {
            "came": _wall(since=month, **where),
            "open": _wall(show="waiting", **where),
            "overdue": _wall(show="overdue", **where),
            "at_work": _wall(show="at_work", **where),
            "in_time": _wall(show="in_time", since=year, **where),
            "too_late": _wall(show="too_late", since=year, **where),
        }


@dataclass(frozen=True)
class City:
    """All tallies of one list: who is late, who is in time, and all together."""

    tallies: list[Tally]
    quiet: list[Tally] = field(default_factory=list)
    not_shown: int = 0

    @property
    def medians_at(self) -> datetime | None:
        """When the times until the first answer were counted, if any were."""
        return max((one.median_at for one in self.tallies if one.median_at), default=None)

    @property
    def late(self) -> list[Tally]:
        """Those with an overdue answer: the most first."""
        return [tally for tally in self.tallies if tally.overdue]

    @property
    def early(self) -> list[Tally]:
        """Those with nothing overdue and answers in time: the surest first."""
        good = [one for one in self.tallies if one.in_time and not one.overdue]
        return sorted(good, key=_sure, reverse=True)[:5]

    @property
    def all(self) -> Tally:
        """Sums over every one of them, under an office without a name."""
        sums = {
            name: sum(getattr(tally, name) for tally in self.tallies)
            for name in ("came", "open", "overdue", "at_work", "in_time", "too_late")
        }
        return Tally(Office(), "office", **sums)


def those_of(office: Office, by: By) -> MessageQuerySet:
    """The conversation of one office, or about one borough."""
    where: dict[str, Any] = {by: office}
    return conversation().filter(**where)


def of_one(office: Office, by: By) -> tuple[Tally, int]:
    """The numbers of one; and how many more came in the same time that are not for everyone."""
    kept, open_now = _kept(by, office).get(office.pk, {}), _open_now(by, office)
    times = _middles(by, office)
    return _tally(office, by, kept, open_now, times), kept.get("not_shown", 0)


def of_all(offices: Iterable[Office], by: By) -> City:
    """The numbers of all, in three questions; an office with an overdue answer comes first."""
    kept, open_now, times = _kept(by), _open_now(by), _middles(by)
    tallies = [_tally(one, by, kept.get(one.pk, {}), open_now, times) for one in offices]
    shown = [one for one in tallies if not one.is_empty]
    shown.sort(key=lambda one: (-one.overdue, -one.too_late, -one.judged, one.office.name))
    quiet = [one for one in tallies if one.is_empty and not one.office.closed]
    hidden = sum(row["not_shown"] for place, row in kept.items() if place is not None)
    return City(shown, sorted(quiet, key=lambda one: one.office.name), hidden)


def how_many(measure: str, by: By, office: Office | None, since: date | None) -> int:
    """Of one office, about one borough or of all: one kept count, since a day or for ever."""
    found = counts.sums(by, {measure: since or counts.FOR_EVER}, office)
    return sum(row[measure] for row in found.values())


def middles(by: str) -> Iterable[tuple[int, timedelta]]:
    """(key of the place, time until the first answer in the middle) over the last year."""
    rows = conversation().filter(came_since(days_ago(PROMISE_DAYS)), met_at__isnull=False)
    took = Median(F("met_at") - F("received_at"), output_field=DurationField())
    placed = rows.filter(**{f"{by}__isnull": False}).order_by()
    return placed.values_list(by).annotate(took=took)


def _sure(tally: Tally) -> tuple[bool, float, int]:
    """Ten of ten before three of three, and both before nine of ten."""
    return (not tally.is_small, tally.share, tally.judged)


def _tally(
    office: Office,
    by: By,
    kept: Mapping[str, int],
    open_now: Mapping[int, dict[str, Any]],
    times: Mapping[int, MiddleTime],
) -> Tally:
    numbers = dict(open_now.get(office.pk, {}))
    late_by_now = numbers.pop("silent", 0)
    time_of = times.get(office.pk)
    return Tally(
        office,
        by,
        came=kept.get("came", 0),
        in_time=kept.get("in_time", 0),
        too_late=kept.get("late", 0) + late_by_now,
        median=time_of.took if time_of else None,
        median_at=time_of.counted_at if time_of else None,
        **numbers,
    )


def _kept(by: By, office: Office | None = None) -> dict[int | None, dict[str, int]]:
    """What came and was answered in the times that the pages speak of."""
    year, month = days_ago(PROMISE_DAYS), days_ago(INFLOW_DAYS)
    since = {"came": month, "in_time": year, "late": year, "not_shown": year}
    return counts.sums(by, since, office)


def _open_now(by: By, office: Office | None = None) -> dict[int, dict[str, Any]]:
    """What waits for its answer, place by place, from the rows themselves."""
    rows = those_of(office, by) if office else conversation()
    year = came_since(days_ago(PROMISE_DAYS))
    found = (
        rows.filter(waiting())
        .order_by()
        .values(by)
        .annotate(
            open=Count("pk"),
            overdue=Count("pk", filter=overdue()),
            at_work=Count("pk", filter=Q(status=MessageStatus.AT_WORK)),
            silent=Count("pk", filter=silent() & year),
            oldest=Min("due_at", filter=overdue()),
        )
    )
    return {row.pop(by): row for row in found}


def _middles(by: By, office: Office | None = None) -> dict[int, MiddleTime]:
    rows = MiddleTime.objects.filter(by=by)
    return {row.place_id: row for row in (rows.filter(place=office) if office else rows)}


def _wall(**wanted: str) -> str:
    return f"{reverse('smc')}?{urlencode(wanted)}"
