"""A photo is tried again later, once in a form, and its showing leaves a trace."""

import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("channels_app", "0005_doors"),
        ("people", "0003_seed_offices"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PhotoChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_shown", models.BooleanField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "change of a photo",
                "verbose_name_plural": "changes of photos",
                "ordering": ["at", "id"],
            },
        ),
        migrations.RemoveIndex(
            model_name="attachment",
            name="attachment_waiting",
        ),
        migrations.AddField(
            model_name="attachment",
            name="try_at",
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="attachment",
            name="draft",
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AlterField(
            model_name="attachment",
            name="state",
            field=models.CharField(
                choices=[
                    ("waiting", "being prepared"),
                    ("ready", "ready"),
                    ("refused", "could not be read as a photo"),
                    ("erased", "deleted"),
                ],
                default="waiting",
                max_length=8,
            ),
        ),
        migrations.AlterField(
            model_name="attachment",
            name="why",
            field=models.CharField(
                blank=True,
                choices=[
                    ("damaged", "it is damaged or did not arrive completely"),
                    ("too_large", "it has too many pixels for us"),
                    ("unknown", "we tried three times and could not prepare it"),
                ],
                max_length=80,
            ),
        ),
        migrations.AddIndex(
            model_name="attachment",
            index=models.Index(
                condition=models.Q(("message__isnull", False), ("state", "waiting")),
                fields=["try_at"],
                name="attachment_to_draw",
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.UniqueConstraint(
                fields=("draft", "digest"), name="attachment_once_a_draft"
            ),
        ),
        migrations.AddField(
            model_name="photochange",
            name="by",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="photochange",
            name="photo",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="changes",
                to="channels_app.attachment",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="photochange",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="c3cf4f708fa71362b6b9539e4ea89d82a350d854",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_94e00",
                    table="channels_app_photochange",
                    when="BEFORE",
                ),
            ),
        ),
    ]
