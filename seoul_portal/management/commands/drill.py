"""`./portal drill [BACKUP]`: does the latest backup come back? The portal may run meanwhile.

It is restored into a throw-away cluster and looked through: rows, counts, photos, the keys, the
books. How it went stands in /admin/operations/; an alarm rings when the last good one is old.
"""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lifecycle import clock
from lifecycle.models import Upkeep, UpkeepKind
from seoul_portal.backups import drills, folders
from seoul_portal.backups.folders import BackupError
from seoul_portal.local import places
from seoul_portal.local.errors import NoServerError


class Command(BaseCommand):
    """Once a quarter, or from a timer after each backup."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which."""
        parser.add_argument(
            "backup", type=Path, nargs="?", help="its folder; default: the latest in var/backups"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError where it does not come back whole."""
        moment, started, name = clock.now(), time.monotonic(), ""
        say = (lambda words: None) if options["verbosity"] < 1 else self.stdout.write
        try:
            folder = folders.of((options["backup"] or folders.latest(places.backups())).resolve())
            name = folder.name
            words = drills.drill(folder, say=say)
        except (BackupError, NoServerError) as problem:
            seconds, words = time.monotonic() - started, f"{name}: {problem}"
            Upkeep.enter(UpkeepKind.DRILL, ok=False, at=moment, seconds=seconds, words=words)
            raise CommandError(str(problem)) from problem
        seconds, size = time.monotonic() - started, folders.size_of(folder)
        Upkeep.enter(UpkeepKind.DRILL, at=moment, seconds=seconds, size=size, words=words)
        self.stdout.write(f"{words}; {seconds:.0f} s")
