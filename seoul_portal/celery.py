"""Celery: the clock's door. Rows are the queue; a task only finds them and calls an action."""

import os
from datetime import timedelta
from typing import Any

from celery import Celery, signals
from kombu.transport import redis, virtual

from seoul_portal.local.processes import die_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "seoul_portal.settings")


class _Window(redis.QoS):
    """How many kicks a worker has taken and not acknowledged; it takes no more than its threads."""

    def ack(self, delivery_tag: str) -> None:
        """Makes room even where Valkey can't be told. Raises what telling it raises.

        kombu 5.7 keeps the place of a kick whose end it could not tell, for ever: a worker with
        two threads was deaf after two of them. Valkey gives such a kick out again in a minute.
        """
        try:
            super().ack(delivery_tag)
        except Exception:
            virtual.QoS.ack(self, delivery_tag)
            raise


redis.Channel.QoS = _Window
# Whoever reads this file is the worker; its clock is a fork of it.
_WORKER = os.getpid()
app = Celery("seoul_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@signals.beat_embedded_init.connect
def _clock_dies_with_its_worker(**_signal: Any) -> None:
    """The clock inside a worker is a process of its own; it must not outlive the worker."""
    die_with_parent(_WORKER)


@signals.beat_init.connect
def _everything_is_due_at_the_start(sender: Any, **_signal: Any) -> None:
    """The clock would wait one interval first; what waited meanwhile is late already."""
    for entry in sender.scheduler.schedule.values():
        entry.last_run_at -= timedelta(days=1)
