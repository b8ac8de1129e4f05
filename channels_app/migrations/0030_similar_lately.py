"""The trigrams of a message are found together with its month."""

from datetime import UTC

import django.contrib.postgres.indexes
import django.db.models.functions.datetime
from django.contrib.postgres.operations import BtreeGinExtension
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("channels_app", "0029_orders_of_what_is_open"),
    ]

    operations = [
        BtreeGinExtension(),
        migrations.AddIndex(
            model_name="message",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass("masked_text", "gin_trgm_ops"),
                django.db.models.functions.datetime.TruncMonth("received_at", tzinfo=UTC),
                condition=models.Q(("publication", "public")),
                name="message_similar_lately",
            ),
        ),
        migrations.RemoveIndex(model_name="message", name="message_similar"),
    ]
