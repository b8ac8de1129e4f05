"""The table of the cache in which the limits of sign-in live."""

from django.core.management import call_command
from django.db import migrations


def create(apps, schema_editor):
    """Django's own command knows the table's shape."""
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


def drop(apps, schema_editor):
    """Limits are forgotten, nothing else."""
    schema_editor.execute("DROP TABLE IF EXISTS portal_cache")


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [
        migrations.RunPython(create, drop),
    ]
