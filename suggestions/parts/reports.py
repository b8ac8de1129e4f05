"""Who carries a suggestion, and what they reported every fortnight, on time or late."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from channels_app.timeline import Entry
from lifecycle import clock
from suggestions.models import LateReport, Mandate, ProgressReport, ReportLine, Suggestion
from suggestions.parts.part import Part

SHOWN = 6


def _needs(suggestion: Suggestion, _private: bool) -> dict[str, Any]:
    held = Mandate.objects.filter(suggestion=suggestion)
    mandate = held.select_related("committee").order_by("-since", "-id").first()
    if mandate is None:
        return {}
    lines = ReportLine.objects.filter(suggestion=suggestion, report__published_at__isnull=False)
    lines = lines.select_related("report__committee", "report__suggestion")
    owed = _of(mandate).filter(published_at=None).select_related("office").order_by("number")
    told = Prefetch("told", LateReport.objects.select_related("office"))
    return {
        "committee": mandate.committee,
        "lines": list(lines.order_by("-report__published_at", "-id")[:SHOWN]),
        "owed": list(owed.prefetch_related(told)[:SHOWN]),
        "moment": clock.now(),
    }


def _of(mandate: Mandate) -> QuerySet[ProgressReport]:
    if mandate.committee_id is not None:
        return ProgressReport.objects.filter(committee=mandate.committee_id)
    return ProgressReport.objects.filter(suggestion=mandate.suggestion_id)


def _entries(suggestion: Suggestion) -> Sequence[Entry]:
    """Each report, and each late one with who was told."""
    lines = ReportLine.objects.filter(suggestion=suggestion, report__published_at__isnull=False)
    entries = [
        Entry(line.report.published_at, _("Progress report %(number)d") % {"number": number})
        for line in lines.select_related("report")
        if line.report.published_at is not None
        for number in [line.report.number]
    ]
    mine = Q(report__suggestion=suggestion) | Q(report__lines__suggestion=suggestion)
    told = LateReport.objects.filter(mine).select_related("office", "report").distinct()
    for one in told:
        words = _("Progress report %(number)d is late") % {"number": one.report.number}
        more = _("Told: %(office)s.") % {"office": one.office}
        entries.append(Entry(one.at, words, more))
    return entries


PART = Part("reports", "suggestions/parts/reports.html", _needs, _entries)
