"""`./portal replay_erasures [FILE]`: after a backup was restored, erase again what it brought back.

With FILE, as `./portal erasures` writes it: what was erased after the backup was made. Without:
what the restored table itself remembers.
"""

import json
from argparse import ArgumentParser
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from channels_app import actions
from channels_app.models import Erasure


class Command(BaseCommand):
    """Safe to run twice: what is erased stays erased."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """From where."""
        parser.add_argument("file", type=Path, nargs="?")

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError for a file that is no list of erasures; then nothing was done."""
        path: Path | None = options["file"]
        known = _read(path) if path else list(Erasure.objects.order_by("at", "id"))
        again = 0
        for erasure in tqdm(known, desc="erasures", disable=options["verbosity"] < 1):
            again += actions.erase_again(erasure)
        self.stdout.write(f"{len(known)} erasures read, {again} had to be done again")


def _read(path: Path) -> list[Erasure]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as problem:
        raise CommandError(f"{path} can't be read: {problem.strerror}") from problem
    return list(_rows(line for line in lines if line.strip()))


def _rows(lines: Iterable[str]) -> Iterable[Erasure]:
    for number, line in enumerate(lines, start=1):
        try:
            told = json.loads(line)
            moment = datetime.fromisoformat(told.pop("at"))
            yield Erasure(at=moment, **told)
        except (ValueError, KeyError, TypeError, AttributeError) as problem:
            raise CommandError(f"Line {number} is no erasure; nothing was done.") from problem
