"""Report: every fourteen days, what was done and what is next, for everyone (paper 3.2).

"The biggest task involved with CCF is continuing progress reporting while SMG implements the
citizen proposals."
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from channels_app.models import Level
from channels_app.text.masking import mask
from channels_app.text.normal import tidy
from lifecycle import clock
from lifecycle.errors import WrongTurnError
from people.models import Office, OfficeKind, User
from suggestions import rules_of_committees as rules
from suggestions.actions.calling_on import call_on_seats
from suggestions.actions.hearing import answer_feedback, unanswered
from suggestions.actions.spreading import spread_late_report, spread_report
from suggestions.models import (
    ActionItem,
    Committee,
    LateReport,
    Mandate,
    ProgressReport,
    ReportLine,
    Seat,
    Suggestion,
    progress_of,
)
from suggestions.models.committees import day_of, first_day_of
from suggestions.models.reports import report_due
from suggestions.periods import owed, spans_of
from suggestions.states import REPORTED, SuggestionStatus
from suggestions.states_of_committees import ReportStatus, Side

LONGEST_WORDS = 2000


class WordsMissingError(ValueError):
    """What a report can't be published without; its arguments name the fields."""


@dataclass(frozen=True)
class LineDraft:
    """What is written about one suggestion; `moved` says why its date moved."""

    done: str = ""
    next: str = ""
    moved: str = ""


@dataclass(frozen=True)
class Draft:
    """A whole report as it was typed: lines by the key of their suggestion, answers by feedback."""

    lines: Mapping[int, LineDraft]
    hours: Decimal | None = None
    no_change: bool = False
    because: str = ""
    answers: Mapping[int, str] = field(default_factory=dict)


@transaction.atomic
def open_reports_of_committee(committee: Committee) -> list[ProgressReport]:
    """One row for each period of this committee that owes a report and has none; seats are told.

    Safe to run twice, late, or never for a month: every period missed gets its one row.
    """
    committee = Committee.objects.locked(committee.pk)
    if committee.reports_from is None:
        return []
    spans = [span for one in spans_of(list(committee.mandates.all())).values() for span in one]
    numbers = owed(committee.reports_from, spans, day_of(clock.now()))
    _end(committee.mandates.all())
    made = _open(numbers, committee.reports_from, office=committee.office, committee=committee)
    if made:
        call_on_seats(committee)
    return made


@transaction.atomic
def open_reports_of_office(mandate: Mandate) -> list[ProgressReport]:
    """The same for one suggestion that its office carries alone."""
    suggestion = Suggestion.objects.locked(mandate.suggestion_id)
    reports_from = mandate.reports_from
    numbers = owed(reports_from, spans_of([mandate])[mandate.pk], day_of(clock.now()))
    _end(Mandate.objects.filter(pk=mandate.pk))
    return _open(numbers, reports_from, office=suggestion.department, suggestion=suggestion)


def _end(mandates: QuerySet[Mandate]) -> None:
    """What is done is nobody's to carry any more; what is said to be done may come back."""
    carried = {*REPORTED, SuggestionStatus.CLAIMED_DONE}
    over = mandates.filter(until=None).exclude(suggestion__status__in=carried)
    over.update(until=clock.now())


def _open(
    numbers: Sequence[int], reports_from: Any, *, office: Office | None, **of: Any
) -> list[ProgressReport]:
    known = set(ProgressReport.objects.filter(**of).values_list("number", flat=True))
    return [_begin(number, reports_from, office, of) for number in numbers if number not in known]


def _begin(
    number: int, reports_from: Any, office: Office | None, of: Mapping[str, Any]
) -> ProgressReport:
    report = ProgressReport(
        number=number,
        first_day=first_day_of(reports_from, number),
        due_at=report_due(reports_from, number),
        office=office,
        **of,
    )
    report.save(force_insert=True)
    report.begin(by=None)
    return report


@transaction.atomic
def draft_report(
    report: ProgressReport, draft: Draft, *, by: User, version: int | None = None
) -> ProgressReport:
    """Keep what an officer wrote; from now on it is the office's draft, whoever began it."""
    report = _unpublished(report)
    if not report.may_be_written_by(by):
        raise PermissionDenied
    return _keep(report, draft, by=by, seat=None, version=version)


@transaction.atomic
def draft_report_as_seat(
    report: ProgressReport, draft: Draft, *, seat: Seat, version: int | None = None
) -> ProgressReport:
    """Written by a member, by their private link; an officer countersigns it by publishing."""
    report = _unpublished(report)
    if not may_write_as_seat(report, seat):
        raise PermissionDenied
    return _keep(report, draft, by=None, seat=seat, version=version)


def may_write_as_seat(report: ProgressReport, seat: Seat) -> bool:
    """Whoever sits in the committee in person."""
    theirs = report.committee_id is not None and seat.committee_id == report.committee_id
    return theirs and seat.is_sitting and seat.side != Side.OFFICER


@transaction.atomic
def publish_report(
    report: ProgressReport, *, by: User, version: int | None = None
) -> ProgressReport:
    """Everyone can read it from now on, as the draft stands.

    Raises WordsMissingError where it says nothing and not why, where a suggestion came in since it
    was written, a date moved without a reason, or a word about an earlier report has no answer.
    """
    report = _unpublished(report)
    if not report.may_be_written_by(by):
        raise PermissionDenied
    report.must_stand_at(version)
    if report.status != ReportStatus.DRAFTED:
        raise WrongTurnError(f"{report!r} is not written")
    lines = list(report.lines.select_related("suggestion__message", "suggestion__office"))
    if missing := what_is_missing(report, lines):
        raise WordsMissingError(*missing)
    answers = answer_feedback(report, by=by)
    report.move(
        ReportStatus.PUBLISHED,
        by=by,
        public_text=public_text(report, lines, answers),
        published_at=clock.now(),
        published_by=by,
        flagged=report.no_change and _before_had_no_change(report),
    )
    spread_report(report, [line.suggestion for line in lines])
    return report


def what_is_missing(report: ProgressReport, lines: Sequence[ReportLine]) -> list[str]:
    """The names of the fields a draft can't be published without."""
    missing = ["hours"] if report.hours is None else []
    written = {line.suggestion_id for line in lines}
    missing += [f"done_{one.pk}" for one in live_suggestions(report) if one.pk not in written]
    if report.no_change and not report.because:
        missing.append("because")
    if not report.no_change and not any(line.done for line in lines):
        missing += [f"done_{line.suggestion_id}" for line in lines[:1]] or ["because"]
    before = dates_before(report)
    missing += [
        f"moved_{line.suggestion_id}"
        for line in lines
        if not line.moved and has_moved(line, before)
    ]
    return missing + [f"answer_{one.pk}" for one in unanswered(report) if not one.answer]


def has_moved(line: ReportLine, before: Mapping[int, datetime]) -> bool:
    """Its finish date is another one than in the report before."""
    known = before.get(line.suggestion_id)
    return known is not None and line.finish_at is not None and line.finish_at != known


def dates_before(report: ProgressReport) -> dict[int, datetime]:
    """The finish dates as the newest earlier report named them, by the key of the suggestion."""
    earlier = ReportLine.objects.filter(
        report__in=ProgressReport.objects.published().beside(report),
        report__number__lt=report.number,
        finish_at__isnull=False,
    ).order_by("report__number")
    return {line.suggestion_id: line.finish_at for line in earlier if line.finish_at}


def live_suggestions(report: ProgressReport) -> list[Suggestion]:
    """What a report has a line for: what is worked on now, and what it has lines for already."""
    whole = Suggestion.objects.select_related("message", "office")
    if report.suggestion_id is not None:
        return list(whole.filter(pk=report.suggestion_id))
    held = Mandate.objects.filter(
        suggestion=OuterRef("pk"), committee=report.committee_id, until__isnull=True
    )
    written = ReportLine.objects.filter(suggestion=OuterRef("pk"), report=report)
    concerned = Q(Exists(held), status__in=REPORTED) | Exists(written)
    return list(whole.filter(concerned).order_by("pk"))


def public_text(report: ProgressReport, lines: Sequence[ReportLine], answers: Sequence[str]) -> str:
    """All that a report publishes, as its step's digest keeps it."""
    parts = [f"{line.done}\n{line.next}\n{line.moved}" for line in lines]
    return "\n\n".join([report.because if report.no_change else "", *parts, *answers])


def _keep(
    report: ProgressReport,
    draft: Draft,
    *,
    by: User | None,
    seat: Seat | None,
    version: int | None,
) -> ProgressReport:
    live = live_suggestions(report)
    items: dict[int, list[ActionItem]] = {}
    for item in ActionItem.objects.filter(suggestion__in=live):
        items.setdefault(item.suggestion_id, []).append(item)
    for suggestion in live:
        words = draft.lines.get(suggestion.pk, LineDraft())
        ReportLine.objects.update_or_create(
            report=report,
            suggestion=suggestion,
            defaults={
                "done": _masked(words.done),
                "next": _masked(words.next),
                "moved": _masked(words.moved),
                "percent": progress_of(items.get(suggestion.pk, [])),
                "stands_at": suggestion.status,
                "finish_at": suggestion.finish_at,
            },
        )
    for feedback in unanswered(report):
        if feedback.pk in draft.answers:
            feedback.answer = _masked(draft.answers[feedback.pk])
            feedback.save(update_fields=["answer"])
    report.move(
        ReportStatus.DRAFTED,
        by=by,
        version=version,
        hours=draft.hours,
        no_change=draft.no_change,
        because=_masked(draft.because),
        by_seat=seat,
    )
    return report


def _masked(words: str) -> str:
    return mask(tidy(words))[:LONGEST_WORDS]


def _unpublished(report: ProgressReport) -> ProgressReport:
    """Under the lock of its committee, or of its suggestion."""
    if report.committee_id is not None:
        Committee.objects.locked(report.committee_id)
    else:
        assert report.suggestion_id is not None  # noqa: S101 - a constraint of the table
        Suggestion.objects.locked(report.suggestion_id)
    report = ProgressReport.objects.locked(report.pk)
    if report.is_final:
        raise WrongTurnError(f"{report!r} is published")
    return report


def _before_had_no_change(report: ProgressReport) -> bool:
    before = ProgressReport.objects.published().beside(report).filter(number__lt=report.number)
    return bool(before.order_by("-number").values_list("no_change", flat=True).first())


def tell_of_late() -> Iterator[LateReport]:
    """A report is late: its office, then its head, then the mayor's office, each once; public.

    Before that its office is told that the date comes near. Safe to run twice, or late.
    """
    moment = clock.now()
    soon = moment + timedelta(days=rules.REMIND_DAYS.value())
    to_head = moment - timedelta(days=rules.LATE_TO_HEAD.value())
    to_mayor = moment - timedelta(days=rules.LATE_TO_MAYOR.value())
    for level, due in (
        (Level.SOON, Q(due_at__gt=moment, due_at__lte=soon)),
        (Level.LATE, Q(due_at__lt=moment)),
        (Level.HEAD, Q(due_at__lt=to_head)),
        (Level.MAYOR, Q(due_at__lt=to_mayor)),
    ):
        told = LateReport.objects.filter(report=OuterRef("pk"), level=level)
        late = ProgressReport.objects.unfinished().filter(due, ~Exists(told))
        for report in late.select_related("office").order_by("due_at", "id"):
            if made := _tell(report, level):
                yield made


@transaction.atomic
def _tell(report: ProgressReport, level: Level) -> LateReport | None:
    """Under the lock of the report, or it could be published in between."""
    report = ProgressReport.objects.locked(report.pk)
    if report.is_final:
        return None
    assert report.office is not None  # noqa: S101 - a constraint of the table
    made, is_new = LateReport.objects.get_or_create(
        report=report,
        level=level,
        defaults={"office": _told(report.office, level), "at": clock.now()},
    )
    if is_new and level == Level.LATE:
        spread_late_report(report, live_suggestions(report))
    return made if is_new else None


def _told(office: Office, level: Level) -> Office:
    if level == Level.HEAD:
        return office.headed_by or office
    if level == Level.MAYOR:
        mayors = Office.objects.filter(kind=OfficeKind.MAYOR, closed=False)
        return mayors.order_by("pk").first() or office
    return office
