"""The numbers of committees, action items and progress reports, as the Rulebook's defaults."""

from django.utils.translation import gettext_lazy as _

from channels_app.rules import OURS
from lifecycle import rules
from suggestions.rules import CALENDAR_DAYS

PAPER = _("the paper on Seoul's ways of listening, section 3.2")

REPORT_EVERY = 14  # days of a period: its rows are unique by number, so this is no rule to amend
FORM_DAYS = rules.declare(
    "committee.form",
    30,
    unit=CALENDAR_DAYS,
    words=_("Time to find the members of a committee"),
    source=OURS,
)
DECIDE_DAYS = rules.declare(
    "committee.decide",
    60,
    unit=CALENDAR_DAYS,
    words=_("Time for a committee to adopt a suggestion or to drop it"),
    source=OURS,
)
MEET_DAYS = rules.declare(
    "committee.meet",
    60,
    unit=CALENDAR_DAYS,
    words=_("How long a committee may go without a meeting before it counts as asleep"),
    source=OURS,
)
CLOSE_DAYS = rules.declare(
    "committee.close",
    90,
    unit=CALENDAR_DAYS,
    words=_("Time for a committee that takes nothing new to finish what it has"),
    source=OURS,
)
MINUTES_DAYS = rules.declare(
    "committee.minutes",
    7,
    unit=CALENDAR_DAYS,
    words=_("Time to publish the minutes of a committee's meeting"),
    source=OURS,
)
INVITATIONS = rules.declare(
    "committee.invitations",
    3,
    unit=_("mails a day"),
    words=_("How often an address is invited to a committee at most"),
    source=OURS,
)
REMIND_DAYS = rules.declare(
    "progress.remind",
    3,
    unit=CALENDAR_DAYS,
    words=_("How long before its date an office is reminded of a progress report"),
    source=OURS,
)
LATE_TO_HEAD = rules.declare(
    "progress.head",
    3,
    unit=CALENDAR_DAYS,
    words=_("How late a progress report may be before the head of its office is told"),
    source=OURS,
)
LATE_TO_MAYOR = rules.declare(
    "progress.mayor",
    7,
    unit=CALENDAR_DAYS,
    words=_("How late a progress report may be before the mayor's office is told"),
    source=OURS,
)
