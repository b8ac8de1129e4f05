import django.contrib.postgres.indexes
import lifecycle.clock
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("channels_app", "0006_photos"),
    ]

    operations = [
        TrigramExtension(),
        migrations.AddField(
            model_name="boundary",
            name="imported_at",
            field=models.DateTimeField(default=lifecycle.clock.now),
        ),
        migrations.AddIndex(
            model_name="message",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("publication", "public")),
                fields=["masked_text"],
                name="message_similar",
                opclasses=["gin_trgm_ops"],
            ),
        ),
    ]
