"""What the token of an app is good for: until now, all."""

import django.contrib.postgres.fields
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    """Code that knows no scopes writes the same by the default of the database."""

    dependencies = [
        ("channels_app", "0033_notices"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="apiclient",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="apiclient",
            name="update_update",
        ),
        migrations.AddField(
            model_name="apiclient",
            name="scopes",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[("send", "send messages"), ("read_own", "read back its own messages")],
                    max_length=10,
                ),
                blank=True,
                db_default=["send", "read_own"],
                size=None,
                verbose_name="what it may do",
            ),
        ),
        migrations.AddField(
            model_name="apiclientevent",
            name="scopes",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[("send", "send messages"), ("read_own", "read back its own messages")],
                    max_length=10,
                ),
                blank=True,
                db_default=["send", "read_own"],
                size=None,
                verbose_name="what it may do",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="apiclient",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "channels_app_apiclientevent" ("active", "created_at", "id", "name", "office_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rate", "scopes") VALUES (NEW."active", NEW."created_at", NEW."id", NEW."name", NEW."office_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."rate", NEW."scopes"); RETURN NULL;',
                    hash="4ba86132b478ac71a12738b1aa40828bfcb98ba7",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_7fb9f",
                    table="channels_app_apiclient",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="apiclient",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."active" IS DISTINCT FROM (NEW."active") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."office_id" IS DISTINCT FROM (NEW."office_id") OR OLD."rate" IS DISTINCT FROM (NEW."rate") OR OLD."scopes" IS DISTINCT FROM (NEW."scopes"))',
                    func='INSERT INTO "channels_app_apiclientevent" ("active", "created_at", "id", "name", "office_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rate", "scopes") VALUES (NEW."active", NEW."created_at", NEW."id", NEW."name", NEW."office_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."rate", NEW."scopes"); RETURN NULL;',
                    hash="39965198c0de03bedf637406a90b2aaf6796db61",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_70dff",
                    table="channels_app_apiclient",
                    when="AFTER",
                ),
            ),
        ),
    ]
