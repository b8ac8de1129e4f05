"""The portal's worker with every sweep twice a second, so that a fault test need not wait.

The tasks and what they do are the same; `celery -A benchmarks.chaos.quick_clock worker …`.
"""

from seoul_portal.celery import app

__all__ = ["app"]

for _entry in app.conf.beat_schedule.values():
    _entry["schedule"] = 0.5
