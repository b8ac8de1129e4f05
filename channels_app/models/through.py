"""Claims of what leaves through the city's accounts: each account a lane of its own.

Of one account one row leaves at a time, so that its words keep their order; others never wait for
it. What is urgent keeps no order and waits for nobody.
"""

from django.db import transaction
from django.db.models import Exists, F, OuterRef

from channels_app.models.accounts import Account
from channels_app.models.deliveries import LEASE, Delivery
from channels_app.states import DeliveryState
from lifecycle import clock


def claim_through_some(claimed_by: str) -> Delivery | None:
    """The next ordinary row of an account at which nobody sends, taken and committed."""
    for account in _with_work(urgent=False):
        if (row := _claim_of(account, claimed_by)) is not None:
            return row
    return None


def claim_urgent(claimed_by: str) -> Delivery | None:
    """The next urgent row, whatever else its account has to do."""
    with transaction.atomic():
        rows = Delivery.objects.filter(
            state=DeliveryState.QUEUED,
            urgent=True,
            account__isnull=False,
            account__in=Account.objects.may_send(),
            next_at__lte=clock.now(),
        ).order_by("attempts", "next_at", "id")
        row = rows.select_for_update(skip_locked=True, of=("self",)).first()
        return _taken(row, claimed_by) if row is not None else None


def _with_work(*, urgent: bool) -> "list[Account]":
    """Accounts with something due, and nothing on its way; in the order of their numbers."""
    rows = Delivery.objects.filter(account=OuterRef("pk"), urgent=urgent)
    due = rows.filter(state=DeliveryState.QUEUED, next_at__lte=clock.now())
    busy = rows.filter(state=DeliveryState.SENDING)
    return list(Account.objects.may_send().filter(Exists(due), ~Exists(busy)).order_by("pk"))


def _claim_of(account: Account, claimed_by: str) -> Delivery | None:
    """One sender at a time looks; who finds another one there goes on to the next account."""
    with transaction.atomic():
        held = Account.objects.may_send().select_for_update(skip_locked=True, no_key=True)
        if held.filter(pk=account.pk).first() is None:
            return None
        ways = Delivery.objects.filter(account=account, urgent=False)
        if ways.filter(state=DeliveryState.SENDING).exists():
            return None
        row = Delivery.objects.due_through(account, urgent=False).first()
        if row is None or (row.attempts and not Delivery.objects.may_repeat(row.channel)):
            return None
        return _taken(row, claimed_by)


def _taken(row: Delivery, claimed_by: str) -> Delivery:
    row.become(
        DeliveryState.SENDING,
        claimed_by=claimed_by,
        lease_until=clock.now() + LEASE,
        attempts=F("attempts") + 1,
    )
    row.refresh_from_db()
    return row
