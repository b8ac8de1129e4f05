"""Petition: sent for the office alone, and for everyone once its author's address is confirmed."""

from dataclasses import replace
from uuid import UUID

from django.db import transaction

from channels_app import actions as message_actions
from channels_app.actions import Said
from channels_app.models import Message
from lifecycle import clock
from suggestions.models import Petition


@transaction.atomic
def petition(said: Said, *, client_key: UUID | None = None) -> Message:
    """What was said becomes a message; as a petition it waits until its author confirms.

    Raises ValueError without an address, and what `channels_app.actions.receive` raises.
    """
    if said.contact is None:
        raise ValueError("a petition needs an address that its author can confirm")
    message = message_actions.receive(replace(said, public=False), client_key=client_key)
    Petition.objects.get_or_create(message=message, defaults={"at": clock.now()})
    return message


@transaction.atomic
def open_petition(petition: Petition) -> Petition:
    """Its author has confirmed: everyone may read it, or an officer looks first. Safe to repeat."""
    message = Message.objects.locked(petition.message_id)
    held = Petition.objects.confirmed().select_for_update(of=("self",))
    waiting = held.filter(pk=petition.pk).first()
    if waiting is None:
        return petition
    message_actions.open_as_wanted(message)
    waiting.opened_at = clock.now()
    waiting.save(update_fields=["opened_at"])
    return waiting
