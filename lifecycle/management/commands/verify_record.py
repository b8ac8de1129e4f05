"""`./portal verify_record [--kept FILE]`: is the public record what was sealed?

Every leaf is computed again from its Step, every head from the leaves, and every row is replayed
from its Steps. Names each place that is wrong; exit code 1 if there is one. The portal may run.
"""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from tqdm import tqdm

from lifecycle.models import Seal
from lifecycle.record import notes, verifying
from lifecycle.record.notes import NoteError

MOST_SHOWN = 50


class Command(BaseCommand):
    """Reads every Step; writes nothing."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """A head that somebody outside has kept."""
        parser.add_argument("--kept", type=Path, help="a checkpoint that must still hold")

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises SystemExit(1) where something is wrong."""
        kept = self._kept(options["kept"]) if options["kept"] else None
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")
        newest, quiet = Seal.objects.newest(), options["verbosity"] < 1
        total = newest.size if newest else 0
        with tqdm(total=total, desc="leaves", disable=quiet) as bar:
            found = list(verifying.problems(kept=kept, progress=bar.update))
        for line in found[:MOST_SHOWN]:
            self.stdout.write(line)
        if found:
            self.stdout.write(f"{len(found)} places are wrong")
            sys.exit(1)
        when = f", last sealed {newest.at:%Y-%m-%d %H:%M} UTC" if newest else ""
        self.stdout.write(f"the record is whole: {total} steps{when}")

    @staticmethod
    def _kept(path: Path) -> notes.Checkpoint:
        try:
            return notes.read(path.read_text())
        except (OSError, NoteError) as problem:
            raise CommandError(f"{path}: {problem}") from problem
