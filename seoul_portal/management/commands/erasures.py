"""`./portal erasures FILE`: write down what was erased, to be kept apart from the backups.

The file holds no word of anybody: receipt numbers, keyed indexes, names of columns, reasons.
"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from channels_app import erasure_list
from channels_app.models import Erasure


class Command(BaseCommand):
    """One line of JSON for each; the file appears whole or not at all."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to."""
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Overwrites an older one."""
        path: Path = options["file"]
        rows = erasure_list.write(path, Erasure.objects.order_by("at", "id").iterator())
        self.stdout.write(f"{rows} erasures written to {path}")
