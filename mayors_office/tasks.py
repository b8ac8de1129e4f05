"""The clock's door: days are counted, months closed, and the open data written."""

import logging
import time
from functools import partial

from celery import shared_task

from lifecycle.errors import database_is_away
from lifecycle.models import Heartbeat
from lifecycle.sparing import spared
from mayors_office import actions, counting, listening, rules
from mayors_office.opendata import editions

log = logging.getLogger(__name__)
SWEEP_SECONDS = 50.0


@shared_task
def count_days() -> None:
    """Every 20 seconds: the days of what came in or changed, however late that was committed.

    Where the Rulebook has switched the numbers off, what changed waits.
    """
    stop = time.monotonic() + SWEEP_SECONDS
    while rules.are_shown() and time.monotonic() < stop and _count_some():
        Heartbeat.beat("count_days")  # many days are progress too
    Heartbeat.beat("count_days")


def _count_some() -> bool:
    """A batch of days in one transaction; where one of them is wrong, each in one of its own."""
    days = counting.newest_changed()
    try:
        return bool(days) and counting.count_changed(days)
    except Exception as problem:
        if database_is_away(problem):
            raise
        log.warning("counting one by one: %s among %d days", type(problem).__name__, len(days))
    for day in days:
        with spared("count_changed", day):
            counting.count_changed([day])
    return False  # the next sweep goes on


@shared_task
def close_month() -> None:
    """Every hour: a month that is over is counted once and for good, and asked about."""
    if rules.are_shown():
        for month in listening.open_months():
            with spared("close_month", month):
                actions.close_month(month)
            Heartbeat.beat("close_month")
    Heartbeat.beat("close_month")


@shared_task
def write_open_data() -> None:
    """Every minute: months of the open data in which something was withdrawn; once a day others.

    What is left over when the time is over waits for the next minute.
    """
    stop = time.monotonic() + SWEEP_SECONDS
    for month in editions.write_due(partial(Heartbeat.beat, "write_open_data")):
        log.info("open data of %s written", f"{month:%Y-%m}")
        if time.monotonic() > stop:
            break
    Heartbeat.beat("write_open_data")
