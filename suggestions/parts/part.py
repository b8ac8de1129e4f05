"""One part of a suggestion's page: its template, what that needs, its lines of the way so far."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from channels_app.timeline import Entry
from suggestions.models import Suggestion
from suggestions.there import There

Needs = Callable[[Suggestion, bool, There], dict[str, Any]]


def _nothing_to_tell(_suggestion: Suggestion) -> Sequence[Entry]:
    return ()


@dataclass(frozen=True)
class Part:
    """`needs` gives the template's names for (suggestion, whether its author reads it, what there
    is of it).

    Nothing where there is nothing to show: then the part is left out. `entries` are lines of the
    way so far that its Steps don't tell. Neither is asked where the suggestion has no rows of
    `shows` or `tells` (`suggestions.there`).
    """

    name: str
    template: str
    needs: Needs
    entries: Callable[[Suggestion], Sequence[Entry]] = _nothing_to_tell
    shows: Sequence[str] = ()
    tells: Sequence[str] = ()
