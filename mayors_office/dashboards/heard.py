"""The paragraph of a month: who was not heard, in words that anybody can check."""

from collections.abc import Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from mayors_office.dashboards.panel import grouped, percent
from mayors_office.dashboards.who import label
from mayors_office.models import MonthQuestion
from people.models import Office


def month_words(month: date) -> str:
    """ "October 2026" or 2026년 10월."""
    return str(date_format(month, pgettext("month, in Django's date format", "F Y")))


def sentences(question: MonthQuestion, boroughs: Sequence[Office]) -> list[str]:
    """What came, who told us, and who was heard least; what is not known is not said."""
    came = ngettext(
        "%(came)s message came in %(month)s.", "%(came)s messages came in %(month)s.", question.came
    ) % {"came": grouped(question.came), "month": month_words(question.month)}
    if question.told is None:
        return [came, _("Too few of their senders told us who they are to say who was missing.")]
    told = _("%(rate)s of their senders told us how old they are.") % {
        "rate": percent(question.told, question.came)
    }
    if question.index is None:
        return [
            came,
            told,
            _("No group that can be compared was heard less than its part of the city."),
        ]
    least = _(
        "Least heard for their part of the city was the group “%(group)s”:"
        " %(index)d, where 100 would be as much as their part."
    ) % {"group": label(question.trait, question.group, boroughs), "index": question.index}
    return [came, told, least]


def asked(question: MonthQuestion) -> str:
    """What the listening team is asked."""
    if question.index is None:
        return _("What will you do so that more people tell us who they are?")
    return _("What will you do so that they are heard?")
