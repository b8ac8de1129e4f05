"""`./portal chaos --kills N [--seed S] [--minutes M]`: kill -9 at random, then check the books.

A portal of its own in a temporary folder; the one that runs here is not touched. Web, worker,
clock, PostgreSQL and Valkey are killed, each at least N/10 times, while people send the form and
officers answer. Ends with a table and one line `RESULT {json}`; exit code 1 if anything is wrong.
"""

import json
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from benchmarks.chaos.run import run

MOST_SHOWN = 20


class Command(BaseCommand):
    """Ctrl-C tears everything down."""

    help = __doc__ or ""
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How many, drawn from which seed, for how long at most."""
        parser.add_argument("--kills", type=int, default=100)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--minutes", type=float, default=float("inf"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError naming what does not balance."""
        with tempfile.TemporaryDirectory(prefix="portal-chaos-") as folder:
            outcome = run(
                Path(folder),
                kills=options["kills"],
                seed=options["seed"],
                seconds=60 * options["minutes"],
                say=self._say,
            )
        for line in outcome.lines():
            self._say(line)
        result = {"chaos": options["seed"], **outcome.result()}
        self._say(f"RESULT {json.dumps(result)}")
        if outcome.entries:
            raise CommandError("\n".join(outcome.entries[:MOST_SHOWN]))

    def _say(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()
