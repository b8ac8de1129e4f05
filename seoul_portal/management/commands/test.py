"""`./portal test`: every check and the whole suite; with arguments, pytest alone with them."""

import sys
from collections.abc import Sequence
from typing import Any

from django.core.management.base import BaseCommand

from seoul_portal.local import checks


class Command(BaseCommand):
    """Ends with pytest's own summary; the exit code says whether everything passed."""

    help = __doc__ or ""
    requires_system_checks = ()

    def run_from_argv(self, argv: Sequence[str]) -> None:
        """The words after `test` belong to pytest, options included."""
        arguments = argv[2:]
        sys.exit(checks.run_pytest(arguments) if arguments else checks.run_everything(self._say))

    def handle(self, *args: Any, **options: Any) -> None:
        """Called from code: everything."""
        sys.exit(checks.run_everything(self._say))

    def _say(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()
