"""Confirm: an act counts once the owner of the address says so, by the link in a mail."""

from datetime import timedelta

from django.db import transaction

from channels_app.actions.reaching import confirm_contact
from channels_app.actions.receiving import queue
from channels_app.models import Confirmation, Contact, Delivery, DeliveryEvent, Topic
from channels_app.states import DeliveryState
from lifecycle import clock
from lifecycle.errors import WrongTurnError

ONE_DAY = timedelta(days=1)


@transaction.atomic
def ask_to_confirm(
    topic: Topic, contact: Contact, *, purpose: str, language: str, most: int
) -> Confirmation | None:
    """Owe this address a mail with the link; None where it was asked `most` times today."""
    contact = Contact.objects.select_for_update(no_key=True).get(pk=contact.pk)
    moment = clock.now()
    lately = Confirmation.objects.filter(contact=contact, created_at__gt=moment - ONE_DAY)
    if lately.count() >= most:
        return None
    asked = Confirmation.objects.create(
        purpose=purpose, topic=topic, contact=contact, language=language, created_at=moment
    )
    Delivery.objects.create(
        event=DeliveryEvent.CONFIRM,
        message=topic.messages.earliest("id"),
        confirmation=asked,
        contact=contact,
        channel=contact.kind,
        created_at=moment,
        next_at=moment,
    )
    return asked


@transaction.atomic
def confirm_act(asked: Confirmation) -> Confirmation:
    """ "Yes, that was me", from the mail: so the address is confirmed as well. Safe to repeat."""
    asked = Confirmation.objects.select_for_update(of=("self",)).get(pk=asked.pk)
    if asked.contact is None:
        raise WrongTurnError(f"{asked!r}: the address was erased")
    if asked.confirmed_at is None:
        confirm_contact(asked.contact)
        asked.confirmed_at = clock.now()
        asked.save(update_fields=["confirmed_at"])
    return asked


@transaction.atomic
def tell_decision(asked: Confirmation) -> Delivery | None:
    """Owe whoever confirmed it word of a decision about it; mail and page say how it stands then.

    One that has not left yet tells of both. None where nobody can be told any more.
    """
    if asked.contact is None or asked.confirmed_at is None:
        return None
    told = Delivery.objects.filter(event=DeliveryEvent.DECIDED, confirmation=asked)
    if waiting := told.filter(state=DeliveryState.QUEUED).first():
        return waiting
    message = asked.topic.messages.earliest("id")
    return queue(DeliveryEvent.DECIDED, message, asked.contact, confirmation=asked)
