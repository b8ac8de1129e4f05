"""A house for one test, on the cluster of the session: a copy of one migrated database."""

import os

from django.core.management import call_command

from benchmarks.chaos.house import WORKER, House, execute, leave_thread, until, url_of
from seoul_portal.local.standing import standing_in

__all__ = [
    "TEMPLATE",
    "WORKER",
    "House",
    "build_template",
    "execute",
    "leave_thread",
    "standing_in",
    "until",
    "url_of",
]
TEMPLATE = f"house_template_{os.getpid()}"


def build_template() -> None:
    """A migrated database, to be copied in a tenth of a second."""
    execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", TEMPLATE)
    execute("CREATE DATABASE {}", TEMPLATE)
    with standing_in(url_of(TEMPLATE)):
        call_command("migrate", verbosity=0)
