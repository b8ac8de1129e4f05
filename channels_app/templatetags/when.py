"""Moments and spans in words, in the language of the page and on Seoul's clock."""

from datetime import date, datetime, timedelta

from django import template
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lifecycle import clock

register = template.Library()

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@register.filter
def moment(at: datetime | None) -> str:
    """The one component for dates and times, as a value: it fits into a translated sentence."""
    if at is None:
        return ""
    return mark_safe(render_to_string("components/moment.html", {"moment": at}).strip())  # noqa: S308 - escaped by the component


@register.filter
def day(at: date | None) -> str:
    """The day alone, where the hour says nothing."""
    if at is None:
        return ""
    there = clock.seoul(at) if isinstance(at, datetime) else at
    words = {"iso": f"{there:%Y-%m-%d}", "day": date_format(there, _("j F Y"))}
    return format_html('<time datetime="{iso}">{day}</time>', **words)


@register.filter
def due_words(due: datetime | None, now: datetime | None = None) -> str:
    """What is left: "3 days left", "tomorrow 18:00", "today 18:00"; or "2 days late"."""
    if due is None:
        return ""
    now = now or clock.now()
    if due < now:
        return _late(now - due)
    days = (clock.seoul(due).date() - clock.seoul(now).date()).days
    if days > 1:
        return ngettext("%(days)d day left", "%(days)d days left", days) % {"days": days}
    time = {"time": f"{clock.seoul(due):%H:%M}"}
    return (_("tomorrow %(time)s") if days else _("today %(time)s")) % time


@register.filter
def due_state(due: datetime | None, now: datetime | None = None) -> str:
    """The class beside the words: "late", "soon" (today) or "quiet"."""
    if due is None:
        return "quiet"
    now = now or clock.now()
    if due < now:
        return "late"
    return "soon" if clock.seoul(due).date() == clock.seoul(now).date() else "quiet"


@register.filter
def took_words(since: datetime, until: datetime | None) -> str:
    """How long something took: "14 minutes", "1 h 42 min", "3 days"."""
    if until is None:
        return ""
    span = max(until - since, timedelta())
    if span < MINUTE:
        return _("less than a minute")
    if span < HOUR:
        minutes = span // MINUTE
        return ngettext("%(minutes)d minute", "%(minutes)d minutes", minutes) % {"minutes": minutes}
    if span < DAY:
        return _hours(span // HOUR, span % HOUR // MINUTE)
    days = span // DAY
    return ngettext("%(days)d day", "%(days)d days", days) % {"days": days}


def _hours(hours: int, minutes: int) -> str:
    if minutes:
        return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": minutes}
    return ngettext("%(hours)d hour", "%(hours)d hours", hours) % {"hours": hours}


def _late(span: timedelta) -> str:
    if span < HOUR:
        minutes = max(span // MINUTE, 1)
        words = ngettext("%(minutes)d minute late", "%(minutes)d minutes late", minutes)
        return words % {"minutes": minutes}
    if span < DAY:
        hours = span // HOUR
        return ngettext("%(hours)d hour late", "%(hours)d hours late", hours) % {"hours": hours}
    days = span // DAY
    return ngettext("%(days)d day late", "%(days)d days late", days) % {"days": days}
