"""Fetch: what a network holds for us is stored as it came, with the cursor, in one commit."""

import logging
import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F

from channels_app import mail_rules, media, sealing
from channels_app.connectors.contract import HOOK, Batch, Inbound
from channels_app.connectors.errors import AuthExpired, ConnectorError, RateLimited
from channels_app.models import Account, Checkpoint, InboundEvent
from channels_app.states import InboundState
from lifecycle import clock

log = logging.getLogger(__name__)
# After a failure of the network; a lost connection is no reason for a storm.
PAUSES = (5, 30, 120, 600, 3600)


def store(account: Account, batch: Batch, *, since: str) -> int:
    """Keep every event of a batch and move the cursor; how many were new.

    The files first: without a row a file is swept away, a row without its file is a lie.
    """
    rows = [row_of(account, event) for event in batch.events]
    for row, event in zip(rows, batch.events, strict=True):
        media.write(media.inbound_of(row.key), [event.raw])
    with transaction.atomic():
        InboundEvent.objects.bulk_create(rows, ignore_conflicts=True)
        Checkpoint.advance(account, since=since, to=batch.cursor)
        new = _new_among(rows)
        _read(account, batch, anything=bool(new))
    media.remove(*(media.inbound_of(row.key) for row in rows if row.key not in new))
    return len(new)


def store_call(account: Account, body: bytes, *, name: str) -> bool:
    """Keep a network's call as it came, before anybody reads it; whether it is new."""
    row = row_of(account, Inbound(HOOK, name, name, body))
    media.write(media.inbound_of(row.key), [body])
    InboundEvent.objects.bulk_create([row], ignore_conflicts=True)
    if row.key in _new_among([row]):
        Account.objects.filter(pk=account.pk).update(last_ok_at=clock.now(), failures=0)
        return True
    media.remove(media.inbound_of(row.key))
    return False


def fetching_failed(account: Account, problem: ConnectorError) -> None:
    """Our own sign-in is refused: pause, one alert. Anything else: again, ever later."""
    if isinstance(problem, AuthExpired):
        again = _later()
        if account.pause(why=str(problem), try_at=again):
            log.error("%s %s paused: %s", account.network, account.pk, problem)
        return
    pause: float = PAUSES[min(account.failures, len(PAUSES) - 1)]
    if isinstance(problem, RateLimited):
        pause = max(pause, problem.retry_after)
    pause *= random.uniform(1.0, 1.2)  # noqa: S311 - spreads retries, guards nothing
    Account.objects.open().filter(pk=account.pk).update(
        failures=F("failures") + 1,
        why=str(problem)[:200],
        next_at=clock.now() + timedelta(seconds=pause),
        lease_until=None,
    )
    log.warning("%s %s not read: %s", account.network, account.pk, problem)


def claim_try(account: Account) -> bool:
    """Whether this worker knocks at a paused account now."""
    return account.claim_try(until=_later())


def forget_unused(most: int = 500) -> int:
    """Bytes of what became no message go after their time; the row says that it was there.

    What nobody has decided on yet keeps them, however long it waits.
    """
    cutoff = clock.now() - timedelta(days=mail_rules.KEEP_UNUSED.value())
    old = InboundEvent.objects.filter(message__isnull=True, size__gt=0, received_at__lt=cutoff)
    decided = old.exclude(state__in=(InboundState.NEW, InboundState.KEPT))
    rows = list(decided.order_by("received_at")[:most])
    InboundEvent.objects.filter(pk__in=[row.pk for row in rows]).update(size=0, sealed="")
    media.remove(*(media.inbound_of(row.key) for row in rows))
    _forget_strangers()
    return len(rows)


def _forget_strangers() -> None:
    """Files that no row knows: their writer died before the commit, within the last two days."""
    names = set(media.left_behind(hours=1, folder=media.INBOUND, within=48))
    keys = [name for name in names if not name.startswith(".")]
    known = InboundEvent.objects.filter(key__in=keys, size__gt=0).values_list("key", flat=True)
    strangers = names - {str(key) for key in known}
    media.remove(*(f"{media.INBOUND}/{name}" for name in strangers))


def row_of(account: Account, event: Inbound, *, hook: InboundEvent | None = None) -> InboundEvent:
    """The row of an event, not yet kept; `hook` is the call of the network that it came in."""
    moment = clock.now()
    return InboundEvent(
        key=uuid4(),
        account=account,
        hook=hook,
        kind=event.kind,
        external_id=InboundEvent.name_of(event.external_id),
        revision=sealing.index_of("revision", event.revision),
        sealed=sealing.seal_words(_ref(account, event)),
        size=max(len(event.raw), 1),
        is_cut=event.is_cut,
        received_at=moment,
        try_at=moment,
    )


def _ref(account: Account, event: Inbound) -> dict[str, str]:
    """What is needed to answer it; on a network its name too, to see later whether it is there."""
    name = {"name": event.external_id} if account.is_social else {}
    return {**event.ref, **name}


def _new_among(rows: Sequence[InboundEvent]) -> set[UUID]:
    keys = [row.key for row in rows]
    return set(InboundEvent.objects.filter(key__in=keys).values_list("key", flat=True))


def _read(account: Account, batch: Batch, *, anything: bool) -> None:
    moment = clock.now()
    usual = 0 if batch.more else mail_rules.FETCH_EVERY.value()
    pause = timedelta(seconds=max(usual, batch.wait))
    fresh = {"last_message_at": moment, "told_silent_at": None} if anything else {}
    Account.objects.filter(pk=account.pk).update(
        last_ok_at=moment,
        verified_at=moment,
        failures=0,
        why="",
        lease_until=None,
        next_at=moment + pause,
        **fresh,
    )


def _later() -> datetime:
    return clock.now() + timedelta(minutes=mail_rules.TRY_AGAIN.value())
