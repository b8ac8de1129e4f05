"""What of a person stands in the rows of suggestions, and what is left once it is erased."""

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce, Now

from channels_app import sealing
from channels_app.blanking import Part
from channels_app.models import Contact
from suggestions.models import CoAuthor, Opinion, Seat, Support
from suggestions.states import SUGGESTION_FINAL, SupportState


def seats_of(contact: Contact) -> Part:
    """Their seats: without a name, an address or a link, and given up."""
    return Part(
        "seat",
        Seat.objects.filter(contact=contact),
        {
            "contact": None,
            "name": "",
            "organisation": "",
            "consent": "",
            "shown": False,
            "nonce": sealing.fresh_nonce(),
            "until": Coalesce("until", Now()),
        },
    )


def opinions_of(contact: Contact) -> Part:
    """What they said from their seats; whether they agreed stays. Before the seats are blanked."""
    said = Opinion.objects.filter(seat__contact=contact).exclude(words="")
    return Part("opinion", said, {"words": ""})


def need_contacts() -> Q:
    """Whose address still counts for something.

    They sit in a committee, are invited to, write along, or support what goes on: their voice
    would count a second time if nobody knew the address any more.
    """
    theirs = {"contact": OuterRef("pk")}
    sitting = Seat.objects.filter(**theirs, until__isnull=True)
    along = CoAuthor.objects.filter(**theirs, joined_at__isnull=False, left_at__isnull=True)
    counted = (SupportState.VALID, SupportState.INVALIDATED)  # the latter can be restored
    supporting = Support.objects.filter(**theirs, state__in=counted)
    ended = {"suggestion__status__in": SUGGESTION_FINAL}
    return Q(Exists(sitting) | Exists(along.exclude(**ended)) | Exists(supporting.exclude(**ended)))
