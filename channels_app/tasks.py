"""The clock's door: find what is due, claim it, call an action. Safe to run twice, or late.

Nothing here is the truth: a lost kick or a dead worker only makes a row wait for the next sweep.
"""

import logging
import os
import threading
import time
from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

from celery import shared_task
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import F, Model

from channels_app import actions
from channels_app.models import Delivery, Message, Reply, RoutingRule
from channels_app.text.routing import Weigher
from lifecycle import clock
from lifecycle.models import Heartbeat

log = logging.getLogger(__name__)
BATCH = 100
POISON = 3  # failures after which a person reads what the rules can't
SWEEP_SECONDS = 50.0
T = TypeVar("T", bound=Model)


@shared_task
def route_waiting() -> None:
    """Every few seconds: what has been received is routed, or left to a reader."""
    weigher = None
    for pk in Message.objects.waiting_to_be_routed().values_list("pk", flat=True)[:5000]:
        weigher = weigher or Weigher(RoutingRule.objects.terms())
        _consider(pk, weigher)
    Heartbeat.beat("route_waiting")


@shared_task
def route_one(pk: int) -> None:
    """A kick from the door: this one now."""
    _consider(pk, Weigher(RoutingRule.objects.terms()))


def _consider(pk: int, weigher: Weigher) -> None:
    """One message in a transaction of its own; another worker's row is skipped."""
    try:
        with transaction.atomic():
            mine = Message.objects.waiting_to_be_routed().filter(pk=pk)
            message = mine.select_for_update(skip_locked=True, of=("self",)).first()
            if message is not None:
                actions.consider(message, weigher=weigher)
    except (OperationalError, InterfaceError):
        raise  # the database is away: not the row's fault, and the next sweep finds it again
    except Exception:  # one poisoned row must not stop the others
        log.exception("routing failed: message %s", pk)
        Message.objects.filter(pk=pk).update(routing_failures=F("routing_failures") + 1)
        Message.objects.filter(pk=pk, routing_failures__gte=POISON).update(needs_reader=True)


@shared_task
def publish_answers() -> None:
    """Every few seconds: answers whose time to be taken back is over."""
    for reply in Reply.objects.leaving()[:BATCH]:
        _spare_the_others(actions.publish, reply)
    Heartbeat.beat("publish_answers")


@shared_task
def send_due() -> None:
    """Every few seconds: the outbox, one claimed row after the other."""
    actions.try_paused_lanes()
    stop = time.monotonic() + SWEEP_SECONDS
    while time.monotonic() < stop:
        row = Delivery.objects.claim(sender())
        if row is None:
            break
        _spare_the_others(actions.deliver, row)
        Heartbeat.beat("send_due")  # a slow network is progress too
    Heartbeat.beat("send_due")


@shared_task
def send_one(pk: int) -> None:
    """A kick: this one now."""
    if row := Delivery.objects.claim(sender(), pk=pk):
        actions.deliver(row)


@shared_task
def send_stale() -> None:
    """What a dead sender left half-way: unknown, and repeated once where the channel allows."""
    for row in Delivery.objects.stale().select_related("contact")[:BATCH]:
        _spare_the_others(actions.give_up_claim, row)
    Heartbeat.beat("send_stale")


def _spare_the_others(act: Callable[[T], object], row: T) -> None:
    """One poisoned row must not stop the others; it stays what it is."""
    try:
        act(row)
    except Exception:
        log.exception("%s failed: %s %s", act.__name__, type(row).__name__, row.pk)


def sender() -> str:
    """Who claims: this thread of this process, since when."""
    return f"{_born()}:{threading.get_ident()}:{clock.now():%H%M%S%f}"


@lru_cache(maxsize=1)
def _born() -> str:
    return f"{os.uname().nodename}:{os.getpid()}"
