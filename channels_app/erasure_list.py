"""The list of erasures outside the database: what a restored backup has to be told again.

It holds no word of anybody: receipt numbers, keyed indexes, names of columns, reasons.
"""

import json
import logging
import os
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from channels_app.models import Erasure

log = logging.getLogger(__name__)
COLUMNS = ("cause", "kind", "key", "columns", "rule", "reason")


def line_of(row: Erasure) -> str:
    """One erasure as one line of JSON."""
    told = {name: getattr(row, name) for name in COLUMNS}
    return json.dumps({**told, "at": row.at.isoformat()}, ensure_ascii=False) + "\n"


def append(row: Erasure) -> None:
    """After its commit. The first one writes down all that came before.

    A disk that is full must not undo an erasure: the log says so, and `./portal erasures` writes
    the whole list again.
    """
    path = Path(settings.ERASURE_LIST)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            _add(path, line_of(row))
        else:
            write(path, Erasure.objects.order_by("at", "id").iterator())
    except OSError as problem:
        log.error("the list of erasures can't be written (%s): %s", problem.strerror, path)  # noqa: TRY400 - no traceback: it is the disk


def write(path: Path, rows: Iterable[Erasure]) -> int:
    """The whole list; the file appears whole or not at all. How many."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    written = 0
    with unfinished.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(line_of(row))
            written += 1
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
    return written


def _add(path: Path, line: str) -> None:
    """One write at the end: lines of two processes never mix."""
    target = os.open(path, os.O_WRONLY | os.O_APPEND)
    try:
        os.write(target, line.encode())
        os.fsync(target)
    finally:
        os.close(target)
