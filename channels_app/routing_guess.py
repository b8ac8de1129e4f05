"""Where a text would probably go, for the check page: never a promise."""

from channels_app import rules
from channels_app.models import RoutingRule
from channels_app.text.routing import Weigher
from people.models import Office


def probable_office(text: str) -> Office | None:
    """The best candidate of the keyword table, or None."""
    weigher = Weigher(RoutingRule.objects.terms())
    verdict = weigher.verdict(
        text, floor=rules.ROUTE_FLOOR.value(), margin=rules.ROUTE_MARGIN.value()
    )
    return Office.objects.get(pk=verdict.candidates[0].office) if verdict.candidates else None
