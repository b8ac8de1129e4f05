"""Every message and article that is there already is noted for the sweep that reads texts into the index.

In batches that are committed one by one: a run that was stopped goes on where it is run again.
"""

from typing import Any

from django.db import migrations

BATCH = 50_000
NOTE = """
INSERT INTO channels_app_passagedue (message_id)
SELECT id FROM channels_app_message WHERE id > %s AND id <= %s
ON CONFLICT DO NOTHING
"""
ARTICLES = """
INSERT INTO channels_app_passagedue (article_id) SELECT id FROM channels_app_knowledgearticle
ON CONFLICT DO NOTHING
"""


def note_all(apps: Any, schema_editor: Any) -> None:
    """The sweep takes the newest first."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM channels_app_message")
        last = cursor.fetchone()[0]
        for start in range(0, last, BATCH):
            cursor.execute(NOTE, [start, start + BATCH])
        cursor.execute(ARTICLES)


def forget(apps: Any, schema_editor: Any) -> None:
    """The tables go with the migration before."""


class Migration(migrations.Migration):
    """Not atomic, so that no batch waits for the others."""

    atomic = False

    dependencies = [("channels_app", "0023_search")]

    operations = [migrations.RunPython(note_all, forget)]
