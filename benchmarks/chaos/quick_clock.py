"""The portal's worker with quick sweeps, so that a fault test need not wait.

The tasks and what they do are the same; `celery -A benchmarks.chaos.quick_clock worker …`.
"""

from seoul_portal.celery import app

__all__ = ["app"]

# Seconds between two of a kind: of those that anybody waits for, and of the others. All of them
# all the time would keep a core busy with nothing.
QUICK, OTHERS = 1.0, 4.0
WAITED_FOR = 5.0
# The same for all: on a busy machine those that may wait longer would fill the line, and the
# others would be given up before their turn, every time.
WAITS = 4.0

for _entry in app.conf.beat_schedule.values():
    _pause = QUICK if _entry["schedule"] <= WAITED_FOR else OTHERS
    _entry.update(schedule=_pause, options={"expires": WAITS})
