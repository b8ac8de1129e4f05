"""Was it clear? Did you feel heard? What authors say of closing answers, month by month."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from channels_app import ratings
from mayors_office.dashboards.heard import month_words
from mayors_office.dashboards.panel import Cell, Panel, Row, grouped
from mayors_office.dashboards.reading import Reading
from mayors_office.dashboards.versus import joined


def by_month(reading: Reading) -> Panel:
    """Of one office, or of the whole city; what a borough's people say is not kept apart."""
    office = reading.look.office
    trend = ratings.trend_of_office(office) if office else ratings.trend_of_city()
    return Panel(
        slug="rated",
        heading=_("Was it clear, and do people feel heard?"),
        finding=_finding(trend),
        of=_("Month"),
        columns=(_("Ratings"), _("Clear"), _("Felt heard")),
        rows=[_row(month_words(one.month), one.rated) for one in reversed(trend.months)],
        sums=_row(_("All months"), trend.whole) if trend else None,
        notes=[
            _(
                "After a closing answer its author may say so by the private link. Where fewer"
                " than %(least)d have, numbers stand instead of shares. The bar is who felt heard."
            )
            % {"least": ratings.SHARE_FROM.value()}
        ],
    )


def _row(head: str, rated: ratings.Rated) -> Row:
    return Row(
        head,
        [
            Cell(grouped(rated.number), value=rated.number),
            Cell(str(rated.clear)),
            Cell(str(rated.heard)),
        ],
        bar=rated.heard.percent or 0,
    )


def _finding(trend: ratings.Trend) -> str:
    if not trend:
        return _("Nobody has rated an answer yet.")
    whole = trend.whole
    first = ngettext(
        "Of %(number)s rating in the last twelve months, an answer was clear in: %(clear)s",
        "Of %(number)s ratings in the last twelve months, the answer was clear in: %(clear)s",
        whole.number,
    ) % {"number": grouped(whole.number), "clear": whole.clear}
    return joined(first, _("felt heard: %(heard)s") % {"heard": whole.heard})
