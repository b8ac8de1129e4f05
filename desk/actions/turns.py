"""Whose turn it is: take a message on, let go of it, let it wait on the desk, wake it."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from channels_app.models import Message
from desk.models import Snooze, Taken, latest_for
from lifecycle import clock
from people.models import User


@transaction.atomic
def take(message: Message, *, by: User) -> Taken:
    """It is mine from now on; a colleague's turn ends with that."""
    if not _is_business_of(message, by):
        raise PermissionDenied
    columns = {"office": message.office, "by": by, "at": clock.now()}
    return Taken.objects.update_or_create(message=message, defaults=columns)[0]


@transaction.atomic
def let_go(message: Message, *, by: User) -> None:
    """Nobody's turn in particular; safe to run twice."""
    if not _is_business_of(message, by):
        raise PermissionDenied
    Taken.objects.filter(message=message).delete()


@transaction.atomic
def snooze(message: Message, *, until: datetime, by: User) -> Snooze:
    """Let it wait on the desk; the public clock goes on.

    Raises ValueError for a moment that has passed, or that lies behind the message's own date.
    """
    if not _is_business_of(message, by):
        raise PermissionDenied
    latest = latest_for(message)
    if latest is None or not clock.now() < until <= latest:
        raise ValueError("it can wait until its own date at the latest")
    columns = {"office": message.office, "by": by, "until": until, "at": clock.now()}
    return Snooze.objects.update_or_create(message=message, defaults=columns)[0]


@transaction.atomic
def wake(message: Message, *, by: User) -> None:
    """Back on the list; safe to run twice."""
    if not _is_business_of(message, by):
        raise PermissionDenied
    Snooze.objects.filter(message=message).delete()


def _is_business_of(message: Message, user: User) -> bool:
    """The office in charge and the centre decide who does what."""
    return message.may_be_screened_by(user)
