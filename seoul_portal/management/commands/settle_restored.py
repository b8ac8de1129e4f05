"""`./portal settle_restored`: what has to happen after any restore, before the doors open.

`./portal restore` does it by itself. Run it after going back with the tools of your own server.
"""

import time
from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from channels_app import media
from channels_app.models import Attachment
from lifecycle.models import BACKUPS, Upkeep, UpkeepKind
from seoul_portal.backups import bases, folders, settling
from seoul_portal.backups.folders import CLUSTER, BackupError
from seoul_portal.local import services
from seoul_portal.local.postgres import Postgres


class Command(BaseCommand):
    """Hold back the outbox, sign everybody out, erase again; safe to repeat."""

    help = __doc__ or ""
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What `./portal restore` tells about itself, for /admin/operations/."""
        parser.add_argument("--backup", type=Path, help="the folder that was restored")
        parser.add_argument("--began", type=float, help="when that began, in seconds since 1970")

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError where the server doesn't come to an end with its journal."""
        quiet = options["verbosity"] < 1
        try:
            if any(isinstance(server, Postgres) for server in services.ours()):
                bases.wait_until_recovered()
        except BackupError as problem:
            raise CommandError(str(problem)) from problem
        call_command("migrate", interactive=False, verbosity=0)
        done = settling.settle(quiet=quiet)
        self.stdout.write(
            f"{done.held} deliveries are held back (./portal outbox), "
            f"{done.sessions} sessions ended"
        )
        self._enter(options["backup"], options["began"], done.held)
        names = Attachment.objects.exclude(picture="").values_list("picture", flat=True)
        if lost := sum(not media.path_of(name).exists() for name in names.iterator()):
            where = media.path_of("")
            self.stdout.write(f"{lost} photos have no file; copy them into {where} if you can")

    @staticmethod
    def _enter(folder: Path | None, began: float | None, held: int) -> None:
        """The restore; and the backup it came from, which can't stand in itself."""
        seconds = time.time() - began if began else 0.0
        words = f"{folder.name if folder else 'by tools of the server'}; {held} mails held back"
        Upkeep.enter(UpkeepKind.RESTORE, seconds=seconds, words=words)
        if folder is None:
            return
        made_at = datetime.fromisoformat(folders.read(folder, quiet=True).made_at)
        if not Upkeep.objects.filter(kind__in=BACKUPS, at=made_at).exists():
            kind = UpkeepKind.BASE if (folder / CLUSTER).exists() else UpkeepKind.BACKUP
            size = folders.size_of(folder)
            Upkeep.enter(kind, at=made_at, size=size, words=folder.name)
