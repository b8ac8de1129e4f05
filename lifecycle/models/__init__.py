"""What every followed thing shares, its sealed record, the Rulebook, the calendar, and how the
portal itself is.
"""

from lifecycle.models.record import HASH, Leaf, Node, Seal, Unsealed
from lifecycle.models.rulebook import Holiday, Rule
from lifecycle.models.tracked import (
    APPEND_ONLY,
    NEVER_EMPTIED,
    Lifecycle,
    Step,
    StepNote,
    Tracked,
    TrackedQuerySet,
    digest,
)
from lifecycle.models.upkeep import (
    BACKUPS,
    POISON,
    SILENT_AFTER,
    Alarm,
    Eldest,
    Heartbeat,
    Stumble,
    Upkeep,
    UpkeepKind,
)

__all__ = [
    "APPEND_ONLY",
    "BACKUPS",
    "HASH",
    "NEVER_EMPTIED",
    "POISON",
    "SILENT_AFTER",
    "Alarm",
    "Eldest",
    "Heartbeat",
    "Holiday",
    "Leaf",
    "Lifecycle",
    "Node",
    "Rule",
    "Seal",
    "Step",
    "StepNote",
    "Stumble",
    "Tracked",
    "TrackedQuerySet",
    "Unsealed",
    "Upkeep",
    "UpkeepKind",
    "digest",
]
