"""The clock's door: what happened is sealed."""

import time

from celery import shared_task

from lifecycle.models import Heartbeat
from lifecycle.record import sealing

SWEEP_SECONDS = 50.0


@shared_task
def seal() -> None:
    """Every minute: whatever was written since goes into the public record."""
    stop = time.monotonic() + SWEEP_SECONDS
    while sealing.seal() and time.monotonic() < stop:
        Heartbeat.beat("seal")  # a long list is progress too
    Heartbeat.beat("seal")
