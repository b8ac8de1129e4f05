"""`./portal counts`: compare the kept counts with the messages; `--anew` counts everything again.

Both can be done while the portal runs. Nothing differs unless somebody went past the triggers,
for example by restoring single tables.
"""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from channels_app import actions

NAMED = 20


class Command(BaseCommand):
    """Ends with 1 where something differs, so that a timer can tell somebody."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Look, or repair."""
        parser.add_argument("--anew", action="store_true", help="count everything again")

    def handle(self, *args: Any, **options: Any) -> None:
        """Says what differs, the first ones by name."""
        if options["anew"]:
            actions.count_anew()
            actions.count_middles()
        wrong = actions.wrong_counts()
        for one in wrong[:NAMED]:
            self.stdout.write(f"{one.by} {one.place}: {one.span} of {one.day} differs")
        self.stdout.write(f"{len(wrong)} counts differ from their messages")
        if wrong:
            sys.exit(1)
