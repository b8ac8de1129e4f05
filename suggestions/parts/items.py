"""What is to be done for a suggestion, by whom, by when, and what stands in the way."""

from typing import Any

from lifecycle import clock
from suggestions.models import ActionItem, Suggestion, progress_of
from suggestions.parts.part import Part


def _needs(suggestion: Suggestion, _private: bool) -> dict[str, Any]:
    rows = ActionItem.objects.filter(suggestion=suggestion).select_related("office")
    items = list(rows.order_by("due_at", "id"))
    if not items:
        return {}
    return {
        "items": items,
        "percent": progress_of(items),
        "obstacle": suggestion.obstacles.filter(cleared_at=None).first(),
        "moment": clock.now(),
    }


PART = Part("items", "suggestions/parts/items.html", _needs)
