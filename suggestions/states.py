"""What a suggestion may become, which public stage that is, and what became of it in the end."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lifecycle.models import Lifecycle


class SuggestionStatus(models.TextChoices):
    """Where a suggestion is (LIFECYCLES 4.2)."""

    SUBMITTED = "submitted", pgettext_lazy("suggestion", "received")
    RETURNED = "returned", pgettext_lazy("suggestion", "back with its author")
    REFUSED = "refused", pgettext_lazy("suggestion", "not shown")
    REDIRECTED = "redirected", pgettext_lazy("suggestion", "answered as a message")
    OPEN = "open", pgettext_lazy("suggestion", "gathering support")
    DORMANT = "dormant", pgettext_lazy("suggestion", "asleep")
    WITHDRAWN = "withdrawn", pgettext_lazy("suggestion", "withdrawn")
    UNDER_REVIEW = "under_review", pgettext_lazy("suggestion", "waiting for the answer")
    IN_PLACE = "in_place", pgettext_lazy("suggestion", "already in place")
    PASSED_ON = "passed_on", pgettext_lazy("suggestion", "passed on")
    LONG_TERM = "long_term", pgettext_lazy("suggestion", "in the long-term plan")
    DECLINED = "declined", pgettext_lazy("suggestion", "declined")
    CANDIDATE = "candidate", pgettext_lazy("suggestion", "proposed for a forum")
    ON_AGENDA = "on_agenda", pgettext_lazy("suggestion", "on a forum's agenda")
    DISCUSSED = "discussed", pgettext_lazy("suggestion", "discussed at a forum")
    DELIBERATING = "deliberating", pgettext_lazy("suggestion", "being deliberated")
    IN_COMMITTEE = "in_committee", pgettext_lazy("suggestion", "in a committee")
    ADOPTED = "adopted", pgettext_lazy("suggestion", "adopted")
    IMPLEMENTING = "implementing", pgettext_lazy("suggestion", "being carried out")
    CLAIMED_DONE = "claimed_done", pgettext_lazy("suggestion", "said to be done")
    IMPLEMENTED = "implemented", pgettext_lazy("suggestion", "done")
    EVALUATED = "evaluated", pgettext_lazy("suggestion", "done and evaluated")


S = SuggestionStatus
SUGGESTION_LIFECYCLE: Lifecycle = {
    S.SUBMITTED: {S.SUBMITTED, S.OPEN, S.RETURNED, S.REFUSED, S.REDIRECTED, S.WITHDRAWN},
    S.RETURNED: {S.SUBMITTED, S.WITHDRAWN},
    S.REFUSED: {S.SUBMITTED},  # an appeal was upheld
    S.REDIRECTED: set(),
    S.OPEN: {S.OPEN, S.UNDER_REVIEW, S.DORMANT, S.REDIRECTED, S.WITHDRAWN},
    S.DORMANT: {S.DORMANT, S.OPEN, S.UNDER_REVIEW, S.WITHDRAWN},
    S.WITHDRAWN: set(),
    S.UNDER_REVIEW: {
        S.UNDER_REVIEW,  # another office; the date moved
        S.OPEN,  # supports were false, and too few are left
        S.ADOPTED,
        S.IN_COMMITTEE,
        S.IN_PLACE,
        S.CANDIDATE,
        S.PASSED_ON,
        S.LONG_TERM,
        S.DECLINED,
        S.WITHDRAWN,
    },
    S.IN_PLACE: {S.IN_PLACE, S.UNDER_REVIEW},  # the answer was reworded; an appeal was upheld
    S.PASSED_ON: {S.PASSED_ON, S.UNDER_REVIEW, S.IN_PLACE, S.DECLINED},
    S.LONG_TERM: {S.LONG_TERM, S.UNDER_REVIEW},
    S.DECLINED: {S.DECLINED, S.UNDER_REVIEW},  # the answer was reworded; an appeal was upheld
    S.CANDIDATE: {S.CANDIDATE, S.ON_AGENDA, S.UNDER_REVIEW},
    S.ON_AGENDA: {S.ON_AGENDA, S.DISCUSSED, S.UNDER_REVIEW},
    S.DISCUSSED: {S.DISCUSSED, S.DELIBERATING, S.IN_COMMITTEE},
    S.DELIBERATING: {S.DELIBERATING, S.IN_COMMITTEE},
    S.IN_COMMITTEE: {S.IN_COMMITTEE, S.ADOPTED, S.DECLINED},
    S.ADOPTED: {S.ADOPTED, S.IMPLEMENTING},
    S.IMPLEMENTING: {S.IMPLEMENTING, S.CLAIMED_DONE},
    S.CLAIMED_DONE: {S.IMPLEMENTED, S.IMPLEMENTING},
    S.IMPLEMENTED: {S.EVALUATED, S.IMPLEMENTED},
    S.EVALUATED: set(),
}
SUGGESTION_FINAL = frozenset(
    {S.REFUSED, S.REDIRECTED, S.DECLINED, S.IN_PLACE, S.WITHDRAWN, S.EVALUATED}
)
# Citizens may still add their support.
SUPPORTABLE = frozenset({S.OPEN, S.DORMANT})
# Citizens may still say something in its discussion.
DISCUSSABLE = frozenset(
    {S.OPEN, S.DORMANT, S.UNDER_REVIEW, S.CANDIDATE, S.ON_AGENDA, S.DISCUSSED, S.LONG_TERM}
)
# Its author may still write a new version: until an office has to answer what stands there.
REWRITABLE = frozenset({S.OPEN, S.DORMANT})
# Not for everyone to read: not screened yet, or sent back.
UNSCREENED = frozenset({S.SUBMITTED, S.RETURNED, S.REFUSED, S.REDIRECTED})
# Its author may still take it back (LIFECYCLES 4.2).
WITHDRAWABLE = frozenset({S.SUBMITTED, S.OPEN, S.RETURNED, S.DORMANT, S.UNDER_REVIEW})
# Somebody works on it, and reports on it every fortnight.
REPORTED = frozenset({S.IN_COMMITTEE, S.ADOPTED, S.IMPLEMENTING})
# Its office may put its date off: of the answer, or the finish date that is public.
DATED = frozenset({S.ADOPTED, S.IMPLEMENTING})
PUT_OFF_IN = frozenset({S.UNDER_REVIEW, *DATED})
# Adopted, and its finish date is what everybody waits for.
UNDER_WAY = frozenset({S.ADOPTED, S.IMPLEMENTING, S.CLAIMED_DONE})


class Stage(models.TextChoices):
    """The eight public stages (paper, figure 1, as a citizen would name them)."""

    RECEIVED = "received", pgettext_lazy("suggestion stage", "Received")
    SUPPORT = "support", pgettext_lazy("suggestion stage", "Support and opinions")
    REVIEW = "review", pgettext_lazy("suggestion stage", "Review by the office")
    FORUM = "forum", pgettext_lazy("suggestion stage", "Listening forum")
    DELIBERATION = "deliberation", pgettext_lazy("suggestion stage", "Deliberation")
    COMMITTEE = "committee", pgettext_lazy("suggestion stage", "Committee and decision")
    WORK = "work", pgettext_lazy("suggestion stage", "At work")
    DONE = "done", pgettext_lazy("suggestion stage", "Done and evaluated")


STAGE_OF: dict[str, Stage] = {
    S.SUBMITTED: Stage.RECEIVED,
    S.RETURNED: Stage.RECEIVED,
    S.REFUSED: Stage.RECEIVED,
    S.REDIRECTED: Stage.RECEIVED,
    S.OPEN: Stage.SUPPORT,
    S.DORMANT: Stage.SUPPORT,
    S.WITHDRAWN: Stage.SUPPORT,
    S.UNDER_REVIEW: Stage.REVIEW,
    S.IN_PLACE: Stage.REVIEW,
    S.PASSED_ON: Stage.REVIEW,
    S.LONG_TERM: Stage.REVIEW,
    S.DECLINED: Stage.REVIEW,
    S.CANDIDATE: Stage.FORUM,
    S.ON_AGENDA: Stage.FORUM,
    S.DISCUSSED: Stage.FORUM,
    S.DELIBERATING: Stage.DELIBERATION,
    S.IN_COMMITTEE: Stage.COMMITTEE,
    S.ADOPTED: Stage.COMMITTEE,
    S.IMPLEMENTING: Stage.WORK,
    S.CLAIMED_DONE: Stage.WORK,
    S.IMPLEMENTED: Stage.DONE,
    S.EVALUATED: Stage.DONE,
}


class Disposition(models.TextChoices):
    """What became of it: every suggestion is in exactly one (LIFECYCLES 6, invariant 1)."""

    WAITING = "waiting", pgettext_lazy("disposition", "waiting for support")
    REVIEW = "review", pgettext_lazy("disposition", "waiting for the answer")
    UNDER_WAY = "under_way", pgettext_lazy("disposition", "under way")
    IMPLEMENTED = "implemented", pgettext_lazy("disposition", "implemented")
    LONG_TERM = "long_term", pgettext_lazy("disposition", "in the long-term plan")
    DECLINED = "declined", pgettext_lazy("disposition", "declined")
    IN_PLACE = "in_place", pgettext_lazy("disposition", "already in place")
    PASSED_ON = "passed_on", pgettext_lazy("disposition", "passed on to another body")
    REDIRECTED = "redirected", pgettext_lazy("disposition", "answered as a message")
    GONE = "gone", pgettext_lazy("disposition", "withdrawn or not shown")


DISPOSITION_OF: dict[str, Disposition] = {
    S.SUBMITTED: Disposition.WAITING,
    S.OPEN: Disposition.WAITING,
    S.RETURNED: Disposition.WAITING,
    S.DORMANT: Disposition.WAITING,
    S.UNDER_REVIEW: Disposition.REVIEW,
    S.CANDIDATE: Disposition.REVIEW,
    S.ON_AGENDA: Disposition.REVIEW,
    S.DISCUSSED: Disposition.REVIEW,
    S.DELIBERATING: Disposition.REVIEW,
    S.IN_COMMITTEE: Disposition.REVIEW,
    S.ADOPTED: Disposition.UNDER_WAY,
    S.IMPLEMENTING: Disposition.UNDER_WAY,
    S.CLAIMED_DONE: Disposition.UNDER_WAY,
    S.IMPLEMENTED: Disposition.IMPLEMENTED,
    S.EVALUATED: Disposition.IMPLEMENTED,
    S.LONG_TERM: Disposition.LONG_TERM,
    S.DECLINED: Disposition.DECLINED,
    S.IN_PLACE: Disposition.IN_PLACE,
    S.PASSED_ON: Disposition.PASSED_ON,
    S.REDIRECTED: Disposition.REDIRECTED,
    S.WITHDRAWN: Disposition.GONE,
    S.REFUSED: Disposition.GONE,
}


class Cause(models.TextChoices):
    """Why a Step was taken, where its two statuses do not say it."""

    THRESHOLD = "threshold", _("enough people support it")
    FORUM = "forum", _("so many people that the listening team decides about a forum")
    MAYOR = "mayor", _("so many people that the mayor answers")
    PICKED = "picked", _("an office picked it without waiting for support")
    WINDOW = "window", _("its time for support is over")
    REVIVED = "revived", _("somebody supports it again")
    RESCUED = "rescued", _("the listening team woke it")
    CORRECTED = "corrected", _("its author corrected it")
    REWRITTEN = "rewritten", _("its author wrote a new version")
    SUMMED_UP = "summed_up", _("the office summed up the discussion")
    UPHELD = "upheld", _("its author's appeal was upheld")
    ASSIGNED = "assigned", _("another office answers")
    INTERIM = "interim", _("the office needs more time")
    REWORDED = "reworded", _("the office corrected its answer")
    HEARD = "heard", _("the body it was passed on to has answered")
    SURVEY = "survey", _("those who follow are asked whether it helps")
    CALENDAR = "calendar", _("a holiday was declared or taken back")
    FOLLOW_UP = "follow_up", _("the day to look at it again has come")
    NOT_CHOSEN = "not_chosen", _("not chosen for a forum")
    SILENT = "silent", _("nobody objected in time")
    DISPUTED = "disputed", _("it is not done, somebody says")
    BLOCKED = "blocked", _("something stands in the way")
    UNBLOCKED = "unblocked", _("nothing stands in the way any more")
    PLANNED = "planned", _("its action items changed")
    FALSE = "false", _("supports were false, and too few are left")
    STATUTE = "statute", _("the Petition Act has it answered")
    ERASED = "erased", _("its author had it erased")


class SupportState(models.TextChoices):
    """Where one person's support is (LIFECYCLES 4.9)."""

    PENDING = "pending", pgettext_lazy("support", "waits for confirmation")
    VALID = "valid", pgettext_lazy("support", "counts")
    WITHDRAWN = "withdrawn", pgettext_lazy("support", "taken back")
    INVALIDATED = "invalidated", pgettext_lazy("support", "does not count")


SUPPORT_LIFECYCLE: Lifecycle = {
    SupportState.PENDING: {SupportState.VALID, SupportState.WITHDRAWN},
    SupportState.VALID: {SupportState.WITHDRAWN, SupportState.INVALIDATED},
    SupportState.WITHDRAWN: {SupportState.PENDING, SupportState.VALID},
    SupportState.INVALIDATED: {SupportState.VALID},  # the rule was taken back: restored
}
