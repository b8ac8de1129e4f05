"""Progress reports: one a fortnight, with a line for each suggestion (LIFECYCLES 4.5)."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from channels_app.models import Delivery, Level, Message
from lifecycle import clock, workdays
from lifecycle.models import Step, StepNote, Tracked, TrackedQuerySet
from people.models import Office, User
from suggestions import rules_of_committees as rules
from suggestions.models.committees import (
    Committee,
    Mandate,
    Seat,
    day_of,
    first_day_of,
    number_on,
)
from suggestions.models.suggestions import Suggestion
from suggestions.states import REPORTED, SuggestionStatus
from suggestions.states_of_committees import REPORT_FINAL, REPORT_LIFECYCLE, ReportStatus

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class ProgressReportQuerySet(TrackedQuerySet["ProgressReport"]):
    """Which reports."""

    def public(self) -> Self:
        """What everyone can read: that one is due, and by when, too."""
        return self.filter(
            Q(committee__isnull=False) | Q(suggestion__in=Suggestion.objects.public())
        )

    def of(self, mandate: Mandate) -> Self:
        """Of the committee that carries a suggestion, or of the suggestion its office carries."""
        if mandate.committee_id is not None:
            return self.filter(committee=mandate.committee_id)
        return self.filter(suggestion=mandate.suggestion_id)

    def published(self) -> Self:
        """What everyone can read."""
        return self.filter(status=ReportStatus.PUBLISHED)

    def owed_by(self, user: User) -> Self:
        """Those that this officer's offices have to write; the most urgent first."""
        return self.unfinished().filter(office__in=user.offices).order_by("due_at", "id")

    def late_untold(self) -> Self:
        """Its date has passed, and that was not told yet."""
        told = LateReport.objects.filter(report=OuterRef("pk"), level=Level.LATE)
        return self.overdue().filter(~Exists(told)).order_by("due_at", "id")

    def beside(self, report: "ProgressReport") -> Self:
        """Those of the same committee, or of the same suggestion."""
        return self.filter(committee=report.committee_id, suggestion=report.suggestion_id)


class ProgressReport(Tracked):
    """What happened in one period of fourteen days: of a committee, or of one suggestion.

    A suggestion that was adopted directly has reports of its own, by its office alone. Every
    period has one row, made when it begins, whatever the beat did. `office` owes it by `due_at`,
    the end of the period. `by_seat` wrote the draft, then an officer countersigns by publishing.
    Where nothing changed, `because` says why; `flagged`: nothing changed twice in a row.
    """

    lifecycle = REPORT_LIFECYCLE
    final = REPORT_FINAL

    committee = models.ForeignKey(Committee, models.PROTECT, null=True, related_name="reports")
    suggestion = models.ForeignKey(Suggestion, models.PROTECT, null=True, related_name="reports")
    number = models.PositiveSmallIntegerField(editable=False)
    first_day = models.DateField(editable=False)
    words = models.TextField(blank=True)
    no_change = models.BooleanField(default=False)
    because = models.TextField(blank=True)
    flagged = models.BooleanField(default=False, editable=False)
    hours = models.DecimalField(max_digits=5, decimal_places=1, null=True)
    by_seat = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+", db_index=False)
    published_at = models.DateTimeField(null=True, editable=False)
    published_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", db_index=False, editable=False
    )
    status = models.CharField(
        max_length=20, choices=ReportStatus, default=ReportStatus.DUE, editable=False
    )

    objects = ProgressReportQuerySet.as_manager()

    if TYPE_CHECKING:
        steps: RelatedManager["ProgressReportStep"]  # type: ignore[assignment]  # narrower

    class Meta:
        ordering = ["-first_day", "-id"]
        verbose_name = _("progress report")
        verbose_name_plural = _("progress reports")
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "number"], name="progressreport_of_committee_once"
            ),
            models.UniqueConstraint(
                fields=["suggestion", "number"], name="progressreport_of_suggestion_once"
            ),
            models.CheckConstraint(
                name="progressreport_of_one_thing",
                condition=Q(committee__isnull=False, suggestion__isnull=True)
                | Q(committee__isnull=True, suggestion__isnull=False),
            ),
            models.CheckConstraint(
                name="progressreport_has_owner_and_date",
                condition=Q(office__isnull=False, due_at__isnull=False),
            ),
            models.CheckConstraint(
                name="progressreport_published_whole",
                condition=Q(status="published", published_at__isnull=False, hours__isnull=False)
                | ~Q(status="published") & Q(published_at__isnull=True),
            ),
            models.CheckConstraint(
                name="progressreport_no_change_says_why",
                condition=Q(no_change=False) | ~Q(because="") | Q(published_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(
                fields=["office", "due_at", "id"],
                name="progressreport_queue",
                condition=~Q(status="published"),
            ),
            models.Index(
                fields=["due_at", "id"],
                name="progressreport_clock",
                condition=~Q(status="published"),
            ),
            models.Index(fields=["published_at"], name="progressreport_hours"),
        ]

    def __str__(self) -> str:
        return f"{self.committee or self.suggestion} #{self.number}"

    def get_absolute_url(self) -> str:
        """The public page of this report."""
        if self.committee is not None:
            return reverse("committee_report", args=[self.committee.slug, self.number])
        assert self.suggestion is not None  # noqa: S101 - a constraint of the table
        return reverse("idea_report", args=[self.suggestion.code, self.number])

    @property
    def last_day(self) -> date:
        """The last day of its period."""
        return self.first_day + timedelta(days=rules.REPORT_EVERY - 1)

    @property
    def is_published(self) -> bool:
        """Everyone can read it."""
        return self.published_at is not None

    @property
    def was_late(self) -> bool:
        """Published after its date, or not published though its date has passed."""
        assert self.due_at is not None  # noqa: S101 - a constraint of the table
        return (self.published_at or clock.now()) > self.due_at

    def may_be_written_by(self, user: User) -> bool:
        """Drafted and published: the office that owes it."""
        return user.holds(self.office)


def report_due(reports_from: date, number: int) -> datetime:
    """Close of business on the day its period is over, or on the next working day."""
    return workdays.close_of(first_day_of(reports_from, number + 1))


def next_report_due(suggestion: Suggestion) -> datetime | None:
    """By when it is reported on next: a report that is owed, or the one after the newest.

    None for what nobody works on.
    """
    if suggestion.status not in REPORTED:
        return None
    mandate = next((one for one in suggestion.mandates.all() if one.until is None), None)
    if mandate is None:
        return None
    reports = ProgressReport.objects.of(mandate)
    owed = reports.unfinished().order_by("number").values_list("due_at", flat=True).first()
    if owed is not None:
        return owed
    reports_from = mandate.reports_from
    newest = reports.order_by("-number").values_list("number", flat=True).first() or 0
    return report_due(reports_from, max(newest + 1, number_on(reports_from, day_of(clock.now()))))


def committees_without() -> QuerySet[Committee]:
    """At work, once given something to report on, and no row for the present period."""
    written = ProgressReport.objects.filter(committee=OuterRef("pk"), **_at_present())
    held = Mandate.objects.filter(committee=OuterRef("pk"))
    return Committee.objects.at_work().filter(Exists(held), ~Exists(written)).order_by("pk")


def committees_owing() -> QuerySet[Committee]:
    """Those of them that surely owe one: something is worked on now."""
    live = Mandate.objects.live().filter(committee=OuterRef("pk"))
    return committees_without().filter(Exists(live))


def offices_owing() -> QuerySet[Mandate]:
    """The same of suggestions that an office carries alone."""
    return offices_without().filter(suggestion__status__in=REPORTED)


def offices_without() -> QuerySet[Mandate]:
    """The same of suggestions that an office carries alone."""
    written = ProgressReport.objects.filter(suggestion=OuterRef("suggestion"), **_at_present())
    alone = Mandate.objects.of_offices_alone().filter(until=None)
    return alone.filter(~Exists(written)).order_by("pk")


def _at_present() -> dict[str, date]:
    return {"first_day__gt": day_of(clock.now()) - timedelta(days=rules.REPORT_EVERY)}


class ProgressReportStep(Step):
    """One change of a progress report."""

    root = models.ForeignKey(ProgressReport, models.PROTECT, related_name="steps", db_index=False)

    class Meta(Step.Meta):
        constraints = [
            models.UniqueConstraint(fields=["root", "seq"], name="progressreportstep_once")
        ]


class ProgressReportStepNote(StepNote):
    """What an officer wrote at a step of a progress report."""

    step = models.OneToOneField(
        ProgressReportStep, models.PROTECT, primary_key=True, related_name="note"
    )


class ReportLine(models.Model):
    """What one suggestion has come to: done, next, how far; and why its date moved, if it did."""

    report = models.ForeignKey(ProgressReport, models.PROTECT, related_name="lines")
    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="report_lines")
    done = models.TextField(blank=True)
    next = models.TextField(blank=True)
    moved = models.TextField(blank=True)
    percent = models.PositiveSmallIntegerField(null=True)
    stands_at = models.CharField(max_length=20, choices=SuggestionStatus)
    finish_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("line of a progress report")
        verbose_name_plural = _("lines of progress reports")
        constraints = [
            models.UniqueConstraint(fields=["report", "suggestion"], name="reportline_once")
        ]

    def __str__(self) -> str:
        return f"{self.report_id}: {self.suggestion_id}"


class Feedback(models.Model):
    """What a citizen said about a report, as a message; the next report has to answer it."""

    report = models.ForeignKey(ProgressReport, models.PROTECT, related_name="feedback")
    message = models.OneToOneField(Message, models.PROTECT, related_name="feedback")
    at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_in = models.ForeignKey(
        ProgressReport, models.PROTECT, null=True, related_name="answers"
    )

    class Meta:
        ordering = ["at", "id"]
        verbose_name = _("word about a report")
        verbose_name_plural = _("words about reports")
        constraints = [
            models.CheckConstraint(
                name="feedback_answered_whole",
                condition=Q(answered_in__isnull=True) | ~Q(answer=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.report_id} ← {self.message_id}"


class LateReportQuerySet(models.QuerySet["LateReport"]):
    """Which late reports."""

    def untold(self) -> Self:
        """No mail to its office has been made for it yet."""
        return self.filter(delivery=None).order_by("id")

    def outward(self) -> Self:
        """What everyone may know: that it is late, and who was told of it."""
        return self.exclude(level=Level.SOON)


class LateReport(models.Model):
    """A report is late: who was told of it, and when, by which mail. Each level once.

    Public but for the first level, that its date comes near.
    """

    report = models.ForeignKey(ProgressReport, models.PROTECT, related_name="told")
    level = models.CharField(max_length=5, choices=Level)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    delivery = models.ForeignKey(Delivery, models.PROTECT, null=True, related_name="late_reports")

    objects = LateReportQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]
        verbose_name = _("late progress report")
        verbose_name_plural = _("late progress reports")
        constraints = [models.UniqueConstraint(fields=["report", "level"], name="latereport_once")]
        indexes = [
            models.Index(
                fields=["office", "id"],
                name="latereport_untold",
                condition=Q(delivery__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.report_id}: {self.level}"
