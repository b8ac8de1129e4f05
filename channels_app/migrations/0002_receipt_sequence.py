"""The one sequence of receipt numbers: never reset, gaps are fine."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("channels_app", "0001_initial")]
    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE channels_app_receipt START 1001",
            "DROP SEQUENCE channels_app_receipt",
        ),
    ]
