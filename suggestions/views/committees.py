"""Committees for everyone: who sits in them, what they carry, what they report; ask back."""

import uuid
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from channels_app import keyset, limits, senders
from channels_app.actions import KeyReusedError, Said
from channels_app.ics import Due, calendar
from channels_app.models import Kind, Publication
from lifecycle import clock
from suggestions import actions
from suggestions.changes import changes_of, meetings_of, since_of
from suggestions.committee_forms import FeedbackForm
from suggestions.models import (
    Committee,
    LateReport,
    Mandate,
    Meeting,
    ProgressReport,
    ReportLine,
    Suggestion,
)
from suggestions.sides import sides_of
from suggestions.states import UNSCREENED
from suggestions.states_of_committees import COMMITTEE_FINAL

ON_A_PAGE = 20
WHICH = {
    "open": ~Q(status__in=COMMITTEE_FINAL),
    "networks": Q(status__in=COMMITTEE_FINAL, lives_on=True),
    "over": Q(status__in=COMMITTEE_FINAL, lives_on=False),
}
GROUPS = {
    "open": gettext_lazy("At work"),
    "networks": gettext_lazy("Networks that live on"),
    "over": gettext_lazy("Finished"),
}
MEETINGS, REPORTS = 5, 100
IN_CALENDAR = timedelta(days=180)


@require_safe
def committees(request: HttpRequest) -> HttpResponse:
    """Those at work; networks that live on and those that are over have pages of their own."""
    asked = request.GET.get("which", "")
    which = asked if asked in WHICH else "open"
    rows = Committee.objects.filter(WHICH[which]).select_related("office")
    page = keyset.page(rows, by="-formed_at", key=request.GET.get("after", ""), size=ON_A_PAGE)
    overdue = ProgressReport.objects.overdue().filter(committee__in=page.rows).order_by()
    late = dict(overdue.values_list("committee").annotate(Count("pk")))
    needs = {
        "which": which,
        "group": GROUPS[which],
        "page": page,
        "rows": [(one, late.get(one.pk, 0)) for one in page.rows],
        "numbers": _how_many(),
        "moment": clock.now(),
    }
    return render(request, "suggestions/committees.html", needs)


def _how_many() -> list[tuple[str, Any, int]]:
    """Each group: its name in the address, its words, how many committees are in it."""
    counts = Committee.objects.aggregate(
        **{name: Count("pk", filter=these) for name, these in WHICH.items()}
    )
    return [(name, GROUPS[name], counts[name]) for name in WHICH]


@require_safe
def committee(request: HttpRequest, slug: str) -> HttpResponse:
    """One: members by side, its suggestions, the next meeting, reports on time and late."""
    found = _committee(slug)
    told = Prefetch("told", LateReport.objects.outward().select_related("office"))
    reports = list(found.reports.prefetch_related(told).order_by("-number")[:REPORTS])
    held = Meeting.objects.filter(committee=found, called_off_at=None)
    present = Count("attendances")
    needs = {
        "committee": found,
        "sides": sides_of(list(found.seats.sitting().select_related("office"))),
        "mandates": list(_public(found)),
        "coming": list(held.coming()),
        "past": list(held.filter(starts_at__lte=clock.now()).annotate(present=present)[:MEETINGS]),
        "reports": reports,
        "late": sum(report.was_late for report in reports),
        "on_time": sum(report.is_published and not report.was_late for report in reports),
        "moment": clock.now(),
    }
    return render(request, "suggestions/committee.html", needs)


def _committee(slug: str) -> Committee:
    return get_object_or_404(Committee.objects.select_related("office", "occasion"), slug=slug)


def _public(committee: Committee) -> QuerySet[Mandate]:
    """What it carries or carried, as everyone may read it."""
    rows = committee.mandates.filter(suggestion__message__publication=Publication.PUBLIC)
    return rows.exclude(suggestion__status__in=UNSCREENED).select_related("suggestion__office")


@require_safe
def dates(request: HttpRequest, slug: str) -> HttpResponse:
    """Meetings and due dates, for anybody's calendar."""
    found = _committee(slug)
    since = clock.now() - IN_CALENDAR
    held = Meeting.objects.filter(committee=found, called_off_at=None, starts_at__gt=since)
    reports = found.reports.filter(due_at__gt=since)
    dues = [_of_meeting(found, meeting) for meeting in held.order_by("starts_at")]
    dues += [_of_report(report) for report in reports.order_by("due_at")]
    text = calendar(found.name, dues, made_at=clock.now())
    return HttpResponse(text, content_type="text/calendar; charset=utf-8")


def _of_meeting(committee: Committee, meeting: Meeting) -> Due:
    words = _("Meeting of %(committee)s: %(place)s")
    return Due(
        uid=f"meeting-{meeting.pk}@{settings.MAIL_DOMAIN}",
        at=meeting.starts_at,
        summary=words % {"committee": committee.name, "place": meeting.place},
        url=settings.SITE_URL + committee.get_absolute_url(),
        version=0,
    )


def _of_report(report: ProgressReport) -> Due:
    assert report.committee is not None  # noqa: S101 - asked for by committee
    assert report.due_at is not None  # noqa: S101 - a constraint of the table
    words = _("%(committee)s: report %(number)d is due")
    names = {"committee": report.committee.name, "number": report.number}
    return Due(
        uid=f"report-{report.pk}@{settings.MAIL_DOMAIN}",
        at=report.due_at,
        summary=words % names,
        url=settings.SITE_URL + report.committee.get_absolute_url(),
        version=report.version,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def committee_report(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One report of a committee, and a box to ask back."""
    found = _committee(slug)
    report = get_object_or_404(_reports(), committee=found, number=number)
    return _report(request, report, found.name, found.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
def idea_report(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One report about a suggestion that its office carries alone."""
    found = get_object_or_404(Suggestion.objects.public(), code=code)
    report = get_object_or_404(_reports(), suggestion=found, number=number)
    return _report(request, report, found.code, found.get_absolute_url())


def _reports() -> QuerySet[ProgressReport]:
    """Those everyone can read."""
    return ProgressReport.objects.published().select_related(
        "committee", "suggestion", "office", "by_seat__office"
    )


def _report(request: HttpRequest, report: ProgressReport, above: str, to: str) -> HttpResponse:
    typed = request.POST if request.method == "POST" else None
    form = FeedbackForm(typed, initial={"client_key": uuid.uuid4()})
    if request.method == "POST" and form.is_valid():
        return _say(request, report, form)
    needs = {
        **report_needs(report),
        "above": above,
        "above_url": to,
        "form": form,
        "sent": request.GET.get("sent", ""),
        "stamp": senders.stamp_for(request, form["client_key"].value()),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "suggestions/committee_report.html", needs, status=status)


def report_needs(report: ProgressReport) -> dict[str, Any]:
    """What the words of a report need, published or as they will be."""
    hidden = Suggestion.objects.public().filter(pk=OuterRef("suggestion"))
    lines = ReportLine.objects.filter(Exists(hidden), report=report)
    rows = list(lines.select_related("suggestion"))
    since, until = since_of(report), report.published_at
    changes = changes_of([line.suggestion for line in rows], since=since, until=until)
    public = Q(message__publication=Publication.PUBLIC)
    return {
        "report": report,
        "lines": [(line, changes[line.suggestion_id]) for line in rows],
        "meetings": meetings_of(report, since=since, until=until),
        "answered": list(report.answers.filter(public).select_related("message", "report")),
        "asked": list(
            report.feedback.filter(public).select_related(
                "message", "answered_in__committee", "answered_in__suggestion"
            )
        ),
        "told": list(LateReport.objects.outward().filter(report=report).select_related("office")),
    }


def _say(request: HttpRequest, report: ProgressReport, form: FeedbackForm) -> HttpResponse:
    """Held like every voice where it looks like a flood; the number is shown after the commit."""
    typed = form.cleaned_data
    sender, language = senders.Sender.of(request), get_language() or "ko"
    said = Said(
        text=typed["text"], kind=Kind.QUESTION, public=True, contact=typed["contact"],
        language=language,
    )  # fmt: skip
    held = limits.reason_to_hold(
        said,
        session=sender.session,
        network=sender.network,
        honeypot=senders.is_machine(request, typed["client_key"]),
    )
    try:
        feedback = actions.say_about(
            report,
            text=typed["text"],
            contact=typed["contact"],
            language=language,
            held=held,
            client_key=typed["client_key"],
        )
    except KeyReusedError as problem:
        raise Http404 from problem
    return sender.remember(redirect(feedback.message.private_url("case_done")))
