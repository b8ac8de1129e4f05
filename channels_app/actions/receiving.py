"""Receive: a voice becomes a row, with an owner and two dates, in one commit."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from channels_app import deadlines, live, places, rules
from channels_app.actions.joining import join_as_chosen
from channels_app.actions.picturing import attach_photos
from channels_app.models import (
    Account,
    ApiClient,
    Channel,
    Contact,
    ContactKind,
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
from people.models import Office, OfficeKind, User

# Held whoever may read it, and not routed before an officer has looked: nothing is refused.
FLOOD = {HeldReason.BURST, HeldReason.REPEATED, HeldReason.MACHINE}
# Asked together: one sequence, gaps are fine. Read anew each time, so a new centre holds at once.
CENTRE_WITH_NUMBER = """
SELECT *, nextval('channels_app_receipt') AS "number" FROM "people_office" WHERE "kind" = %s
"""


class KeyReusedError(Exception):
    """The client key was used before, for something else."""


@dataclass(frozen=True)
class Said:
    """What one person said.

    `contact` is (kind, address) or None; `public` the sender's choice; `position` (latitude,
    longitude) in WGS 84 degrees; `held` a HeldReason if the door found one; `client` the app;
    `photos` whether those kept under the client key come along;
    `same_as` the number of a public message that the sender says is the same matter.
    Written down by an officer: `entered_by`, for whom it was spoken (`spoken_for`), when it came
    to the city if that was not now (`came_at`), and a `note` for officers. From a network: what is
    sealed beside the address (`holds`), and whether no receipt is sent there (`quiet`).
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
    same_as: str = ""
    photos: bool = False
    entered_by: User | None = None
    spoken_for: str = ""
    came_at: datetime | None = None
    note: str = ""
    holds: str = ""
    quiet: bool = False

    @property
    def digest(self) -> str:
        """The same for the same request."""
        parts: tuple[object, ...] = (
            self.text,
            self.kind,
            self.public,
            self.contact,
            self.channel,
            self.place,
            self.borough and self.borough.pk,
            self.position,
            self.same_as,
        )
        if self.entered_by is not None:
            parts = (*parts, self.spoken_for, self.language, self.came_at)
        return digest(repr(parts))


def receive(said: Said, *, client_key: UUID | None = None) -> Message:
    """Store what was said and owe it an answer; show the receipt number only after the commit.

    The same `client_key` with the same words gives the first message again, however often and
    however many at once; with other words it raises KeyReusedError.
    """
    if said.photos and not said.held:
        said = replace(said, held=HeldReason.PHOTO)
    try:
        with transaction.atomic():
            return insert(said, client_key=client_key)
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


def insert(
    said: Said, *, client_key: UUID | None = None, by: User | None = None, **columns: Any
) -> Message:
    """The row with its first Step, inside the caller's transaction; `columns` stand as given.

    `by` is the officer who makes it. A contact among the columns is owed no receipt here.
    """
    moment = clock.now()
    text, place = tidy(said.text), tidy(said.place)
    came_at = said.came_at or moment
    due_at = deadlines.answer_due(said.kind, came_at)
    latitude, longitude = said.position or (None, None)
    (centre, number), publication = _centre_with_number(), _publication(said)
    message = Message(
        code=f"S-{clock.seoul(moment).year}-{number:06d}",
        channel=said.channel,
        kind=said.kind,
        language=said.language,
        text=text,
        masked_text=mask(text),
        contact=Contact.objects.reached_by(*said.contact, holds=said.holds)
        if said.contact
        else None,
        client=said.client,
        client_key=client_key,
        request_digest=said.digest,
        body_digest=digest(folded(text)),
        borough=said.borough or places.likely_borough(said.position, said.place, text),
        place=place,
        masked_place=mask(place)[:200],  # stars may be longer than what they cover
        latitude=latitude,
        longitude=longitude,
        received_at=came_at,
        entered_by=said.entered_by,
        spoken_for=said.spoken_for,
        route_by=workdays.add_working_hours(moment, rules.ROUTE_BY_PERSON.value()),
        first_due_at=due_at,
        clock_from=came_at,
        clock_days=deadlines.answer_days(said.kind),
        due_at=due_at,
        office=centre,
        wants_public=said.public,
        publication=publication,
        publication_due_at=rules.decide_by(moment) if publication == Publication.HELD else None,
        held_reason=said.held,
        needs_reader=said.held in FLOOD,
    )
    for name, value in columns.items():
        setattr(message, name, value)
    message.save(force_insert=True)
    if said.photos and client_key:
        attach_photos(message, draft=client_key)
    public_text = message.masked_text if message.is_public else ""
    message.begin(by=by or said.entered_by, public_text=public_text, note=said.note)
    if message.is_public:
        live.ring_on_commit()
    if message.contact and said.contact and not said.quiet:
        queue(DeliveryEvent.RECEIPT, message, message.contact)
    if said.same_as and said.held not in FLOOD:
        return join_as_chosen(message, said.same_as)
    return message


def _publication(said: Said) -> Publication:
    """A flood waits for an officer whoever it is for; a tone or a photo only if all may read it."""
    if said.held in FLOOD or (said.held and said.public):
        return Publication.HELD
    return Publication.PUBLIC if said.public else Publication.PRIVATE


def _centre_with_number() -> tuple[Office, int]:
    """The centre and the next receipt number. Raises DoesNotExist.

    A number is written S-<year in Seoul>-<at least six digits> and never given out twice.
    """
    for centre in Office.objects.raw(CENTRE_WITH_NUMBER, [OfficeKind.CENTRE]):
        number: int = centre.number  # type: ignore[attr-defined]  # asked along with it
        return centre, number
    raise Office.DoesNotExist


def queue(event: str, message: Message | None, contact: Contact, **columns: object) -> Delivery:
    """Owe somebody a notice; the sweep sends it. On a network, through the account it came by."""
    moment = clock.now()
    if contact.kind == ContactKind.NET and message is not None:
        columns["account"] = Account.objects.filter(threads__message=message).first()
    return Delivery.objects.create(
        event=event,
        message=message,
        contact=contact,
        channel=contact.kind,
        created_at=moment,
        **{"next_at": moment, **columns},
    )
