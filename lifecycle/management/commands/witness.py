"""`./portal witness SOURCE [--state FILE] [--key KEY]`: hold somebody's record to its word.

SOURCE is the address of a record (https://…/opendata/record/) or a folder of its files. The last
head is kept in FILE; a record that is shorter than it was, or was written anew, is refused with
exit code 1. Strangers run the same with the downloaded verify.py, without this portal.
"""

import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from lifecycle.record import verify


class Command(BaseCommand):
    """Needs no database."""

    help = __doc__ or ""
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """As the script takes them."""
        parser.add_argument("source")
        parser.add_argument("--state", default=str(settings.VAR / "witness.checkpoint"))
        parser.add_argument("--key", help="its public key, from a place that you trust")

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises SystemExit: 1 where the record is refused, 2 where it can't be read."""
        words = ["witness", options["source"], "--state", options["state"]]
        if status := verify.main([*words, *(["--key", options["key"]] if options["key"] else [])]):
            sys.exit(status)
