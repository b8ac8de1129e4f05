"""The front door: bodies are spooled, then Django answers in one of ten threads."""

from typing import Any, cast

from a2wsgi import WSGIMiddleware
from django.urls import get_resolver

from seoul_portal.local.processes import die_with_parent
from seoul_portal.spooling import MEGABYTE, SpooledBodies
from seoul_portal.wsgi import application as django

THREADS = 10

die_with_parent()
_ = get_resolver().url_patterns  # load every page now, not in somebody's first request

in_threads: Any = WSGIMiddleware(cast("Any", django), workers=THREADS)
# Five photos of 15 MB and some words; a little more for what wraps them.
PHOTOS = 80 * MEGABYTE
PHOTO_DOORS = dict.fromkeys(
    ("/say/check/", "/say/send/", "/say/photos/", "/api/v1/messages/"), PHOTOS
)
application = SpooledBodies(in_threads, wider=PHOTO_DOORS)
