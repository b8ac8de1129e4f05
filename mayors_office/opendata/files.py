"""Where the files lie, and the one list that says which of them hold.

A file's name on disk ends in its checksum, so a new one never touches the one that holds: the list
(`manifest.json`) changes over to it in one step, and what it no longer names is deleted after.
"""

import csv
import fcntl
import gzip
import hashlib
import io
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings

from lifecycle import clock
from mayors_office.opendata.columns import Table, Value, as_cell

FORMATS = ("csv", "jsonl")
UNFINISHED, MANIFEST, SUMS = ".part", "manifest.json", "SHA256SUMS"
LICENCE = {
    "name": "공공누리 제1유형 (Korea Open Government License, type 1)",
    "url": "https://www.kogl.or.kr/info/licenseType1.do",
}


@dataclass(frozen=True)
class Listed:
    """One file as the list names it."""

    name: str
    table: str
    month: str
    format: str
    rows: int
    bytes: int
    sha256: str
    written_at: str
    columns: list[str]

    @property
    def path(self) -> Path:
        """Where it lies."""
        return folder() / f"{self.sha256[:16]}-{self.name}"

    @property
    def first_day(self) -> date:
        """The month it is of."""
        return date.fromisoformat(f"{self.month}-01")

    @property
    def written_on(self) -> date:
        """The day in Seoul on which it was written."""
        return datetime.fromisoformat(self.written_at).date()


@dataclass(frozen=True)
class Manifest:
    """Which files hold, and as of when."""

    written_at: str = ""
    files: list[Listed] = field(default_factory=list)

    @property
    def at(self) -> datetime | None:
        """When it was last written."""
        return datetime.fromisoformat(self.written_at) if self.written_at else None

    @property
    def months(self) -> list[str]:
        """Newest first."""
        return sorted({one.month for one in self.files}, reverse=True)

    def find(self, name: str) -> Listed | None:
        """The file of this name."""
        return next((one for one in self.files if one.name == name), None)

    def of(self, month: date) -> list[Listed]:
        """The files of a month."""
        return [one for one in self.files if one.first_day == month]

    def sums(self) -> str:
        """As `sha256sum -c` reads it."""
        return "".join(f"{one.sha256}  {one.name}\n" for one in self.files)

    def replacing(self, month: date, files: Sequence[Listed]) -> "Manifest":
        """The same with other files of one month."""
        kept = [one for one in self.files if one.first_day != month]
        return Manifest(stamp(), sorted([*kept, *files], key=lambda one: one.name))

    def as_json(self) -> str:
        """For machines."""
        told = {"written_at": self.written_at, "licence": LICENCE}
        return json.dumps(
            {**told, "files": [asdict(one) for one in self.files]}, ensure_ascii=False, indent=1
        )


def folder() -> Path:
    """Where everything of it lies."""
    return Path(settings.OPEN_DATA)


def read() -> Manifest | None:
    """The list that holds now; None where nothing was ever written."""
    try:
        told: dict[str, Any] = json.loads((folder() / MANIFEST).read_text())
    except FileNotFoundError:
        return None
    return Manifest(told["written_at"], [Listed(**one) for one in told["files"]])


def keep(manifest: Manifest, *, days: int) -> None:
    """From now on this list holds. What it does not name goes; checksums stay so many days."""
    today = clock.seoul().date()
    _write(folder() / MANIFEST, manifest.as_json())
    of_today = folder() / f"{SUMS}-{today}"
    known = of_today.read_text().splitlines() if of_today.exists() else []
    told = {*known, *manifest.sums().splitlines()}
    by_name = sorted(told, key=lambda line: line.split()[::-1])
    _write(of_today, "".join(f"{line}\n" for line in by_name))
    named = {one.path for one in manifest.files}
    for path in folder().iterdir():
        if path not in named and path.suffix in (".gz", UNFINISHED):
            path.unlink()
        day = _day_of(path)
        if day and (today - day).days >= days:
            path.unlink()


def forget() -> None:
    """After the database went back to an earlier day: nothing written from a later one holds."""
    if folder().exists():
        with alone() as mine:
            for path in folder().iterdir() if mine else ():
                if path.suffix in (".gz", UNFINISHED) or path.name.startswith((MANIFEST, SUMS)):
                    path.unlink()


def earlier_days() -> list[date]:
    """Whose checksums are still kept, newest first."""
    found = folder().iterdir() if folder().exists() else ()
    return sorted(filter(None, map(_day_of, found)), reverse=True)


def sums_of(day: date) -> str | None:
    """The checksums of an earlier day; None where they are gone."""
    try:
        return (folder() / f"{SUMS}-{day}").read_text()
    except FileNotFoundError:
        return None


@contextmanager
def alone() -> Iterator[bool]:
    """Whether nobody else writes now. Who dies while writing lets go of it."""
    folder().mkdir(parents=True, exist_ok=True)
    with (folder() / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


class Growing:
    """One file while it is written, line by line; nobody sees it before `finish`."""

    def __init__(self, table: Table, month: date, form: str) -> None:
        self.table, self.month, self.form, self.rows = table, month, form, 0
        self.path = folder() / f"{uuid4().hex}{UNFINISHED}"
        self.file = self.path.open("wb")
        # No name and no moment inside: the same rows make the same bytes.
        self.zip = gzip.GzipFile("", "wb", 6, self.file, mtime=0)
        self.text = io.TextIOWrapper(self.zip, "utf-8", newline="")
        self.sheet = csv.writer(self.text)
        if form == "csv":
            self.text.write("\ufeff")  # without it spreadsheets guess the alphabet wrong
            self.sheet.writerow(table.names)

    def add(self, values: Sequence[Value]) -> None:
        """One row."""
        self.rows += 1
        if self.form == "csv":
            self.sheet.writerow([as_cell(value) for value in values])
        else:
            named = dict(zip(self.table.names, values, strict=True))
            self.text.write(json.dumps(named, ensure_ascii=False) + "\n")

    def finish(self) -> Listed:
        """On disk for good, under the name that its content gives it."""
        self.text.close()
        self.file.flush()
        os.fsync(self.file.fileno())
        self.file.close()
        done = Listed(
            name=f"{self.table.name}-{self.month:%Y-%m}.{self.form}.gz",
            table=self.table.name,
            month=f"{self.month:%Y-%m}",
            format=self.form,
            rows=self.rows,
            bytes=self.path.stat().st_size,
            sha256=digest(self.path),
            written_at=stamp(),
            columns=self.table.names,
        )
        self.path.rename(done.path)
        _sync(folder())
        return done

    def drop(self) -> None:
        """Where it was not finished, nothing of it stays."""
        self.text.close()
        self.file.close()
        self.path.unlink(missing_ok=True)


def growing(tables: Iterable[Table], month: date) -> dict[str, list[Growing]]:
    """A file of each format for each table."""
    return {table.name: [Growing(table, month, form) for form in FORMATS] for table in tables}


def digest(path: Path) -> str:
    """SHA-256 of a file, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _day_of(path: Path) -> date | None:
    try:
        return date.fromisoformat(path.name.removeprefix(f"{SUMS}-"))
    except ValueError:
        return None


def stamp() -> str:
    """This moment in Seoul, as the list writes it."""
    return clock.seoul().isoformat(timespec="seconds")


def _write(path: Path, text: str) -> None:
    """Whole or not at all."""
    unfinished = path.with_name(f"{uuid4().hex}{UNFINISHED}")
    with unfinished.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    unfinished.rename(path)
    _sync(path.parent)


def _sync(where: Path) -> None:
    line = os.open(where, os.O_RDONLY)
    try:
        os.fsync(line)
    finally:
        os.close(line)
