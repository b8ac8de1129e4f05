"""`./portal run`: the whole portal on this machine, until Ctrl-C."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from people import demo
from seoul_portal.local import limits, places, ports
from seoul_portal.local.errors import NoServerError
from seoul_portal.local.health import FirstHealthyAnswer
from seoul_portal.local.house import House, may_be_a_demo
from seoul_portal.local.supervisor import Supervisor


class Command(BaseCommand):
    """Bring the database up to date, start web and workers, say when they are ready."""

    help = __doc__ or ""
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to bind; what to leave out."""
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--no-demo", action="store_true", help="no invented voices or people")

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError: where the port can't be had (exit 2), or the database is gone."""
        host, port = options["host"], options["port"]
        try:
            ports.must_be_free(host, port)
        except NoServerError as problem:
            raise CommandError(str(problem), returncode=2) from problem
        house = House(host, port, demo=not options["no_demo"] and may_be_a_demo(host))
        limits.raise_open_files()
        try:
            self._prepare_database()
        except OperationalError as problem:  # an earlier run took its server along
            words = f"The database has gone away: is another run just stopping? ({problem})"
            raise CommandError(words) from problem
        if house.demo and not house.demo_is_told():
            self._say("first start: loading the demonstration …")
            if not house.tell_the_demo():
                raise CommandError("The demonstration could not be loaded.")
        self._supervise(house)

    def _prepare_database(self) -> None:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self._say("preparing the database …")
            call_command("migrate", interactive=False, verbosity=0)
        connection.close()

    def _supervise(self, house: House) -> None:
        supervisor = Supervisor(house.children(), say=self._say)
        supervisor.listen()

        def ready() -> None:
            self._say(f"ready: {house.address}")
            if house.demo:
                self._say(sign_ins())
            self._say(f"logs: {places.var() / 'log'}   stop: Ctrl-C")

        first = FirstHealthyAnswer(house.host, house.port, then=ready, say=self._say)
        self._say("starting …")
        supervisor.run(each_tick=first.tick)

    def _say(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()


def sign_ins() -> str:
    """Who can sign in to the demonstration, in columns."""
    rows = demo.sign_ins()
    width = max((len(email) for email, _, _ in rows), default=0)
    return "\n".join(f"  {email:<{width}}  {password}  {who}" for email, password, who in rows)
