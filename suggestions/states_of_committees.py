"""What a committee, an action item and a progress report may become (LIFECYCLES 4.5, 4.6)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lifecycle.models import Lifecycle


class CommitteeStatus(models.TextChoices):
    """Where a committee is."""

    FORMING = "forming", pgettext_lazy("committee", "being formed")
    ACTIVE = "active", pgettext_lazy("committee", "at work")
    DORMANT = "dormant", pgettext_lazy("committee", "asleep: no meeting for long")
    CLOSING = "closing", pgettext_lazy("committee", "finishing")
    CLOSED = "closed", pgettext_lazy("committee", "closed")


C = CommitteeStatus
COMMITTEE_LIFECYCLE: Lifecycle = {
    C.FORMING: {C.ACTIVE, C.CLOSED},
    C.ACTIVE: {C.ACTIVE, C.DORMANT, C.CLOSING},  # active → active: it met
    C.DORMANT: {C.DORMANT, C.ACTIVE, C.CLOSING},  # dormant → dormant: looked at once more
    C.CLOSING: {C.CLOSED},
    C.CLOSED: set(),
}
COMMITTEE_FINAL = frozenset({C.CLOSED})
# It may still be given suggestions.
TAKING = frozenset({C.ACTIVE})
# It reports on what it was given.
REPORTING = frozenset({C.ACTIVE, C.DORMANT, C.CLOSING})


class Side(models.TextChoices):
    """Who somebody speaks for in a committee (paper 3.2)."""

    OFFICER = "officer", pgettext_lazy("seat", "city officers")
    CIVIC = "civic", pgettext_lazy("seat", "civic groups")
    EXPERT = "expert", pgettext_lazy("seat", "experts")
    CITIZEN = "citizen", pgettext_lazy("seat", "citizens")


# No committee works without each of these: "city officers in relevant departments,
# representatives from civic groups and other experts" (paper 3.2).
NEEDED_SIDES = (Side.OFFICER, Side.CIVIC, Side.EXPERT)


class ItemStatus(models.TextChoices):
    """Where an action item is: the four counters of the Mobile Mayoral Office, and its exits."""

    UNDER_REVIEW = "under_review", pgettext_lazy("action item", "not begun")
    UNDER_WAY = "under_way", pgettext_lazy("action item", "under way")
    DONE = "done", pgettext_lazy("action item", "done")
    LONG_TERM = "long_term", pgettext_lazy("action item", "in long-term review")
    BLOCKED = "blocked", pgettext_lazy("action item", "blocked")
    CANCELLED = "cancelled", pgettext_lazy("action item", "cancelled")


A = ItemStatus
ITEM_LIFECYCLE: Lifecycle = {
    A.UNDER_REVIEW: {A.UNDER_REVIEW, A.UNDER_WAY, A.LONG_TERM, A.CANCELLED},
    A.UNDER_WAY: {A.UNDER_WAY, A.DONE, A.LONG_TERM, A.BLOCKED, A.CANCELLED},
    A.LONG_TERM: {A.LONG_TERM, A.UNDER_REVIEW, A.UNDER_WAY, A.CANCELLED},
    A.BLOCKED: {A.BLOCKED, A.UNDER_WAY, A.CANCELLED},
    A.DONE: set(),
    A.CANCELLED: set(),
}
ITEM_FINAL = frozenset({A.DONE, A.CANCELLED})


class Horizon(models.TextChoices):
    """How far away it is: "immediate actions, mid to long-term plans" (paper 3.3)."""

    IMMEDIATE = "immediate", pgettext_lazy("horizon", "immediate")
    MID_TERM = "mid_term", pgettext_lazy("horizon", "mid-term")
    LONG_TERM = "long_term", pgettext_lazy("horizon", "long-term")


class ReportStatus(models.TextChoices):
    """Where a progress report is."""

    DUE = "due", pgettext_lazy("report", "to be written")
    DRAFTED = "drafted", pgettext_lazy("report", "drafted")
    PUBLISHED = "published", pgettext_lazy("report", "published")


R = ReportStatus
REPORT_LIFECYCLE: Lifecycle = {
    R.DUE: {R.DRAFTED},
    R.DRAFTED: {R.DRAFTED, R.PUBLISHED},
    R.PUBLISHED: set(),
}
REPORT_FINAL = frozenset({R.PUBLISHED})


class ItemCause(models.TextChoices):
    """Why an item took a step that leaves its status."""

    PROGRESS = "progress", _("its office says how far it is")
    MOVED = "moved", _("its date moved")
    HANDED = "handed", _("another office does it")


class CommitteeCause(models.TextChoices):
    """Why a committee took a step that leaves its status."""

    MET = "met", _("it met")
    FOLLOW_UP = "follow_up", _("the day to look at it again has come")
