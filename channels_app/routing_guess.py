"""Where a text would probably go, for the check page: never a promise."""

from functools import lru_cache

from channels_app import rules
from channels_app.models import RoutingRule
from channels_app.text.routing import Term, Weigher
from people.models import Office


def probable_office(text: str) -> Office | None:
    """The best candidate of the keyword table, or None."""
    verdict = weigher().verdict(
        text, floor=rules.ROUTE_FLOOR.value(), margin=rules.ROUTE_MARGIN.value()
    )
    return Office.objects.get(pk=verdict.candidates[0].office) if verdict.candidates else None


def weigher() -> Weigher:
    """The keyword table as it stands at this moment; made ready only where it has changed."""
    return _made_ready(tuple(RoutingRule.objects.terms()))


@lru_cache(maxsize=1)
def _made_ready(terms: tuple[Term, ...]) -> Weigher:
    """Known by its rows themselves: no change of keywords or offices can be overlooked."""
    return Weigher(terms)
