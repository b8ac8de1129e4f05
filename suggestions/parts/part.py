"""One part of a suggestion's page: its template, what that needs, its lines of the way so far."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from channels_app.timeline import Entry
from suggestions.models import Suggestion

Needs = Callable[[Suggestion, bool], dict[str, Any]]


def _nothing_to_tell(_suggestion: Suggestion) -> Sequence[Entry]:
    return ()


@dataclass(frozen=True)
class Part:
    """`needs` gives the template's names for (suggestion, whether its author reads it).

    Nothing where there is nothing to show: then the part is left out. `entries` are lines of the
    way so far that its Steps don't tell.
    """

    name: str
    template: str
    needs: Needs
    entries: Callable[[Suggestion], Sequence[Entry]] = _nothing_to_tell
