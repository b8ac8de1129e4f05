"""What offices are told of the dates of suggestions and of progress reports."""

from collections.abc import Iterator

from django.conf import settings
from django.db.models import F, QuerySet
from django.urls import reverse

from channels_app.duties import Duty, highest
from channels_app.models import Delivery, Message
from lifecycle import clock
from suggestions.models import LateReport, SuggestionReminder
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


OF_SUGGESTIONS, OF_REPORTS = OfSuggestions(), OfReports()
