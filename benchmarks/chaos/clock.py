"""The portal's worker whose sweeps that anybody waits for come every second.

The tasks and what they do are the same; `celery -A benchmarks.chaos.clock beat …`.
"""

from seoul_portal.celery import app

__all__ = ["app"]

QUICK = (
    "route_waiting", "publish_answers", "send_due", "send_stale", "tell", "open_topics",
)  # fmt: skip

for _name in QUICK:
    app.conf.beat_schedule[_name].update(schedule=1.0, options={"expires": 2.0})
