"""What is late beside answers, so that the mayor's office looks: reports, items, promises, appeals.

Each stands here once it is late by the Rulebook's days, and no longer once somebody acts.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise as LazyWords
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from channels_app import deadlines
from desk.carried import Line, line_of_item, line_of_promise, line_of_report
from lifecycle import clock
from suggestions import rules_of_committees
from suggestions.models import ActionItem, Appeal, ProgressReport, Promise

FEW = 5  # of each kind on the page


@dataclass(frozen=True)
class Kind:
    """One kind of what is late: its rows late since a moment, and how each reads."""

    words: str | LazyWords
    days: Callable[[], int]
    late: Callable[[datetime], QuerySet[Any]]
    line_of: Callable[[Any], Line]

    def rows(self) -> QuerySet[Any]:
        """All of them, the longest overdue first."""
        since = clock.now() - timedelta(days=self.days())
        return self.late(since).order_by("due_at", "id")


@dataclass(frozen=True)
class Late:
    """How many of one kind, and the first of them."""

    name: str
    words: str | LazyWords
    count: int
    lines: Sequence[Line]


def _reports(since: datetime) -> QuerySet[ProgressReport]:
    late = ProgressReport.objects.unfinished().filter(due_at__lt=since)
    return late.select_related("office", "committee", "suggestion")


def _items(since: datetime) -> QuerySet[ActionItem]:
    late = ActionItem.objects.owed().filter(due_at__lt=since)
    return late.select_related("office", "suggestion")


def _promises(since: datetime) -> QuerySet[Promise]:
    return Promise.objects.unfinished().filter(due_at__lt=since).select_related("office")


def _appeals(since: datetime) -> QuerySet[Appeal]:
    late = Appeal.objects.waiting().filter(due_at__lt=since)
    return late.select_related("office", "suggestion")


def _line_of_appeal(appeal: Appeal) -> Line:
    suggestion = appeal.suggestion
    link = reverse("desk_idea", args=[suggestion.code])
    return Line(link, suggestion.title, appeal.due_at, appeal.office, _("appeal"), suggestion.code)


KINDS: Mapping[str, Kind] = {
    "late_reports": Kind(
        gettext_lazy("Progress reports late for a week and more"),
        rules_of_committees.LATE_TO_MAYOR.value,
        _reports,
        line_of_report,
    ),
    "late_items": Kind(
        gettext_lazy("Action items late for a week and more"),
        deadlines.LATE_TO_MAYOR.value,
        _items,
        line_of_item,
    ),
    "late_promises": Kind(
        gettext_lazy("Public promises late for a week and more"),
        deadlines.LATE_TO_MAYOR.value,
        _promises,
        line_of_promise,
    ),
    "late_appeals": Kind(
        gettext_lazy("Appeals about suggestions late for a week and more"),
        deadlines.LATE_TO_MAYOR.value,
        _appeals,
        _line_of_appeal,
    ),
}


def late_now() -> list[Late]:
    """Every kind with its first rows: two queries for each."""
    return [
        Late(name, kind.words, rows.count(), [kind.line_of(row) for row in rows[:FEW]])
        for name, kind in KINDS.items()
        for rows in (kind.rows(),)
    ]


def late_lines() -> list[tuple[str, Line]]:
    """All of every kind, for the file."""
    return [(str(kind.words), kind.line_of(row)) for kind in KINDS.values() for row in kind.rows()]
