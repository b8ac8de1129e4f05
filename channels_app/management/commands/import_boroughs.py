"""`./portal import_boroughs FILE`: outlines of the boroughs from GeoJSON; safe to run again."""

from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from tqdm import tqdm

from channels_app import actions
from channels_app.outlines import NAMES, Outline, OutlineError, features_in, outlines_in
from people.models import Office

FILE = f"a GeoJSON FeatureCollection in WGS 84; a borough is named by {', '.join(NAMES)}"


class Command(BaseCommand):
    """With `--check` nothing is changed."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, and whether it is only looked at."""
        parser.add_argument("file", type=Path, help=FILE)
        parser.add_argument("--check", action="store_true", help="change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError with a line for every fault; then nothing was changed."""
        with translation.override("en"):
            self._draw(options)

    def _draw(self, options: Mapping[str, Any]) -> None:
        quiet = options["verbosity"] < 1
        try:
            features = features_in(options["file"])
            outlines = outlines_in(tqdm(features, desc="boroughs", unit="feature", disable=quiet))
        except OutlineError as problem:
            raise CommandError("\n".join(map(str, problem.args))) from None
        if not options["check"]:
            actions.draw_boroughs(outlines)
        self._tell(outlines, checked_only=options["check"])

    def _tell(self, outlines: list[Outline], *, checked_only: bool) -> None:
        for one in outlines:
            if one.repaired:
                self.stdout.write(f"{one.office.area}: repaired")
        drawn = [one.office.pk for one in outlines]
        for office in Office.objects.boroughs().exclude(pk__in=drawn):
            self.stdout.write(f"{office.area}: not in the file, its outline stays as it was")
        verb = "could be imported" if checked_only else "imported"
        count = len(outlines)
        self.stdout.write(f"{count} {'outline' if count == 1 else 'outlines'} {verb}")
