"""A house for one test, on the cluster of the session: a copy of one migrated database."""

import os

from django.core.management import call_command
from django.db import connection
from django.db.backends.base.creation import TEST_DATABASE_PREFIX

from benchmarks.chaos.house import WORKER, House, execute, leave_thread, until, url_of
from seoul_portal.local.standing import standing_in

__all__ = [
    "TEMPLATE",
    "WORKER",
    "House",
    "drop_template",
    "execute",
    "keep_template",
    "leave_thread",
    "standing_in",
    "until",
    "url_of",
]
TEMPLATE = f"house_template_{os.getpid()}"


def keep_template() -> None:
    """The test database as it is, just migrated: a house is a copy of it in a tenth of a second.

    Where no test of the run asks for that database there is none; then it is migrated here.
    """
    connection.close()
    execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", TEMPLATE)
    migrated = str(connection.settings_dict["NAME"])
    if migrated.startswith(TEST_DATABASE_PREFIX):
        execute("CREATE DATABASE {} TEMPLATE {}", TEMPLATE, migrated)
        return
    execute("CREATE DATABASE {}", TEMPLATE)
    with standing_in(url_of(TEMPLATE)):
        call_command("migrate", verbosity=0)


def drop_template() -> None:
    """Nothing is left on the cluster."""
    execute("DROP DATABASE {} WITH (FORCE)", TEMPLATE)
