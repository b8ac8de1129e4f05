"""Whose address is it? Its owner says so by the link in the first mail."""

from django.db import transaction

from channels_app.models import Contact, Delivery
from channels_app.models.deliveries import REFUSED, UNCONFIRMED
from channels_app.states import DeliveryState
from lifecycle import clock


@transaction.atomic
def confirm_contact(contact: Contact) -> Contact:
    """The owner of the address wants mail from us; an earlier refusal is taken back.

    An answer that waited for this leaves now.
    """
    contact = Contact.objects.select_for_update().get(pk=contact.pk)
    contact.confirmed_at, contact.refused_at = clock.now(), None
    contact.save(update_fields=["confirmed_at", "refused_at"])
    waiting = Delivery.objects.filter(contact=contact, state=DeliveryState.QUEUED, why=UNCONFIRMED)
    waiting.update(next_at=clock.now(), why="")
    return contact


@transaction.atomic
def refuse_contact(contact: Contact) -> Contact:
    """ "This was not me": nothing leaves to this address any more."""
    contact = Contact.objects.select_for_update().get(pk=contact.pk)
    contact.confirmed_at, contact.refused_at = None, clock.now()
    contact.save(update_fields=["confirmed_at", "refused_at"])
    waiting = Delivery.objects.filter(contact=contact, state=DeliveryState.QUEUED)
    for row in waiting.select_for_update(skip_locked=True):
        row.become(DeliveryState.CANCELLED, why=REFUSED)
    return contact
