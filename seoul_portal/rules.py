"""What the Rulebook says about the portal as a whole."""

from django.utils.translation import gettext_lazy as _

from channels_app.rules import HOURS, OURS
from lifecycle import rules

SECONDS = _("seconds")

KEEP_BACKUPS = rules.declare(
    "keep.backups",
    35,
    unit=_("days after it was made"),
    words=_("How long we keep a backup, in which an erased message still is"),
    source=OURS,
)
ALARM_SILENT = rules.declare(
    "alarm.silent",
    60,
    unit=SECONDS,
    words=_("How long a part of the portal may be silent; a rare one may miss two of its times"),
    source=OURS,
)
ALARM_UNDONE = rules.declare(
    "alarm.undone",
    300,
    unit=SECONDS,
    words=_("How long anything may wait to be moved on"),
    source=OURS,
)
ALARM_PAUSED = rules.declare(
    "alarm.paused",
    600,
    unit=SECONDS,
    words=_("How long a channel may be paused because our sign-in is refused"),
    source=OURS,
)
ALARM_KEPT = rules.declare(
    "alarm.kept",
    3,
    unit=_("days"),
    words=_("How long mail that we could not make a message of may wait for a person"),
    source=OURS,
)
ALARM_TRANSACTION = rules.declare(
    "alarm.transaction",
    300,
    unit=SECONDS,
    words=_("How long one piece of work may hold the database"),
    source=OURS,
)
ALARM_BACKUP = rules.declare(
    "alarm.backup", 26, unit=HOURS, words=_("How old the last backup may be"), source=OURS
)
ALARM_SEAL = rules.declare(
    "alarm.seal",
    26,
    unit=HOURS,
    words=_("How old the last seal of the public record may be"),
    source=OURS,
)
ALARM_DRILL = rules.declare(
    "alarm.drill",
    100,
    unit=_("days"),
    words=_("How long ago the last restore drill may be"),
    source=OURS,
)
