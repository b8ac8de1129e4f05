"""What became of the suggestions: every one is in exactly one line, and the lines add up."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mayors_office.dashboards.panel import Cell, Panel, Row, bars, counted, grouped, percent
from mayors_office.dashboards.reading import Reading
from people.models import Office
from suggestions import dispositions
from suggestions.list_form import Wanted


def by_disposition(_reading: Reading) -> Panel:
    """All suggestions there are, whenever they came."""
    numbers = dispositions.numbers()
    lengths = bars([line.total for line in numbers.lines])
    return Panel(
        slug="ideas",
        heading=_("What became of the suggestions?"),
        finding=_finding(numbers),
        of=_("Where it stands now"),
        columns=(_("Everyone can read"), _("Not shown"), _("Share")),
        rows=[
            Row(
                str(line.disposition.label),
                [
                    counted(line.shown, line.url),
                    counted(line.not_shown),
                    Cell(percent(line.total, numbers.total)),
                ],
                bar=length,
            )
            for line, length in zip(numbers.lines, lengths, strict=True)
        ],
        sums=Row(
            _("All suggestions"),
            [
                counted(numbers.total_shown, reverse("suggestions")),
                counted(numbers.total_not_shown),
                Cell(percent(numbers.total, numbers.total)),
            ],
        ),
        notes=[_("All that ever came, not only those of the period above.")],
    )


def late_of(office: Office) -> Cell:
    """How many suggestions this office answers are past their date, as everyone can read them."""
    wanted = Wanted(office=office, overdue=True)
    number = wanted.rows().count()
    return counted(number, f"{reverse('suggestions')}?{wanted.query}" if number else "")


def _finding(numbers: dispositions.Numbers) -> str:
    if not numbers.total:
        return _("Nobody has suggested anything yet.")
    words = ngettext(
        "Of %(all)s suggestion %(done)s is done and %(work)s is being carried out.",
        "Of %(all)s suggestions %(done)s are done and %(work)s are being carried out.",
        numbers.total,
    )
    return words % {
        "all": grouped(numbers.total),
        "done": grouped(numbers.implemented),
        "work": grouped(numbers.under_way),
    }
