"""`./portal alive fast|slow|any`: does it make progress? Asked by the containers' checks.

Progress counts, not processes: `any` is for the clock, without which no sweep moves.
"""

from argparse import ArgumentParser
from fnmatch import fnmatch
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from lifecycle import clock
from lifecycle.models import Heartbeat
from seoul_portal.operations.sweeps import patience


class Command(BaseCommand):
    """Exit code 0 while at least one sweep of this queue has been through in time."""

    help = __doc__ or ""
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whose."""
        parser.add_argument("queue", choices=("fast", "slow", "any"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError where all of its sweeps are silent."""
        names = [name for name in settings.CELERY_BEAT_SCHEDULE if _is_of(name, options["queue"])]
        moment = clock.now()
        for beat in Heartbeat.objects.filter(sweep__in=names):
            if (moment - beat.last_done_at).total_seconds() <= patience(beat.sweep):
                return
        raise CommandError(f"{options['queue']}: every sweep is silent")


def _is_of(sweep: str, queue: str) -> bool:
    task = str(settings.CELERY_BEAT_SCHEDULE[sweep]["task"])
    routes: dict[str, dict[str, str]] = settings.CELERY_TASK_ROUTES
    found = [route["queue"] for pattern, route in routes.items() if fnmatch(task, pattern)]
    return queue in ("any", *(found or [settings.CELERY_TASK_DEFAULT_QUEUE]))
