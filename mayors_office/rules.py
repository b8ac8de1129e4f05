"""What the Rulebook says about the day's numbers."""

from django.utils.translation import gettext_lazy as _

from channels_app.rules import OFF, ON, OURS, on_or_off
from lifecycle import rules

NUMBERS = rules.declare(
    "dashboard.numbers",
    ON,
    unit=_("on or off"),
    words=_("The day's numbers; off when the portal is crowded"),
    source=OURS,
    check=on_or_off,
)
FIRST_ANSWER = rules.declare(
    "dashboard.first_answer",
    72,
    unit=_("hours"),
    words=_("Within how long half of the first answers should have come"),
    source=OURS,
)


def are_shown() -> bool:
    """Whether the numbers are counted and shown at all."""
    return NUMBERS.value() != OFF
