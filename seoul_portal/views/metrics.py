"""Numbers for an operator's alarms, in the text format of Prometheus.

All but the disk come from the database: whichever process is asked gives the same answer.
"""

import shutil
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.db.models import Count, Min, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from channels_app.models import Attachment, Delivery, Lane, Message, Reply
from channels_app.states import IN_HAND, MESSAGE_FINAL, DeliveryState
from lifecycle import clock
from lifecycle.models import Heartbeat
from seoul_portal.views.health import patience

KIND = "text/plain; version=0.0.4; charset=utf-8"
# Rows of these states are few, however old the portal is; the others are history.
LIVE = (DeliveryState.QUEUED, DeliveryState.SENDING, DeliveryState.UNKNOWN, DeliveryState.FAILED)
Sample = tuple[Mapping[str, str], float]
NONE: Mapping[str, str] = {}


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """For whoever has METRICS_TOKEN; nobody else learns that there is such a page."""
    if not settings.METRICS_TOKEN:
        raise Http404
    brought = request.headers.get("Authorization", "")
    if not constant_time_compare(brought, f"Bearer {settings.METRICS_TOKEN}"):
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"})
    try:
        page = "".join(_written())
    except (DatabaseError, InterfaceError):
        return HttpResponse("portal_database_up 0\n", content_type=KIND, status=503)
    return HttpResponse(page, content_type=KIND)


def _written() -> Iterator[str]:
    for name, meaning, samples in _families(clock.now()):
        yield f"# HELP {name} {meaning}\n# TYPE {name} gauge\n"
        for labels, value in samples:
            told = ",".join(f'{key}="{_escaped(words)}"' for key, words in labels.items())
            yield f"{name}{{{told}}} {value:g}\n" if told else f"{name} {value:g}\n"


def _families(moment: datetime) -> Iterator[tuple[str, str, Iterable[Sample]]]:
    beats = dict(Heartbeat.objects.values_list("sweep", "last_done_at"))
    sweeps = [name for name in settings.CELERY_BEAT_SCHEDULE if name in beats]
    yield "portal_database_up", "1 while the database answers.", [(NONE, 1)]
    yield (
        "portal_sweep_seconds",
        "Seconds since the sweep was last through; a missing one has never been.",
        [({"sweep": name}, _age(beats[name], moment)) for name in sweeps],
    )
    yield (
        "portal_sweep_silent",
        "1 where a sweep is silent for longer than it may be.",
        [({"sweep": name}, _is_silent(name, beats, moment)) for name in _scheduled()],
    )
    yield (
        "portal_oldest_undone_seconds",
        "Age of the oldest row a sweep has to do and has not; 0 where nothing waits.",
        [({"sweep": name}, _age(oldest, moment)) for name, oldest in _oldest_undone()],
    )
    open_ones = Message.objects.exclude(status__in=MESSAGE_FINAL)
    yield "portal_messages", "Messages that are not finished, by state.", _by(open_ones, "status")
    late = open_ones.filter(status__in=IN_HAND, due_at__lt=moment).count()
    yield "portal_messages_late", "Messages whose date has passed.", [(NONE, late)]
    held = Message.objects.undecided().count()
    yield "portal_messages_undecided", "Held or reported messages.", [(NONE, held)]
    rows = Delivery.objects.filter(state__in=LIVE)
    yield "portal_deliveries", "Rows of the outbox that are not finished.", _by(rows, "state")
    restored = Delivery.objects.held_since_restore().count()
    yield "portal_deliveries_restored", "Held back since a restore.", [(NONE, restored)]
    paused = [
        ({"channel": lane.channel}, _age(lane.paused_at, moment)) for lane in Lane.objects.all()
    ]
    yield "portal_channel_paused_seconds", "Our sign-in there is refused for so long.", paused
    if backup := beats.get("backup"):
        told = [(NONE, _age(backup, moment))]
        yield "portal_backup_seconds", "Seconds since the last backup was made.", told
    yield from _room()


def _room() -> Iterator[tuple[str, str, Iterable[Sample]]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_database_size(current_database()),"
            " (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()),"
            " current_setting('max_connections')::int"
        )
        size, lines, most = cursor.fetchone()
    yield "portal_database_bytes", "Size of the database.", [(NONE, size)]
    yield "portal_database_connections", "Connections in use.", [(NONE, lines)]
    yield "portal_database_connections_max", "Connections there may be.", [(NONE, most)]
    free = shutil.disk_usage(settings.VAR).free if settings.VAR.exists() else 0
    yield "portal_disk_free_bytes", "Room left for photos on this machine.", [(NONE, free)]


def _oldest_undone() -> Iterator[tuple[str, datetime | None]]:
    waiting: dict[str, tuple[QuerySet[Any], str]] = {
        "route_waiting": (Message.objects.waiting_to_be_routed(), "received_at"),
        "publish_answers": (Reply.objects.leaving(), "leaves_at"),
        "send_due": (Delivery.objects.due(), "next_at"),
        "send_stale": (Delivery.objects.stale(), "lease_until"),
        "draw_photos": (Attachment.objects.waiting(), "try_at"),
    }
    for name, (rows, column) in waiting.items():
        yield name, rows.order_by().aggregate(at=Min(column))["at"]


def _by(rows: QuerySet[Any], column: str) -> list[Sample]:
    counted = rows.order_by().values_list(column).annotate(Count("pk"))
    return [({column: state}, number) for state, number in counted]


def _scheduled() -> list[str]:
    return list(settings.CELERY_BEAT_SCHEDULE)


def _is_silent(name: str, beats: Mapping[str, datetime], moment: datetime) -> float:
    return float(name not in beats or _age(beats[name], moment) > patience(name))


def _age(then: datetime | None, moment: datetime) -> float:
    return max(0.0, (moment - then).total_seconds()) if then else 0.0


def _escaped(words: str) -> str:
    return words.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
