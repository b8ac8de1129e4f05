"""The books of suggestions: counts, tallies, thresholds, answers and reports against their rows.

Read by `ledger`, at the same moment; like that it shares no rule with what it judges.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from django.db.models import Count, F, Sum

from lifecycle import clock
from suggestions import actions
from suggestions.models import (
    Mandate,
    Milestone,
    OfficialAnswer,
    ProgressReport,
    StatusTally,
    Suggestion,
    SuggestionStep,
)

FINAL = {"refused", "redirected", "declined", "in_place", "withdrawn", "evaluated"}
# Whoever leads it there gives an official answer.
ANSWERED = {"in_committee", "adopted", "in_place", "passed_on", "long_term", "declined"}
WORKED_ON = {"in_committee", "adopted", "implementing"}
FORTNIGHT = timedelta(days=14)


def wrong_entries() -> Iterator[str]:
    """Every entry that does not balance, in a sentence."""
    rows = list(Suggestion.objects.select_related("message"))
    yield from _suggestions(rows)
    yield from _tallies(rows)
    yield from _thresholds(rows)
    yield from _answers()
    yield from _reports()
    for pk in actions.wrong_counts():
        yield f"suggestion {pk}: its supports are not its rows"
    for pk in actions.wrong_cluster_counts():
        yield f"cluster {pk}: its people are not those of its members"


def _suggestions(rows: Iterable[Suggestion]) -> Iterator[str]:
    """Owner and date as long as it is open, an end once it is over; and its message knows."""
    for row in rows:
        if row.status not in FINAL and (row.office_id is None or row.due_at is None):
            yield f"{row.code}: {row.status} without owner or date"
        if (row.status in FINAL) != (row.ended_at is not None):
            yield f"{row.code}: {row.status}, ended at {row.ended_at}"
        if (row.status == "redirected") == (row.message.status == "taken_up"):
            yield f"{row.code}: {row.status}, its message {row.message.status}"


def _tallies(rows: Iterable[Suggestion]) -> Iterator[str]:
    """What is kept of each status adds up to its rows."""
    real = Counter(row.status for row in rows)
    kept = StatusTally.objects.order_by().values_list("status").annotate(Sum("number"))
    tallied = Counter(dict(kept))
    for status in sorted(real.keys() | tallied.keys()):
        if real[status] != tallied[status]:
            yield f"{status}: {tallied[status]} suggestions tallied, {real[status]} rows"


def _thresholds(rows: Iterable[Suggestion]) -> Iterator[str]:
    """Reached is what has its milestone, and nothing else."""
    standing = Milestone.objects.filter(threshold="answer", undone_at=None)
    reached = Counter(standing.values_list("suggestion", flat=True))
    for row in rows:
        if reached[row.pk] != (row.reached_at is not None):
            yield f"{row.code}: reached at {row.reached_at}, {reached[row.pk]} milestones say so"


def _answers() -> Iterator[str]:
    """Each step that answers has its answer, and each answer such a step of its own suggestion."""
    given = set(OfficialAnswer.objects.values_list("step", flat=True))
    owing = set()
    for step in SuggestionStep.objects.filter(by__isnull=False).select_related("root"):
        if _answers_by(step):
            owing.add(step.pk)
            if step.pk not in given:
                yield f"{step.root.code}: step {step} answers, and no answer is kept"
    foreign = OfficialAnswer.objects.exclude(suggestion=F("step__root"))
    wrong = set(foreign.values_list("pk", flat=True))
    for answer in OfficialAnswer.objects.select_related("suggestion"):
        # What is under way moves its finish date with an interim answer, too, or without.
        if answer.pk in wrong or (answer.outcome and answer.step_id not in owing):
            yield f"{answer.suggestion.code}: answer {answer.pk} belongs to no step of it"


def _answers_by(step: SuggestionStep) -> bool:
    if step.cause == "reworded":
        return True
    if step.cause == "interim":
        return step.to_status == "under_review"
    return step.from_status != step.to_status and step.to_status in ANSWERED


def _reports() -> Iterator[str]:
    """One for each fortnight of a committee or an office: no two, and none left out."""
    twice = ProgressReport.objects.order_by().values("committee", "suggestion", "number")
    for one in twice.annotate(rows=Count("pk")).filter(rows__gt=1):
        yield f"report {one['number']} of {_name(one)}: {one['rows']} rows"
    newest: dict[tuple[int | None, int | None], ProgressReport] = {}
    for report in ProgressReport.objects.order_by("number"):
        of = (report.committee_id, report.suggestion_id)
        if (before := newest.get(of)) is not None:
            yield from _between(before, report)
        newest[of] = report


def _between(before: ProgressReport, report: ProgressReport) -> Iterator[str]:
    whole = before.first_day + FORTNIGHT * (report.number - before.number)
    if report.first_day != whole:
        yield f"{report}: begins on {report.first_day}, not on {whole}"
    for number in range(before.number + 1, report.number):
        first_day = before.first_day + FORTNIGHT * (number - before.number)
        if _was_worked_on(report, first_day):
            yield f"{report}: number {number} is missing"


def _was_worked_on(report: ProgressReport, first_day: date) -> bool:
    """Whether one of its suggestions stood where a report is owed, within this fortnight."""
    mandates = Mandate.objects.filter(committee=report.committee_id)
    if report.suggestion_id is not None:
        mandates = mandates.filter(suggestion=report.suggestion_id)
    return any(
        _touches(max(since, mandate.since), _first(until, mandate.until), first_day)
        for mandate in mandates
        for since, until in _spans(mandate.suggestion_id)
    )


def _spans(suggestion: int) -> Iterator[tuple[datetime, datetime | None]]:
    """From when to when it stood at each place where it is worked on."""
    steps = list(SuggestionStep.objects.filter(root=suggestion).order_by("seq"))
    for step, after in zip(steps, [*steps[1:], None], strict=True):
        if step.to_status in WORKED_ON:
            yield step.at, after.at if after else None


def _first(one: datetime | None, other: datetime | None) -> datetime | None:
    return min((moment for moment in (one, other) if moment), default=None)


def _touches(since: datetime, until: datetime | None, first_day: date) -> bool:
    if until is not None and until < since:
        return False
    last = clock.seoul(until).date() if until else date.max
    return clock.seoul(since).date() < first_day + FORTNIGHT and last >= first_day


def _name(one: dict[str, int | None]) -> str:
    kind = "committee" if one["committee"] else "suggestion"
    return f"{kind} {one[kind]}"
