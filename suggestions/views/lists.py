"""All suggestions with filters; the Ten Million Imagination Oasis; what changed."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from channels_app.forms import SayForm
from channels_app.keyset import Page
from channels_app.text.sheets import defused
from channels_app.views.photos import take_in
from lifecycle import clock
from suggestions import dispositions, rules
from suggestions.list_form import ENDING, LAST_DONE, NEWEST, SUPPORTED, ListForm, Wanted
from suggestions.models import Claim, Suggestion, SuggestionKind
from suggestions.states import Disposition
from suggestions.views.knowing import known_in

A_FEW = 5
ROWS_OF_A_FILE = 1000
LAST_CHANGED = Wanted(order=LAST_DONE, became=Disposition.IMPLEMENTED)
COLUMNS = (
    "receipt", "kind", "origin", "title", "language", "stage", "state", "became", "office",
    "borough", "opened_at", "due_at", "finish_at", "supports", "proved", "on_paper", "address",
)  # fmt: skip


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """The filters stand in the address, and a wrong one is explained."""
    form = ListForm(request.GET)
    if not form.is_valid():
        return render(request, "suggestions/wrong.html", {"form": form}, status=422)
    wanted, numbers = form.wanted, dispositions.numbers()
    needs = {
        "form": form,
        "wanted": wanted,
        "page": wanted.page(request.GET.get("after", "")),
        "count": wanted.how_many(numbers),
        "numbers": numbers,
        "needed": rules.ANSWER_AT.value(),
        "moment": clock.now(),
    }
    return render(request, "suggestions/list.html", needs)


@require_safe
def as_file(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """The same list as CSV, so many rows a file; the next one is named in the Link header."""
    form = ListForm(request.GET)
    if not form.is_valid():
        return render(request, "suggestions/wrong.html", {"form": form}, status=422)
    wanted = form.wanted
    page = wanted.page(request.GET.get("after", ""), size=ROWS_OF_A_FILE)
    answer = StreamingHttpResponse(_lines(page), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="suggestions.csv"'
    if page.next_key:
        asked = request.GET.copy()
        asked["after"] = page.next_key
        answer["Link"] = f'<{settings.SITE_URL}{request.path}?{asked.urlencode()}>; rel="next"'
    return answer


class _Echo:
    """What the writer writes is what is sent."""

    def write(self, value: str) -> str:
        """Handed on."""
        return value


def _lines(page: Page[Suggestion]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff"
    yield writer.writerow(COLUMNS)
    for row in page.rows:
        yield writer.writerow([defused(cell) for cell in _cells(row)])


def _cells(row: Suggestion) -> list[str]:
    return [
        row.code,
        row.kind,
        row.origin,
        row.title,
        row.language,
        row.stage,
        row.status,
        row.disposition,
        row.department.name if row.department else "",
        row.borough.area if row.borough else "",
        *(_moment(at) for at in (row.opened_at, row.due_at, row.finish_at)),
        *(str(number) for number in (row.supports, row.proved, row.on_paper)),
        f"{settings.SITE_URL}{row.get_absolute_url()}",
    ]


def _moment(at: datetime | None) -> str:
    return clock.seoul(at).isoformat(timespec="seconds") if at else ""


@require_safe
def oasis(request: HttpRequest) -> HttpResponse:
    """Ten Million Imagination Oasis: ideas on their way to the number that makes offices answer."""
    waiting = Wanted(became=Disposition.WAITING)
    numbers = dispositions.numbers()
    needs = {
        "nearly": replace(waiting, order=SUPPORTED).page("", size=A_FEW).rows,
        "ending": Wanted(order=ENDING).page("", size=A_FEW).rows,
        "newest": replace(waiting, order=NEWEST).page("", size=A_FEW).rows,
        "numbers": numbers,
        "waiting": numbers.of_disposition(Disposition.WAITING),
        "needed": rules.ANSWER_AT.value(),
        "days": rules.WINDOW_DAYS.value(),
    }
    return render(request, "suggestions/oasis.html", needs)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def oasis_new(request: HttpRequest) -> HttpResponse:
    """The one box, for an idea; from here on it is a message like every other.

    A POST gives the words back: with what is like them, or in the other language.
    """
    text, looked = request.POST.get("text", ""), request.POST.get("act") == "look"
    needs = {
        "form": SayForm(initial={"text": text}),
        "photos": take_in(request),
        "days": rules.WINDOW_DAYS.value(),
        "looked": looked,
        "known": known_in(request, text) if looked else None,
    }
    return render(request, "suggestions/oasis_new.html", needs)


@require_safe
def oasis_rules(request: HttpRequest) -> HttpResponse:
    """How an idea becomes a policy, with the numbers that hold now."""
    needs = {
        "thresholds": (rules.PANEL_AT, rules.ANSWER_AT, rules.FORUM_AT, rules.MAYOR_AT),
        "spans": (rules.WINDOW_DAYS, rules.REVIEW_DAYS, rules.SLEEP_DAYS, rules.APPEAL_WITHIN),
    }
    return render(request, "suggestions/oasis_rules.html", needs)


@require_safe
def petitions(request: HttpRequest) -> HttpResponse:
    """Petitions alone, newest first."""
    wanted = Wanted(kind=SuggestionKind.PETITION)
    needs = {
        "page": wanted.page(request.GET.get("after", "")),
        "wanted": wanted,
        "days": rules.PETITION_DAYS.value(),
        "needed": rules.ANSWER_AT.value(),
    }
    return render(request, "suggestions/petitions.html", needs)


@dataclass(frozen=True)
class Change:
    """What citizens said, what changed, and how long it took."""

    suggestion: Suggestion
    at: datetime | None
    words: str

    @property
    def url(self) -> str:
        """Its own page."""
        return reverse("changed_one", args=[self.suggestion.code])


def changes_of(rows: list[Suggestion]) -> list[Change]:
    """Each with what its office says was done, as somebody agreed; one query, however many."""
    agreed = Claim.objects.filter(suggestion__in=rows, confirmed_at__isnull=False)
    words = dict(agreed.order_by("at", "id").values_list("suggestion", "text"))
    return [Change(row, row.done_at, words.get(row.pk, "")) for row in rows]


def newest_changes(most: int) -> list[Change]:
    """A few for the home page, the last one done first."""
    return changes_of(list(LAST_CHANGED.page("", size=most).rows))


@require_safe
def changed(request: HttpRequest) -> HttpResponse:
    """Said, changed, and how long it took; only what is done, the last one first."""
    page, numbers = LAST_CHANGED.page(request.GET.get("after", "")), dispositions.numbers()
    needs = {
        "page": page,
        "changes": changes_of(list(page.rows)),
        "numbers": numbers,
        "done": numbers.of_disposition(Disposition.IMPLEMENTED),
    }
    return render(request, "suggestions/changed.html", needs)


@require_safe
def changed_one(request: HttpRequest, code: str) -> HttpResponse:
    """One of them, to be passed on. Raises Http404 for what is not done."""
    rows = LAST_CHANGED.rows().select_related("message", "office", "department", "borough")
    row = rows.filter(code=code).first()
    if row is None:
        raise Http404(_("This is not done yet."))
    return render(request, "suggestions/changed_one.html", {"change": changes_of([row])[0]})
