"""Call on whoever sits in a committee in person: something waits for a word of theirs."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef

from channels_app import sealing
from channels_app.actions.receiving import queue
from channels_app.models import Delivery, DeliveryEvent
from channels_app.states import DeliveryState
from lifecycle.errors import WrongTurnError
from people.models import User
from suggestions.models import Committee, Seat
from suggestions.states_of_committees import Side

PERSONS = (Side.CIVIC, Side.EXPERT, Side.CITIZEN)


def call_on_seats(committee: Committee | None, *, sides: tuple[str, ...] = PERSONS) -> None:
    """Owe those with an address a mail; what has not left yet will tell of this as well.

    What it says is composed when it leaves (`suggestions.letters`).
    """
    under_way = Delivery.objects.filter(
        event=DeliveryEvent.WAITS,
        state=DeliveryState.QUEUED,
        contact=OuterRef("contact"),
        confirmation=OuterRef("confirmation"),
    )
    seats = Seat.objects.sitting().filter(
        ~Exists(under_way), committee=committee, side__in=sides, contact__isnull=False
    )
    for seat in seats.select_related("contact", "committee__occasion__message"):
        _write_to(seat)


@transaction.atomic
def renew_link(seat: Seat, *, by: User) -> Seat:
    """A new private link, and the one before opens nothing any more.

    It goes to the address of the seat; who has none gets it from the officer.
    """
    committee = Committee.objects.locked(seat.committee_id)
    if not committee.may_be_run_by(by):
        raise PermissionDenied
    held = Seat.objects.select_related("contact", "committee__occasion__message")
    seat = held.get(pk=seat.pk)
    if committee.is_final or not seat.is_sitting or seat.side == Side.OFFICER:
        raise WrongTurnError(f"{seat!r} has no link")
    seat.nonce = sealing.fresh_nonce()
    seat.save(update_fields=["nonce"])
    if seat.contact is not None:
        _write_to(seat)
    return seat


def _write_to(seat: Seat) -> None:
    assert seat.contact is not None  # noqa: S101 - asked before
    message = seat.committee.occasion.message
    queue(DeliveryEvent.WAITS, message, seat.contact, confirmation=seat.confirmation)
