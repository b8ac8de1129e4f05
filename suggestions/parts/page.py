"""The parts that stand on the page of a suggestion, in the order in which a reader wants them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from channels_app.timeline import Entry
from suggestions import parts
from suggestions.models import Suggestion
from suggestions.parts.part import Part
from suggestions.there import There

# What is not named here stands at the end.
ORDER = (
    "summary",
    "answers",
    "claims",
    "evaluation",
    "promises",
    "items",
    "budget",
    "reports",
    "committees",
)


@dataclass(frozen=True)
class Shown:
    """A part that has something to show."""

    name: str
    template: str
    needs: dict[str, Any]


def shown_on(suggestion: Suggestion, there: There, *, private: bool) -> list[Shown]:
    """In order; what has nothing to show is left out."""
    asked = (part for part in PARTS if there.has_any(part.shows))
    found = ((part, part.needs(suggestion, private, there)) for part in asked)
    return [Shown(part.name, part.template, needs) for part, needs in found if needs]


def entries_of(suggestion: Suggestion, there: There) -> Iterable[Entry]:
    """What the areas tell of its way beside its steps."""
    for part in PARTS:
        if there.has_any(part.tells):
            yield from part.entries(suggestion)


def _found() -> Iterable[Part]:
    """Each module beside this one brings its own."""
    for module in iter_modules(parts.__path__):
        if module.name not in ("part", "page"):
            brought = import_module(f"{parts.__name__}.{module.name}")
            yield from getattr(brought, "PARTS", None) or (brought.PART,)


def _place(part: Part) -> int:
    return ORDER.index(part.name) if part.name in ORDER else len(ORDER)


PARTS: Sequence[Part] = sorted(_found(), key=_place)
