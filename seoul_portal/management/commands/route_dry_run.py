"""`./portal route_dry_run --last 1000 [--keywords FILE]`: where would the last messages go?

FILE is a CSV with the heads words, office (its address), points, decides, act (put or remove).
Nothing is written.
"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from tqdm import tqdm

from channels_app.rehearsal import MOST, Agreement, Change, ChangeError, read_changes, rehearse


class Command(BaseCommand):
    """One line an office, then how often rules and people agree."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How many, and what is proposed."""
        parser.add_argument("--last", type=int, default=1000, help=f"at most {MOST}")
        parser.add_argument("--keywords", type=Path, help="a CSV with the proposed rows")

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError with a sentence where the proposal can't be read."""
        if not 1 <= options["last"] <= MOST:
            raise CommandError(f"--last must lie between 1 and {MOST}")
        with translation.override("en"):
            changes = self._proposed(options["keywords"])
            found = rehearse(
                options["last"], changes, watched=lambda rows: tqdm(rows, unit=" messages")
            )
            for count in found.counts:
                after = f" → {count.after:6}" if changes else ""
                self.stdout.write(f"{count.before:6}{after}  {count.office or 'read by a person'}")
            self.stdout.write(f"{len(found.outcomes)} messages, {len(found.moved)} would move")
            self.stdout.write(f"as people decided: {_words(found.agreement_before)}")
            if changes:
                self.stdout.write(f"with the change:   {_words(found.agreement_after)}")

    def _proposed(self, path: Path | None) -> list[Change]:
        if path is None:
            return []
        try:
            with path.open(encoding="utf-8-sig", newline="") as lines:
                return read_changes(lines)
        except (OSError, UnicodeDecodeError, ChangeError) as problem:
            raise CommandError(f"{path.name}: {problem}") from problem


def _words(agreement: Agreement) -> str:
    if agreement.percent is None:
        return "nobody has decided yet"
    return f"{agreement.percent} % ({agreement.same} of {agreement.of})"
