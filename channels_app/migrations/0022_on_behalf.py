"""Voices that officers write down for others, one by one or by the file."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Who entered a message, four more ways in, and files of voices."""

    dependencies = [
        ("channels_app", "0021_knowledge"),
        ("people", "0004_user_history"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Sheet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(editable=False, max_length=64, unique=True)),
                ("at", models.DateTimeField(editable=False)),
                ("name", models.CharField(blank=True, editable=False, max_length=100)),
                ("channel", models.CharField(editable=False, max_length=12)),
                ("sealed", models.TextField(blank=True, editable=False)),
                ("rows", models.PositiveIntegerField(editable=False)),
                ("wrong", models.JSONField(default=list, editable=False)),
                ("taken", models.JSONField(default=list, editable=False)),
                ("done", models.PositiveIntegerField(default=0, editable=False)),
                ("asked_at", models.DateTimeField(editable=False, null=True)),
                ("ended_at", models.DateTimeField(editable=False, null=True)),
            ],
        ),
        migrations.AddField(
            model_name="message",
            name="entered_by",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="spoken_for",
            field=models.CharField(
                blank=True,
                choices=[
                    ("self", "for themself"),
                    ("other", "for somebody else, for example a parent or a neighbour"),
                    ("group", "for several people, for example a group of residents"),
                ],
                db_default="",
                editable=False,
                max_length=5,
            ),
        ),
        migrations.AlterField(
            model_name="message",
            name="channel",
            field=models.CharField(
                choices=[
                    ("web", "this site"),
                    ("api", "another app"),
                    ("phone", "the telephone"),
                    ("letter", "a letter"),
                    ("counter", "the counter"),
                    ("tour", "a listening tour"),
                ],
                default="web",
                max_length=12,
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("entered_by__isnull", False), ("publication", "public")),
                fields=["-received_at", "-id"],
                name="message_on_behalf",
            ),
        ),
        migrations.AddField(
            model_name="sheet",
            name="by",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="sheet",
            index=models.Index(
                condition=models.Q(("asked_at__isnull", False), ("ended_at__isnull", True)),
                fields=["asked_at", "id"],
                name="sheet_to_take_in",
            ),
        ),
        migrations.AddIndex(
            model_name="sheet",
            index=models.Index(fields=["by", "-at"], name="sheet_of_officer"),
        ),
    ]
