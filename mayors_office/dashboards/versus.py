"""How a number stands against the one before: the second half of many findings."""

from django.utils.translation import gettext as _

from mayors_office.dashboards.panel import grouped


def joined(first: str, second: str) -> str:
    """Two halves make one sentence."""
    return _("%(first)s; %(second)s.") % {"first": first, "second": second}


def against(now: int, then: int, days: int) -> str:
    """ "12 more than in the 30 days before"."""
    if not then:
        return _("there were none in the %(days)d days before") % {"days": days}
    if now == then:
        return _("exactly as many as in the %(days)d days before") % {"days": days}
    if now > then:
        words = _("that is %(more)s more than in the %(days)d days before")
        return words % {"more": grouped(now - then), "days": days}
    words = _("that is %(fewer)s fewer than in the %(days)d days before")
    return words % {"fewer": grouped(then - now), "days": days}
