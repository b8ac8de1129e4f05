"""The front door: the wall's stream, pages just made, and for the rest bodies are spooled,
then Django answers in one of ten threads.
"""

# First of all: this makes Django ready for those who read models.
from seoul_portal.wsgi import application as django

# isort: split
import gc
from typing import Any, cast

from a2wsgi import WSGIMiddleware
from django.conf import settings
from django.db import close_old_connections
from django.urls import get_resolver

from channels_app import live
from seoul_portal.handing_over import FilesByServer
from seoul_portal.kept_answers import KeptAnswers
from seoul_portal.live.bell import Bell
from seoul_portal.live.stream import Stream
from seoul_portal.live.watch import Watch
from seoul_portal.local.limits import raise_open_files
from seoul_portal.local.processes import die_with_parent
from seoul_portal.spooling import MEGABYTE, Receive, Scope, Send, SpooledBodies

THREADS = 10

die_with_parent()
raise_open_files()
_ = get_resolver().url_patterns  # load every page now, not in somebody's first request

in_threads: Any = WSGIMiddleware(cast("Any", django), workers=THREADS)
# Five photos of 15 MB and some words; a little more for what wraps them.
PHOTOS = 80 * MEGABYTE
PHOTO_DOORS = dict.fromkeys(
    ("/say/check/", "/say/send/", "/say/photos/", "/api/v1/messages/"), PHOTOS
)


def _numbers() -> live.Numbers | None:
    """As a request would: over a line that is still good."""
    close_old_connections()
    return live.numbers()


# What is loaded by now stays: the collector need not look at it again while somebody waits.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 20)
pages = KeptAnswers(SpooledBodies(FilesByServer(in_threads), wider=PHOTO_DOORS))
stream = Stream(Watch(_numbers, Bell(settings.REDIS_URL, live.CHANNEL)))


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """One request, or the server's own start and stop."""
    if scope["type"] == "http" and scope["path"] == live.STREAM:
        await stream(scope, receive, send)
    else:
        await pages(scope, receive, send)
