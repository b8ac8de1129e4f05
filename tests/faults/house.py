"""A house for one test, on the cluster of the session: a copy of one migrated database."""

import os

from django.db import connection

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
    """The test database as it is, just migrated: a house is a copy of it in a tenth of a second."""
    connection.close()
    execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", TEMPLATE)
    execute("CREATE DATABASE {} TEMPLATE {}", TEMPLATE, str(connection.settings_dict["NAME"]))


def drop_template() -> None:
    """Nothing is left on the cluster."""
    execute("DROP DATABASE {} WITH (FORCE)", TEMPLATE)
