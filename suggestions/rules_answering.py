"""The numbers of answering a suggestion, of "done", and of promises, as the Rulebook's defaults."""

from django.utils.translation import gettext_lazy as _

from channels_app.rules import DAYS, OURS
from lifecycle import rules
from suggestions.rules import CALENDAR_DAYS, PEOPLE

PAPER = _("the paper")

PERSONAL = rules.declare(
    "review.personal",
    40,
    unit=_("characters"),
    words=_("Shortest paragraph of an official answer that is about this suggestion alone"),
    source=OURS,
)
LONG_TERM_MONTHS = rules.declare(
    "review.long_term",
    12,
    unit=_("months"),
    words=_("When at the latest a suggestion in the long-term plan is looked at again"),
    source=OURS,
)
SILENT_DAYS = rules.declare(
    "done.silent",
    30,
    unit=CALENDAR_DAYS,
    words=_("Time to say that something is not done; without a word it counts as done"),
    source=OURS,
)
DISPUTED_DAYS = rules.declare(
    "done.disputed",
    30,
    unit=CALENDAR_DAYS,
    words=_("Time for the office where somebody says that it is not done"),
    source=OURS,
)
SURVEY_AFTER = rules.declare(
    "evaluate.after",
    90,
    unit=CALENDAR_DAYS,
    words=_("When those who follow are asked whether what was done helps"),
    source=PAPER,
)
SURVEY_DAYS = rules.declare(
    "evaluate.survey",
    30,
    unit=CALENDAR_DAYS,
    words=_("How long they can answer"),
    source=OURS,
)
EVALUATE_BY = rules.declare(
    "evaluate.by",
    180,
    unit=CALENDAR_DAYS,
    words=_("When at the latest the listening team says whether it helped"),
    source=PAPER,
)
LEAST_PEOPLE = rules.declare(
    "evaluate.least",
    5,
    unit=PEOPLE,
    words=_("Smallest group whose number a survey shows"),
    source=OURS,
)
TAKE_ON_DAYS = rules.declare(
    "promise.take_on",
    7,
    unit=DAYS,
    words=_("Time until an office has to take a promise on"),
    source=OURS,
)
