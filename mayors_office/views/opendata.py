"""What is public for everybody's own reckoning: the page that explains it, and the files."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from channels_app import large_files
from lifecycle.models import digest
from mayors_office.opendata import editions, files
from mayors_office.opendata.columns import TABLES
from mayors_office.opendata.files import Listed, Manifest
from mayors_office.opendata.rules import SUMS_KEPT

MONTHS_SHOWN, EARLIER_SHOWN = 6, 24
RETRY = "60"  # seconds: the sweep writes anew every minute
View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Month:
    """One line of the page: the files of a month, table by table."""

    first_day: date
    cells: Sequence[Sequence[Listed]]


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What can be had, what stands in it, on which terms, and how to check it."""
    manifest = files.read() or Manifest()
    months = list(_months(manifest))
    needs = {
        "tables": list(TABLES.values()),
        "months": months[:MONTHS_SHOWN],
        "earlier_months": months[MONTHS_SHOWN:],
        "more": len(manifest.months) > len(months),
        "written_at": manifest.at,
        "earlier_days": files.earlier_days()[: SUMS_KEPT.value()],
        "kept": SUMS_KEPT.value(),
        "licence": files.LICENCE,
        "site": settings.SITE_URL,
    }
    return render(request, "mayors_office/opendata.html", needs)


def _months(manifest: Manifest) -> Iterator[Month]:
    for month in manifest.months[: MONTHS_SHOWN + EARLIER_SHOWN]:
        first_day = date.fromisoformat(f"{month}-01")
        found = manifest.of(first_day)
        yield Month(first_day, [[one for one in found if one.table == name] for name in TABLES])


def open_to_all(view: View) -> View:
    """Any page of any host may read it; a cache asks before it shows: what is withdrawn goes."""

    @require_safe
    @wraps(view)
    def answer(request: HttpRequest, **named: Any) -> HttpResponseBase:
        response = view(request, **named)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag, Retry-After"
        response["Cache-Control"] = "no-cache"
        response["X-Content-Type-Options"] = "nosniff"
        return response

    return answer


@open_to_all
def file(request: HttpRequest, name: str) -> HttpResponseBase:
    """One file that the list names, whole; 503 while something in it waits to be taken out."""
    listed = (files.read() or Manifest()).find(name)
    if listed is None:
        return _nothing()
    if editions.is_withdrawn(listed):
        return _being_written()
    try:
        return _conditional(request, listed.sha256, lambda: _whole(request, listed))
    except FileNotFoundError:  # replaced in this very moment
        return _being_written()


@open_to_all
def manifest(request: HttpRequest) -> HttpResponseBase:
    """The list, for machines."""
    return _written(request, (files.read() or Manifest()).as_json(), "application/json")


@open_to_all
def sums(request: HttpRequest) -> HttpResponseBase:
    """The checksums, as `sha256sum -c` reads them."""
    return _written(request, (files.read() or Manifest()).sums())


@open_to_all
def earlier_sums(request: HttpRequest, day: str) -> HttpResponseBase:
    """The checksums of every file that held on an earlier day."""
    try:
        found = files.sums_of(date.fromisoformat(day))
    except ValueError:  # no day of any calendar
        found = None
    return _nothing() if found is None else _written(request, found)


def _whole(request: HttpRequest, one: Listed) -> HttpResponseBase:
    return large_files.answer(request, one.path, kind="application/gzip", name=one.name)


def _written(request: HttpRequest, text: str, kind: str = "text/plain") -> HttpResponseBase:
    def made() -> HttpResponseBase:
        return HttpResponse(text, content_type=f"{kind}; charset=utf-8")

    return _conditional(request, digest(text or "-"), made)


def _conditional(
    request: HttpRequest, checksum: str, made: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    """304 for who has it already."""
    etag = quote_etag(checksum)
    unchanged = get_conditional_response(request, etag=etag) is not None
    response = HttpResponseNotModified() if unchanged else made()
    if response.status_code < 400:
        response["ETag"] = etag
    return response


def _being_written() -> HttpResponse:
    words = _("This file is being written anew, because something in it was withdrawn.")
    response = _plain(words, status=503)
    response["Retry-After"] = RETRY
    return response


def _nothing() -> HttpResponse:
    return _plain(_("There is no such file."), status=404)


def _plain(words: str, *, status: int) -> HttpResponse:
    return HttpResponse(words, status=status, content_type="text/plain; charset=utf-8")
