"""What offices are told of the dates of suggestions, of progress reports and of what is beside."""

from collections.abc import Iterator

from django.conf import settings
from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from channels_app.duties import Duty, highest
from channels_app.models import Delivery, Message
from lifecycle import clock
from suggestions.models import (
    ActionItem,
    Appeal,
    LateReport,
    Overdue,
    Promise,
    Suggestion,
    SuggestionReminder,
)
from suggestions.states import SUGGESTION_FINAL
from suggestions.states_of_committees import REPORT_FINAL


class OfSuggestions:
    """Suggestions on their way, under the same date."""

    def untold(self) -> QuerySet[SuggestionReminder]:
        """Rows that no mail tells of yet."""
        return SuggestionReminder.objects.untold()

    def message_of(self, row: SuggestionReminder) -> Message:
        """The message that became the suggestion."""
        return row.suggestion.message

    def still_true(self, delivery: Delivery) -> Iterator[Duty]:
        """Nobody has said anything meanwhile."""
        found = (
            delivery.suggestion_reminders.filter(suggestion__due_at=F("due_at"))
            .exclude(suggestion__status__in=SUGGESTION_FINAL)
            .select_related("suggestion__office", "suggestion__message")
        )
        for row in highest(found, lambda one: one.suggestion_id):
            suggestion = row.suggestion
            yield Duty(
                code=suggestion.code,
                office=str(suggestion.office),
                due_at=row.due_at,
                level=row.level,
                late=clock.now() - row.due_at,
                link=settings.SITE_URL + reverse("desk_idea", args=[suggestion.code]),
            )


class OfReports:
    """Progress reports whose date comes near, or that did not come by it."""

    def untold(self) -> QuerySet[LateReport]:
        """Rows that no mail tells of yet."""
        return LateReport.objects.untold()

    def message_of(self, _row: LateReport) -> None:
        """A report tells of many suggestions."""

    def still_true(self, delivery: Delivery) -> Iterator[Duty]:
        """It is not published."""
        found = delivery.late_reports.exclude(report__status__in=REPORT_FINAL).select_related(
            "report__office", "report__committee", "report__suggestion"
        )
        for row in highest(found, lambda one: one.report_id):
            report = row.report
            yield Duty(
                code=str(report),
                office=str(report.office),
                due_at=report.due_at,
                level=row.level,
                late=clock.now() - report.due_at,
                link=settings.SITE_URL + reverse("desk_reports_due"),
            )


class OfBeside:
    """Action items, promises and appeals, under the same date."""

    def untold(self) -> QuerySet[Overdue]:
        """Rows that no mail tells of yet."""
        return Overdue.objects.untold()

    def message_of(self, row: Overdue) -> Message | None:
        """The message that became its suggestion, where it is about one."""
        about = row.item or row.promise or row.appeal
        suggestion: Suggestion | None = about.suggestion if about else None
        return suggestion.message if suggestion else None

    def still_true(self, delivery: Delivery) -> Iterator[Duty]:
        """It is still owed."""
        rows = delivery.overdue.select_related("office")
        items = rows.filter(item__in=ActionItem.objects.owed(), due_at=F("item__due_at"))
        for row in highest(items.select_related("item__suggestion"), lambda one: one.item_id):
            assert row.item is not None  # noqa: S101 - the filter asks for it
            code = row.item.suggestion.code
            yield _duty(row, row.item, f"{code} {row.item}", reverse("desk_idea", args=[code]))
        promises = rows.filter(
            promise__in=Promise.objects.unfinished(), due_at=F("promise__due_at")
        )
        for row in highest(promises.select_related("promise"), lambda one: one.promise_id):
            assert row.promise is not None  # noqa: S101 - the filter asks for it
            link = reverse("desk_promise", args=[row.promise_id])
            yield _duty(row, row.promise, str(row.promise), link)
        appeals = rows.filter(appeal__in=Appeal.objects.waiting())
        for row in highest(appeals.select_related("appeal__suggestion"), lambda one: one.appeal_id):
            assert row.appeal is not None  # noqa: S101 - the filter asks for it
            code = row.appeal.suggestion.code
            words = _("%(code)s: an appeal") % {"code": code}
            yield _duty(row, row.appeal, words, reverse("desk_idea", args=[code]))


def _duty(row: Overdue, about: ActionItem | Promise | Appeal, words: str, path: str) -> Duty:
    return Duty(
        code=words,
        office=str(about.office),
        due_at=row.due_at,
        level=row.level,
        late=clock.now() - row.due_at,
        link=settings.SITE_URL + path,
    )


OF_SUGGESTIONS, OF_REPORTS, OF_BESIDE = OfSuggestions(), OfReports(), OfBeside()
