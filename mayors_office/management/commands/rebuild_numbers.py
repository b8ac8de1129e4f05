"""`./portal rebuild_numbers`: count the numbers anew; `--check`: are they those of the rows?"""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from mayors_office import counting

MOST_SHOWN = 50


class Command(BaseCommand):
    """Everything the dashboards read can be thrown away and made again."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Only one."""
        parser.add_argument(
            "--check",
            action="store_true",
            help="change nothing; fail where numbers and rows differ",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises SystemExit(1) where `--check` finds a difference."""
        if options["check"]:
            return self._check()
        quiet = options["verbosity"] < 1
        with tqdm(total=counting.total_days(), desc="days", unit="day", disable=quiet) as bar:
            for days in counting.rebuild():
                bar.update(days)
        return None

    def _check(self) -> None:
        found = list(counting.differences())
        for line in found[:MOST_SHOWN]:
            self.stdout.write(line)
        if found:
            self.stdout.write(f"{len(found)} differences")
            sys.exit(1)
        self.stdout.write("the numbers are those of the rows")
