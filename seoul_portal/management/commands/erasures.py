"""`./portal erasures FILE`: write down what was erased, to be kept apart from the backups.

The file holds no word of anybody: receipt numbers, keyed indexes, names of columns, reasons.
"""

import json
import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from channels_app.models import Erasure

COLUMNS = ("cause", "kind", "key", "columns", "rule", "reason")


class Command(BaseCommand):
    """One line of JSON for each; the file appears whole or not at all."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to."""
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Overwrites an older one."""
        path: Path = options["file"]
        unfinished = path.with_name(f".{path.name}.{os.getpid()}")
        rows = 0
        with unfinished.open("w", encoding="utf-8") as file:
            for row in Erasure.objects.order_by("at", "id").iterator():
                line = {name: getattr(row, name) for name in COLUMNS}
                at = row.at.isoformat()
                file.write(json.dumps({**line, "at": at}, ensure_ascii=False) + "\n")
                rows += 1
        unfinished.replace(path)
        self.stdout.write(f"{rows} erasures written to {path}")
