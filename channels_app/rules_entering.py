"""The numbers of what officers write down for others, as the Rulebook's defaults."""

from django.utils.translation import gettext_lazy as _

from channels_app.rules import HOURS, OURS
from lifecycle import rules

ENTERED_WITHIN = rules.declare(
    "entered.within",
    30,
    unit=_("days"),
    words=_("How long after its receipt a letter may be written down with the day it came"),
    source=OURS,
)
SHEET_ROWS = rules.declare(
    "sheet.rows",
    5000,
    unit=_("rows"),
    words=_("How many voices one file may hold that an officer brings"),
    source=OURS,
)
SHEET_MEGABYTES = rules.declare(
    "sheet.megabytes",
    5,
    unit=_("megabytes"),
    words=_("How large a file of voices may be that an officer brings"),
    source=OURS,
)
SHEET_KEPT = rules.declare(
    "sheet.kept",
    24,
    unit=HOURS,
    words=_("How long a file of voices is kept that was looked through but not taken in"),
    source=OURS,
)
