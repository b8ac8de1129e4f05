"""What was public or hidden before the column came was meant for everyone."""

from django.db import migrations


def remember(apps, schema_editor):
    """Only the sender's choice could have made it public."""
    message_model = apps.get_model("channels_app", "Message")
    rows = message_model.objects.filter(publication__in=("public", "hidden"), wants_public=False)
    rows.update(wants_public=True)


class Migration(migrations.Migration):
    dependencies = [("channels_app", "0008_screening")]
    operations = [migrations.RunPython(remember, migrations.RunPython.noop)]
