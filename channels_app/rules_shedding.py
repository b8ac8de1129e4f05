"""What public pages leave out when the portal is crowded (DECISIONS, part 6)."""

from django.utils.translation import gettext_lazy as _

from channels_app.rules import OFF, ON, OURS, on_or_off
from lifecycle import rules

WALL_IMAGES = rules.declare(
    "switch.images",
    ON,
    unit=_("on or off"),
    words=_("Photos on the wall; off when the portal is crowded, each case still shows its own"),
    source=OURS,
    check=on_or_off,
)
COUNTERS = rules.declare(
    "switch.counters",
    ON,
    unit=_("on or off"),
    words=_("The numbers on the home page and above the wall; off when the portal is crowded"),
    source=OURS,
    check=on_or_off,
)


def shows_counters() -> bool:
    """Whether the numbers of the home page and the wall are counted."""
    return COUNTERS.value() != OFF


def shows_wall_images() -> bool:
    """Whether the wall asks for photos."""
    return WALL_IMAGES.value() != OFF
