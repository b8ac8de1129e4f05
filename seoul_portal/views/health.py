"""Is everything moving? Progress counts, not processes."""

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
from lifecycle.models import Alarm, Seal
from seoul_portal.operations import alarms, sweeps


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 while voices are taken in and moved on, else 503; the body names the part.

    Other alarms are named and change nothing: an old backup is no reason to take a web process
    out of service. Where the workers are silent nobody else looks, so this page notes it.
    """
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
    known = sweeps.known(asking=False)
    alarms.note(alarms.silent(known), kinds=alarms.OF_WORKERS)
    moment = clock.now()
    oldest = Message.objects.waiting_to_be_routed().aggregate(at=Min("received_at"))["at"]
    sealed = Seal.objects.newest()
    return {
        "workers": "silent" if any(one.is_silent for one in known) else "ok",
        "seconds_since_sweep": {one.name: one.age for one in known},
        "oldest_unrouted_seconds": sweeps.seconds_between(oldest, moment) if oldest else 0,
        "seconds_since_seal": sweeps.seconds_between(sealed.at, moment) if sealed else None,
        "paused": {
            lane.channel: sweeps.seconds_between(lane.paused_at, moment)
            for lane in Lane.objects.all()
        },
        "alarms": sorted(Alarm.objects.ringing().values_list("name", flat=True)),
    }
