"""What the status of an answer over the web asks of us."""

from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import NoReturn

from channels_app.connectors.errors import (
    ContentRejected,
    Forbidden,
    RateLimited,
    TargetGone,
    Transient,
)
from lifecycle import clock

RETRY_AFTER = 300.0  # seconds, where a server that has enough of us does not say until when
LONGEST_WAIT = 24 * 3600.0


def raise_for(status: int, headers: Mapping[str, str]) -> None:
    """2xx and 304 are answers; each of the others raises one of the connector's errors."""
    if 200 <= status < 300 or status == 304:
        return
    if status == 429 or (status == 503 and "retry-after" in headers):
        raise RateLimited(_seconds(headers.get("retry-after", "")))
    _refuse(status)


def _refuse(status: int) -> NoReturn:
    if status in (404, 410):
        raise TargetGone(f"{status}")
    if status in (401, 403, 407, 451):
        raise Forbidden(f"{status}")
    if status >= 500 or status in (408, 421, 425):
        raise Transient(f"{status}")
    raise ContentRejected(f"{status}")


def _seconds(told: str) -> float:
    """How long to wait, said in seconds or as a moment; never longer than a day."""
    try:
        wait = float(told) if told.strip().isdecimal() else _until(told)
    except (ValueError, TypeError, OverflowError):
        wait = RETRY_AFTER
    return min(max(wait, 1.0), LONGEST_WAIT)


def _until(told: str) -> float:
    return (parsedate_to_datetime(told) - clock.now()).total_seconds()
