"""Seconds in words, short enough for a table."""

from django import template
from django.utils.translation import gettext as _

register = template.Library()

MINUTE, HOUR, DAY = 60, 3600, 86_400


@register.filter
def span(seconds: float | None) -> str:
    """ "12 s", "5 min", "3 h", "4 days": how long, at a glance."""
    if seconds is None:
        return _("never")
    whole = int(seconds)
    if whole < 2 * MINUTE:
        return _("%(number)d s") % {"number": whole}
    if whole < 2 * HOUR:
        return _("%(number)d min") % {"number": whole // MINUTE}
    if whole < 2 * DAY:
        return _("%(number)d h") % {"number": whole // HOUR}
    return _("%(number)d days") % {"number": whole // DAY}
