"""The number of open data in the Rulebook."""

from django.utils.translation import gettext_lazy as _

from channels_app.rules import OURS
from lifecycle import rules

SUMS_KEPT = rules.declare(
    "opendata.sums",
    35,
    unit=_("days"),
    words=_("How long the checksums of earlier open data files can be looked up"),
    source=OURS,
)
