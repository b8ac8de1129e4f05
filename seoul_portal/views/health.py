"""Is everything moving? Progress counts, not processes."""

from datetime import datetime, timedelta
from typing import Any

import redis
from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.db.models import Min
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from channels_app.models import Lane, Message
from lifecycle import clock
from lifecycle.models import Heartbeat

SILENT_AFTER = timedelta(seconds=60).total_seconds()


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 while voices are taken in and moved on, else 503; the body names the part."""
    found: dict[str, Any] = {"cache": _cache()}
    try:
        found |= {"database": "ok", **_work()}
    except (DatabaseError, InterfaceError):
        found |= {"database": "away"}
    well = found["database"] == "ok" and found.get("workers") == "ok"
    return JsonResponse(
        {"status": "ok" if well else "unwell", **found}, status=200 if well else 503
    )


def _cache() -> str:
    """Without it the portal is slower, not unwell: every kick may be lost."""
    try:
        client = redis.Redis.from_url(
            settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1
        )
        client.ping()
        client.close()
    except redis.RedisError:
        return "away"
    return "ok"


def _work() -> dict[str, Any]:
    moment = clock.now()
    last = dict(Heartbeat.objects.values_list("sweep", "last_done_at"))
    sweeps = {name: _age(last.get(name), moment) for name in settings.CELERY_BEAT_SCHEDULE}
    silent = [name for name, age in sweeps.items() if age is None or age > patience(name)]
    oldest = Message.objects.waiting_to_be_routed().aggregate(at=Min("received_at"))["at"]
    return {
        "workers": "silent" if silent else "ok",
        "seconds_since_sweep": sweeps,
        "oldest_unrouted_seconds": _age(oldest, moment) or 0,
        "paused": {lane.channel: _age(lane.paused_at, moment) for lane in Lane.objects.all()},
    }


def patience(sweep: str) -> float:
    """After so many seconds it is silent: a rare sweep may miss two of its times."""
    entry: dict[str, Any] = settings.CELERY_BEAT_SCHEDULE[sweep]
    return max(SILENT_AFTER, 3 * float(entry["schedule"]))


def _age(then: datetime | None, moment: datetime) -> float | None:
    return round((moment - then).total_seconds(), 1) if then else None
