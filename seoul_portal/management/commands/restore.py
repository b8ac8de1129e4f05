"""`./portal restore BACKUP`: bring back what `./portal backup` made, into an empty database.

`--replace` overwrites what stands there. A base backup goes back with `--to`: a time, or `latest`.
Afterwards nothing leaves by itself (`./portal outbox`), everybody is signed out, and whoever was
erased since is erased again.
"""

import subprocess
import sys
import time
from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from seoul_portal.backups import bases, dumps, folders
from seoul_portal.backups.folders import CLUSTER, BackupError, Manifest
from seoul_portal.local import places

LATEST = "latest"


class Command(BaseCommand):
    """Checksums first; the database changes in one transaction or not at all."""

    help = __doc__ or ""
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """From where, how far, and over what."""
        parser.add_argument("backup", type=Path, help="its folder, or a file in it")
        parser.add_argument("--to", type=_moment, help="2026-11-24T03:00 (city time), or latest")
        parser.add_argument(
            "--replace", action="store_true", help="what stands in the database now goes for good"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError where it can't be done; then the database is as before."""
        quiet = options["verbosity"] < 1
        self.began = time.time()
        try:
            folder = folders.of(options["backup"].resolve())
            manifest = folders.read(folder, quiet=quiet)
            if (folder / CLUSTER).exists():
                self._go_back(folder, options)
            else:
                self._load(folder, manifest, replace=options["replace"], quiet=quiet)
        except BackupError as problem:
            raise CommandError(str(problem)) from problem

    def _load(self, folder: Path, manifest: Manifest, *, replace: bool, quiet: bool) -> None:
        dumps.must_be_known(manifest.migrations)
        media = Path(settings.MEDIA_ROOT)
        if not replace and not (dumps.is_empty() and _holds_nothing(media)):
            raise BackupError(
                "There is a portal here already. To overwrite its database and its photos for "
                "good, say --replace."
            )
        if others := dumps.others():
            raise BackupError(
                f"{others} others are connected to this database; stop web and workers first."
            )
        dumps.load(folder, manifest, quiet=quiet)
        if (found := dumps.rows()) != manifest.rows:
            wrong = sorted(set(found.items()) ^ set(manifest.rows.items()))
            raise BackupError(f"Rows are missing after the restore: {wrong[:4]}")
        folders.unpack_media(folder, media, quiet=quiet)
        call_command("migrate", interactive=False, verbosity=0)
        call_command(
            "settle_restored",
            backup=folder,
            began=self.began,
            verbosity=0 if quiet else 1,
            stdout=self.stdout,
        )

    def _go_back(self, folder: Path, options: dict[str, Any]) -> None:
        if options["to"] is None:
            raise BackupError("This is a base backup: say how far with --to TIME or --to latest.")
        to = None if options["to"] == LATEST else options["to"]
        media, server = Path(settings.MEDIA_ROOT), bases.cluster()
        if not options["replace"] and server.cluster.exists():
            raise BackupError(
                f"There is a cluster in {server.cluster}. To put it aside, say --replace."
            )
        kept = bases.put_back(folder, to=to)
        if _holds_nothing(media):
            folders.unpack_media(folder, media, quiet=options["verbosity"] < 1)
        # In a process of its own: its settings are read when the server is there.
        command = [sys.executable, str(places.ROOT / "manage.py"), "settle_restored"]
        command += ["-v", str(options["verbosity"])]
        command += ["--backup", str(folder), "--began", str(self.began)]
        if subprocess.run(command, check=False).returncode:  # noqa: S603 - words of ours
            raise BackupError(f"The cluster was put back but doesn't serve; see {server.log}.")
        if kept:
            self.stdout.write(f"what stood there before: {kept}")


def _moment(words: str) -> datetime | str:
    """A time in city time unless it says otherwise, or `latest`."""
    if words == LATEST:
        return words
    told = datetime.fromisoformat(words)
    return told if told.tzinfo else timezone.make_aware(told)


def _holds_nothing(media: Path) -> bool:
    return not media.exists() or not any(path.is_file() for path in media.rglob("*"))
