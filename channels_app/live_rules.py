"""What the Rulebook says about pages that follow what happens."""

from django.utils.translation import gettext_lazy as _

from channels_app.rules import ON, OURS, on_or_off
from lifecycle import rules

LIVE = rules.declare(
    "switch.live",
    ON,
    unit=_("on or off"),
    words=_("Open pages of the wall hear what is new; off when the portal is crowded"),
    source=OURS,
    check=on_or_off,
)
