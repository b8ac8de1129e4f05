"""Look again: are we let in, is it still there, who likes it, has somebody fallen silent?"""

import logging
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q

from channels_app import mail_rules
from channels_app.actions.hearing import note_reactions, withdraw
from channels_app.connectors.contract import About
from channels_app.connectors.errors import AuthExpired, ConnectorError
from channels_app.models import (
    Account,
    ContactKind,
    Copy,
    Delivery,
    InboundEvent,
    Publication,
)
from lifecycle import clock

log = logging.getLogger(__name__)
AT_ONCE = 100  # names of one question
LOOKED_EVERY = timedelta(hours=12)
COUNTED_EVERY = timedelta(minutes=10)
COUNTED_FOR = timedelta(days=30)


def note_about(account: Account, about: About) -> None:
    """We are let in; its name there and its followers as the network says now."""
    fresh: dict[str, object] = {"checked_at": clock.now(), "verified_at": clock.now()}
    if about.own_id:
        fresh["own_id"] = about.own_id
    if about.followers is not None:
        fresh["followers"] = about.followers
    Account.objects.filter(pk=account.pk).update(**fresh)


def not_let_in(account: Account, problem: ConnectorError | ValidationError) -> None:
    """Only a refused sign-in pauses it; whatever else is wrong is looked at again in an hour."""
    why = problem.messages[0] if isinstance(problem, ValidationError) else str(problem)
    if isinstance(problem, AuthExpired | ValidationError):
        again = clock.now() + timedelta(minutes=mail_rules.TRY_AGAIN.value())
        if account.pause(why=why, try_at=again):
            log.error("%s %s paused: %s", account.network, account.pk, why)
        return
    later = clock.now() - timedelta(hours=23)
    Account.objects.filter(pk=account.pk).update(checked_at=later)
    log.warning("%s %s not looked at: %s", account.network, account.pk, why)


def tell_silent() -> int:
    """One alert for each account that had messages and has none any more; how many."""
    since = clock.now() - timedelta(days=mail_rules.SILENT_AFTER_DAYS.value())
    told = 0
    for account in Account.objects.gone_silent(since=since):
        mine = Account.objects.filter(pk=account.pk, told_silent_at__isnull=True)
        if mine.update(told_silent_at=clock.now()):
            told += 1
            log.error("%s %s is silent", account.network, account.pk)
    return told


def give_gateways() -> int:
    """What waits for a telephone leaves by the first account that reaches one; how many."""
    account = Account.objects.of_texts().open().first()
    if account is None:
        return 0
    waiting = Delivery.objects.without_gateway(ContactKind.PHONE)
    return waiting.update(account=account, why="", next_at=clock.now())


def to_look_for(account: Account) -> list[str]:
    """What of others stands on our wall and was not looked for since: its names there."""
    return [event.ref.get("name", "") for event in _shown(account)]


@transaction.atomic
def withdraw_gone(account: Account, names: Iterable[str], gone: Iterable[str]) -> int:
    """What its author took away leaves our pages too; all of them were looked for. How many."""
    looked = [InboundEvent.name_of(name) for name in names]
    events = InboundEvent.objects.filter(account=account, external_id__in=looked)
    events.update(looked_at=clock.now())
    lost = [InboundEvent.name_of(name) for name in gone]
    found = events.filter(external_id__in=lost, message__isnull=False).select_related("message")
    messages = {event.message_id: event.message for event in found if event.message is not None}
    for message in messages.values():
        withdraw(message)
    return len(messages)


def to_count(account: Account) -> list[str]:
    """Posts of ours whose reactions were not counted since: their names there."""
    before = clock.now() - COUNTED_EVERY
    copies = Copy.objects.filter(
        Q(post__counted_at__isnull=True) | Q(post__counted_at__lt=before),
        account=account,
        post__isnull=False,
        gone_at__isnull=True,
        at__gt=clock.now() - COUNTED_FOR,
    )
    ordered = copies.order_by(F("post__counted_at").asc(nulls_first=True), "pk")
    return list(ordered.values_list("external_id", flat=True)[:AT_ONCE])


@transaction.atomic
def note_all_reactions(account: Account, counts: Mapping[str, Mapping[str, int]]) -> None:
    """The newest numbers stand for the older ones."""
    for name, numbers in counts.items():
        note_reactions(account, name=InboundEvent.name_of(name), counts=numbers)


def _shown(account: Account) -> list[InboundEvent]:
    moment: datetime = clock.now()
    unseen = Q(looked_at__isnull=True) | Q(looked_at__lt=moment - LOOKED_EVERY)
    rows = InboundEvent.objects.filter(
        unseen,
        account=account,
        kind="message",
        message__publication=Publication.PUBLIC,
        received_at__gt=moment - timedelta(days=30),
    )
    return list(rows.order_by(F("looked_at").asc(nulls_first=True), "pk")[:AT_ONCE])
