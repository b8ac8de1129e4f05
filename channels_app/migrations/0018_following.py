"""Who follows is told after who waits; calendars have an address; a late date is told once."""

import channels_app.sealing
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Columns and orders for following."""

    dependencies = [
        ("channels_app", "0017_background_by_lot"),
        ("people", "0003_seed_offices"),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "nonce",
                    models.CharField(
                        default=channels_app.sealing.fresh_nonce, editable=False, max_length=32
                    ),
                ),
                ("made_at", models.DateTimeField()),
                (
                    "appointment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.appointment",
                    ),
                ),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="delivery",
            name="delivery_once",
        ),
        migrations.RemoveIndex(
            model_name="delivery",
            name="delivery_due",
        ),
        migrations.AddField(
            model_name="delivery",
            name="crowd",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="delivery",
            name="since_seq",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="reminder",
            name="told",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("state", "queued")),
                fields=["crowd", "attempts", "next_at", "id"],
                name="delivery_due",
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("publication", "public"), ("topic__isnull", True)),
                fields=["id"],
                name="message_without_topic",
            ),
        ),
        migrations.AddIndex(
            model_name="reminder",
            index=models.Index(
                condition=models.Q(("level", "late"), ("told", False)),
                fields=["id"],
                name="reminder_untold_outside",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(
                condition=models.Q(("event", "follow"), _negated=True),
                fields=(
                    "event",
                    "message",
                    "reply",
                    "change",
                    "step",
                    "reminder",
                    "follow",
                    "office",
                    "contact",
                    "channel",
                ),
                name="delivery_once",
                nulls_distinct=False,
            ),
        ),
    ]
