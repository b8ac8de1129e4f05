"""Receive: a voice becomes a row, with an owner and two dates, in one commit."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from channels_app import rules
from channels_app.models import (
    ApiClient,
    Channel,
    Contact,
    Delivery,
    DeliveryEvent,
    HeldReason,
    Message,
    Publication,
)
from channels_app.text.masking import mask
from channels_app.text.normal import folded, tidy
from lifecycle import clock, workdays
from lifecycle.models import digest
from people.models import Office

# Held whoever may read it, and not routed before an officer has looked: nothing is refused.
FLOOD = {HeldReason.BURST, HeldReason.REPEATED, HeldReason.MACHINE}


class KeyReusedError(Exception):
    """The client key was used before, for something else."""


@dataclass(frozen=True)
class Said:
    """What one person said.

    `contact` is (kind, address) or None; `public` the sender's choice; `position` (latitude,
    longitude) in WGS 84 degrees; `held` a HeldReason if the door found one; `client` the app.
    """

    text: str
    kind: str
    public: bool = False
    contact: tuple[str, str] | None = None
    language: str = "ko"
    channel: str = Channel.WEB
    place: str = ""
    borough: Office | None = None
    position: tuple[float, float] | None = None
    held: str = ""
    client: ApiClient | None = None

    @property
    def digest(self) -> str:
        """The same for the same request."""
        parts = (
            self.text,
            self.kind,
            self.public,
            self.contact,
            self.channel,
            self.place,
            self.borough and self.borough.pk,
            self.position,
        )
        return digest(repr(parts))


def receive(said: Said, *, client_key: UUID | None = None) -> Message:
    """Store what was said and owe it an answer; show the receipt number only after the commit.

    The same `client_key` with the same words gives the first message again, however often and
    however many at once; with other words it raises KeyReusedError.
    """
    try:
        with transaction.atomic():
            return _insert(said, client_key)
    except IntegrityError:
        known = (
            Message.objects.filter(client=said.client, client_key=client_key).first()
            if client_key
            else None
        )
        if known is None:
            raise
        if known.request_digest != said.digest:
            raise KeyReusedError(known.code) from None
        return known


def _insert(said: Said, client_key: UUID | None) -> Message:
    moment = clock.now()
    text = tidy(said.text)
    due_at = rules.answer_due(said.kind, moment)
    latitude, longitude = said.position or (None, None)
    message = Message(
        code=_next_code(moment),
        channel=said.channel,
        kind=said.kind,
        language=said.language,
        text=text,
        masked_text=mask(text),
        contact=Contact.objects.reached_by(*said.contact) if said.contact else None,
        client=said.client,
        client_key=client_key,
        request_digest=said.digest,
        body_digest=digest(folded(text)),
        borough=said.borough,
        place=said.place,
        masked_place=mask(said.place),
        latitude=latitude,
        longitude=longitude,
        received_at=moment,
        route_by=workdays.add_working_hours(moment, rules.ROUTE_BY_PERSON.value()),
        first_due_at=due_at,
        due_at=due_at,
        office=Office.objects.centre(),
        wants_public=said.public,
        publication=_publication(said),
        held_reason=said.held,
        needs_reader=said.held in FLOOD,
    )
    message.save(force_insert=True)
    message.begin(by=None, public_text=message.masked_text if message.is_public else "")
    if message.contact:
        queue(DeliveryEvent.RECEIPT, message, message.contact)
    return message


def _publication(said: Said) -> Publication:
    """A flood waits for an officer whoever it is for; a tone or a photo only if all may read it."""
    if said.held in FLOOD or (said.held and said.public):
        return Publication.HELD
    return Publication.PUBLIC if said.public else Publication.PRIVATE


def _next_code(moment: datetime) -> str:
    """S-<year in Seoul>-<at least six digits>: one sequence without reset; gaps are fine."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('channels_app_receipt')")
        number: int = cursor.fetchone()[0]
    return f"S-{clock.seoul(moment).year}-{number:06d}"


def queue(event: str, message: Message, contact: Contact, **columns: object) -> Delivery:
    """Owe somebody a notice; the sweep sends it."""
    moment = clock.now()
    return Delivery.objects.create(
        event=event,
        message=message,
        contact=contact,
        channel=contact.kind,
        next_at=moment,
        created_at=moment,
        **columns,
    )
