"""The clock's door of the house itself: is anything later than it may be?"""

from celery import shared_task

from lifecycle.models import Heartbeat
from seoul_portal.operations import alarms, sweeps


@shared_task
def watch() -> None:
    """Twice a minute: alarms begin and end; one line in the log for each."""
    alarms.note(alarms.all_late(sweeps.known()))
    Heartbeat.beat("watch")
