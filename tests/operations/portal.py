"""A portal that moves, and rows that are late in it."""

from datetime import datetime, timedelta

from django.conf import settings
from django.test import Client

from channels_app.models import Delivery, Message
from channels_app.states import DeliveryState
from lifecycle import clock
from lifecycle.models import POISON, Heartbeat, Upkeep, UpkeepKind
from people.models import User
from tests.channels_app import factories
from tests.people import factories as people

MINA = ("mail", "mina@example.org")
PAGE = "/admin/operations/"


def moving() -> None:
    """Every sweep has just been through, and there is a backup that came back."""
    for name in settings.CELERY_BEAT_SCHEDULE:
        Heartbeat.beat(name)
    Upkeep.enter(UpkeepKind.BACKUP, seconds=12.0, size=34_500_000)
    Upkeep.enter(UpkeepKind.DRILL, seconds=40.0, words="portal-1: 3 messages, books balance")


def long_ago(minutes: int) -> datetime:
    """So many minutes before now."""
    return clock.now() - timedelta(minutes=minutes)


def poisoned() -> Message:
    """A voice on which the rules have failed three times, as the sweep leaves it."""
    message = factories.receive(contact=MINA)
    Message.objects.filter(pk=message.pk).update(routing_failures=POISON, needs_reader=True)
    return message


def owed_to_office(state: str = DeliveryState.FAILED) -> Delivery:
    """A mail to an office that did not arrive."""
    office = people.make_office("late-office")
    row = factories.receive(contact=MINA).deliveries.get()
    Delivery.objects.filter(pk=row.pk).update(office=office, contact=None, state=state)
    return Delivery.objects.get(pk=row.pk)


def opened_by(user: User, path: str = PAGE) -> str:
    """The page as this officer sees it."""
    client: Client = people.signed_in_client(user)
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()
