"""`./portal opendata`: write every month of the open data anew; `--check`: are the files whole?"""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from mayors_office.opendata import editions, files, rows

MOST_SHOWN = 50


class Command(BaseCommand):
    """What the sweep does by itself, for all months at once, while the portal runs."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Only one."""
        parser.add_argument(
            "--check",
            action="store_true",
            help="change nothing; fail where a file is not what the list says",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises SystemExit(1) where `--check` finds something, CommandError beside a writer."""
        if options["check"]:
            return self._check()
        quiet = options["verbosity"] < 1
        with tqdm(total=len(list(rows.months())), desc="months", disable=quiet) as bar:
            try:
                for _month in editions.write_everything(bar.refresh):
                    bar.update()
            except BlockingIOError as problem:
                raise CommandError(str(problem)) from problem
        return None

    def _check(self) -> None:
        found = list(editions.problems())
        for line in found[:MOST_SHOWN]:
            self.stdout.write(line)
        if found:
            self.stdout.write(f"{len(found)} problems")
            sys.exit(1)
        manifest = files.read()
        self.stdout.write(f"{len(manifest.files) if manifest else 0} files are whole")
