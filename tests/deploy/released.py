"""Databases of releases that were: each stands somewhere on the way of all migrations."""

from collections.abc import Mapping

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader


def walk_to(released: Mapping[str, str]) -> None:
    """Every migration up to these, one by one, as it was before some were made one."""
    executor = MigrationExecutor(connection)
    executor.loader = MigrationLoader(connection, replace_migrations=False)
    executor.migrate(list(released.items()))
