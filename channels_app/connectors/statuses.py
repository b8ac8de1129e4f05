"""What the status of an answer over the web asks of us."""

from collections.abc import Mapping
from datetime import datetime
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
A_MOMENT = 1_000_000_000.0  # no wait is so long: it is a moment, in seconds since 1970


def raise_for(status: int, headers: Mapping[str, str]) -> None:
    """2xx and 304 are answers; each of the others raises one of the connector's errors."""
    if 200 <= status < 300 or status == 304:
        return
    if status == 429 or (status == 503 and "retry-after" in headers):
        raise RateLimited(seconds_to_wait(headers.get("retry-after", "")))
    _refuse(status)


def _refuse(status: int) -> NoReturn:
    if status in (404, 410):
        raise TargetGone(f"{status}")
    if status in (401, 403, 407, 451):
        raise Forbidden(f"{status}")
    if status >= 500 or status in (408, 421, 425):
        raise Transient(f"{status}")
    raise ContentRejected(f"{status}")


def seconds_to_wait(told: str) -> float:
    """How long to wait, said in seconds, as a moment or as seconds since 1970; a day at most."""
    try:
        wait = float(told) if told.strip().isdecimal() else _until(told)
    except (ValueError, TypeError, OverflowError):
        wait = RETRY_AFTER
    if wait > A_MOMENT:
        wait -= clock.now().timestamp()
    return min(max(wait, 1.0), LONGEST_WAIT)


def _until(told: str) -> float:
    try:
        moment = parsedate_to_datetime(told)
    except ValueError:
        moment = datetime.fromisoformat(told)
    return (moment - clock.now()).total_seconds()
