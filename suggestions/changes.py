"""What happened to suggestions since a moment, in one sentence each: a report begins with it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lifecycle import clock
from suggestions.models import (
    ActionItem,
    ActionItemStep,
    Meeting,
    ProgressReport,
    Suggestion,
    SuggestionStep,
)
from suggestions.states import Cause, SuggestionStatus
from suggestions.states_of_committees import ItemCause, ItemStatus


class Change(NamedTuple):
    """One thing that happened, and when."""

    at: datetime
    words: str


def since_of(report: ProgressReport) -> datetime:
    """What came after the newest earlier report; for the first one, since its period began."""
    before = ProgressReport.objects.published().beside(report).filter(number__lt=report.number)
    last = before.order_by("-number").values_list("published_at", flat=True).first()
    return last or timezone.make_aware(
        datetime.combine(report.first_day, datetime.min.time()), clock.SEOUL
    )


def changes_of(
    suggestions: Iterable[Suggestion], *, since: datetime, until: datetime | None = None
) -> Mapping[int, list[Change]]:
    """Key of each suggestion → what happened, oldest first; two queries however many there are."""
    found: dict[int, list[Change]] = {suggestion.pk: [] for suggestion in suggestions}
    until = until or clock.now()
    steps = SuggestionStep.objects.filter(root__in=found, at__gt=since, at__lte=until)
    for step in steps.order_by("at", "id"):
        if words := _words_of(step):
            found[step.root_id].append(Change(step.at, words))
    of_items = ActionItemStep.objects.filter(
        root__suggestion__in=found, at__gt=since, at__lte=until
    )
    for turn in of_items.select_related("root", "office").order_by("at", "id"):
        found[turn.root.suggestion_id].append(Change(turn.at, _words_of_item(turn, turn.root)))
    return {key: sorted(changes) for key, changes in found.items()}


def meetings_of(
    report: ProgressReport, *, since: datetime, until: datetime | None = None
) -> list[Meeting]:
    """What the committee met for meanwhile."""
    if report.committee_id is None:
        return []
    held = Meeting.objects.held().filter(committee=report.committee_id, starts_at__gt=since)
    return list(held.filter(starts_at__lte=until or clock.now()).order_by("starts_at"))


def _words_of(step: SuggestionStep) -> str:
    if step.cause == Cause.INTERIM:
        return _("The finish date moved to %(day)s.") % {"day": _day(step.due_at)}
    if step.cause in (Cause.BLOCKED, Cause.UNBLOCKED):
        return f"{Cause(step.cause).label}."
    if step.from_status == step.to_status:
        return ""
    return _("It is now: %(status)s.") % {"status": SuggestionStatus(step.to_status).label}


def _words_of_item(step: ActionItemStep, item: ActionItem) -> str:
    names = {"item": item.title, "office": step.office, "day": _day(step.due_at)}
    if step.cause == ItemCause.PROGRESS:
        return _("“%(item)s” went on.") % names
    if step.cause == ItemCause.MOVED:
        return _("“%(item)s”: the date moved to %(day)s.") % names
    if step.cause == ItemCause.HANDED:
        return _("“%(item)s”: %(office)s does it now.") % names
    if not step.from_status:
        return _("Planned: “%(item)s”, %(office)s, by %(day)s.") % names
    status = ItemStatus(step.to_status).label
    return _("“%(item)s” is now: %(status)s.") % {**names, "status": status}


def _day(moment: datetime | None) -> str:
    return date_format(clock.seoul(moment), "DATE_FORMAT") if moment else ""
