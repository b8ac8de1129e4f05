"""The day on which something reached the city, and the moment its clock starts."""

from datetime import date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from channels_app import rules_entering
from lifecycle import clock

OPENING = time(9)  # where only the day is known, it lay there when the house opened


def came_on(day: date) -> datetime | None:
    """When the clock starts for what came on this day; None for now. Raises ValidationError."""
    return came_at(datetime.combine(day, OPENING, clock.SEOUL), day_alone=True)


def came_at(moment: datetime, *, day_alone: bool = False) -> datetime | None:
    """The same for a moment. Raises ValidationError for one to come, or too long ago."""
    now = clock.now()
    today = clock.seoul(now).date()
    day = moment.astimezone(clock.SEOUL).date()
    if day > today or (moment > now and not day_alone):
        raise ValidationError(_("This day is still to come."), code="to_come")
    within = rules_entering.ENTERED_WITHIN.value()
    if day < today - timedelta(days=within):
        raise ValidationError(
            ngettext_lazy(
                "At most %(within)d day ago: what came before that goes by today's date.",
                "At most %(within)d days ago: what came before that goes by today's date.",
                "within",
            ),
            code="too_long_ago",
            params={"within": within},
        )
    return None if day == today and day_alone else moment
