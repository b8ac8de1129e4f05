"""What yearly budgets set aside for a suggestion."""

from typing import Any

from suggestions.models import Suggestion
from suggestions.parts.part import Part
from suggestions.there import There


def _needs(suggestion: Suggestion, _private: bool, _there: There) -> dict[str, Any]:
    return {"rows": list(suggestion.budget.select_related("office"))}


PART = Part("budget", "suggestions/parts/budget.html", _needs, shows=("budget",))
