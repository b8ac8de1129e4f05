"""The lists of suggestions at the desk: which rows, in which order, and how many there are."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Prefetch, Q, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lifecycle import clock
from people.models import User
from suggestions import rules
from suggestions.models import (
    Appeal,
    Milestone,
    Suggestion,
    SuggestionReminder,
    SuggestionStep,
    Threshold,
)
from suggestions.models.suggestions import SuggestionQuerySet
from suggestions.states import SUPPORTABLE, Cause, SuggestionStatus

# Nobody waits for a word of the city: citizens support it, or its author corrects it.
UP_TO_CITIZENS = {*SUPPORTABLE, SuggestionStatus.RETURNED}


@dataclass(frozen=True)
class View:
    """One list: its name in the address, its words, its rows for an officer, their order."""

    name: str
    words: str | Promise
    rows: Callable[[User], SuggestionQuerySet]
    empty: str | Promise
    by: str = "due_at"
    first: bool = True


def owed() -> SuggestionQuerySet:
    """The city owes the next word."""
    return Suggestion.objects.unfinished().exclude(status__in=UP_TO_CITIZENS)


def late() -> SuggestionQuerySet:
    """The city owes the next word and its date has passed; each with on whose lists it stands."""
    told = SuggestionReminder.objects.filter(due_at=F("suggestion__due_at")).order_by("at", "id")
    passed = owed().filter(due_at__lt=clock.now())
    return passed.prefetch_related(Prefetch("reminders", told, to_attr="told"))


def reach_of(user: User) -> Q:
    """The listening team, the centre, auditors and the mayor's office see all; others their own."""
    if user.is_listening or user.is_at_centre or user.is_auditor or user.is_in_mayors_office:
        return Q()
    return Q(office__in=user.offices) | Q(department__in=user.offices)


def _mine(user: User) -> SuggestionQuerySet:
    return owed().filter(office__in=user.offices)


def _overdue(user: User) -> SuggestionQuerySet:
    return late().filter(reach_of(user))


def _to_screen(user: User) -> SuggestionQuerySet:
    waiting = Suggestion.objects.filter(status=SuggestionStatus.SUBMITTED)
    return waiting if _screens(user) else waiting.none()


def _screens(user: User) -> bool:
    return user.is_at_centre or user.is_listening or user.is_auditor


def _reviewed(user: User) -> SuggestionQuerySet:
    return Suggestion.objects.filter(reach_of(user), status=SuggestionStatus.UNDER_REVIEW)


def _to_settle(user: User) -> SuggestionQuerySet:
    """Crossed thresholds that an office owes something for; the first due of each counts."""
    owed_ones = Milestone.objects.owed().filter(suggestion=OuterRef("pk"))
    if not (user.is_listening or user.is_auditor or user.is_in_mayors_office):
        owed_ones = owed_ones.filter(office__in=user.offices)
    first = Subquery(owed_ones.order_by("due_at").values("due_at")[:1])
    return Suggestion.objects.filter(Exists(owed_ones)).annotate(next_at=first)


def _to_rescue(user: User) -> SuggestionQuerySet:
    """About to fall asleep, or asleep so long that it is looked at once more."""
    days = timedelta(days=rules.RESCUE_DAYS.value())
    moment = clock.now()
    again = SuggestionStep.objects.filter(
        root=OuterRef("pk"), seq=OuterRef("version"), cause=Cause.FOLLOW_UP, at__gt=moment - days
    )
    closing = Q(status=SuggestionStatus.OPEN, due_at__lte=moment + days)
    slept = Q(Exists(again), status=SuggestionStatus.DORMANT)
    return Suggestion.objects.filter(closing | slept, reach_of(user))


def _appealed(user: User) -> SuggestionQuerySet:
    """What this officer decides about, or sees as one who sees all; by the appeal's own date."""
    waiting = Appeal.objects.waiting().filter(suggestion=OuterRef("pk"))
    if not (user.is_auditor or user.is_in_mayors_office):
        own = Q(office__in=[*user.offices, *user.led])
        if _screens(user):
            own |= Q(against=SuggestionStatus.REFUSED)
        waiting = waiting.filter(own)
    first = Subquery(waiting.order_by("due_at").values("due_at")[:1])
    return Suggestion.objects.filter(Exists(waiting)).annotate(next_at=first)


def _noticed(user: User) -> SuggestionQuerySet:
    """Enough people for the listening team to look, not enough for an answer yet."""
    crossed = Milestone.objects.filter(
        suggestion=OuterRef("pk"), threshold=Threshold.PANEL, undone_at=None
    )
    return Suggestion.objects.supportable().filter(Exists(crossed), reach_of(user))


def _gathering(user: User) -> SuggestionQuerySet:
    return Suggestion.objects.filter(reach_of(user), status=SuggestionStatus.OPEN)


def _asleep(user: User) -> SuggestionQuerySet:
    return Suggestion.objects.filter(reach_of(user), status=SuggestionStatus.DORMANT)


def _with_author(user: User) -> SuggestionQuerySet:
    back = Suggestion.objects.filter(status=SuggestionStatus.RETURNED)
    return back if _screens(user) else back.none()


def _all(user: User) -> SuggestionQuerySet:
    return Suggestion.objects.unfinished().filter(reach_of(user))


def _ended(user: User) -> SuggestionQuerySet:
    return Suggestion.objects.filter(reach_of(user), ended_at__isnull=False)


VIEWS = {
    view.name: view
    for view in (
        View("mine", _("Our turn"), _mine, _("Nobody waits for a word of yours.")),
        View("overdue", _("Overdue"), _overdue, _("Nothing is overdue.")),
        View("screen", _("To look at first"), _to_screen, _("Nothing waits to be looked at.")),
        View("review", _("To be answered"), _reviewed, _("No suggestion waits for an answer.")),
        View(
            "thresholds",
            _("Thresholds to settle"),
            _to_settle,
            _("No threshold waits for the city."),
            by="next_at",
        ),
        View(
            "rescue",
            _("About to fall asleep"),
            _to_rescue,
            _("Nothing falls asleep in the next days."),
        ),
        View(
            "appeals",
            _("Appeals to decide"),
            _appealed,
            _("Nobody has appealed."),
            by="next_at",
        ),
        View("noticed", _("Noticed by some"), _noticed, _("Nothing stands out yet.")),
        View("gathering", _("Gathering support"), _gathering, _("Nothing gathers support.")),
        View("asleep", _("Asleep"), _asleep, _("Nothing is asleep."), first=False),
        View(
            "returned",
            _("Back with their authors"),
            _with_author,
            _("Nothing was sent back."),
            first=False,
        ),
        View("all", _("All open ones"), _all, _("There is no suggestion yet.")),
        View(
            "ended",
            _("Ended"),
            _ended,
            _("Nothing has ended yet."),
            by="-ended_at",
            first=False,
        ),
    )
}


def usual(user: User) -> str:
    """The list an officer begins with."""
    return "mine" if user.offices else "all"
