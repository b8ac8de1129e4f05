"""One INSERT for a whole table, whatever columns it has; keys and indexes come afterwards."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from django.db import connection
from django.db.models import NOT_PROVIDED, Field, Model


def insert(model: type[Model], given: Mapping[str, str], source: str) -> int:
    """Rows of SELECT … FROM `source`: SQL for each column, its default where none is given.

    Raises ValueError for a column that has neither.
    """
    columns = dict(given)
    for field in model._meta.concrete_fields:
        is_numbered = field.primary_key and field.get_internal_type() == "BigAutoField"
        if not (field.column in columns or is_numbered or _fills_itself(field)):
            columns[field.column] = _default(field)
    named = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{model._meta.db_table}" ({named})'  # noqa: S608 - words of this package
            f" SELECT {', '.join(columns.values())} FROM {source}"
        )
        made: int = cursor.rowcount
    return made


def _fills_itself(field: "Field[object, object]") -> bool:
    """Whether the database has a default for it, or makes it of other columns."""
    return field.generated or getattr(field, "db_default", NOT_PROVIDED) is not NOT_PROVIDED


def _default(field: "Field[object, object]") -> str:
    """SQL for what Django would have written."""
    if field.null:
        return "NULL"
    if field.get_internal_type() == "UUIDField":
        return "gen_random_uuid()"
    value = field.default if field.default is not NOT_PROVIDED else None
    if callable(value):
        value = value() if value in (dict, list) else None
    if value is None and field.empty_strings_allowed and field.blank:
        value = ""
    if value is None:
        raise ValueError(f"say what stands in {field.model.__name__}.{field.column}")
    if isinstance(value, dict | list):
        return "'{}'" if isinstance(value, dict) else "'[]'"
    if isinstance(value, bool | int | float):
        return str(value)
    return f"'{value}'"


@contextmanager
def bare(models: Iterable[type[Model]]) -> Iterator[None]:
    """Without foreign keys, indexes and triggers while it lasts; then all are back, and true.

    PostgreSQL checks every row again when a key is made: a row that points nowhere is refused.
    """
    tables = [model._meta.db_table for model in models]
    with connection.cursor() as cursor:
        if connection.in_atomic_block:  # what waits for the commit would forbid all that follows
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        keys = _asked(cursor, FOREIGN_KEYS, tables)
        indexes = _asked(cursor, INDEXES, tables)
        for table, name, _definition in keys:
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        for _table, name, _definition in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        for table in tables:
            cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
    yield
    with connection.cursor() as cursor:
        for _table, _name, definition in indexes:
            cursor.execute(definition)
        for table, name, definition in keys:
            cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
        for table in tables:
            cursor.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')


FOREIGN_KEYS = """
SELECT conrelid::regclass, conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE contype = 'f' AND conrelid::regclass::text = ANY(%s)
"""
INDEXES = """
SELECT tablename, indexname, indexdef FROM pg_indexes
WHERE schemaname = 'public' AND tablename = ANY(%s)
  AND indexname NOT IN (SELECT conname FROM pg_constraint WHERE contype IN ('p', 'u', 'x'))
"""


def _asked(cursor: object, statement: str, tables: list[str]) -> list[tuple[str, str, str]]:
    cursor.execute(statement, [tables])  # type: ignore[attr-defined]  # Django types no cursor
    rows: list[tuple[str, str, str]] = cursor.fetchall()  # type: ignore[attr-defined]  # the same
    return rows
