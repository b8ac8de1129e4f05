"""Who read what citizens wrote: the monthly look, the list behind every number, the file."""

import csv
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from channels_app import actions
from channels_app.access_review import Month, month_of, months_with_readings
from channels_app.keyset import page
from channels_app.models.readings import ReadingQuerySet
from channels_app.text.sheets import defused
from desk.privacy_forms import FindingsForm, LookForm, ReadingsForm
from desk.views.finding import officer
from lifecycle import clock
from people.models import User


@never_cache
@require_safe
def months(request: HttpRequest) -> HttpResponse:
    """Which months were looked at; for auditors, what one of them holds."""
    return _months_page(request, request.GET.get("month", ""))


@never_cache
@require_POST
def review(request: HttpRequest) -> HttpResponse:
    """A month was looked at: what was found is kept."""
    user = _auditor(request)
    form = FindingsForm(request.POST)
    if not form.is_valid():
        return _months_page(request, request.POST.get("month", "")[:7], wrong=form)
    typed = form.cleaned_data
    actions.review_readings(typed["month"], findings=typed["findings"], by=user)
    messages.success(request, _("Kept: this month was looked at."))
    return redirect(f"{reverse('desk_readings')}?month={typed['month']:%Y-%m}")


@never_cache
@require_safe
def rows(request: HttpRequest) -> HttpResponse:
    """The readings behind a number; or whose data an account saw, between two days."""
    _auditor(request)
    return _rows_page(request, ReadingsForm(request.GET), LookForm())


@never_cache
@require_POST
def export(request: HttpRequest) -> HttpResponseBase:
    """The same rows as a file, for a reason that is kept."""
    user = _auditor(request)
    form, why = ReadingsForm(request.POST), LookForm(request.POST)
    if not (form.is_valid() and why.is_valid()):
        return _rows_page(request, form, why)
    found, asked = form.found(), form.asked()
    key = " ".join(value for name, value in asked.items() if value and name != "officer")
    actions.export_readings(key, rows=found.count(), reason=why.cleaned_data["reason"], by=user)
    answer = StreamingHttpResponse(_lines(found), content_type="text/csv; charset=utf-8")
    name = f"readings-{asked['first']}-{asked['last']}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _months_page(
    request: HttpRequest, typed: str, wrong: FindingsForm | None = None
) -> HttpResponse:
    user = officer(request)
    if not (user.is_auditor or user.is_administrator):
        raise PermissionDenied
    known = months_with_readings()
    chosen = next((month for month in known if month.name == typed), known[0] if known else None)
    needs: dict[str, Any] = {"officer": user, "months": known, "chosen": chosen}
    if chosen and user.is_auditor:
        needs |= {"shown": month_of(chosen.first), "form": wrong or _findings_of(chosen)}
    return render(request, "desk/readings.html", needs, status=422 if wrong else 200)


def _findings_of(month: Month) -> FindingsForm | None:
    """The form, where it is its time."""
    if month.review or not month.is_over:
        return None
    return FindingsForm(initial={"month": month.first})


def _rows_page(request: HttpRequest, form: ReadingsForm, why: LookForm) -> HttpResponse:
    needs: dict[str, Any] = {"officer": officer(request), "form": form, "why": why}
    good = form.is_valid()
    if good:
        found, asked = form.found(), form.asked()
        needs |= {
            "page": page(found, by="-at", key=request.GET.get("after", ""), size=50),
            "count": found.count(),
            "asked": asked,
            "query": urlencode(asked),
        }
    good = good and not (why.is_bound and why.errors)
    return render(request, "desk/readings_rows.html", needs, status=200 if good else 422)


class _Echo:
    """A file that hands back what is written into it."""

    @staticmethod
    def write(line: str) -> str:
        return line


def _lines(found: ReadingQuerySet) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff"  # without it spreadsheets guess the alphabet wrong
    yield writer.writerow(["at", "officer", "office", "receipt", "page"])
    for row in found.order_by("at", "id").iterator(chunk_size=2000):
        at = clock.seoul(row.at).isoformat(timespec="seconds")
        cells = [at, row.user.email, str(row.office or ""), row.message.code, row.page]
        yield writer.writerow([defused(cell) for cell in cells])


def _auditor(request: HttpRequest) -> User:
    """Raises PermissionDenied for everybody else."""
    user = officer(request)
    if not user.is_auditor:
        raise PermissionDenied
    return user
