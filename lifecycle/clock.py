"""What time it is: one question, one answer, for every row, step and due date."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

SEOUL = ZoneInfo("Asia/Seoul")
_told: ContextVar[datetime | None] = ContextVar("told", default=None)


def now() -> datetime:
    """The present, aware; or the moment told by `at`, so that history can be made and tested."""
    return _told.get() or datetime.now(UTC)


def seoul(moment: datetime | None = None) -> datetime:
    """The same moment on Seoul's clock (no daylight saving since 1988)."""
    return (moment or now()).astimezone(SEOUL)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Inside the block, `now()` is `moment`. Raises ValueError for a naive datetime."""
    if moment.tzinfo is None:
        raise ValueError("clock.at() needs an aware datetime")
    token = _told.set(moment)
    try:
        yield
    finally:
        _told.reset(token)
