"""A committee of the roads with everything that has an address, and a direct adoption."""

from datetime import timedelta
from typing import Any

from lifecycle import clock
from suggestions import actions
from suggestions.actions import Person
from suggestions.models import Mandate, Seat
from suggestions.states_of_committees import Side
from tests.committees import rooms
from tests.matrix.people_of import Town
from tests.suggestions import factories as ideas


def build_committee(town: Town) -> dict[str, Any]:
    """One report is published, the next is due; a seat is taken, another one offered."""
    jun, head, roads = town.users["jun"], town.users["head"], town.roads
    with clock.at(clock.now() - timedelta(days=15)):
        first, direct = ideas.reviewed(roads), ideas.reviewed(roads)
        committee = rooms.formed(roads, first, by=jun)
        for side in (Side.CIVIC, Side.EXPERT, Side.CITIZEN):
            seat = rooms.seated(committee, side, by=jun)
        committee = actions.activate(committee, by=jun)
        actions.send_to_committee(first, to=committee, reason=rooms.WHY, by=head)
        direct = actions.adopt_directly(direct, [rooms.planned(roads)], words=rooms.WHY, by=head)
        rooms.published(rooms.report_of(committee), by=jun)
        (alone,) = actions.open_reports_of_office(Mandate.objects.get(suggestion=direct))
        rooms.published(alone, by=jun)
    asked = actions.invite_to_seat(
        committee, Person(Side.CITIZEN, "정하은"), address="s@example.org", by=jun
    )
    assert asked.confirmation is not None
    return {
        "committee": committee,
        "forming": rooms.formed(roads, first, by=jun),
        "in_committee": first.code,
        "direct": direct,
        "report": rooms.report_of(committee),
        "seat": Seat.objects.get(pk=seat.pk),
        "asked_seat": asked.confirmation,
        "proposal": actions.propose_drop(first, **rooms.NO, by=jun),
    }
