"""The files of the open data as a stranger reads them: with the standard library alone."""

import csv
import gzip
import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from lifecycle import clock
from mayors_office.opendata import editions, files
from mayors_office.opendata.files import Listed, Manifest


def write() -> Manifest:
    """Every month, and the list of the files that hold now."""
    list(editions.write_everything(lambda: None))
    manifest = files.read()
    assert manifest is not None
    return manifest


def write_due() -> list[date]:
    """What the sweep would write now."""
    return list(editions.write_due(lambda: None))


def name_of(table: str, form: str = "jsonl") -> str:
    """The file of this month."""
    return f"{table}-{clock.seoul():%Y-%m}.{form}.gz"


def lines(one: Listed) -> list[dict[str, Any]]:
    """Its rows by the names of their columns."""
    with gzip.open(one.path, "rt", encoding="utf-8-sig", newline="") as text:
        if one.format == "csv":
            return list(csv.DictReader(text))
        return [json.loads(line) for line in text]


def rows(manifest: Manifest, table: str, form: str = "jsonl") -> list[dict[str, Any]]:
    """The rows of all months."""
    found = [one for one in manifest.files if (one.table, one.format) == (table, form)]
    return [row for one in found for row in lines(one)]


def texts(manifest: Manifest) -> Iterator[str]:
    """Everything that anybody can read in any file."""
    for one in manifest.files:
        yield gzip.decompress(one.path.read_bytes()).decode("utf-8-sig")
