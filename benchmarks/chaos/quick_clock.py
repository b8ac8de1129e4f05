"""The portal's worker with every sweep twice a second, so that a fault test need not wait.

The tasks and what they do are the same; `celery -A benchmarks.chaos.quick_clock worker …`.
"""

from seoul_portal.celery import app

__all__ = ["app"]

for _entry in app.conf.beat_schedule.values():
    # None waits for longer than two of its kind: on a busy machine they would pile up, and those
    # that may wait longest would keep the worker from all others.
    _entry.update(schedule=0.5, options={"expires": 1.0})
