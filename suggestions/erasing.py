"""What of a person stands in the rows of suggestions, and what is left once it is erased."""

from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce, Now

from channels_app import sealing
from channels_app.blanking import Part
from channels_app.models import Contact
from suggestions.models import Seat


def seats_of(contact: Contact) -> Part:
    """Their seats: without a name, an address or a link, and given up."""
    return Part(
        "seat",
        Seat.objects.filter(contact=contact),
        {
            "contact": None,
            "name": "",
            "organisation": "",
            "shown": False,
            "nonce": sealing.fresh_nonce(),
            "until": Coalesce("until", Now()),
        },
    )


def need_contacts() -> Exists:
    """Somebody sits in a committee, or is invited to: their address is needed."""
    return Exists(Seat.objects.filter(contact=OuterRef("pk"), until__isnull=True))
