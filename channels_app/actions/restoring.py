"""Come back from a backup: nobody is written to twice because the city lost a day."""

from django.db import transaction

from channels_app.models import Delivery
from channels_app.models.deliveries import RESTORED, DeliveryQuerySet
from channels_app.states import DeliveryState
from lifecycle import clock


@transaction.atomic
def hold_restored() -> int:
    """What waited when the backup was made may have left since: a person decides. How many."""
    rows = Delivery.objects.leaving()
    return rows.update(
        state=DeliveryState.UNKNOWN, why=RESTORED, error_class="", claimed_by="", lease_until=None
    )


@transaction.atomic
def send_restored(event: str = "") -> int:
    """Send what was held back, as a recorded repeat; one kind of notice or all. How many."""
    return _held(event).update(
        state=DeliveryState.QUEUED, repeated=True, attempts=0, next_at=clock.now(), why=""
    )


@transaction.atomic
def settle_restored(event: str = "") -> int:
    """It has left before, or is not worth a second copy. How many."""
    return _held(event).update(state=DeliveryState.CANCELLED)


def _held(event: str) -> DeliveryQuerySet:
    rows = Delivery.objects.held_since_restore()
    return rows.filter(event=event) if event else rows
