"""What stands in tables: to say that an act has changed nothing, or something."""

from django.db import connection
from django.db.models import Model

Snapshot = dict[str, str]
DIGEST = "SELECT '{0}', md5(coalesce(string_agg(t::text, '|' ORDER BY t.\"{1}\"), '')) FROM {0} t"


def snapshot(*models: type[Model]) -> Snapshot:
    """Table by table a digest of all its rows, whole; one question, however many tables."""
    keys = {model._meta.db_table: model._meta.pk for model in models}
    asked = [DIGEST.format(table, key.column) for table, key in keys.items() if key is not None]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked))
        return dict(cursor.fetchall())
