"""After any way back, before the doors open: nobody is written to twice, nobody comes back."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils.module_loading import import_string

from channels_app import actions
from channels_app.models import Delivery
from lifecycle.models import Heartbeat
from mayors_office.opendata import files as open_data

# What sends, and what is long and writes to nobody.
NOT_NOW = (
    "send_due",
    "send_stale",
    "draw_photos",
    "take_in_sheets",
    "fetch_accounts",
    "take_in_events",
    "write_open_data",
    "watch",
)
ROUNDS = 200


@dataclass(frozen=True)
class Settled:
    """What was held back, and who was signed out."""

    held: int
    sessions: int


def settle(*, quiet: bool) -> Settled:
    """Hold back the outbox, end every session, erase again, and let the clocks catch up silently.

    What the clocks owe for the lost hours (answers to publish, reminders, notices) may have been
    sent in them too: every sweep goes through now and what it writes is held as well. Safe to
    repeat.
    """
    open_data.forget()  # written from days that are gone
    actions.hold_restored()
    sessions = _end_sessions()
    _erase_again(verbosity=0 if quiet else 1)
    _catch_up()
    return Settled(held=Delivery.objects.held_since_restore().count(), sessions=sessions)


def _end_sessions() -> int:
    """A session of before the backup may belong to somebody relieved since."""
    UserSession.objects.all().delete()
    return Session.objects.all().delete()[0]


def _erase_again(*, verbosity: int) -> None:
    call_command("replay_erasures", verbosity=verbosity)
    if (known := Path(settings.ERASURE_LIST)).exists():
        call_command("replay_erasures", known, verbosity=verbosity)


def _catch_up() -> None:
    """Until a round writes nothing new; a sweep takes a batch at a time."""
    for _ in range(ROUNDS):
        for name, entry in settings.CELERY_BEAT_SCHEDULE.items():
            if name not in NOT_NOW:
                sweep: Callable[[], None] = import_string(str(entry["task"]))
                sweep()
        if not actions.hold_restored():
            break
    Heartbeat.objects.all().delete()  # what moves is for the workers to say
