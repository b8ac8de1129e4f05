"""What is to be done for a suggestion, by whom, by when, and what stands in the way."""

from typing import Any

from lifecycle import clock
from suggestions.models import ActionItem, Obstacle, Suggestion, progress_of
from suggestions.parts.part import Part
from suggestions.there import There


def _needs(suggestion: Suggestion, _private: bool, there: There) -> dict[str, Any]:
    rows = ActionItem.objects.filter(suggestion=suggestion).select_related("office")
    items = list(rows.order_by("due_at", "id"))
    if not items:
        return {}
    return {
        "items": items,
        "percent": progress_of(items),
        "obstacle": _obstacle(suggestion) if there.has("obstacles") else None,
        "moment": clock.now(),
    }


def _obstacle(suggestion: Suggestion) -> Obstacle | None:
    return suggestion.obstacles.filter(cleared_at=None).first()


PART = Part("items", "suggestions/parts/items.html", _needs, shows=("items",))
