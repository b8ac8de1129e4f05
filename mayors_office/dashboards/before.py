"""Before and after: what the paper says of its centre, and what is counted here."""

from collections import Counter

from django.utils.translation import gettext as _

from mayors_office import spans
from mayors_office.dashboards import words
from mayors_office.dashboards.panel import Cell, Panel, Row
from mayors_office.dashboards.reading import Reading
from mayors_office.dashboards.versus import joined
from mayors_office.models import What

# Paper 3.1: 105 messages a day before the centre, 125 with it. Only "the paper says".
PAPER_BEFORE, PAPER_AFTER = 105, 125


def before_after(reading: Reading) -> Panel:
    """Messages a day and the time until the right office; ours beside the paper's."""
    look = reading.look
    ours = [_ours(reading, period) for period in ("now", "before")]
    return Panel(
        slug="before",
        heading=_("Before and after"),
        finding=_finding(*ours[0]),
        of=_("When"),
        columns=(_("Messages a day"), _("Half with the right office within"), _("Nine in ten")),
        rows=[
            _row(_("The paper says: January to October 2012"), PAPER_BEFORE, None, None),
            _row(_("The paper says: November 2012 to March 2013"), PAPER_AFTER, None, None),
            _row(_("Here: the %(days)d days before") % {"days": look.days}, *ours[1]),
            _row(_("Here: these %(days)d days") % {"days": look.days}, *ours[0]),
        ],
        notes=[
            _(
                "The right office is the one that has it now or answered it, however often it was"
                " passed on before. All messages count, also those that only the office may read."
            )
        ],
    )


def _ours(reading: Reading, period: str) -> tuple[float, object, object]:
    came = reading.everything(period)["came"]
    buckets = reading.spans.get((What.ROUTE, period, 0), Counter())
    of = sum(buckets.values())
    return (
        came / reading.look.days,
        spans.within(buckets, 0.5, of=of),
        spans.within(buckets, 0.9, of=of),
    )


def _row(head: str, a_day: float, half: object, ninth: object) -> Row:
    times = [Cell(words.took(time), value=words.hours_of(time)) for time in (half, ninth)]  # type: ignore[arg-type]  # a span or nothing
    return Row(head, [Cell(_number(a_day)), *times])


def _number(a_day: float) -> str:
    return f"{a_day:.0f}" if a_day >= 100 or a_day == int(a_day) else f"{a_day:.1f}"


def _finding(a_day: float, half: object, _ninth: object) -> str:
    told = {"ours": _number(a_day), "before": PAPER_BEFORE, "after": PAPER_AFTER}
    first = _(
        "%(ours)s messages a day come in here, where the paper says %(before)d before its centre"
        " and %(after)d with it"
    )
    if half is None:
        return joined(first % told, _("none has found its office yet"))
    within = {"took": words.took(half)}  # type: ignore[arg-type]  # a span
    return joined(first % told, _("half of them reach the right office within %(took)s") % within)
