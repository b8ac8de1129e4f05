"""What the city's yearly budget sets aside for suggestions, for everyone."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from channels_app import keyset
from suggestions.models import BudgetRow


@dataclass(frozen=True)
class Year:
    """All lines of one year: how many, for how much, and how much was spent so far."""

    year: int
    lines: int
    planned: int
    spent: int


@require_safe
def budget(request: HttpRequest) -> HttpResponse:
    """One year, the newest unless another was chosen; the largest line first."""
    years = _years()
    asked = request.GET.get("year", "")
    shown = next((one for one in years if str(one.year) == asked), years[0] if years else None)
    needs: dict[str, Any] = {"years": years, "shown": shown}
    if shown is not None:
        rows = BudgetRow.objects.public().filter(year=shown.year)
        needs["page"] = keyset.page(
            rows.select_related("suggestion", "office"),
            by="-planned",
            key=request.GET.get("after", ""),
            reads=keyset.read_number,
        )
    return render(request, "suggestions/budget.html", needs)


def _years() -> list[Year]:
    """The newest first."""
    rows = BudgetRow.objects.public().order_by("-year").values("year")
    found = rows.annotate(lines=Count("pk"), planned=Sum("planned"), spent=Sum("spent"))
    return [
        Year(row["year"], row["lines"], row["planned"], row["spent"] or 0)
        for row in found.values("year", "lines", "planned", "spent")
    ]
