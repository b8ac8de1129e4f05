"""Duties of the boroughs keep their history; a decision says whom a borough stands in for."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("channels_app", "0009_wants_public"),
        ("people", "0003_seed_offices"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="BoroughDutyEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("active", models.BooleanField(default=True, verbose_name="in use")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="routingdecision",
            name="instead_of",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.office",
            ),
        ),
        migrations.AlterField(
            model_name="boroughduty",
            name="borough",
            field=models.ForeignKey(
                blank=True,
                limit_choices_to=models.Q(("kind", "borough")),
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.office",
                verbose_name="borough (empty: all)",
            ),
        ),
        migrations.AlterField(
            model_name="boroughduty",
            name="office",
            field=models.ForeignKey(
                limit_choices_to=models.Q(("kind__in", ("borough", "centre")), _negated=True),
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.office",
                verbose_name="department",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="boroughduty",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "channels_app_boroughdutyevent" ("active", "borough_id", "id", "office_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."active", NEW."borough_id", NEW."id", NEW."office_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;',
                    hash="f1e97e38836b5c5207031d5bd41d9ecb40f98a52",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_82b5b",
                    table="channels_app_boroughduty",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="boroughduty",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "channels_app_boroughdutyevent" ("active", "borough_id", "id", "office_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."active", NEW."borough_id", NEW."id", NEW."office_id", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;',
                    hash="4a74ec714978d496fdac50ead55bda849b3aeaf6",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_7edce",
                    table="channels_app_boroughduty",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="boroughdutyevent",
            name="borough",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                limit_choices_to=models.Q(("kind", "borough")),
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="people.office",
                verbose_name="borough (empty: all)",
            ),
        ),
        migrations.AddField(
            model_name="boroughdutyevent",
            name="office",
            field=models.ForeignKey(
                db_constraint=False,
                limit_choices_to=models.Q(("kind__in", ("borough", "centre")), _negated=True),
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="people.office",
                verbose_name="department",
            ),
        ),
        migrations.AddField(
            model_name="boroughdutyevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="boroughdutyevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="channels_app.boroughduty",
            ),
        ),
    ]
