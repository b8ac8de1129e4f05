"""./portal code NAME: what the authenticator app of a demonstration account shows now."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from people import demo


class Command(BaseCommand):
    """Prints the code and how long it holds."""

    help = "The current code of a demonstration account (name or mail address)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whose."""
        parser.add_argument("who", help=", ".join(actor.key for actor in demo.ACTORS))

    def handle(self, *args: Any, **options: Any) -> None:
        """One line. A code works once: wait for the next one to sign in again."""
        try:
            code, seconds = demo.code_of(options["who"])
        except KeyError as problem:
            names = ", ".join(actor.key for actor in demo.ACTORS)
            raise CommandError(f"Nobody is called that. There are: {names}") from problem
        self.stdout.write(f"{code}  ({seconds} s left)")
