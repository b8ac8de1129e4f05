"""`./portal retain`: erase now whatever the Rulebook says was kept long enough."""

import logging
from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError
from tqdm import tqdm

from channels_app import actions
from channels_app.models import Contact, ErasureCause, Message
from lifecycle.errors import WrongTurnError

log = logging.getLogger(__name__)


class Command(BaseCommand):
    """The hourly sweep, at once and to the end; `--dry-run` only counts."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Only one."""
        parser.add_argument("--dry-run", action="store_true", help="list what would be blanked")

    def handle(self, *args: Any, **options: Any) -> None:
        """One row at a time; a row that can't be erased is named and stops no other."""
        dry = options["dry_run"]
        sums: Counter[str] = Counter()
        for rows, erase, _left in actions.expiring():
            todo = tqdm(
                rows.iterator(),
                total=rows.count(),
                desc=str(rows.model._meta.verbose_name_plural),
                disable=options["verbosity"] < 1,
            )
            for row in todo:
                sums.update(_would(row) if dry else self._erase(row, erase))
        if not dry and (gone := actions.forget_readings()):
            sums["reading"] = gone
        self.stdout.write("would be blanked:" if dry else "blanked:")
        for table, number in sums.items():
            self.stdout.write(f"  {table:<12} {number}")
        if not sums:
            self.stdout.write("  nothing")

    def _erase(self, row: Message | Contact, erase: Any) -> dict[str, int]:
        try:
            tally: dict[str, int] = erase(row)
        except (WrongTurnError, DatabaseError) as problem:
            log.warning("%s %s is not erased: %s", type(row).__name__, row.pk, type(problem))
            self.stderr.write(f"{type(row).__name__} {row.pk} could not be erased; see the log.")
            return {}
        return tally


def _would(row: Message | Contact) -> dict[str, int]:
    if isinstance(row, Message):
        return actions.would_erase(row, because=ErasureCause.RETENTION)
    return actions.would_erase_contact(row)
