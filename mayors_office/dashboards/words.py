"""Words that sentences are made of: spans of time, days, changes, in either language."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from lifecycle import clock
from mayors_office.dashboards.panel import grouped

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def took(span: timedelta | None) -> str:
    """ "40 minutes", "5.1 hours", "3.2 days"; a dash where nobody knows."""
    if span is None:
        return "–"
    if span < 2 * HOUR:
        minutes = round(span / timedelta(minutes=1))
        words = ngettext("%(minutes)d minute", "%(minutes)d minutes", minutes)
        return words % {"minutes": minutes}
    if span < 2 * DAY:
        return _("%(hours)s hours") % {"hours": f"{span / HOUR:.1f}"}
    return _("%(days)s days") % {"days": f"{span / DAY:.1f}"}


def hours_of(span: timedelta | None) -> str:
    """For the file."""
    return "" if span is None else f"{span / HOUR:.2f}"


def day(when: date) -> str:
    """ "12 Nov" or 11월 12일."""
    return str(date_format(when, pgettext("day in a figure, in Django's date format", "j M")))


def moment(when: datetime) -> str:
    """ "12 Nov, 14:05"."""
    at = clock.seoul(when)
    return f"{day(at.date())}, {at:%H:%M}"


def days(since: date, until: date) -> str:
    """From a day to a day."""
    return _("%(since)s – %(until)s") % {"since": day(since), "until": day(until)}


def change(now: int, then: int) -> str:
    """Against the period before: "+8 %", "−3 %", "the same", "none before"."""
    if not then:
        return _("none before") if now else _("the same")
    if now == then:
        return _("the same")
    share = round(100 * (now - then) / then)
    if not share:
        return "±0 %"
    return f"+{grouped(share)} %" if share > 0 else f"−{grouped(-share)} %"


def listed(names: Sequence[str]) -> str:
    """ "A, B and C"."""
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}
