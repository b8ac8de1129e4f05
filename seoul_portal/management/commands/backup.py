"""`./portal backup [DIR]`: database and photos into one folder with checksums; never the keys.

With --base: the embedded cluster itself, and from then on its journal, minute by minute, so that
`./portal restore … --to TIME` can go back to any of them. Backups in that folder that are older
than the Rulebook's days are deleted afterwards: nobody erased lives on in one for longer.
"""

import time
from argparse import ArgumentParser
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from lifecycle import clock
from lifecycle.models import Upkeep, UpkeepKind
from seoul_portal.backups import bases, dumps, folders
from seoul_portal.backups.folders import BackupError, Manifest
from seoul_portal.local import places
from seoul_portal.rules import KEEP_BACKUPS


class Command(BaseCommand):
    """While the portal runs; the folder appears whole or not at all."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to."""
        parser.add_argument("folder", type=Path, nargs="?", help="default: var/backups")
        parser.add_argument("--base", action="store_true", help="the embedded cluster, for --to")

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError where it can't be made; then nothing is left of it."""
        parent: Path = (options["folder"] or places.backups()).resolve()
        quiet = options["verbosity"] < 1
        kind = "base" if options["base"] else "portal"
        moment, started = clock.now(), time.monotonic()
        made = Manifest(
            made_at=moment.isoformat(),
            portal=folders.version(),
            postgres=str(connection.cursor().connection.info.server_version),
        )
        try:
            with folders.fresh(parent, kind, moment) as folder:
                if options["base"]:
                    bases.copy(folder, quiet=quiet)
                else:
                    dumps.dump(folder, made, quiet=quiet)
                folders.pack_media(folder, Path(settings.MEDIA_ROOT), quiet=quiet)
                made.seal(folder)
        except BackupError as problem:
            self._enter(kind, moment, started, ok=False, words=str(problem))
            raise CommandError(str(problem)) from problem
        size = folders.size_of(parent / folders.name_of(kind, moment))
        self._enter(kind, moment, started, size=size, words=folders.name_of(kind, moment))
        self._drop_old(parent, moment)
        self.stdout.write(f"{parent / folders.name_of(kind, moment)}")
        self.stdout.write(
            "The keys are not in it: keep SECRET_KEY, LINK_KEY, CONTACT_KEYS, CONTACT_INDEX_KEY, "
            "RECORD_KEY and RECORD_SIGNING_KEY (or var/keys.json) in another place."
        )

    @staticmethod
    def _enter(kind: str, moment: datetime, started: float, **told: Any) -> None:
        """For /admin/operations/: as old as what it holds."""
        of_kind = UpkeepKind.BASE if kind == "base" else UpkeepKind.BACKUP
        Upkeep.enter(of_kind, at=moment, seconds=time.monotonic() - started, **told)

    def _drop_old(self, parent: Path, moment: datetime) -> None:
        limit = moment - timedelta(days=KEEP_BACKUPS.value())
        try:
            old = folders.drop_older(parent, limit)
            folders.drop_journal(places.backups() / "wal", limit)
        except OSError as problem:
            raise CommandError(
                f"The backup is made, old ones can't be deleted: {problem}"
            ) from problem
        for folder in old:
            self.stderr.write(f"Deleted, older than keep.backups: {folder}")
