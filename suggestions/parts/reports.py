"""Who carries a suggestion, and what they reported every fortnight, on time or late."""

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _

from channels_app.timeline import Entry
from lifecycle import clock
from suggestions.models import LateReport, Mandate, ProgressReport, ReportLine, Suggestion
from suggestions.parts.part import Part
from suggestions.there import There

SHOWN = 6


def _needs(suggestion: Suggestion, _private: bool, _there: There) -> dict[str, Any]:
    mandates = list(suggestion.mandates.all())
    if not mandates:
        return {}
    mandate = mandates[-1]
    lines = ReportLine.objects.filter(suggestion=suggestion, report__published_at__isnull=False)
    lines = lines.select_related("report__committee", "report__suggestion")
    owed = (
        ProgressReport.objects.of(mandate)
        .filter(published_at=None)
        .select_related("office")
        .order_by("number")
    )
    told = Prefetch("told", LateReport.objects.outward().select_related("office"))
    return {
        "committee": mandate.committee,
        "lines": list(lines.order_by("-report__published_at", "-id")[:SHOWN]),
        "owed": list(owed.prefetch_related(told)[:SHOWN]),
        "moment": clock.now(),
    }


def _entries(suggestion: Suggestion) -> Sequence[Entry]:
    """Each report, and each late one with who was told."""
    mandates = list(suggestion.mandates.all())
    if not mandates:
        return ()
    lines = ReportLine.objects.filter(suggestion=suggestion, report__published_at__isnull=False)
    entries = [
        Entry(line.report.published_at, _("Progress report %(number)d") % {"number": number})
        for line in lines.select_related("report")
        if line.report.published_at is not None
        for number in [line.report.number]
    ]
    late = LateReport.objects.outward().filter(reduce(or_, map(_due_under, mandates)))
    for one in late.select_related("office", "report"):
        words = _("Progress report %(number)d is late") % {"number": one.report.number}
        more = _("Told: %(office)s.") % {"office": one.office}
        entries.append(Entry(one.at, words, more))
    return entries


def _due_under(mandate: Mandate) -> Q:
    """Their dates were while it was carried, whether anybody wrote a line about it or not."""
    if mandate.committee_id is None:
        return Q(report__suggestion=mandate.suggestion_id)
    due = Q(report__committee=mandate.committee_id, report__due_at__gte=mandate.since)
    return due if mandate.until is None else due & Q(report__due_at__lte=mandate.until)


PART = Part(
    "reports",
    "suggestions/parts/reports.html",
    _needs,
    _entries,
    shows=("mandates",),
    tells=("mandates",),
)
