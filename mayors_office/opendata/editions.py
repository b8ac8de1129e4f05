"""When a month is written anew, and how: what was withdrawn at once, everything else by the day."""

import csv
import gzip
import json
import logging
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date

from django.db import DatabaseError

from lifecycle import clock
from mayors_office.models import Changed, StaleMonth
from mayors_office.opendata import files, rows
from mayors_office.opendata.columns import TABLES
from mayors_office.opendata.files import Listed, Manifest
from mayors_office.opendata.rules import SUMS_KEPT

log = logging.getLogger(__name__)
Progress = Callable[[], object]


def write_due(progress: Progress) -> Iterator[date]:
    """Each month that has to be written, once it is; nothing where somebody else writes.

    A month that can't be written must not stop the others; it stays due, and refused where
    something in it was withdrawn.
    """
    with files.alone() as mine:
        for month in _due() if mine else ():
            try:
                _replace(month, progress)
            except (DatabaseError, OSError):
                raise  # not the month's fault
            except Exception:
                log.exception("open data of %s could not be written", f"{month:%Y-%m}")
            else:
                yield month


def write_everything(progress: Progress) -> Iterator[date]:
    """Every month, whether it changed or not. Raises BlockingIOError where somebody else writes."""
    with files.alone() as mine:
        if not mine:
            raise BlockingIOError("somebody else writes the open data at this moment")
        listed = {one.first_day for one in _known().files}
        for month in sorted({*listed, *rows.months()}):
            _replace(month, progress)
            yield month


def is_withdrawn(file: Listed) -> bool:
    """Something in it was withdrawn since: nobody gets it before it is written anew."""
    return StaleMonth.objects.withdrawn().filter(month=file.first_day).exists()


def problems() -> Iterator[str]:
    """What is wrong with the files that hold; months that wait to be written aside."""
    manifest = files.read()
    if manifest is None:
        yield "nothing was written yet"
        return
    waiting = set(StaleMonth.objects.values_list("month", flat=True))
    waiting |= {rows.month_of(day) for day in Changed.objects.values_list("day", flat=True)}
    for one in manifest.files:
        yield from _problems_of(one)
    for month in sorted({one.first_day for one in manifest.files} - waiting):
        public = sum(len(batch) for batch in rows.messages(month))
        for one in manifest.of(month):
            if one.table == "messages" and one.rows != public:
                yield f"{one.name}: {one.rows} rows, but {public} public messages"


def _due() -> list[date]:
    """Months with something withdrawn; and those that changed, unless written today already.

    And those written with other columns, by a release before this one.
    """
    manifest, today = _known(), clock.seoul().date()
    notes: dict[date, bool] = defaultdict(bool)
    for month, withdrawn in (
        StaleMonth.objects.order_by().values_list("month", "withdrawn").distinct()
    ):
        notes[month] |= withdrawn
    for one in manifest.files:
        if one.columns != TABLES[one.table].names:
            notes[one.first_day] = True
    return [
        month
        for month, at_once in sorted(notes.items())
        if at_once or all(one.written_on < today for one in manifest.of(month))
    ]


def _known() -> Manifest:
    """What holds now. At the very first, and after all was thrown away, every month is due."""
    if (known := files.read()) is None:
        StaleMonth.objects.bulk_create(StaleMonth(month=month) for month in rows.months())
        known = Manifest(files.stamp())
        files.keep(known, days=SUMS_KEPT.value())
    return known


def _replace(month: date, progress: Progress) -> None:
    """Write a month, change over to it, and take away the notes that asked for it."""
    # Taken before the rows are read: what changes meanwhile leaves a note of its own.
    notes = list(StaleMonth.objects.filter(month=month).values_list("pk", flat=True))
    written = _write(month, progress)
    files.keep(_known().replacing(month, written), days=SUMS_KEPT.value())
    StaleMonth.objects.filter(pk__in=notes).delete()


def _write(month: date, progress: Progress) -> list[Listed]:
    """All files of one month, in one go through its rows; none where there is no message."""
    with ExitStack() as left_over:
        growing = files.growing(TABLES.values(), month)
        for file in (file for both in growing.values() for file in both):
            left_over.callback(file.drop)

        def add(table: str, row: object) -> None:
            values = TABLES[table].values(row)
            for file in growing[table]:
                file.add(values)

        for batch in rows.messages(month):
            for message in batch:
                add("messages", message)
            for reply in rows.answers(batch):
                add("answers", reply)
            progress()
        if not growing["messages"][0].rows:
            return []
        for count in rows.days(month):
            add("days", count)
        return [file.finish() for both in growing.values() for file in both]


def _problems_of(one: Listed) -> Iterator[str]:
    """Its bytes, its first line, its rows."""
    if not one.path.exists():
        yield f"{one.name}: missing"
    elif files.digest(one.path) != one.sha256:
        yield f"{one.name}: not the bytes that were written"
    elif (found := _count(one)) != (one.columns, one.rows):
        yield f"{one.name}: {found[1]} rows of {', '.join(found[0])}"


def _count(one: Listed) -> tuple[list[str], int]:
    with gzip.open(one.path, "rt", encoding="utf-8-sig", newline="") as text:
        if one.format == "csv":
            lines = csv.reader(text)
            return next(lines), sum(1 for _line in lines)
        first = text.readline()
        names = list(json.loads(first)) if first else one.columns
        return names, sum(1 for _line in text) + bool(first)
