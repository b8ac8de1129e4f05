"""The clock's door: days that changed are counted anew, months that ended are closed."""

import logging
import time

from celery import shared_task

from lifecycle.models import Heartbeat
from mayors_office import actions, counting, listening, rules

log = logging.getLogger(__name__)
SWEEP_SECONDS = 50.0


@shared_task
def count_days() -> None:
    """Every 20 seconds: the days of what came in or changed, however late that was committed.

    Where the Rulebook has switched the numbers off, what changed waits.
    """
    stop = time.monotonic() + SWEEP_SECONDS
    while rules.are_shown() and time.monotonic() < stop and counting.count_changed():
        Heartbeat.beat("count_days")  # many days are progress too
    Heartbeat.beat("count_days")


@shared_task
def close_month() -> None:
    """Every hour: a month that is over is counted once and for good, and asked about."""
    if rules.are_shown():
        for month in listening.open_months():
            actions.close_month(month)
            Heartbeat.beat("close_month")
    Heartbeat.beat("close_month")
