"""Which fortnights owe a report: worked out from the record, so that no gap in the beat matters."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from suggestions.models import Mandate, SuggestionStep
from suggestions.models.committees import day_of, first_day_of, number_on
from suggestions.rules_of_committees import REPORT_EVERY
from suggestions.states import REPORTED


class Span(NamedTuple):
    """From one day to another (None: still), somebody worked on something."""

    first: date
    last: date | None


def owed(reports_from: date, spans: Iterable[Span], today: date) -> list[int]:
    """The numbers of all periods begun by today in which there was something to report."""
    known = list(spans)
    return [
        number
        for number in range(1, number_on(reports_from, today) + 1)
        if any(_touches(span, first_day_of(reports_from, number)) for span in known)
    ]


def _touches(span: Span, first_day: date) -> bool:
    last_day = first_day + timedelta(days=REPORT_EVERY - 1)
    return span.first <= last_day and (span.last is None or span.last >= first_day)


def spans_of(mandates: Sequence[Mandate]) -> dict[int, list[Span]]:
    """Key of each mandate → when its suggestion was worked on, as the suggestion's Steps tell."""
    steps = SuggestionStep.objects.filter(root__in=[row.suggestion_id for row in mandates])
    turns: dict[int, list[tuple[datetime, bool]]] = {}
    for root, at, status in steps.order_by("root", "seq").values_list("root", "at", "to_status"):
        turns.setdefault(root, []).append((at, status in REPORTED))
    return {row.pk: list(_spans(row, turns.get(row.suggestion_id, []))) for row in mandates}


def _spans(mandate: Mandate, turns: Sequence[tuple[datetime, bool]]) -> Iterable[Span]:
    since: datetime | None = None
    for at, worked_on in turns:
        if worked_on and since is None:
            since = at
        elif not worked_on and since is not None:
            yield from _cut(mandate, since, at)
            since = None
    if since is not None:
        yield from _cut(mandate, since, None)


def _cut(mandate: Mandate, since: datetime, until: datetime | None) -> Iterable[Span]:
    """What of it lies within the mandate."""
    ends = [moment for moment in (until, mandate.until) if moment is not None]
    first, last = max(since, mandate.since), min(ends, default=None)
    if last is None or first <= last:
        yield Span(day_of(first), None if last is None else day_of(last))
