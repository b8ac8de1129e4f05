"""The offices of a city hall, as it starts."""

from django.db import migrations

from people import seed


def plant(apps, schema_editor):
    """Those that are not there yet."""
    seed.plant(apps.get_model("people", "Office"))


def uproot(apps, schema_editor):
    """Only while nothing points at them."""
    seed.uproot(apps.get_model("people", "Office"))


class Migration(migrations.Migration):
    dependencies = [("people", "0002_cache_table")]
    operations = [migrations.RunPython(plant, uproot)]
