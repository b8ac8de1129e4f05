"""Do we keep promises? Dates that were kept, missed and moved, beside the city's own figure."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from channels_app import tallies
from mayors_office.dashboards.panel import Cell, Panel, Row, bars, counted, grouped, percent
from mayors_office.dashboards.reading import Reading
from mayors_office.dashboards.versus import joined


def kept(reading: Reading) -> Panel:
    """First answers in time, late and missing of the period; moved dates; work past its date."""
    look, numbers = reading.look, reading.total()
    late_now = reading.overdue_by_office
    missing, past = (sum(row[name] for row in late_now) for name in ("missing", "past"))
    late = numbers["met"] - numbers["in_time"]
    lines = [
        (_("First answer in time"), numbers["in_time"], look.came("in_time"), ""),
        (_("First answer came late"), late, look.came("met_late"), "late"),
        (_("First answer missing"), missing, look.came("silent"), "late"),
        (_("Date was moved"), numbers["moved"], look.came("moved"), ""),
        (
            _("Promised work past its date, now"),
            past,
            look.wall("at_work", overdue=True),
            "late",
        ),
    ]
    judged = numbers["met"] + missing
    lengths = bars([number for _words, number, _url, _state in lines])
    return Panel(
        slug="promises",
        heading=_("Do we keep promises?"),
        finding=_finding(numbers["in_time"], judged, numbers["moves"]),
        of=_("Promise"),
        columns=(_("Messages"),),
        rows=[
            Row(words, [counted(number, url)], bar=length, state=state if number else "")
            for (words, number, url, state), length in zip(lines, lengths, strict=True)
        ],
        sums=Row(
            _("Share in time"),
            [Cell(percent(numbers["in_time"], judged, 2) if judged >= tallies.FEW else "–")],
        ),
        notes=[
            _("In time means: by the date that held when the first answer came."),
            _(
                "Seoul in 2025: %(share)s %% of about %(complaints)s field complaints, by the"
                " city's own count."
            )
            % {
                "share": tallies.SEOUL_IN_TIME,
                "complaints": grouped(tallies.SEOUL_COMPLAINTS),
            },
        ],
    )


def _finding(good: int, judged: int, moves: int) -> str:
    if not judged:
        first = _("No date has come yet")
    elif judged < tallies.FEW:
        told = {"good": grouped(good), "all": grouped(judged)}
        first = _("%(good)s of %(all)s first answers came in time") % told
    else:
        share = {"share": percent(good, judged, 2), "seoul": f"{tallies.SEOUL_IN_TIME} %"}
        first = _("%(share)s of the first answers came in time (Seoul in 2025: %(seoul)s)") % share
    if not moves:
        return joined(first, _("no date was moved"))
    moved = ngettext("a date was moved once", "dates were moved %(moves)s times", moves)
    return joined(first, moved % {"moves": grouped(moves)})
