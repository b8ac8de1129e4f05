"""Databases of releases that were: each stands somewhere on the way of all migrations."""

from collections.abc import Mapping

from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def walk_to(released: Mapping[str, str]) -> None:
    """Every migration up to these, one by one, as it was before some were made one."""
    executor = MigrationExecutor(connection)
    executor.loader.replace_migrations = False  # type: ignore[attr-defined]  # unknown to stubs
    executor.loader.build_graph()
    executor.migrate(list(released.items()))
