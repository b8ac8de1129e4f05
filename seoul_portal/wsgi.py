"""Django as WSGI; the dispatcher in asgi.py gives it spooled requests."""

import os
import re
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.utils.http import parse_header_parameters

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "seoul_portal.settings")
BOUNDARY = re.compile(r"[A-Za-z0-9'()+_,./:=? -]{1,70}")  # RFC 2046
django = get_wsgi_application()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Django, which is told a content type it can read."""
    environ["CONTENT_TYPE"] = plain_type(environ.get("CONTENT_TYPE", ""))
    return django(environ, start_response)


def plain_type(told: str) -> str:
    """Every request is UTF-8, whatever it says; of its parameters only the boundary counts.

    Django looks a charset up among all codecs of Python. Some are no character sets, some can't
    read a mistake, and it asks while it makes the request, where nobody catches the error.
    """
    try:
        kind, parameters = parse_header_parameters(told)
    except (ValueError, LookupError):  # a charset inside a parameter
        return ""
    boundary = parameters.get("boundary", "")
    return f'{kind}; boundary="{boundary}"' if BOUNDARY.fullmatch(boundary) else kind
