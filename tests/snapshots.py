"""What stands in tables: to say that an act has changed nothing, or something."""

from functools import lru_cache

from django.db import connection
from django.db.models import Model

Snapshot = dict[str, str]


def snapshot(*models: type[Model]) -> Snapshot:
    """Table by table a digest of all its rows, whole; one question, however many tables."""
    with connection.cursor() as cursor:
        cursor.execute(_statement(models))
        return dict(cursor.fetchall())


@lru_cache
def _statement(models: tuple[type[Model], ...]) -> str:
    one = "SELECT '{0}', md5(coalesce(string_agg(t::text, '|' ORDER BY t.\"{1}\"), '')) FROM {0} t"
    metas = [model._meta for model in models]
    return " UNION ALL ".join(
        one.format(meta.db_table, meta.pk.column) for meta in metas if meta.pk is not None
    )
