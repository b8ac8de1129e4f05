"""Who is late? Overdue answers by office, and how old the oldest is."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from channels_app.templatetags.when import due_words
from lifecycle import clock
from mayors_office.dashboards.look import Look
from mayors_office.dashboards.panel import Cell, Panel, Row, bars, counted, grouped
from mayors_office.dashboards.reading import Reading
from mayors_office.dashboards.versus import joined
from people.models import Office


def by_office(reading: Reading) -> Panel:
    """Every office with an overdue answer, the most first; counted from the open rows."""
    look = reading.look
    found = list(reading.overdue_by_office)
    offices = Office.objects.in_bulk([row["office"] for row in found])
    found.sort(key=lambda row: (-row["number"], row["oldest"]))
    lengths = bars([row["number"] for row in found])
    everything = sum(row["number"] for row in found)
    return Panel(
        slug="late",
        heading=_("Who is late?"),
        finding=_finding(found, offices, everything),
        of=_("Office in charge"),
        columns=(_("Overdue now"), _("The oldest")),
        rows=[
            _row(look, row, offices[row["office"]], length)
            for row, length in zip(found, lengths, strict=True)
        ],
        sums=Row(
            _("All offices"),
            [counted(everything, look.wall("overdue")), Cell("")],
        ),
        notes=[_("Counted now, however long ago it came in.")],
    )


def _row(look: Look, row: dict[str, Any], office: Office, length: int) -> Row:
    return Row(
        office.name,
        [
            counted(row["number"], look.wall("overdue", office=office)),
            Cell(
                due_words(row["oldest"]),
                value=clock.seoul(row["oldest"]).isoformat(timespec="minutes"),
            ),
        ],
        bar=length,
        state="late",
    )


def _finding(found: list[dict[str, Any]], offices: dict[int, Office], everything: int) -> str:
    if not found:
        return _("No public answer is overdue.")
    first = ngettext(
        "%(number)s public answer is overdue",
        "%(number)s public answers are overdue",
        everything,
    ) % {"number": grouped(everything)}
    oldest = due_words(min(row["oldest"] for row in found))
    if len(found) == 1:
        second = _("with “%(office)s”, the oldest is %(late)s")
    else:
        second = _("the most with “%(office)s” (%(most)s), and the oldest is %(late)s")
    return joined(
        first,
        second
        % {
            "office": offices[found[0]["office"]].name,
            "most": grouped(found[0]["number"]),
            "late": oldest,
        },
    )
