"""Files of voices: look one through, take its good rows in, carry the report away."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from channels_app import actions, kicks, rules_entering, sheets, tasks
from channels_app.models import Message, Sheet
from channels_app.text import sheets as reading
from channels_app.text.sheets import SheetError, defused
from desk.sheet_form import SheetForm
from desk.views.phone import writer

SHOWN = 100  # rows of a report that stand on the page; the file holds all
LATELY = 20
SAMPLE = (
    ("text", "kind", "borough", "place", "channel", "language", "received_at", "contact", "public"),
    (
        "시장 앞 횡단보도 턱이 높아 유모차가 걸려요.",
        "불편", "마포구", "망원시장 정문", "현장", "ko", "", "", "예",
    ),
    ("Could the library open at seven?", "idea", "Mapo-gu", "", "counter", "en", "", "", "no"),
)  # fmt: skip
BOM = "\ufeff"  # so that spreadsheets know the signs


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """Choose a file; it is looked through, and nothing is stored as a voice yet."""
    user = writer(request)
    if request.method != "POST":
        return _page(request, SheetForm().for_officer(user))
    form = SheetForm(request.POST, request.FILES).for_officer(user)
    if not form.is_valid():
        return _page(request, form, status=422)
    file, channel = form.cleaned_data["sheet"], form.cleaned_data["channel"]
    try:
        sheet = sheets.bring(_content(file), name=file.name, channel=channel, by=user)
    except SheetError as problem:
        form.add_error("sheet", sheets.sentence_of(problem))
        return _page(request, form, status=422)
    if not sheet.may_be_seen_by(user):
        form.add_error("sheet", _("A colleague has taken this file in already."))
        return _page(request, form, status=422)
    return redirect("desk_sheet", sheet.pk)


def _content(file: Any) -> bytes:
    """No more than is needed to see that it is too large."""
    most: int = rules_entering.SHEET_MEGABYTES.value() * sheets.MEGABYTE
    content: bytes = file.read(most + 1)
    return content


@never_cache
@require_safe
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """What was found in the file, or how far it is taken in."""
    user, found = writer(request), _of(request, pk)
    needs = {
        "officer": user,
        "sheet": found,
        "wrong": [
            (number, [sheets.sentence(one) for one in what])
            for number, what in sorted(found.problems.items())[:SHOWN]
        ],
        "left_out": reading.left_out(found.text) if found.sealed else [],
        "kept_hours": rules_entering.SHEET_KEPT.value(),
    }
    return render(request, "desk/sheets/sheet.html", needs)


@never_cache
@require_POST
def take_in(request: HttpRequest, pk: int) -> HttpResponse:
    """The first rows at once, the rest by the worker."""
    user = writer(request)
    found = actions.want(_of(request, pk), by=user)
    if not found.is_wanted:
        messages.warning(request, _("The file lay here too long and is gone. Choose it again."))
        return redirect("desk_sheets")
    found = sheets.take_in(found)
    kicks.kick_on_commit(tasks.route_waiting)
    if not found.is_over:
        kicks.kick_on_commit(tasks.take_in_sheets)
    return redirect("desk_sheet", pk)


@never_cache
@require_safe
def report(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """Row by row: its receipt number, or what is wrong with it."""
    return _as_csv(_rows_of(_of(request, pk)), f"report-{pk}.csv")


@never_cache
@require_safe
def sample(request: HttpRequest) -> StreamingHttpResponse:
    """A file to begin with."""
    writer(request)
    return _as_csv(iter(SAMPLE), "sample.csv")


def _of(request: HttpRequest, pk: int) -> Sheet:
    """Raises Http404, PermissionDenied."""
    found = get_object_or_404(Sheet.objects.select_related("by"), pk=pk)
    if not found.may_be_seen_by(writer(request)):
        raise PermissionDenied
    return found


def _rows_of(sheet: Sheet) -> Iterator[tuple[str, ...]]:
    """The wrong ones with their sentences; the others with the number they have got."""
    yield (_("Row"), _("Receipt number"), _("What is wrong"), _("First words"))
    codes = dict(sheet.taken)
    titles = {one.code: one.title for one in Message.objects.filter(code__in=codes.values())}
    lines = {number: (code, "", titles.get(code, "")) for number, code in codes.items()}
    for number, what in sheet.problems.items():
        lines[number] = ("", " ".join(sheets.sentence(one) for one in what), "")
    for number in sorted(lines):
        yield (str(number), *(defused(cell) for cell in lines[number]))


def _as_csv(rows: Iterator[tuple[str, ...]], name: str) -> StreamingHttpResponse:
    """Written while it is sent."""
    page = StreamingHttpResponse(_written(rows), content_type="text/csv; charset=utf-8")
    page["Content-Disposition"] = f'attachment; filename="{name}"'
    page["X-Content-Type-Options"] = "nosniff"
    return page


def _written(rows: Iterator[tuple[str, ...]]) -> Iterator[str]:
    yield BOM
    for row in rows:
        line = io.StringIO()
        csv.writer(line).writerow(row)
        yield line.getvalue()


def _page(request: HttpRequest, form: SheetForm, *, status: int = 200) -> HttpResponse:
    user = writer(request)
    needs = {
        "officer": user,
        "form": form,
        "sheets": Sheet.objects.of(user)[:LATELY],
        "columns": [(name, names) for name, names in reading.COLUMNS.items()],
        "most_rows": rules_entering.SHEET_ROWS.value(),
        "most_megabytes": rules_entering.SHEET_MEGABYTES.value(),
    }
    return render(request, "desk/sheets/bring.html", needs, status=status)
