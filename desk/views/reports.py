"""Progress reports at the desk: all that are due, cleared in one sitting; who carries how much."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from desk.views.finding import officer
from lifecycle import clock
from lifecycle.errors import OvertakenError
from suggestions import actions
from suggestions.actions import WordsMissingError
from suggestions.load import loads
from suggestions.models import ProgressReport
from suggestions.models.reports import ProgressReportQuerySet
from suggestions.report_form import ReportForm

NAMED = ("committee", "suggestion", "office", "by_seat__office")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def due(request: HttpRequest) -> HttpResponse:
    """One is open, the others wait beside it; published, the next one opens."""
    user = officer(request)
    if request.method == "POST":
        return _write(request)
    owed = list(_rows().owed_by(user))
    open_one = next((one for one in owed if str(one.pk) == request.GET.get("report")), None)
    open_one = open_one or (owed[0] if owed else None)
    form = ReportForm(report=open_one) if open_one else None
    return _page(request, owed, form, looks="look" in request.GET)


def _rows() -> ProgressReportQuerySet:
    return ProgressReport.objects.select_related(*NAMED)


def _write(request: HttpRequest) -> HttpResponse:
    """Keep the draft, look at it as everyone will, or publish it and go on."""
    user, typed = officer(request), request.POST.get("report", "")
    pk = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else 0
    report = get_object_or_404(_rows().unfinished(), pk=pk)
    if not report.may_be_written_by(user):
        raise PermissionDenied
    act = request.POST.get("act", "draft")
    if act == "countersign":
        return _countersign(request, report)
    form = ReportForm(request.POST, report=report)
    if not form.is_valid() or (act == "publish" and not form.require_whole()):
        return _page(request, list(_rows().owed_by(user)), form)
    try:
        kept = actions.draft_report(
            report, form.draft(), by=user, version=form.cleaned_data["version"]
        )
    except OvertakenError:
        return _overtaken(request, pk)
    here = reverse("desk_reports_due")
    if act == "look":
        return redirect(f"{here}?report={pk}&look=1#preview")
    if act != "publish":
        messages.success(request, _("The draft is kept."))
        return redirect(f"{here}?report={pk}")
    actions.publish_report(kept, by=user)
    messages.success(request, _("Everyone can read it now. Here is the next one."))
    return redirect(here)


def _countersign(request: HttpRequest, report: ProgressReport) -> HttpResponse:
    """As a member wrote it; what is still missing is said at its field."""
    form = ReportForm(ReportForm.written_in(report), report=report)
    if not form.is_valid() or not form.require_whole():
        return _page(request, list(_rows().owed_by(officer(request))), form)
    seen = request.POST.get("version", "")
    version = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else -1
    try:
        actions.publish_report(report, by=officer(request), version=version)
    except WordsMissingError as missing:  # it was whole when the member wrote it
        for name in missing.args:
            form.add_error(name, _("This came in since the report was written: say where it is."))
        return _page(request, list(_rows().owed_by(officer(request))), form)
    messages.success(request, _("Everyone can read it now. Here is the next one."))
    return redirect("desk_reports_due")


def _overtaken(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody else was faster: the typed words stay, beside a word about it."""
    report = get_object_or_404(_rows().unfinished(), pk=pk)
    typed: QueryDict = request.POST.copy()
    typed["version"] = str(report.version)
    form = ReportForm(typed, report=report)
    form.full_clean()
    words = _(
        "Somebody has written on this report meanwhile. Your words are still here:"
        " keep them, and they replace theirs."
    )
    form.add_error(None, words)
    owed = list(_rows().owed_by(officer(request)))
    return _page(request, owed, form, looks=True, status=409)


def _page(
    request: HttpRequest,
    owed: list[ProgressReport],
    form: ReportForm | None,
    *,
    looks: bool = False,
    status: int = 0,
) -> HttpResponse:
    report = form.report if form else None
    wrong = form if form is not None and form.is_bound and form.errors else None
    needs: dict[str, Any] = {
        "officer": officer(request),
        "owed": owed,
        "report": report,
        "form": form,
        "wrong": wrong,
        "preview": form.preview() if form and report and report.version and looks else None,
        "moment": clock.now(),
    }
    return render(
        request, "desk/committees/due.html", needs, status=status or (422 if wrong else 200)
    )


@never_cache
@require_safe
def load(request: HttpRequest) -> HttpResponse:
    """Open committees × due reports for each officer: of my offices, or of all who look on."""
    user = officer(request)
    sees_all = user.is_in_mayors_office or user.is_listening or user.is_auditor
    rows = loads(None if sees_all else user.offices)
    needs = {
        "officer": user,
        "loads": rows,
        "sees_all": sees_all,
        "sums": {
            "committees": sum(row.committees for row in rows),
            "alone": sum(row.alone for row in rows),
            "due": sum(row.due for row in rows),
            "late": sum(row.late for row in rows),
            "hours": sum(row.hours for row in rows),
        },
        "moment": clock.now(),
    }
    return render(request, "desk/committees/load.html", needs)
