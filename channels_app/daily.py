"""The mail of the day: at which hour all that changed since comes in one."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from channels_app.rules import OURS
from lifecycle import clock, rules


def _is_hour(value: int) -> None:
    if not 0 <= value <= 23:
        raise ValueError(value)


DIGEST_HOUR = rules.declare(
    "mail.daily",
    18,
    unit=_("o'clock"),
    words=_("When those who want one mail a day get it"),
    source=OURS,
    check=_is_hour,
)
ONE_DAY = timedelta(days=1)


def next_hour(moment: datetime) -> datetime:
    """When the mail leaves that tells of what happens at this moment."""
    return last_hour(moment) + ONE_DAY


def last_hour(moment: datetime) -> datetime:
    """When the last mail of a day was due, at this moment."""
    seoul = clock.seoul(moment)
    hour = seoul.replace(hour=DIGEST_HOUR.value(), minute=0, second=0, microsecond=0)
    return hour if hour <= seoul else hour - ONE_DAY


def last_day(moment: datetime) -> date:
    """Which day's mail is due at this moment; one that is late is still that day's."""
    return last_hour(moment).date()
