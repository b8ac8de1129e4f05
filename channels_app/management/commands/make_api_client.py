"""./portal make_api_client NAME: let an app of others in, and print its token once."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from channels_app import actions
from channels_app.models import Scope
from people.models import Office


class Command(BaseCommand):
    """Makes the app and prints its token; nobody can read it a second time."""

    help = "Make an API client and print its token, once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who, whose, what for, how fast."""
        parser.add_argument("name")
        parser.add_argument("--office", default="", help="address of the office it belongs to")
        parser.add_argument(
            "--may", nargs="*", choices=Scope.values, default=Scope.values, help="what it may do"
        )
        parser.add_argument("--rate", type=int, default=60, help="messages a minute (60)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError in plain words."""
        slug = options["office"]
        office = Office.objects.filter(slug=slug).first() if slug else None
        if slug and office is None:
            raise CommandError(f"There is no office with the address {slug}.")
        try:
            client, token = actions.make_client(
                options["name"],
                office=office,
                scopes=options["may"],
                rate=options["rate"],
                by=None,
            )
        except ValidationError as problem:
            raise CommandError(" ".join(problem.messages)) from problem
        self.stdout.write(
            f"{client} may: {', '.join(client.scopes) or 'nothing'};"
            f" {client.rate} messages a minute. Its token, shown this once:\n{token}"
        )
