"""What the city has promised, for everyone: the list with its counts, and the page of each."""

from dataclasses import dataclass

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.functional import Promise as Words
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from channels_app import keyset
from suggestions.models import Promise
from suggestions.states_of_promises import PromiseStatus

OVERDUE = "overdue"


@dataclass(frozen=True)
class Shelf:
    """Promises of one state, and how many they are."""

    name: str
    words: str | Words
    count: int


@require_safe
def promises(request: HttpRequest) -> HttpResponse:
    """The newest first; one state, or those whose date has passed, where that was chosen."""
    shown = request.GET.get("show", "")
    shown = shown if shown in (*PromiseStatus.values, OVERDUE) else ""
    rows = Promise.objects.select_related("office", "speaker", "suggestion")
    if shown == OVERDUE:
        rows = rows.overdue()
    elif shown:
        rows = rows.filter(status=shown)
    needs = {
        "shelves": _shelves(),
        "shown": shown,
        "page": keyset.page(rows, by="-made_at", key=request.GET.get("after", "")),
    }
    return render(request, "suggestions/promises.html", needs)


def _shelves() -> list[Shelf]:
    """All of them, each state, and what is late."""
    found = dict(Promise.objects.order_by().values_list("status").annotate(n=Count("pk")))
    states = [Shelf(one.value, one.label, found.get(one.value, 0)) for one in PromiseStatus]
    late = Promise.objects.overdue().count()
    return [
        Shelf("", _("all"), sum(found.values())),
        *states,
        Shelf(OVERDUE, _("late"), late),
    ]


@require_safe
def promise(request: HttpRequest, pk: int) -> HttpResponse:
    """The words, where they were said, who has taken them on, and what became of them."""
    known = Promise.objects.select_related(
        "office", "speaker", "suggestion__message", "replaces", "replaced_by"
    )
    found = get_object_or_404(known, pk=pk)
    needs = {
        "promise": found,
        "steps": found.steps.select_related("office", "by_office"),
        "about": found.suggestion if found.suggestion and found.suggestion.is_public else None,
    }
    return render(request, "suggestions/promise.html", needs)
