"""Numbers of policy of what comes in from networks."""

from django.utils.translation import gettext_lazy as _

from channels_app.rules import OURS
from lifecycle import rules

FETCH_EVERY = rules.declare(
    "inbound.every",
    60,
    unit=_("seconds"),
    words=_("How often a mailbox is asked for new mail"),
    source=OURS,
)
TRY_AGAIN = rules.declare(
    "inbound.try_again",
    10,
    unit=_("minutes"),
    words=_("How long a mailbox that refuses our sign-in is left alone before the next try"),
    source=OURS,
)
SILENT_AFTER_DAYS = rules.declare(
    "inbound.silent",
    14,
    unit=_("days"),
    words=_("After how long without a message an account counts as silent"),
    source=OURS,
)
KEEP_UNUSED = rules.declare(
    "inbound.keep_unused",
    30,
    unit=_("days"),
    words=_("How long mail is kept that no message was made of"),
    source=OURS,
)
