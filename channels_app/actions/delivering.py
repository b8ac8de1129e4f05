"""Deliver: claimed and committed before, so that nobody sends it twice; saved after."""

import logging
import random
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from channels_app import duties, networks, news, rules
from channels_app.actions.copying import keep_copies
from channels_app.actions.following import forget_device
from channels_app.connectors.contract import Caps, Sent
from channels_app.connectors.errors import (
    AuthExpired,
    ConnectorError,
    OutcomeUnknown,
    RateLimited,
    TargetGone,
    Transient,
)
from channels_app.models import Contact, ContactKind, Delivery, DeliveryEvent, Lane, Message
from channels_app.models.deliveries import ERASED, GONE, REFUSED, UNCONFIRMED, DeliveryQuerySet
from channels_app.states import DeliveryState
from channels_app.text.masking import mask
from lifecycle import clock
from lifecycle.errors import WrongTurnError
from people.models import User

log = logging.getLogger(__name__)
# After a failure where nothing left us; then hourly for a day.
PAUSES = (5, 30, 120, 600) + (3600,) * 24
SECONDS_TO_SIGN_IN_AGAIN = 600
SECONDS_BEFORE_REPEAT = 60  # a mail server that hung up is given time to come back
WITHDRAWN = "taken back before it left"
NOBODY_THERE = "NobodyThere"  # as the record page names it, beside the errors of a network


def deliver(delivery: Delivery) -> Delivery:
    """Send a row this sender has claimed, outside any transaction, and save what became of it."""
    if refused_because := _must_not_leave(delivery):
        return _keep_back(delivery, refused_because)
    # Composed now, so that the network alone is left to wait for.
    network, out = networks.way_out(delivery)
    connection.close()  # a slow network must not hold one of the database's connections
    try:
        sent = network.hand_over(out, again=delivery.repeated)
    except ConnectorError as problem:
        return _failed(delivery, problem, network.caps)
    return _sent(delivery, sent)


@transaction.atomic
def _sent(delivery: Delivery, sent: Sent) -> Delivery:
    """It is there; under which names, where an account of the city carried it."""
    moment = clock.now()
    delivery.become(DeliveryState.SENT, sent_at=moment, why="", error_class="")
    if delivery.account_id is not None:
        keep_copies(delivery, sent)
    return delivery


def try_paused_lanes() -> None:
    """Knock again at what was paused; where we are let in, everything that waited leaves."""
    for lane in Lane.objects.to_try():
        if not lane.claim_try(until=_later()):
            continue
        connection.close()  # as for a letter
        try:
            networks.carrier(lane.channel).verify()
        except ConnectorError as problem:
            log.warning("%s stays paused: %s", lane.channel, problem)
        else:
            log.warning("%s open again", lane.channel)
            lane.delete()


def give_up_claim(delivery: Delivery) -> Delivery:
    """The sender died on the way: it may have left. Mail is repeated once, under the same id."""
    caps = networks.caps_of(delivery)
    return _in_doubt(
        delivery,
        repeat_at=clock.now(),
        repeats=_may_be_repeated(delivery, caps),
        error_class=OutcomeUnknown.__name__,
    )


@transaction.atomic
def send_again(message: Message, *, by: User) -> Message:
    """An officer has what did not arrive sent once more; a second copy is then no surprise."""
    for delivery in _troubled(message, by):
        delivery.become(
            DeliveryState.QUEUED, repeated=True, attempts=0, next_at=clock.now(), decided_by=by
        )
    return message


@transaction.atomic
def settle(message: Message, *, by: User) -> Message:
    """An officer has reached the person in another way, or there is none."""
    for delivery in _troubled(message, by):
        delivery.become(DeliveryState.CANCELLED, decided_by=by)
    return message


@transaction.atomic
def send_again_beside(*, by: User) -> int:
    """What did not arrive at followers and offices is sent once more; how many."""
    return _troubled_beside(by).update(
        state=DeliveryState.QUEUED,
        repeated=True,
        attempts=0,
        next_at=clock.now(),
        decided_by=by,
        claimed_by="",
    )


@transaction.atomic
def settle_beside(*, by: User) -> int:
    """It will not be sent: what it told of stands on the page of the case. How many."""
    return _troubled_beside(by).update(state=DeliveryState.CANCELLED, decided_by=by)


def _troubled_beside(by: User) -> DeliveryQuerySet:
    """Raises PermissionDenied."""
    if not by.may_operate:
        raise PermissionDenied
    return Delivery.objects.troubled_beside()


def _pause(delivery: Delivery, problem: ConnectorError) -> None:
    """Stop the whole channel, or the account, rather than knock with every letter; one alert."""
    account, channel = delivery.account, delivery.channel
    if account is not None:
        if account.pause(why=str(problem), try_at=_later()):
            log.error("%s %s paused: %s", account.network, account.pk, problem)
    elif Lane.pause(channel, why=str(problem), try_at=_later()):
        log.error("%s paused: our sign-in is refused (%s); the queue is kept", channel, problem)


def _later() -> datetime:
    return clock.now() + timedelta(seconds=SECONDS_TO_SIGN_IN_AGAIN)


def _troubled(message: Message, by: User) -> list[Delivery]:
    """What lies with an officer. Raises PermissionDenied, and WrongTurnError where nothing does."""
    message = Message.objects.locked(message.pk)
    if not message.may_be_screened_by(by):
        raise PermissionDenied
    if not (rows := list(message.deliveries.troubled().select_for_update())):
        raise WrongTurnError(f"{message!r}: everything has arrived")
    return rows


def _must_not_leave(delivery: Delivery) -> str:
    contact = delivery.contact
    if delivery.post is not None:
        return "" if delivery.post.withdrawn_at is None or delivery.is_taking_back else WITHDRAWN
    if delivery.office is not None:
        return duties.untold_because(delivery)
    if contact is None:
        return ERASED
    if contact.refused_at:
        return REFUSED
    if untrue := news.untrue_because(delivery):
        return untrue
    if contact.is_confirmed or _is_one_of_the_few(delivery):
        return ""
    return UNCONFIRMED


@transaction.atomic
def _is_one_of_the_few(delivery: Delivery) -> bool:
    """Whether an unconfirmed address may get one more mail today; if so it counts from now on.

    One sender at a time asks, or two at once would both send the last one. `sent_at` is set
    before the mail leaves, so that a mail on its way, or lost on it, counts too; a mail that may
    have left twice counts twice.
    """
    Contact.objects.select_for_update().get(pk=delivery.recipient.pk)
    since = clock.now() - timedelta(days=1)
    others = Delivery.objects.filter(contact=delivery.contact_id, sent_at__gt=since)
    repeats = others.exclude(pk=delivery.pk).values_list("repeated", flat=True)
    if sum(1 + repeated for repeated in repeats) + delivery.repeated >= _few():
        return False
    Delivery.objects.filter(pk=delivery.pk).update(sent_at=clock.now())
    return True


def _few() -> int:
    return rules.UNCONFIRMED_MAILS.value()


def _keep_back(delivery: Delivery, why: str) -> Delivery:
    """An answer waits for tomorrow; a receipt is not worth the wait."""
    if delivery.event == DeliveryEvent.ANSWER and why == UNCONFIRMED:
        tomorrow = clock.now() + timedelta(days=1)
        untried = delivery.attempts - 1
        delivery.become(DeliveryState.QUEUED, next_at=tomorrow, why=why, attempts=untried)
    elif why == duties.NOBODY:
        delivery.become(DeliveryState.FAILED, why=why, error_class=NOBODY_THERE)
    else:
        delivery.become(DeliveryState.CANCELLED, why=why)
    return delivery


def _failed(delivery: Delivery, problem: ConnectorError, caps: Caps) -> Delivery:
    # A mail server repeats the address in its refusal.
    why = mask(str(problem))[:200]
    kept: dict[str, object] = {"error_class": type(problem).__name__, "why": why}
    if isinstance(problem, OutcomeUnknown):
        later = clock.now() + timedelta(seconds=SECONDS_BEFORE_REPEAT)
        return _in_doubt(
            delivery, repeat_at=later, repeats=_may_be_repeated(delivery, caps), **kept
        )
    kept["sent_at"] = delivery.sent_at  # as it was before: nothing has left this time
    if isinstance(problem, AuthExpired):
        # Nothing is wrong with the mail: it keeps its place and its attempts.
        _pause(delivery, problem)
        delivery.become(DeliveryState.QUEUED, attempts=delivery.attempts - 1, **kept)
    elif isinstance(problem, TargetGone) and delivery.channel == ContactKind.PUSH:
        # Nobody has to look into it: whoever closed a browser for good has said so.
        forget_device(delivery.recipient)
        delivery.become(DeliveryState.CANCELLED, **{**kept, "why": GONE})
    elif isinstance(problem, Transient | RateLimited) and delivery.attempts <= len(PAUSES):
        pause = _pause_after(problem, delivery.attempts)
        if isinstance(problem, RateLimited) and delivery.account is not None:
            delivery.account.park(until=clock.now() + timedelta(seconds=problem.retry_after))
        delivery.become(DeliveryState.QUEUED, next_at=clock.now() + pause, **kept)
    else:
        delivery.become(DeliveryState.FAILED, **kept)
    return delivery


def _pause_after(problem: ConnectorError, attempts: int) -> timedelta:
    """Ours, and never shorter than was asked for. The others go on: one stranger's server must not
    be able to silence the whole channel."""
    asked = problem.retry_after if isinstance(problem, RateLimited) else 0.0
    jitter = random.uniform(1.0, 1.2)  # noqa: S311 - spreads retries, guards nothing
    return timedelta(seconds=max(PAUSES[attempts - 1], asked) * jitter)


def _may_be_repeated(delivery: Delivery, caps: Caps) -> bool:
    """Mail and notices once more; on a network where it can't stand twice, or where it is urgent.

    What may reach somebody twice, and can't be recognised as the same, a person decides.
    """
    return delivery.account_id is None or delivery.urgent or caps.idempotent != "none"


@transaction.atomic
def _in_doubt(
    delivery: Delivery, *, repeat_at: datetime, repeats: bool = True, **kept: object
) -> Delivery:
    """It may have left. At most one automatic repeat, recorded; after that a person decides."""
    delivery.become(DeliveryState.UNKNOWN, **kept)
    if repeats and not delivery.repeated:
        delivery.become(DeliveryState.QUEUED, repeated=True, next_at=repeat_at)
        delivery.repeated = True
    return delivery
