from typing import Any

from django.db import migrations
from django.db.models import OuterRef, Subquery


def lie_where_the_message_lies(apps: Any, schema_editor: Any) -> None:
    """A turn that is open now is one of the office that has the message now."""
    office = apps.get_model("channels_app", "Message").objects.filter(pk=OuterRef("message"))
    for name in ("Snooze", "Taken"):
        turns = apps.get_model("desk", name).objects.using(schema_editor.connection.alias)
        turns.update(office=Subquery(office.values("office")[:1]))


class Migration(migrations.Migration):
    dependencies = [
        ("channels_app", "0030_similar_lately"),
        ("desk", "0003_turns_of_an_office"),
    ]

    operations = [
        migrations.RunPython(lie_where_the_message_lies, migrations.RunPython.noop),
    ]
