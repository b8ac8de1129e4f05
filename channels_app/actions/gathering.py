"""Gather: what changed in a day becomes one mail, for those who want it so."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import OuterRef, Subquery

from channels_app import daily
from channels_app.models import Contact, ContactKind, Delivery, DeliveryEvent
from channels_app.models.deliveries import IN_DIGEST
from channels_app.states import DeliveryState
from lifecycle import clock


@transaction.atomic
def gather(pks: Sequence[int]) -> None:
    """What waits for each of these contacts becomes one mail of the day, never a second one.

    Whom somebody else holds is left to the next sweep. What is left where the day has its mail
    already (a clock that went back) comes with the next one. Safe to run twice, late, or killed.
    """
    held = Contact.objects.select_for_update(skip_locked=True, no_key=True).filter(pk__in=pks)
    theirs = list(held.order_by("pk").values_list("pk", flat=True))
    moment = clock.now()
    day = daily.last_day(moment)
    waiting = Delivery.objects.for_digest().filter(contact__in=theirs)
    told = Delivery.objects.filter(event=DeliveryEvent.DIGEST, day=day, contact__in=theirs)
    due = waiting.exclude(contact__in=told.values("contact")).values_list("contact", flat=True)
    digests = Delivery.objects.bulk_create(
        Delivery(
            event=DeliveryEvent.DIGEST,
            contact_id=pk,
            channel=ContactKind.MAIL,
            day=day,
            crowd=True,
            next_at=moment,
            created_at=moment,
        )
        for pk in sorted(set(due))
    )
    made = Delivery.objects.filter(pk__in=[row.pk for row in digests])
    waiting.filter(contact__in=made.values("contact")).update(
        state=DeliveryState.CANCELLED,
        why=IN_DIGEST,
        digest=Subquery(made.filter(contact=OuterRef("contact")).values("pk")[:1]),
    )


@transaction.atomic
def hear_daily(contact: Contact) -> Contact:
    """One mail a day with all that changed; what waits for it stays."""
    return _hear(contact, daily_mail=True)


@transaction.atomic
def hear_each(contact: Contact) -> Contact:
    """A mail for each change from now on; what waits for the mail of the day comes with it."""
    return _hear(contact, daily_mail=False)


def _hear(contact: Contact, *, daily_mail: bool) -> Contact:
    contact = Contact.objects.select_for_update(no_key=True).get(pk=contact.pk)
    contact.daily = daily_mail and contact.kind == ContactKind.MAIL
    contact.save(update_fields=["daily"])
    return contact
