"""Every act of the officers' page of a suggestion, from every area of its life."""

from desk.ideas import answers, appeals, committees, screening, support, talk
from desk.ideas.offer import Offer
from people.models import User
from suggestions.models import Suggestion

# In the order of the page. Each area of a suggestion's life enters its module here.
AREAS = (screening, answers, committees, talk, appeals, support)
OFFERS: dict[str, Offer] = {offer.name: offer for area in AREAS for offer in area.OFFERS}


def offered(suggestion: Suggestion, user: User) -> list[Offer]:
    """What this officer can do with it now."""
    return [
        offer
        for offer in OFFERS.values()
        if offer.is_time(suggestion) and offer.is_theirs(suggestion, user)
    ]
