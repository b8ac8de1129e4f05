"""Numbers for an operator's alarms, in the text format of Prometheus.

All but the disk come from the database: whichever process is asked gives the same answer.
"""

import shutil
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from channels_app.models import Delivery, Lane, Message
from channels_app.states import IN_HAND, MESSAGE_FINAL
from lifecycle import clock
from lifecycle.models import BACKUPS, Seal, Upkeep, UpkeepKind
from seoul_portal.operations import alarms, database, sweeps
from seoul_portal.operations.queues import LIVE
from seoul_portal.operations.sweeps import seconds_between

KIND = "text/plain; version=0.0.4; charset=utf-8"
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
    known = sweeps.known()
    yield "portal_database_up", "1 while the database answers.", [(NONE, 1)]
    yield (
        "portal_sweep_seconds",
        "Seconds since the sweep was last through; a missing one has never been.",
        [({"sweep": one.name}, one.age) for one in known if one.age is not None],
    )
    yield (
        "portal_sweep_silent",
        "1 where a sweep is silent for longer than it may be.",
        [({"sweep": one.name}, float(one.is_silent)) for one in known],
    )
    yield (
        "portal_oldest_undone_seconds",
        "Age of the oldest row a sweep has to do and has not; 0 where nothing waits.",
        [({"sweep": one.name}, one.undone) for one in known if one.asked],
    )
    yield (
        "portal_alarm_seconds",
        "How old what rings an alarm is; there is none where everything is in time.",
        [({"alarm": late.name}, late.age) for late in alarms.all_late(known)],
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
        ({"channel": lane.channel}, seconds_between(lane.paused_at, moment))
        for lane in Lane.objects.all()
    ]
    yield "portal_channel_paused_seconds", "Our sign-in there is refused for so long.", paused
    for name, words, last in (
        ("backup", "the last backup was made", Upkeep.objects.latest_good(*BACKUPS)),
        ("drill", "a backup was last restored", Upkeep.objects.latest_good(UpkeepKind.DRILL)),
        ("seal", "the public record was last sealed", Seal.objects.newest()),
    ):
        if last:
            told = [(NONE, seconds_between(last.at, moment))]
            yield f"portal_{name}_seconds", f"Seconds since {words}.", told
    yield from _room()


def _room() -> Iterator[tuple[str, str, Iterable[Sample]]]:
    room = database.room()
    yield "portal_database_bytes", "Size of the database.", [(NONE, room.size)]
    yield "portal_database_connections", "Connections in use.", [(NONE, room.connections)]
    yield "portal_database_connections_max", "Connections there may be.", [(NONE, room.most)]
    free = shutil.disk_usage(settings.VAR).free if settings.VAR.exists() else 0
    yield "portal_disk_free_bytes", "Room left for photos on this machine.", [(NONE, free)]


def _by(rows: QuerySet[Any], column: str) -> list[Sample]:
    counted = rows.order_by().values_list(column).annotate(Count("pk"))
    return [({column: state}, number) for state, number in counted]


def _escaped(words: str) -> str:
    return words.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
