"""`./portal settle_restored`: what has to happen after any restore, before the doors open.

`./portal restore` does it by itself. Run it after going back with the tools of your own server.
"""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from channels_app import media
from channels_app.models import Attachment
from seoul_portal.backups import bases, settling
from seoul_portal.backups.folders import BackupError
from seoul_portal.local import services
from seoul_portal.local.postgres import Postgres


class Command(BaseCommand):
    """Hold back the outbox, sign everybody out, erase again; safe to repeat."""

    help = __doc__ or ""
    requires_system_checks = ()

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
        names = Attachment.objects.exclude(picture="").values_list("picture", flat=True)
        if lost := sum(not media.path_of(name).exists() for name in names.iterator()):
            where = media.path_of("")
            self.stdout.write(f"{lost} photos have no file; copy them into {where} if you can")
