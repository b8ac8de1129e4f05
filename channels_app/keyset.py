"""Pages of a long list by key, never by OFFSET: page 1,000 costs what page 1 costs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Page(Generic[M]):
    """Rows of one page and the key of the next ("" at the end)."""

    rows: Sequence[M]
    next_key: str


def page(
    rows: QuerySet[M],
    *,
    by: str,
    key: str,
    size: int = 20,
    reads: "Callable[[str], tuple[Any, int] | None] | None" = None,
) -> Page[M]:
    """Rows ordered by a moment (`-received_at`, `due_at`) and id, after the row named by `key`.

    A key that nobody gave out starts at the beginning: addresses are typed by people. Ordered by
    a number, `reads` is `read_number`.
    """
    down = by.startswith("-")
    column, sign = by.lstrip("-"), "-" if down else ""
    rows = rows.filter(**{f"{column}__isnull": False}).order_by(by, f"{sign}id")
    if (after := (reads or read)(key)) is not None:
        compare = "lt" if down else "gt"
        rows = rows.filter(
            Q(**{f"{column}__{compare}": after[0]})
            | Q(**{column: after[0], f"id__{compare}": after[1]})
        )
    found = list(rows[: size + 1])
    return Page(found[:size], key_after(found[size - 1], by) if len(found) > size else "")


def key_after(row: Model, by: str) -> str:
    """The key after which the row behind this one is found; "" where it has no such moment."""
    place = getattr(row, by.lstrip("-"), None)
    return "" if place is None else key_of(place, row.pk)


def key_of(place: datetime | int, pk: int) -> str:
    """How an address names the row after which a page begins."""
    return f"{place.isoformat() if isinstance(place, datetime) else place}_{pk}"


def read(key: str) -> tuple[datetime, int] | None:
    """The moment and id a key names; None for one that nobody gave out."""
    moment, _dash, pk = key.rpartition("_")
    try:
        after = datetime.fromisoformat(moment)
        number = int(pk)
    except ValueError:
        return None
    return (after, number) if after.tzinfo and 0 <= number < 2**63 else None


def read_number(key: str) -> tuple[int, int] | None:
    """The same of rows ordered by a number."""
    number, _dash, pk = key.partition("_")
    if not all(part.isascii() and part.isdigit() and len(part) < 19 for part in (number, pk)):
        return None
    return int(number), int(pk)
