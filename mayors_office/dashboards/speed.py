"""Are we fast? The first answer, week by week, and the slowest twenty."""

from collections import Counter
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lifecycle import clock
from mayors_office import rules, spans
from mayors_office.dashboards import line, words
from mayors_office.dashboards.panel import Cell, Panel, Row, counted
from mayors_office.dashboards.reading import Reading
from mayors_office.dashboards.versus import joined
from mayors_office.models import Slow, What

SLOWEST = 20
HALF, NINE_IN_TEN = 0.5, 0.9
FEW = 5
Times = list[tuple[timedelta | None, timedelta | None]]


def by_week(reading: Reading) -> Panel:
    """Half and nine in ten, of all that came in that week, the unanswered ones among them."""
    times = [_times(reading, week) for week in range(len(reading.weeks))]
    target = timedelta(hours=rules.FIRST_ANSWER.value())
    return Panel(
        slug="speed",
        heading=_("Are we fast?"),
        finding=_finding(reading, times, target),
        of=_("Week"),
        columns=(_("Came in"), _("Answered so far"), _("Half within"), _("Nine in ten within")),
        rows=[_row(reading, week, times[week]) for week in range(len(times) - 1, -1, -1)],
        figure="mayors_office/line.html",
        drawing=_drawing(reading, times, target),
        notes=[
            _(
                "Of all public messages of a week; what is not answered yet counts as longer."
                " The line ends where too few are answered to say. Read to within a tenth."
            )
        ],
        folded=True,
    )


def _times(reading: Reading, week: int) -> tuple[timedelta | None, timedelta | None]:
    numbers = reading.by_week[week]
    buckets = reading.spans.get((What.ANSWER, "week", week), Counter())
    of = numbers["came"] - numbers["joined"] - numbers["taken_up"]
    return spans.within(buckets, HALF, of=of), spans.within(buckets, NINE_IN_TEN, of=of)


def _row(reading: Reading, week: int, times: tuple[timedelta | None, timedelta | None]) -> Row:
    since, until = reading.weeks[week]
    numbers = reading.by_week[week]
    return Row(
        words.days(since, until),
        [
            counted(numbers["came"], reading.look.wall(since=since, until=until)),
            counted(numbers["met"], reading.look.wall("met", since=since, until=until)),
            *(Cell(words.took(time), value=words.hours_of(time)) for time in times),
        ],
    )


def _drawing(reading: Reading, times: Times, target: timedelta) -> line.Line:
    hours = [
        [None if time[which] is None else time[which] / words.HOUR for time in times]  # type: ignore[operator]  # looked at before
        for which in (0, 1)
    ]
    return line.draw(
        hours,
        [words.day(since) for since, _until in reading.weeks],
        target=(target / words.HOUR, _("target %(took)s") % {"took": words.took(target)}),
    )


def _finding(reading: Reading, times: Times, target: timedelta) -> str:
    known = [(week, half) for week, (half, _ninth) in enumerate(times) if half is not None]
    # A week of two messages says nothing about a course, unless there is nothing else.
    known = [one for one in known if reading.by_week[one[0]]["came"] >= FEW] or known
    if not known:
        return _("In no week has half of what came in been answered yet.")
    (first, was), (last, now) = known[0], known[-1]
    told = {
        "first": words.day(reading.weeks[first][0]),
        "last": words.day(reading.weeks[last][0]),
        "was": words.took(was),
        "now": words.took(now),
    }
    if told["was"] == told["now"]:
        course = _("Half of what came in the week of %(last)s was answered within %(now)s")
    elif now < was:
        course = _(
            "The time until half was answered fell from %(was)s (week of %(first)s) to"
            " %(now)s (week of %(last)s)"
        )
    else:
        course = _(
            "The time until half was answered rose from %(was)s (week of %(first)s) to"
            " %(now)s (week of %(last)s)"
        )
    return joined(course % told, _target(now, target))


def _target(now: timedelta, target: timedelta) -> str:
    goal = {"target": words.took(target)}
    if now <= target:
        return _("the target of %(target)s is kept") % goal
    return _("the target of %(target)s is missed") % goal


def slowest(reading: Reading) -> Panel:
    """The first answers that took longest, of what came in within the period."""
    look = reading.look
    rows = Slow.objects.filter(
        scope=look.scope, place=look.place, shown=True, day__range=(look.since, look.today)
    ).order_by("-took", "message_id")
    # Found first, then joined: a year of an office has thousands of them.
    few = Slow.objects.filter(pk__in=rows.values("pk")[:SLOWEST]).select_related("message__office")
    found = list(few.order_by("-took", "message_id"))
    return Panel(
        slug="slowest",
        heading=_("Which answers took longest?"),
        finding=_slowest_finding(found),
        of=_("Message"),
        columns=(_("Took"), _("Office in charge"), _("Came in")),
        rows=[_slow_row(row) for row in found],
        folded=True,
    )


def _slow_row(row: Slow) -> Row:
    message = row.message
    return Row(
        message.code,
        [
            Cell(words.took(row.took), value=words.hours_of(row.took)),
            Cell(message.office.name if message.office else "–", is_long=True),
            Cell(words.day(clock.seoul(message.received_at).date()), value=row.day),
        ],
        url=message.get_absolute_url(),
    )


def _slowest_finding(found: list[Slow]) -> str:
    if not found:
        return _("No public message of this time has an answer yet.")
    return ngettext(
        "The slowest first answer took %(most)s.",
        "The slowest first answer took %(most)s; the slowest %(count)d all took %(least)s or more.",
        len(found),
    ) % {
        "most": words.took(found[0].took),
        "least": words.took(found[-1].took),
        "count": len(found),
    }
