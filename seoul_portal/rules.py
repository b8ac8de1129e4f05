"""What the Rulebook says about the portal as a whole."""

from django.utils.translation import gettext_lazy as _

from channels_app.rules import OURS
from lifecycle import rules

KEEP_BACKUPS = rules.declare(
    "keep.backups",
    35,
    unit=_("days after it was made"),
    words=_("How long we keep a backup, in which an erased message still is"),
    source=OURS,
)
