"""The clock's door: find what is due, claim it, call an action. Safe to run twice, or late.

Nothing here is the truth: a lost kick or a dead worker only makes a row wait for the next sweep.
"""

import logging
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from functools import lru_cache, partial
from itertools import takewhile
from typing import TypeVar

from celery import shared_task
from django.db import transaction
from django.db.models import F, Model

from channels_app import actions, inbox, routing_guess, rules, sheets
from channels_app.models import (
    Account,
    Attachment,
    Contact,
    ContactKind,
    Delivery,
    InboundEvent,
    KeptBecause,
    Message,
    PassageDue,
    Reminder,
    Reply,
    Sheet,
)
from channels_app.models.through import claim_through_some, claim_urgent
from channels_app.seats import seated
from channels_app.text.routing import Weigher
from lifecycle import clock, workdays
from lifecycle.errors import WrongTurnError, database_is_away
from lifecycle.models import POISON, Eldest, Heartbeat, Holiday, Stumble
from lifecycle.sparing import Turn, kind_of, spared
from people import actions as people_actions

log = logging.getLogger(__name__)
BATCH = 100
ROUTED_AT_ONCE = 100
MOST_TOLD = 5000  # at one time
MOST_ERASED = 5000  # at one time; so a row that can't be erased doesn't hide the others behind it
SWEEP_SECONDS = 50.0
PHOTO_LEASE = timedelta(minutes=2)  # longer than the darkroom's patience
T = TypeVar("T", bound=Model)


@shared_task
def route_waiting() -> None:
    """Every few seconds: what has been received is routed, or left to a reader."""
    waiting = list(Message.objects.waiting_to_be_routed().values_list("pk", flat=True)[:5000])
    weigher = routing_guess.weigher() if waiting else Weigher(())
    for start in range(0, len(waiting), ROUTED_AT_ONCE):
        _consider_all(waiting[start : start + ROUTED_AT_ONCE], weigher)
        Heartbeat.beat("route_waiting")  # a long backlog is progress too
    Heartbeat.beat("route_waiting")


def _consider_all(pks: list[int], weigher: Weigher) -> None:
    """A batch in one transaction; where something in it is wrong, each in one of its own."""
    try:
        actions.consider_all(pks, weigher=weigher)
    except Exception as problem:
        if database_is_away(problem):
            raise
        log.warning("routing one by one: %s among %d", type(problem).__name__, len(pks))
        for pk in pks:
            _consider(pk, weigher)


def _consider(pk: int, weigher: Weigher) -> None:
    """One message in a transaction of its own; another worker's row is skipped."""
    try:
        with transaction.atomic():
            mine = Message.objects.waiting_to_be_routed().filter(pk=pk)
            message = mine.select_for_update(skip_locked=True, of=("self",)).first()
            if message is not None:
                actions.consider(message, weigher=weigher)
    except Exception as problem:  # one poisoned row must not stop the others
        if database_is_away(problem):
            raise
        log.exception("routing failed: message %s", pk)
        Message.objects.filter(pk=pk).update(routing_failures=F("routing_failures") + 1)
        Message.objects.filter(pk=pk, routing_failures__gte=POISON).update(needs_reader=True)


@shared_task
def publish_answers() -> None:
    """Every few seconds: answers whose time to be taken back is over."""
    turn = Turn("publish_answers")
    turn.each(actions.publish, turn.awake(Reply.objects.leaving())[:BATCH])
    Heartbeat.beat("publish_answers")


@shared_task
def open_topics() -> None:
    """Every few seconds: what everyone may read can be followed, found and subscribed to."""
    turn = Turn("open_topics")
    waiting = turn.awake(Message.objects.without_topic()).values_list("pk", flat=True)
    turn.in_batches(actions.open_topics, list(waiting[:MOST_TOLD]), Message)
    Heartbeat.beat("open_topics")


@shared_task
def index_texts() -> None:
    """Every few seconds: what came in or changed can be found, the newest first."""
    turn = Turn("index_texts")
    waiting = turn.awake(PassageDue.objects.all()).next(MOST_TOLD)
    turn.in_batches(actions.index, waiting, PassageDue)
    Heartbeat.beat("index_texts")


@shared_task
def learn_words() -> None:
    """Every hour: the words that many use, to be offered for mistyped ones."""
    actions.learn_words()
    Heartbeat.beat("learn_words")


@shared_task
def tell() -> None:
    """Every few seconds: those who follow are owed word of what changed, and of what is late."""
    turn = Turn("tell")
    changed = turn.awake(Message.objects.with_untold_steps()).values_list("pk", flat=True)
    turn.in_batches(actions.tell_news, list(changed[:MOST_TOLD]), Message)
    late = turn.awake(Reminder.objects.untold_outside()).values_list("pk", flat=True)
    turn.in_batches(actions.tell_late, list(late[:MOST_TOLD]), Reminder)
    Heartbeat.beat("tell")


@shared_task
def recount_dates() -> None:
    """Every minute: a holiday was declared or taken back; open dates are counted anew."""
    workdays.forget()  # by the calendar of now, whatever this process read before
    for holiday in Holiday.objects.not_recounted().order_by("id"):
        with spared("recount", holiday.day):
            for moved in actions.recount(holiday):
                log.info("%s: %d dates counted anew", holiday.day, moved)
                Heartbeat.beat("recount_dates")  # many dates are progress too
    Heartbeat.beat("recount_dates")


@shared_task
def stop_waiting() -> None:
    """Every minute: authors who did not answer in time; their clocks run again."""
    turn = Turn("stop_waiting")
    turn.each(actions.stop_waiting, turn.awake(Message.objects.waited_long_enough())[:BATCH])
    Heartbeat.beat("stop_waiting")


@shared_task
def remind() -> None:
    """Twice a minute: dates that come near or have passed, and who is told of them."""
    for _reminders in actions.remind():
        Heartbeat.beat("remind")
    for _mail in actions.tell_offices():
        Heartbeat.beat("remind")
    Heartbeat.beat("remind")


@shared_task
@seated
def fetch_accounts() -> None:
    """Every few seconds: accounts whose turn it is are asked, one batch each."""
    for account in Account.objects.to_try():
        _spare_the_others(inbox.try_again, account)
    stop = time.monotonic() + SWEEP_SECONDS
    for account in Account.objects.due():
        if time.monotonic() > stop:
            break
        if account.claim():
            _spare_the_others(inbox.fetch, account)
            Heartbeat.beat("fetch_accounts")  # a slow network is progress too


@shared_task
@seated
def take_in_events() -> None:
    """Every few seconds: what came in is read, once, in the order it came."""
    stop = time.monotonic() + SWEEP_SECONDS
    for event in InboundEvent.objects.to_take_in().select_related("account")[:BATCH]:
        if time.monotonic() > stop:
            break
        if event.claim(until=clock.now() + actions.TAKE_IN_LEASE):
            _take_in(event)
            Heartbeat.beat("take_in_events")


def _take_in(event: InboundEvent) -> None:
    """What fails or kills its reader three times lies with a person, and then as it came."""
    try:
        if event.tries <= POISON:
            inbox.take_in(event)
            return
    except WrongTurnError:
        log.info("event %s was decided by somebody faster", event.pk)
        return
    except Exception as problem:
        if database_is_away(problem):
            raise
        log.exception("taking in failed: event %s", event.pk)
    if event.tries >= POISON:
        _give_up(event)


def _give_up(event: InboundEvent) -> None:
    if event.wanted_by_id is None:
        actions.leave_to_person(event, why=KeptBecause.UNREAD)
    else:
        inbox.take_unread(event)


@shared_task
def add_up_counts() -> None:
    """Every few seconds: changes of what is counted go into their days and months."""
    while actions.add_up_counts():
        Heartbeat.beat("add_up_counts")  # many changes are progress too
    Heartbeat.beat("add_up_counts")


@shared_task
def count_middles() -> None:
    """Every few minutes: how long half of the first answers took."""
    actions.count_middles()
    Heartbeat.beat("count_middles")


@shared_task
@seated
def send_due() -> None:
    """Every few seconds: the mails of the outbox, one claimed row after the other."""
    actions.try_paused_lanes()
    _send(ContactKind.MAIL, "send_due")


@shared_task
@seated
def send_pushes() -> None:
    """Every few seconds: what browsers are told; strangers' slow doors keep no mail waiting."""
    _send(ContactKind.PUSH, "send_pushes")


@shared_task
@seated
def send_through() -> None:
    """Every few seconds: what leaves through accounts of the city, each account a lane."""
    actions.give_gateways()
    _send_claimed(claim_through_some, "send_through")


@shared_task
def send_urgent() -> None:
    """Every second, by workers of its own: what may wait for nothing."""
    _send_claimed(claim_urgent, "send_urgent")


def _send_claimed(claim: Callable[[str], Delivery | None], sweep: str) -> None:
    stop = time.monotonic() + SWEEP_SECONDS
    while time.monotonic() < stop and (row := claim(sender())) is not None:
        _spare_the_others(actions.deliver, row)
        Heartbeat.beat(sweep)  # a slow network is progress too
    Heartbeat.beat(sweep)


@shared_task
@seated
def verify_accounts() -> None:
    """Every minute: accounts that nobody has looked at for a day; one alert for a silent one."""
    for account in Account.objects.to_verify()[:BATCH]:
        _spare_the_others(inbox.look_at, account)
        Heartbeat.beat("verify_accounts")
    actions.tell_silent()


@shared_task
@seated
def look_for_removed() -> None:
    """Every minute: whether what we show is still there; reactions to what the city said."""
    for account in Account.objects.social().open():
        _spare_the_others(inbox.look_again, account)
        Heartbeat.beat("look_for_removed")


def _send(channel: str, sweep: str) -> None:
    stop = time.monotonic() + SWEEP_SECONDS
    while time.monotonic() < stop:
        row = Delivery.objects.claim(sender(), channel=channel)
        if row is None:
            break
        _spare_the_others(actions.deliver, row)
        Heartbeat.beat(sweep)  # a slow network is progress too


@shared_task
def gather_days() -> None:
    """Twice a minute: whoever wants one mail a day is owed it, once its hour has come."""
    turn = Turn("gather_days")
    waiting = Delivery.objects.for_digest().exclude(contact__in=turn.resting(kind_of(Contact)))
    contacts = waiting.filter(contact__isnull=False).order_by("contact")
    pks = contacts.values_list("contact", flat=True).distinct()[:MOST_TOLD]
    turn.in_batches(actions.gather, list(pks), Contact)
    Heartbeat.beat("gather_days")


@shared_task
def send_stale() -> None:
    """What a dead sender left half-way: unknown, and repeated once where the channel allows."""
    turn = Turn("send_stale")
    stale = Delivery.objects.stale().select_related("contact")
    turn.each(actions.give_up_claim, turn.awake(stale)[:BATCH])
    Heartbeat.beat("send_stale")


@shared_task
@seated
def draw_photos() -> None:
    """Every few seconds: photos that were sent are drawn anew; forms nobody sent are forgotten."""
    stop = time.monotonic() + SWEEP_SECONDS
    for photo in Attachment.objects.waiting()[:BATCH]:
        if time.monotonic() > stop:
            break
        if photo.claim(until=clock.now() + PHOTO_LEASE):
            _spare_the_others(actions.draw_photo, photo)
            Heartbeat.beat("draw_photos")
    actions.forget_drafts()


@shared_task
def take_in_sheets() -> None:
    """Every few seconds: files of voices that an officer wants taken in, a hundred rows a time."""
    stop = time.monotonic() + SWEEP_SECONDS
    for sheet in Sheet.objects.to_take_in()[:BATCH]:
        _spare_the_others(partial(_take_in_rows, stop=stop), sheet)
    Heartbeat.beat("take_in_sheets")


def _take_in_rows(sheet: Sheet, *, stop: float) -> None:
    """As far as the time of this sweep goes."""
    done, row = -1, sheet
    while row.done > done and not row.is_over and time.monotonic() < stop:
        done, row = row.done, sheets.take_in(row)
        Heartbeat.beat("take_in_sheets")  # a long file is progress too


@shared_task
def erase_expired() -> None:
    """Every hour: what was kept long enough is erased; what is left over waits for the next.

    The oldest that is left over is noted: to ask for it is dear, and whoever looks asks often.
    """
    stop, turn = time.monotonic() + SWEEP_SECONDS, Turn("erase_expired")
    for rows, erase, left in actions.expiring():
        turn.each(erase, _until(stop, turn.awake(rows)[:MOST_ERASED].iterator()))
        Eldest.note(left, rows.values_list("pk", flat=True).first())
    Stumble.objects.forgotten().delete()
    actions.forget_readings()
    actions.forget_sheets()
    actions.forget_unused()
    people_actions.forget_sign_ins(clock.now() - timedelta(days=rules.KEEP_SIGN_INS.value()))
    Heartbeat.beat("erase_expired")


def _until(stop: float, rows: Iterable[T]) -> Iterator[T]:
    """The rows that are reached before this moment of the monotonic clock."""
    return takewhile(lambda _row: time.monotonic() <= stop, rows)


def _spare_the_others(act: Callable[[T], object], row: T) -> None:
    """One poisoned row must not stop the others; it says itself how often it was tried."""
    whole = act.func if isinstance(act, partial) else act
    with spared(whole.__name__, f"{type(row).__name__} {row.pk}"):
        act(row)


def sender() -> str:
    """Who claims: this thread of this process, since when."""
    return f"{_born()}:{threading.get_ident()}:{clock.now():%H%M%S%f}"


@lru_cache(maxsize=1)
def _born() -> str:
    return f"{os.uname().nodename}:{os.getpid()}"
