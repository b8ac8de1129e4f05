"""All tables as they are after 0035, made at once: a new portal does not walk the whole way there.

A database that stands somewhere on that way goes on step by step.
"""

from importlib import import_module

import channels_app.sealing
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import lifecycle.clock
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from datetime import UTC
from django.conf import settings
from django.db import migrations, models
from django.contrib.postgres.operations import BtreeGinExtension, TrigramExtension
from lifecycle.tables import AllAtOnce

# Read by their names, for a module's name begins with a letter.
keywords = import_module("channels_app.migrations.0003_seed_keywords")
duties = import_module("channels_app.migrations.0011_seed_borough_duties")
search = import_module("channels_app.migrations.0023_search")


class Migration(migrations.Migration):
    """One for the thirty-five before it."""

    replaces = [
        ("channels_app", "0001_initial"),
        ("channels_app", "0002_receipt_sequence"),
        ("channels_app", "0003_seed_keywords"),
        ("channels_app", "0004_lanes"),
        ("channels_app", "0005_doors"),
        ("channels_app", "0006_photos"),
        ("channels_app", "0007_places"),
        ("channels_app", "0008_screening"),
        ("channels_app", "0009_wants_public"),
        ("channels_app", "0010_routing"),
        ("channels_app", "0011_seed_borough_duties"),
        ("channels_app", "0012_privacy"),
        ("channels_app", "0013_never_emptied_and_sent_lately"),
        ("channels_app", "0014_promise"),
        ("channels_app", "0015_promise_rows"),
        ("channels_app", "0016_clocks_of_all"),
        ("channels_app", "0017_background_by_lot"),
        ("channels_app", "0018_following"),
        ("channels_app", "0019_duty_mails"),
        ("channels_app", "0020_orders_of_offices"),
        ("channels_app", "0021_knowledge"),
        ("channels_app", "0022_on_behalf"),
        ("channels_app", "0023_search"),
        ("channels_app", "0024_search_rows"),
        ("channels_app", "0025_conversation"),
        ("channels_app", "0026_found_by_day"),
        ("channels_app", "0027_counts"),
        ("channels_app", "0028_count_the_messages"),
        ("channels_app", "0029_orders_of_what_is_open"),
        ("channels_app", "0030_similar_lately"),
        ("channels_app", "0031_accounts"),
        ("channels_app", "0032_steps_to_be_sealed"),
        ("channels_app", "0033_notices"),
        ("channels_app", "0034_scopes_of_api_clients"),
        ("channels_app", "0035_names_of_columns"),
    ]

    dependencies = [
        ("lifecycle", "0007_names_of_columns"),
        ("people", "0005_names_of_columns"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        TrigramExtension(),
        BtreeGinExtension(),
        migrations.RunSQL(
            "CREATE SEQUENCE channels_app_receipt START 1001",
            "DROP SEQUENCE channels_app_receipt",
        ),
        migrations.RunSQL(search.PIECES, "DROP FUNCTION search_pieces(text, text[])"),
        AllAtOnce(
            [
                migrations.CreateModel(
                    name="AccessReview",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("month", models.DateField(unique=True)),
                        ("at", models.DateTimeField()),
                        ("findings", models.TextField(blank=True)),
                        (
                            "by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "review of readings",
                        "verbose_name_plural": "reviews of readings",
                        "ordering": ["-month"],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="accessreview",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="d57069f78eed87c7cbeaa6ed60e5425d80362291",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_d7464",
                            table="channels_app_accessreview",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="accessreview",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION '% is never emptied', TG_TABLE_NAME;",
                            hash="822dca773da9842779d56da013732c6f15b48daf",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_d1d5f",
                            table="channels_app_accessreview",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="Account",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "network",
                            models.CharField(
                                choices=[("mail", "e-mail"), ("feed", "feed (RSS, Atom)")],
                                max_length=10,
                                verbose_name="network",
                            ),
                        ),
                        (
                            "handle",
                            models.CharField(max_length=200, verbose_name="name of the account"),
                        ),
                        (
                            "address",
                            models.CharField(max_length=300, verbose_name="address of its server"),
                        ),
                        (
                            "sign_in",
                            models.CharField(blank=True, max_length=200, verbose_name="user name"),
                        ),
                        ("sealed", models.TextField(blank=True, editable=False)),
                        (
                            "vouched_by",
                            models.CharField(
                                blank=True,
                                max_length=200,
                                verbose_name="mail server that checks senders",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("active", "open"),
                                    ("paused", "paused"),
                                    ("off", "switched off"),
                                ],
                                default="active",
                                max_length=6,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "why",
                            models.CharField(
                                blank=True, editable=False, max_length=200, verbose_name="reason"
                            ),
                        ),
                        ("failures", models.PositiveIntegerField(default=0, editable=False)),
                        ("next_at", models.DateTimeField(editable=False)),
                        ("lease_until", models.DateTimeField(editable=False, null=True)),
                        ("try_at", models.DateTimeField(editable=False, null=True)),
                        (
                            "paused_at",
                            models.DateTimeField(
                                editable=False, null=True, verbose_name="paused since"
                            ),
                        ),
                        (
                            "verified_at",
                            models.DateTimeField(
                                editable=False, null=True, verbose_name="last sign-in"
                            ),
                        ),
                        (
                            "last_ok_at",
                            models.DateTimeField(
                                editable=False, null=True, verbose_name="last read"
                            ),
                        ),
                        (
                            "last_message_at",
                            models.DateTimeField(
                                editable=False, null=True, verbose_name="last message"
                            ),
                        ),
                        (
                            "office",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="accounts",
                                to="people.office",
                                verbose_name="office",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "account",
                        "verbose_name_plural": "accounts",
                        "ordering": ["network", "handle"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("network", "handle"), name="account_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "paused"), _negated=True),
                                    models.Q(
                                        ("paused_at__isnull", False), ("try_at__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="account_paused_is_tried_again",
                            ),
                        ],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="account",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."address" IS DISTINCT FROM (NEW."address") OR OLD."handle" IS DISTINCT FROM (NEW."handle") OR OLD."office_id" IS DISTINCT FROM (NEW."office_id") OR OLD."sign_in" IS DISTINCT FROM (NEW."sign_in") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."vouched_by" IS DISTINCT FROM (NEW."vouched_by"))',
                            func='INSERT INTO "channels_app_accounthandleofficeaddresssigninvouchedbystate63b7" ("address", "handle", "office_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sign_in", "state", "vouched_by") VALUES (NEW."address", NEW."handle", NEW."office_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."sign_in", NEW."state", NEW."vouched_by"); RETURN NULL;',
                            hash="aa8d8a0ee146ce6cafceef1ed861ade94b353291",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_ba0f2",
                            table="channels_app_account",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="AccountHandleOfficeAddressSignInVouchedByStateEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        (
                            "handle",
                            models.CharField(max_length=200, verbose_name="name of the account"),
                        ),
                        (
                            "address",
                            models.CharField(max_length=300, verbose_name="address of its server"),
                        ),
                        (
                            "sign_in",
                            models.CharField(blank=True, max_length=200, verbose_name="user name"),
                        ),
                        (
                            "vouched_by",
                            models.CharField(
                                blank=True,
                                max_length=200,
                                verbose_name="mail server that checks senders",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("active", "open"),
                                    ("paused", "paused"),
                                    ("off", "switched off"),
                                ],
                                default="active",
                                max_length=6,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "office",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="people.office",
                                verbose_name="office",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="handle_office_address_sign_in_vouched_by_state_events",
                                to="channels_app.account",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Addition",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("more", "something to add"),
                                    ("reply", "an answer to the office's question"),
                                    ("reopen", "not solved"),
                                    ("appeal", "an appeal"),
                                ],
                                max_length=6,
                            ),
                        ),
                        ("text", models.TextField()),
                        ("masked_text", models.TextField()),
                        ("public", models.BooleanField(default=False)),
                        ("at", models.DateTimeField()),
                        (
                            "message",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="additions",
                                to="channels_app.message",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="ApiClient",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("name", models.CharField(max_length=80, unique=True, verbose_name="name")),
                        (
                            "token_digest",
                            models.CharField(editable=False, max_length=64, unique=True),
                        ),
                        (
                            "rate",
                            models.PositiveIntegerField(
                                default=60, verbose_name="messages a minute"
                            ),
                        ),
                        ("active", models.BooleanField(default=True, verbose_name="in use")),
                        (
                            "created_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="made at"),
                        ),
                        (
                            "office",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.office",
                                verbose_name="office",
                            ),
                        ),
                        (
                            "scopes",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("send", "send messages"),
                                        ("read_own", "read back its own messages"),
                                    ],
                                    max_length=10,
                                ),
                                blank=True,
                                db_default=["send", "read_own"],
                                size=None,
                                verbose_name="what it may do",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "API client",
                        "verbose_name_plural": "API clients",
                        "ordering": ["name"],
                    },
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
                migrations.CreateModel(
                    name="ApiClientEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("name", models.CharField(max_length=80, verbose_name="name")),
                        (
                            "rate",
                            models.PositiveIntegerField(
                                default=60, verbose_name="messages a minute"
                            ),
                        ),
                        ("active", models.BooleanField(default=True, verbose_name="in use")),
                        (
                            "created_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="made at"),
                        ),
                        (
                            "office",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="people.office",
                                verbose_name="office",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="channels_app.apiclient",
                            ),
                        ),
                        (
                            "scopes",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("send", "send messages"),
                                        ("read_own", "read back its own messages"),
                                    ],
                                    max_length=10,
                                ),
                                blank=True,
                                db_default=["send", "read_own"],
                                size=None,
                                verbose_name="what it may do",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ArticleTally",
                    fields=[
                        (
                            "article",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="tally",
                                serialize=False,
                                to="channels_app.knowledgearticle",
                            ),
                        ),
                        ("helped", models.PositiveIntegerField(default=0)),
                        ("not_helped", models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["-helped", "article"], name="article_most_helpful")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Asked",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("question", models.TextField()),
                        ("due_at", models.DateTimeField()),
                        ("at", models.DateTimeField()),
                        ("answer", models.TextField(blank=True)),
                        ("answered_at", models.DateTimeField(null=True)),
                        (
                            "answered_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "message",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="asked",
                                to="channels_app.message",
                            ),
                        ),
                        (
                            "office",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.office",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "part asked for",
                        "verbose_name_plural": "parts asked for",
                        "ordering": ["at", "id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("answered_at__isnull", True)),
                                fields=["office", "due_at", "id"],
                                name="asked_open",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("answered_at__isnull", True)),
                                fields=("message", "office"),
                                name="asked_once_at_a_time",
                            )
                        ],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="asked",
                    trigger=pgtrigger.compiler.Trigger(
                        name="passages_of_asked",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO channels_app_passagedue (message_id) VALUES (NEW.message_id) ON CONFLICT DO NOTHING; RETURN NULL;",
                            hash="02c0dc9243342b3745dcc3f6cdcb789914d14265",
                            operation="INSERT",
                            pgid="pgtrigger_passages_of_asked_6a06a",
                            table="channels_app_asked",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="Attachment",
                    fields=[
                        (
                            "key",
                            models.UUIDField(
                                default=uuid.uuid4,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("draft", models.UUIDField(editable=False, null=True)),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        (
                            "state",
                            models.CharField(
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
                        (
                            "why",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("damaged", "it is damaged or did not arrive completely"),
                                    ("too_large", "it has too many pixels for us"),
                                    ("unknown", "we tried three times and could not prepare it"),
                                ],
                                max_length=80,
                            ),
                        ),
                        ("tries", models.PositiveSmallIntegerField(default=0)),
                        ("original", models.CharField(blank=True, editable=False, max_length=120)),
                        ("picture", models.CharField(blank=True, editable=False, max_length=120)),
                        ("thumbnail", models.CharField(blank=True, editable=False, max_length=120)),
                        ("digest", models.CharField(editable=False, max_length=64)),
                        ("size", models.PositiveIntegerField(editable=False)),
                        ("width", models.PositiveIntegerField(editable=False, null=True)),
                        ("height", models.PositiveIntegerField(editable=False, null=True)),
                        ("latitude", models.FloatField(editable=False, null=True)),
                        ("longitude", models.FloatField(editable=False, null=True)),
                        (
                            "alt",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="what the photo shows"
                            ),
                        ),
                        ("shown_at", models.DateTimeField(editable=False, null=True)),
                        ("created_at", models.DateTimeField(editable=False)),
                        (
                            "message",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attachments",
                                to="channels_app.message",
                            ),
                        ),
                        (
                            "shown_by",
                            models.ForeignKey(
                                db_index=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("try_at", models.DateTimeField(editable=False)),
                    ],
                    options={
                        "verbose_name": "photo",
                        "verbose_name_plural": "photos",
                        "ordering": ["position", "created_at"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("message__isnull", True)),
                                fields=["created_at"],
                                name="attachment_unsent",
                            ),
                            models.Index(
                                condition=models.Q(
                                    ("message__isnull", False), ("state", "waiting")
                                ),
                                fields=["try_at"],
                                name="attachment_to_draw",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("message__isnull", False),
                                    ("draft__isnull", False),
                                    _connector="OR",
                                ),
                                name="attachment_belongs_somewhere",
                            ),
                            models.UniqueConstraint(
                                fields=("draft", "digest"), name="attachment_once_a_draft"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Background",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("month", models.DateField()),
                        (
                            "age",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("0-19", "under 20"),
                                    ("20-39", "20 to 39"),
                                    ("40-64", "40 to 64"),
                                    ("65+", "65 or older"),
                                ],
                                max_length=5,
                            ),
                        ),
                        (
                            "gender",
                            models.CharField(
                                blank=True,
                                choices=[("woman", "woman"), ("man", "man"), ("other", "other")],
                                max_length=5,
                            ),
                        ),
                        (
                            "disability",
                            models.CharField(
                                blank=True, choices=[("yes", "yes"), ("no", "no")], max_length=3
                            ),
                        ),
                        (
                            "first_time",
                            models.CharField(
                                blank=True, choices=[("yes", "yes"), ("no", "no")], max_length=3
                            ),
                        ),
                        (
                            "borough",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.office",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "who spoke",
                        "verbose_name_plural": "who spoke",
                        "ordering": ["month"],
                    },
                ),
                migrations.CreateModel(
                    name="BoroughDuty",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("active", models.BooleanField(default=True, verbose_name="in use")),
                        (
                            "borough",
                            models.ForeignKey(
                                blank=True,
                                limit_choices_to=models.Q(("kind", "borough")),
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.office",
                                verbose_name="borough (empty: all)",
                            ),
                        ),
                        (
                            "office",
                            models.ForeignKey(
                                limit_choices_to=models.Q(
                                    ("kind__in", ("borough", "centre")), _negated=True
                                ),
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.office",
                                verbose_name="department",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "duty of the boroughs",
                        "verbose_name_plural": "duties of the boroughs",
                        "ordering": ["office", "borough"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("office", "borough"),
                                name="boroughduty_once",
                                nulls_distinct=False,
                            )
                        ],
                    },
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
                migrations.CreateModel(
                    name="BoroughDutyEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("active", models.BooleanField(default=True, verbose_name="in use")),
                        (
                            "borough",
                            models.ForeignKey(
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
                        (
                            "office",
                            models.ForeignKey(
                                db_constraint=False,
                                limit_choices_to=models.Q(
                                    ("kind__in", ("borough", "centre")), _negated=True
                                ),
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="people.office",
                                verbose_name="department",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="channels_app.boroughduty",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Boundary",
                    fields=[
                        (
                            "office",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="boundary",
                                serialize=False,
                                to="people.office",
                            ),
                        ),
                        ("shape", models.TextField()),
                        ("imported_at", models.DateTimeField(default=lifecycle.clock.now)),
                    ],
                    options={
                        "verbose_name": "boundary",
                        "verbose_name_plural": "boundaries",
                    },
                ),
                migrations.CreateModel(
                    name="CalendarLink",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "nonce",
                            models.CharField(
                                default=channels_app.sealing.fresh_nonce,
                                editable=False,
                                max_length=32,
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
                migrations.CreateModel(
                    name="Checkpoint",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("stream", models.CharField(blank=True, max_length=40)),
                        ("cursor", models.TextField(blank=True)),
                        ("at", models.DateTimeField()),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="checkpoints",
                                to="channels_app.account",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("account", "stream"), name="checkpoint_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Contact",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("mail", "e-mail"),
                                    ("phone", "mobile phone"),
                                    ("push", "notices of a browser"),
                                ],
                                max_length=5,
                            ),
                        ),
                        ("index", models.CharField(editable=False, max_length=64, unique=True)),
                        ("sealed", models.TextField(editable=False)),
                        (
                            "nonce",
                            models.CharField(
                                default=channels_app.sealing.fresh_nonce,
                                editable=False,
                                max_length=32,
                            ),
                        ),
                        ("confirmed_at", models.DateTimeField(editable=False, null=True)),
                        ("refused_at", models.DateTimeField(editable=False, null=True)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        ("erased_at", models.DateTimeField(editable=False, null=True)),
                        (
                            "daily",
                            models.BooleanField(db_default=False, default=False, editable=False),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("erased_at__isnull", True)),
                                fields=["created_at"],
                                name="contact_kept",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("erased_at__isnull", True),
                                    models.Q(
                                        ("confirmed_at__isnull", True),
                                        ("index__startswith", "erased-"),
                                        ("sealed", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="contact_erased_holds_nothing",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CountChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("came", models.IntegerField()),
                        ("replied", models.IntegerField()),
                        ("in_time", models.IntegerField()),
                        ("late", models.IntegerField()),
                        ("not_shown", models.IntegerField()),
                        ("day", models.DateField()),
                        (
                            "borough",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.office",
                            ),
                        ),
                        (
                            "office",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.office",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="DayCount",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("came", models.IntegerField()),
                        ("replied", models.IntegerField()),
                        ("in_time", models.IntegerField()),
                        ("late", models.IntegerField()),
                        ("not_shown", models.IntegerField()),
                        (
                            "by",
                            models.CharField(
                                choices=[("office", "Office"), ("borough", "Borough")], max_length=7
                            ),
                        ),
                        (
                            "span",
                            models.CharField(
                                choices=[("day", "Day"), ("month", "Month")], max_length=5
                            ),
                        ),
                        ("day", models.DateField()),
                        (
                            "place",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.office",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["day", "id"],
                        "indexes": [
                            models.Index(fields=["by", "span", "day"], name="daycount_of_days")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("by", "place", "span", "day"),
                                name="daycount_once",
                                nulls_distinct=False,
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("span", "month"), _negated=True),
                                    ("day__day", 1),
                                    _connector="OR",
                                ),
                                name="daycount_month_begins",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Delivery",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "event",
                            models.CharField(
                                choices=[
                                    ("receipt", "we received it"),
                                    ("answer", "the answer"),
                                    ("shown", "everyone may read it now"),
                                    ("hidden", "it is not shown, and why"),
                                    ("news", "what changed, and the next date"),
                                    ("late", "its date has passed"),
                                    ("follow", "do you want to follow it?"),
                                    ("split", "a second matter has a number of its own"),
                                    ("duty", "what an office owes"),
                                    ("notice", "what happened, and what comes next"),
                                    ("digest", "all that changed in a day"),
                                ],
                                max_length=10,
                                verbose_name="occasion",
                            ),
                        ),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("mail", "e-mail"),
                                    ("phone", "mobile phone"),
                                    ("push", "notices of a browser"),
                                ],
                                max_length=5,
                                verbose_name="channel",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("queued", "waiting to leave"),
                                    ("sending", "leaving now"),
                                    ("sent", "sent"),
                                    ("unknown", "may or may not have arrived"),
                                    ("failed", "could not be delivered"),
                                    ("cancelled", "not sent"),
                                ],
                                default="queued",
                                editable=False,
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("why", models.CharField(blank=True, max_length=200)),
                        (
                            "error_class",
                            models.CharField(
                                blank=True, max_length=20, verbose_name="sort of error"
                            ),
                        ),
                        (
                            "attempts",
                            models.PositiveSmallIntegerField(default=0, verbose_name="attempts"),
                        ),
                        ("repeated", models.BooleanField(default=False)),
                        ("next_at", models.DateTimeField()),
                        ("claimed_by", models.CharField(blank=True, max_length=80)),
                        ("lease_until", models.DateTimeField(null=True)),
                        ("created_at", models.DateTimeField(verbose_name="made at")),
                        ("sent_at", models.DateTimeField(null=True, verbose_name="sent at")),
                        (
                            "contact",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deliveries",
                                to="channels_app.contact",
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "message",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deliveries",
                                to="channels_app.message",
                            ),
                        ),
                        (
                            "reply",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deliveries",
                                to="channels_app.reply",
                            ),
                        ),
                        (
                            "change",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deliveries",
                                to="channels_app.publicationchange",
                            ),
                        ),
                        (
                            "office",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.office",
                                verbose_name="office",
                            ),
                        ),
                        (
                            "step",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deliveries",
                                to="channels_app.messagestep",
                            ),
                        ),
                        (
                            "follow",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deliveries",
                                to="channels_app.follow",
                            ),
                        ),
                        (
                            "reminder",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="channels_app.reminder",
                            ),
                        ),
                        ("crowd", models.BooleanField(db_default=False, default=False)),
                        ("since_seq", models.PositiveIntegerField(null=True)),
                        ("daily", models.BooleanField(db_default=False, default=False)),
                        ("day", models.DateField(null=True)),
                        (
                            "digest",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="gathered",
                                to="channels_app.delivery",
                            ),
                        ),
                        (
                            "notice",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deliveries",
                                to="channels_app.notice",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "delivery",
                        "verbose_name_plural": "deliveries",
                        "ordering": ["id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "sending")),
                                fields=["lease_until"],
                                name="delivery_stale",
                            ),
                            models.Index(
                                condition=models.Q(("state__in", ("unknown", "failed"))),
                                fields=["id"],
                                name="delivery_troubled",
                            ),
                            models.Index(
                                condition=models.Q(("lease_until__isnull", False)),
                                fields=["channel", "lease_until"],
                                name="delivery_lately",
                            ),
                            models.Index(
                                condition=models.Q(("office__isnull", False)),
                                fields=["office", "-created_at"],
                                name="delivery_duty",
                            ),
                            models.Index(
                                condition=models.Q(("daily", False), ("state", "queued")),
                                fields=["crowd", "attempts", "next_at", "id"],
                                name="delivery_due",
                            ),
                            models.Index(
                                condition=models.Q(("daily", True), ("state", "queued")),
                                fields=["contact", "next_at"],
                                name="delivery_for_digest",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("event__in", ("follow", "digest")), _negated=True
                                ),
                                fields=(
                                    "event",
                                    "message",
                                    "reply",
                                    "change",
                                    "step",
                                    "reminder",
                                    "notice",
                                    "follow",
                                    "office",
                                    "contact",
                                    "channel",
                                ),
                                name="delivery_once",
                                nulls_distinct=False,
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("contact__isnull", False), ("notice__isnull", False)
                                ),
                                fields=("notice", "contact"),
                                name="delivery_notice_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("event", "digest")),
                                fields=("contact", "day"),
                                name="delivery_digest_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("message__isnull", False),
                                    ("notice__isnull", False),
                                    ("follow__isnull", False),
                                    ("day__isnull", False),
                                    _connector="OR",
                                ),
                                name="delivery_tells_of_something",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Enclosure",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                        ("name", models.CharField(blank=True, max_length=150)),
                        ("kind", models.CharField(blank=True, max_length=100)),
                        ("size", models.PositiveIntegerField()),
                        (
                            "message",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="enclosures",
                                to="channels_app.message",
                            ),
                        ),
                        (
                            "event",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="enclosures",
                                to="channels_app.inboundevent",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["event", "number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("event", "number"), name="enclosure_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Erasure",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "cause",
                            models.CharField(
                                choices=[
                                    ("retention", "its time was over"),
                                    ("request", "the person asked for it"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("kind", models.CharField(max_length=20)),
                        ("key", models.CharField(max_length=80)),
                        ("columns", models.JSONField(default=list)),
                        ("rule", models.CharField(blank=True, max_length=80)),
                        ("reason", models.CharField(blank=True, max_length=300)),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "erasure",
                        "verbose_name_plural": "erasures",
                        "ordering": ["at", "id"],
                        "indexes": [models.Index(fields=["kind", "key"], name="erasure_of")],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="erasure",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="533e829dba5a87c59fb47e449305303edb046916",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_aa848",
                            table="channels_app_erasure",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="erasure",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION '% is never emptied', TG_TABLE_NAME;",
                            hash="e75cde3012db5c18062aff13d76fb8ac64b2b03a",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_78e68",
                            table="channels_app_erasure",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="Export",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("kind", models.CharField(max_length=20)),
                        ("key", models.CharField(max_length=80)),
                        ("reason", models.CharField(max_length=300)),
                        ("rows", models.PositiveIntegerField()),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "export",
                        "verbose_name_plural": "exports",
                        "ordering": ["at", "id"],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="export",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="af4c0885640137e63260e723d453398796719683",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_d46aa",
                            table="channels_app_export",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="export",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION '% is never emptied', TG_TABLE_NAME;",
                            hash="92724afa864563ac0361e4454726166e218e1e16",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_d4063",
                            table="channels_app_export",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="Follow",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("language", models.CharField(default="ko", max_length=2)),
                        (
                            "nonce",
                            models.CharField(
                                default=channels_app.sealing.fresh_nonce,
                                editable=False,
                                max_length=32,
                            ),
                        ),
                        ("created_at", models.DateTimeField()),
                        ("confirmed_at", models.DateTimeField(null=True)),
                        ("ended_at", models.DateTimeField(null=True)),
                        (
                            "contact",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="follows",
                                to="channels_app.contact",
                            ),
                        ),
                        (
                            "topic",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="follows",
                                to="channels_app.topic",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "follower",
                        "verbose_name_plural": "followers",
                        "ordering": ["id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(
                                    ("confirmed_at__isnull", False), ("ended_at__isnull", True)
                                ),
                                fields=["topic", "id"],
                                name="follow_active",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("topic", "contact"), name="follow_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InboundEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("kind", models.CharField(max_length=10)),
                        ("external_id", models.CharField(max_length=64)),
                        ("revision", models.CharField(max_length=64)),
                        ("sealed", models.TextField(blank=True)),
                        ("size", models.PositiveIntegerField()),
                        ("is_cut", models.BooleanField(default=False)),
                        ("received_at", models.DateTimeField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("new", "to be read"),
                                    ("taken", "taken in"),
                                    ("automatic", "written by a machine"),
                                    ("kept", "waits for a person"),
                                    ("settled", "nothing to do"),
                                ],
                                default="new",
                                max_length=10,
                            ),
                        ),
                        (
                            "why",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("unread", "we tried three times and could not read it"),
                                    ("no_sender", "it names no sender"),
                                    ("empty", "there is nothing in it"),
                                    (
                                        "bounce",
                                        "a mail server says that a mail of ours did not arrive",
                                    ),
                                    ("answer", "a machine answered for somebody"),
                                    ("list", "it goes to many"),
                                    ("loop", "it came from us"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("tries", models.PositiveSmallIntegerField(default=0)),
                        ("try_at", models.DateTimeField()),
                        ("decided_at", models.DateTimeField(null=True)),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="channels_app.account",
                            ),
                        ),
                        (
                            "message",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="channels_app.message",
                            ),
                        ),
                        (
                            "wanted_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "mail that came in",
                        "verbose_name_plural": "mails that came in",
                        "ordering": ["id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "new")),
                                fields=["try_at"],
                                name="inbound_new",
                            ),
                            models.Index(
                                fields=["state", "-received_at", "-id"], name="inbound_by_state"
                            ),
                            models.Index(
                                condition=models.Q(("message__isnull", True), ("size__gt", 0)),
                                fields=["received_at"],
                                name="inbound_file",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("account", "kind", "external_id", "revision"),
                                name="inbound_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="KnowledgeArticle",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("slug", models.CharField(editable=False, max_length=80, unique=True)),
                        (
                            "question_ko",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="question (Korean)"
                            ),
                        ),
                        ("answer_ko", models.TextField(blank=True, verbose_name="answer (Korean)")),
                        (
                            "question_en",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="question (English)"
                            ),
                        ),
                        (
                            "answer_en",
                            models.TextField(blank=True, verbose_name="answer (English)"),
                        ),
                        ("published_at", models.DateTimeField(editable=False)),
                        ("changed_at", models.DateTimeField(editable=False)),
                        ("reviewed_at", models.DateTimeField(editable=False)),
                        (
                            "review_by",
                            models.DateTimeField(editable=False, verbose_name="to be reviewed by"),
                        ),
                        ("withdrawn_at", models.DateTimeField(editable=False, null=True)),
                        (
                            "withdrawn_because",
                            models.CharField(blank=True, editable=False, max_length=300),
                        ),
                        (
                            "grams",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40),
                                default=list,
                                editable=False,
                                size=None,
                            ),
                        ),
                        (
                            "changed_by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "office",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="articles",
                                to="people.office",
                                verbose_name="office",
                            ),
                        ),
                        (
                            "reviewed_by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="articles",
                                to="channels_app.message",
                            ),
                        ),
                        (
                            "written_by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "article",
                        "verbose_name_plural": "articles",
                        "ordering": ["-reviewed_at", "-id"],
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["grams"], name="article_grams"
                            ),
                            models.Index(
                                condition=models.Q(("withdrawn_at", None)),
                                fields=["-reviewed_at", "-id"],
                                name="article_newest",
                            ),
                            models.Index(
                                condition=models.Q(("withdrawn_at", None)),
                                fields=["-changed_at", "-id"],
                                name="article_changed",
                            ),
                            models.Index(
                                condition=models.Q(("withdrawn_at", None)),
                                fields=["review_by", "id"],
                                name="article_to_review",
                            ),
                            models.Index(
                                condition=models.Q(("withdrawn_at", None)),
                                fields=["office", "review_by", "id"],
                                name="article_of_office",
                            ),
                            models.Index(fields=["-withdrawn_at", "-id"], name="article_withdrawn"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("question_en", ""), ("question_ko", ""), _negated=True
                                    ),
                                    models.Q(
                                        models.Q(("answer_ko", ""), ("question_ko", "")),
                                        models.Q(
                                            models.Q(("question_ko", ""), _negated=True),
                                            models.Q(("answer_ko", ""), _negated=True),
                                        ),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        models.Q(("answer_en", ""), ("question_en", "")),
                                        models.Q(
                                            models.Q(("question_en", ""), _negated=True),
                                            models.Q(("answer_en", ""), _negated=True),
                                        ),
                                        _connector="OR",
                                    ),
                                ),
                                name="article_speaks_a_language",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("withdrawn_at__isnull", True), ("withdrawn_because", "")
                                    ),
                                    models.Q(
                                        ("withdrawn_at__isnull", False),
                                        models.Q(("withdrawn_because", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="article_withdrawn_for_a_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("review_by__gte", models.F("reviewed_at"))),
                                name="article_holds_after_its_review",
                            ),
                        ],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="knowledgearticle",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "channels_app_knowledgearticleevent" ("answer_en", "answer_ko", "changed_at", "changed_by_id", "id", "office_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "question_en", "question_ko", "review_by", "reviewed_at", "reviewed_by_id", "slug", "source_id", "withdrawn_at", "withdrawn_because", "written_by_id") VALUES (NEW."answer_en", NEW."answer_ko", NEW."changed_at", NEW."changed_by_id", NEW."id", NEW."office_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."published_at", NEW."question_en", NEW."question_ko", NEW."review_by", NEW."reviewed_at", NEW."reviewed_by_id", NEW."slug", NEW."source_id", NEW."withdrawn_at", NEW."withdrawn_because", NEW."written_by_id"); RETURN NULL;',
                            hash="3763675cff9fb06ff890a7246a3a46e81b51d256",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_4ef0e",
                            table="channels_app_knowledgearticle",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="knowledgearticle",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."answer_en" IS DISTINCT FROM (NEW."answer_en") OR OLD."answer_ko" IS DISTINCT FROM (NEW."answer_ko") OR OLD."changed_at" IS DISTINCT FROM (NEW."changed_at") OR OLD."changed_by_id" IS DISTINCT FROM (NEW."changed_by_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."office_id" IS DISTINCT FROM (NEW."office_id") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."question_en" IS DISTINCT FROM (NEW."question_en") OR OLD."question_ko" IS DISTINCT FROM (NEW."question_ko") OR OLD."review_by" IS DISTINCT FROM (NEW."review_by") OR OLD."reviewed_at" IS DISTINCT FROM (NEW."reviewed_at") OR OLD."reviewed_by_id" IS DISTINCT FROM (NEW."reviewed_by_id") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."source_id" IS DISTINCT FROM (NEW."source_id") OR OLD."withdrawn_at" IS DISTINCT FROM (NEW."withdrawn_at") OR OLD."withdrawn_because" IS DISTINCT FROM (NEW."withdrawn_because") OR OLD."written_by_id" IS DISTINCT FROM (NEW."written_by_id"))',
                            func='INSERT INTO "channels_app_knowledgearticleevent" ("answer_en", "answer_ko", "changed_at", "changed_by_id", "id", "office_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "question_en", "question_ko", "review_by", "reviewed_at", "reviewed_by_id", "slug", "source_id", "withdrawn_at", "withdrawn_because", "written_by_id") VALUES (NEW."answer_en", NEW."answer_ko", NEW."changed_at", NEW."changed_by_id", NEW."id", NEW."office_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."published_at", NEW."question_en", NEW."question_ko", NEW."review_by", NEW."reviewed_at", NEW."reviewed_by_id", NEW."slug", NEW."source_id", NEW."withdrawn_at", NEW."withdrawn_because", NEW."written_by_id"); RETURN NULL;',
                            hash="242eb89659912f39f67a65b500c1ebcf85519c35",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_48409",
                            table="channels_app_knowledgearticle",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="knowledgearticle",
                    trigger=pgtrigger.compiler.Trigger(
                        name="passages_of_article",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    DELETE FROM channels_app_passage WHERE article_id = NEW.id;\n    INSERT INTO channels_app_passagedue (article_id) VALUES (NEW.id) ON CONFLICT DO NOTHING;\n    RETURN NULL;\n    ",
                            hash="9a87baf114a89228073473a1a380910203871345",
                            operation='INSERT OR UPDATE OF "question_ko", "answer_ko", "question_en", "answer_en", "office_id", "withdrawn_at"',
                            pgid="pgtrigger_passages_of_article_ff285",
                            table="channels_app_knowledgearticle",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="KnowledgeArticleEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("slug", models.CharField(editable=False, max_length=80)),
                        (
                            "question_ko",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="question (Korean)"
                            ),
                        ),
                        ("answer_ko", models.TextField(blank=True, verbose_name="answer (Korean)")),
                        (
                            "question_en",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="question (English)"
                            ),
                        ),
                        (
                            "answer_en",
                            models.TextField(blank=True, verbose_name="answer (English)"),
                        ),
                        ("published_at", models.DateTimeField(editable=False)),
                        ("changed_at", models.DateTimeField(editable=False)),
                        ("reviewed_at", models.DateTimeField(editable=False)),
                        (
                            "review_by",
                            models.DateTimeField(editable=False, verbose_name="to be reviewed by"),
                        ),
                        ("withdrawn_at", models.DateTimeField(editable=False, null=True)),
                        (
                            "withdrawn_because",
                            models.CharField(blank=True, editable=False, max_length=300),
                        ),
                        (
                            "changed_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "office",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="people.office",
                                verbose_name="office",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="channels_app.knowledgearticle",
                            ),
                        ),
                        (
                            "reviewed_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="channels_app.message",
                            ),
                        ),
                        (
                            "written_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="KnownWord",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("word", models.CharField(max_length=40, unique=True)),
                        ("jamo", models.CharField(max_length=160)),
                        ("seen", models.PositiveIntegerField()),
                    ],
                    options={
                        "verbose_name": "known word",
                        "verbose_name_plural": "known words",
                        "ordering": ["-seen", "word"],
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["jamo"], name="word_jamo", opclasses=["gin_trgm_ops"]
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Lane",
                    fields=[
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("mail", "e-mail"),
                                    ("phone", "mobile phone"),
                                    ("push", "notices of a browser"),
                                ],
                                max_length=5,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("paused_at", models.DateTimeField()),
                        ("try_at", models.DateTimeField()),
                        ("why", models.CharField(max_length=200)),
                    ],
                    options={
                        "verbose_name": "paused channel",
                        "verbose_name_plural": "paused channels",
                    },
                ),
                migrations.CreateModel(
                    name="Message",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=0, editable=False)),
                        ("due_at", models.DateTimeField(editable=False, null=True)),
                        ("code", models.CharField(editable=False, max_length=20, unique=True)),
                        (
                            "nonce",
                            models.CharField(
                                default=channels_app.sealing.fresh_nonce,
                                editable=False,
                                max_length=32,
                            ),
                        ),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("web", "this site"),
                                    ("api", "another app"),
                                    ("phone", "the telephone"),
                                    ("letter", "a letter"),
                                    ("counter", "the counter"),
                                    ("tour", "a listening tour"),
                                    ("mail", "e-mail"),
                                    ("feed", "a blog or a feed"),
                                ],
                                default="web",
                                max_length=12,
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("complaint", "Complaint"),
                                    ("idea", "Idea"),
                                    ("question", "Question"),
                                    ("hazard", "Danger"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("language", models.CharField(default="ko", max_length=2)),
                        ("text", models.TextField()),
                        ("masked_text", models.TextField(editable=False)),
                        ("client_key", models.UUIDField(editable=False, null=True)),
                        ("request_digest", models.CharField(editable=False, max_length=64)),
                        ("received_at", models.DateTimeField(editable=False)),
                        ("route_by", models.DateTimeField(editable=False)),
                        ("first_due_at", models.DateTimeField(editable=False)),
                        ("needs_reader", models.BooleanField(default=False, editable=False)),
                        (
                            "routing_failures",
                            models.PositiveSmallIntegerField(default=0, editable=False),
                        ),
                        ("hand_backs", models.PositiveSmallIntegerField(default=0, editable=False)),
                        ("replied_at", models.DateTimeField(editable=False, null=True)),
                        (
                            "set_aside_reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("spam", "it is advertising or was sent by a machine"),
                                    ("abuse", "it only insults or threatens somebody"),
                                    ("empty", "it says nothing we could answer"),
                                    ("erased", "its author had it erased"),
                                    (
                                        "split",
                                        "it was split off by mistake and stays with the first message",
                                    ),
                                ],
                                editable=False,
                                max_length=12,
                            ),
                        ),
                        (
                            "publication",
                            models.CharField(
                                choices=[
                                    ("private", "only the office"),
                                    ("held", "waiting to be shown"),
                                    ("public", "everyone"),
                                    ("hidden", "hidden"),
                                ],
                                default="private",
                                editable=False,
                                max_length=8,
                            ),
                        ),
                        (
                            "hidden_reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    (
                                        "reported",
                                        "somebody reported it; we decide within three days",
                                    ),
                                    ("personal", "it names or shows a person"),
                                    ("abuse", "it insults or threatens somebody"),
                                    ("advertising", "it is advertising"),
                                    ("author", "the author asked for it"),
                                ],
                                editable=False,
                                max_length=12,
                            ),
                        ),
                        ("publication_due_at", models.DateTimeField(editable=False, null=True)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("received", "received"),
                                    ("routed", "with the office"),
                                    ("at_work", "at work"),
                                    ("answered", "answer leaving"),
                                    ("replied", "answered"),
                                    ("set_aside", "set aside"),
                                    ("joined", "joined to the same matter"),
                                ],
                                default="received",
                                editable=False,
                                max_length=20,
                            ),
                        ),
                        (
                            "contact",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="messages",
                                to="channels_app.contact",
                            ),
                        ),
                        (
                            "office",
                            models.ForeignKey(
                                db_index=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.office",
                            ),
                        ),
                        (
                            "body_digest",
                            models.CharField(blank=True, editable=False, max_length=64),
                        ),
                        (
                            "borough",
                            models.ForeignKey(
                                db_index=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.office",
                            ),
                        ),
                        (
                            "held_reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("tone", "a word that needs a person's eye"),
                                    ("photo", "it has a photo"),
                                    ("burst", "many messages came at once"),
                                    ("repeated", "the same words came again and again"),
                                    ("machine", "it looks as if a machine had filled in the form"),
                                ],
                                editable=False,
                                max_length=12,
                            ),
                        ),
                        ("latitude", models.FloatField(editable=False, null=True)),
                        (
                            "lead",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="joined",
                                to="channels_app.message",
                            ),
                        ),
                        ("longitude", models.FloatField(editable=False, null=True)),
                        (
                            "masked_place",
                            models.CharField(blank=True, editable=False, max_length=200),
                        ),
                        ("place", models.CharField(blank=True, editable=False, max_length=200)),
                        ("wants_public", models.BooleanField(default=False, editable=False)),
                        (
                            "client",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="messages",
                                to="channels_app.apiclient",
                            ),
                        ),
                        ("screened_at", models.DateTimeField(editable=False, null=True)),
                        (
                            "screened_by",
                            models.ForeignKey(
                                db_index=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("erased_at", models.DateTimeField(editable=False, null=True)),
                        (
                            "erased_because",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("retention", "its time was over"),
                                    ("request", "the person asked for it"),
                                ],
                                editable=False,
                                max_length=10,
                            ),
                        ),
                        (
                            "background_asked",
                            models.BooleanField(db_default=False, default=False, editable=False),
                        ),
                        ("clock_days", models.PositiveSmallIntegerField(editable=False, null=True)),
                        (
                            "clock_from",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(), editable=False
                            ),
                        ),
                        ("first_finish_at", models.DateTimeField(editable=False, null=True)),
                        ("fixed", models.BooleanField(editable=False, null=True)),
                        (
                            "interims",
                            models.PositiveSmallIntegerField(
                                db_default=0, default=0, editable=False
                            ),
                        ),
                        ("met_at", models.DateTimeField(editable=False, null=True)),
                        ("met_due_at", models.DateTimeField(editable=False, null=True)),
                        (
                            "moves",
                            models.PositiveSmallIntegerField(
                                db_default=0, default=0, editable=False
                            ),
                        ),
                        (
                            "round",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (0, "first time"),
                                    (1, "not solved"),
                                    (2, "appeal to the head"),
                                ],
                                db_default=0,
                                default=0,
                                editable=False,
                            ),
                        ),
                        (
                            "told_version",
                            models.PositiveIntegerField(db_default=0, default=0, editable=False),
                        ),
                        ("waiting_since", models.DateTimeField(editable=False, null=True)),
                        ("waiting_until", models.DateTimeField(editable=False, null=True)),
                        (
                            "wants_news",
                            models.BooleanField(db_default=True, default=True, editable=False),
                        ),
                        (
                            "topic",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="messages",
                                to="channels_app.topic",
                            ),
                        ),
                        (
                            "entered_by",
                            models.ForeignKey(
                                db_index=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "spoken_for",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("self", "for themself"),
                                    (
                                        "other",
                                        "for somebody else, for example a parent or a neighbour",
                                    ),
                                    (
                                        "group",
                                        "for several people, for example a group of residents",
                                    ),
                                ],
                                db_default="",
                                editable=False,
                                max_length=5,
                            ),
                        ),
                        ("new_words_since", models.DateTimeField(editable=False, null=True)),
                        (
                            "split_from",
                            models.ForeignKey(
                                db_index=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="split_off",
                                to="channels_app.message",
                            ),
                        ),
                        (
                            "summed_up",
                            models.BooleanField(db_default=False, default=False, editable=False),
                        ),
                    ],
                    options={
                        "verbose_name": "message",
                        "verbose_name_plural": "messages",
                        "ordering": ["-id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("publication", "public")),
                                fields=["-received_at", "-id"],
                                name="message_wall",
                            ),
                            models.Index(
                                condition=models.Q(("publication", "public")),
                                fields=["-replied_at", "-id"],
                                name="message_answered",
                            ),
                            models.Index(
                                condition=models.Q(("needs_reader", False), ("status", "received")),
                                fields=["id"],
                                name="message_to_route",
                            ),
                            models.Index(
                                condition=models.Q(("publication_due_at__isnull", False)),
                                fields=["publication_due_at", "id"],
                                name="message_reported",
                            ),
                            models.Index(
                                condition=models.Q(("publication", "public")),
                                fields=["borough", "-received_at", "-id"],
                                name="message_of_borough",
                            ),
                            models.Index(
                                condition=models.Q(("publication", "public")),
                                fields=["office", "-received_at", "-id"],
                                name="message_of_office",
                            ),
                            models.Index(
                                condition=models.Q(("publication", "held")),
                                fields=["body_digest", "id"],
                                name="message_held_alike",
                            ),
                            models.Index(
                                condition=models.Q(("screened_at__isnull", False)),
                                fields=["-screened_at", "-id"],
                                name="message_screened",
                            ),
                            models.Index(
                                condition=models.Q(
                                    ("erased_at__isnull", True),
                                    ("status__in", ("replied", "set_aside", "joined")),
                                ),
                                fields=["received_at", "id"],
                                name="message_kept",
                            ),
                            models.Index(
                                condition=models.Q(
                                    ("status__in", frozenset(["joined", "replied", "set_aside"])),
                                    _negated=True,
                                ),
                                fields=["due_at", "id"],
                                name="message_clock",
                            ),
                            models.Index(
                                condition=models.Q(
                                    models.Q(
                                        (
                                            "status__in",
                                            frozenset(["joined", "replied", "set_aside"]),
                                        ),
                                        _negated=True,
                                    ),
                                    ("clock_days__isnull", False),
                                ),
                                fields=["clock_from", "id"],
                                name="message_recount",
                            ),
                            models.Index(
                                condition=models.Q(("waiting_until__isnull", False)),
                                fields=["waiting_until", "id"],
                                name="message_author_asked",
                            ),
                            models.Index(
                                condition=models.Q(("told_version__lt", models.F("version"))),
                                fields=["id"],
                                name="message_untold",
                            ),
                            models.Index(
                                condition=models.Q(
                                    ("status__in", ("received", "routed", "at_work"))
                                ),
                                fields=["office", "due_at", "id"],
                                name="message_queue",
                            ),
                            models.Index(
                                condition=models.Q(
                                    ("status__in", ("received", "routed", "at_work"))
                                ),
                                fields=["due_at", "id"],
                                name="message_all_queues",
                            ),
                            models.Index(
                                condition=models.Q(
                                    ("publication", "public"),
                                    ("status__in", ("received", "routed", "at_work", "answered")),
                                ),
                                fields=["due_at", "id"],
                                name="message_public_waiting",
                            ),
                            models.Index(
                                condition=models.Q(
                                    ("publication", "public"), ("topic__isnull", True)
                                ),
                                fields=["id"],
                                name="message_without_topic",
                            ),
                            models.Index(
                                condition=models.Q(
                                    ("publication", "public"), ("replied_at__isnull", False)
                                ),
                                fields=["office", "-replied_at", "-id"],
                                name="message_answered_by",
                            ),
                            models.Index(
                                condition=models.Q(
                                    ("publication", "public"), ("replied_at__isnull", False)
                                ),
                                fields=["borough", "-replied_at", "-id"],
                                name="message_answered_in",
                            ),
                            models.Index(
                                condition=models.Q(
                                    models.Q(("publication", "public"), _negated=True),
                                    models.Q(("status", "set_aside"), _negated=True),
                                ),
                                fields=["office", "received_at"],
                                name="message_not_shown",
                            ),
                            models.Index(
                                condition=models.Q(
                                    ("entered_by__isnull", False), ("publication", "public")
                                ),
                                fields=["-received_at", "-id"],
                                name="message_on_behalf",
                            ),
                            models.Index(
                                condition=models.Q(("new_words_since__isnull", False)),
                                fields=["new_words_since", "id"],
                                name="message_new_words",
                            ),
                            models.Index(
                                condition=models.Q(("split_from__isnull", False)),
                                fields=["split_from", "id"],
                                name="message_split_off",
                            ),
                            models.Index(fields=["received_at"], name="message_day"),
                            models.Index(
                                condition=models.Q(
                                    ("publication", "public"),
                                    ("status__in", ("received", "routed", "at_work", "answered")),
                                ),
                                fields=["office", "due_at", "id"],
                                name="message_open_of_office",
                            ),
                            models.Index(
                                condition=models.Q(
                                    ("publication", "public"),
                                    ("status__in", ("received", "routed", "at_work", "answered")),
                                ),
                                fields=["borough", "due_at", "id"],
                                name="message_open_of_borough",
                            ),
                            models.Index(
                                condition=models.Q(
                                    ("publication", "public"),
                                    models.Q(("status", "set_aside"), _negated=True),
                                ),
                                fields=["office", "borough", "-received_at", "-id"],
                                name="message_of_both",
                            ),
                            models.Index(
                                condition=models.Q(("status", "set_aside")),
                                fields=["-received_at", "-id"],
                                name="message_aside",
                            ),
                            models.Index(
                                condition=models.Q(("status", "set_aside")),
                                fields=["office", "-received_at", "-id"],
                                name="message_aside_of",
                            ),
                            django.contrib.postgres.indexes.GinIndex(
                                django.contrib.postgres.indexes.OpClass(
                                    "masked_text", "gin_trgm_ops"
                                ),
                                django.db.models.functions.datetime.TruncMonth(
                                    "received_at", tzinfo=UTC
                                ),
                                condition=models.Q(("publication", "public")),
                                name="message_similar_lately",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("publication", "hidden"), _negated=True),
                                    models.Q(("hidden_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="message_hidden_has_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "set_aside"), _negated=True),
                                    models.Q(("set_aside_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="message_set_aside_has_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("status__in", frozenset(["joined", "replied", "set_aside"])),
                                    models.Q(("due_at__isnull", False), ("office__isnull", False)),
                                    _connector="OR",
                                ),
                                name="message_unfinished_has_owner_and_date",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("client_key__isnull", False)),
                                fields=("client", "client_key"),
                                name="message_client_key_once",
                                nulls_distinct=False,
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("lead__isnull", False), ("status", "joined")),
                                    models.Q(
                                        models.Q(("status", "joined"), _negated=True),
                                        ("lead__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="message_joined_has_lead",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("publication", "held"), _negated=True),
                                    models.Q(("held_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="message_held_has_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("latitude__isnull", True), ("longitude__isnull", True)
                                    ),
                                    models.Q(
                                        ("latitude__gte", -90),
                                        ("latitude__lte", 90),
                                        ("longitude__gte", -180),
                                        ("longitude__lte", 180),
                                    ),
                                    _connector="OR",
                                ),
                                name="message_position_is_whole",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("erased_at__isnull", True), ("erased_because", "")),
                                    models.Q(
                                        ("contact__isnull", True),
                                        ("erased_at__isnull", False),
                                        ("place", ""),
                                        ("text", ""),
                                        ("body_digest", ""),
                                        ("latitude__isnull", True),
                                        ("request_digest", ""),
                                        models.Q(("erased_because", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="message_erased_holds_nothing",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("waiting_since__isnull", True),
                                        ("waiting_until__isnull", True),
                                    ),
                                    models.Q(
                                        ("waiting_since__isnull", False),
                                        ("waiting_until__gte", models.F("waiting_since")),
                                    ),
                                    _connector="OR",
                                ),
                                name="message_waiting_is_whole",
                            ),
                        ],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="message",
                    trigger=pgtrigger.compiler.Trigger(
                        name="passages_of_message",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'UPDATE' THEN\n      IF (OLD.masked_text, OLD.masked_place, OLD.publication, OLD.status = 'set_aside')\n         IS DISTINCT FROM\n         (NEW.masked_text, NEW.masked_place, NEW.publication, NEW.status = 'set_aside')\n         OR (NEW.publication <> 'public' AND OLD.office_id IS DISTINCT FROM NEW.office_id) THEN\n        DELETE FROM channels_app_passage WHERE message_id = NEW.id;\n      ELSIF (OLD.office_id, OLD.borough_id, OLD.kind, OLD.channel,\n             OLD.status IN ('answered', 'at_work', 'received', 'routed'), OLD.status = 'replied')\n            IS NOT DISTINCT FROM\n            (NEW.office_id, NEW.borough_id, NEW.kind, NEW.channel,\n             NEW.status IN ('answered', 'at_work', 'received', 'routed'), NEW.status = 'replied') THEN\n        RETURN NULL;\n      END IF;\n    END IF;\n    INSERT INTO channels_app_passagedue (message_id) VALUES (NEW.id) ON CONFLICT DO NOTHING;\n    RETURN NULL;\n    ",
                            hash="ff60a09713fb4af47b99160e60356fcf448c3121",
                            operation='INSERT OR UPDATE OF "masked_text", "masked_place", "publication", "status", "office_id", "borough_id", "kind", "channel"',
                            pgid="pgtrigger_passages_of_message_8904d",
                            table="channels_app_message",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="message",
                    trigger=pgtrigger.compiler.Trigger(
                        name="counted_in",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO channels_app_countchange (day, office_id, borough_id, came, replied, in_time, late, not_shown) VALUES ((NEW.received_at AT TIME ZONE 'Asia/Seoul')::date, NEW.office_id, NEW.borough_id, ((NEW.publication = 'public' AND NEW.status <> 'set_aside'))::int, ((NEW.publication = 'public' AND NEW.status <> 'set_aside') AND NEW.status = 'replied')::int, ((NEW.publication = 'public' AND NEW.status <> 'set_aside') AND coalesce(NEW.met_at <= NEW.met_due_at, false))::int, ((NEW.publication = 'public' AND NEW.status <> 'set_aside') AND coalesce(NEW.met_at > NEW.met_due_at, false))::int, (NEW.publication <> 'public' AND NEW.status <> 'set_aside')::int); RETURN NULL;",
                            hash="e130100ae0665ec1d82610a7aad66784fbb1927a",
                            operation="INSERT",
                            pgid="pgtrigger_counted_in_aaba3",
                            table="channels_app_message",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="message",
                    trigger=pgtrigger.compiler.Trigger(
                        name="counted_anew",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."borough_id" IS DISTINCT FROM (NEW."borough_id") OR OLD."met_at" IS DISTINCT FROM (NEW."met_at") OR OLD."met_due_at" IS DISTINCT FROM (NEW."met_due_at") OR OLD."office_id" IS DISTINCT FROM (NEW."office_id") OR OLD."publication" IS DISTINCT FROM (NEW."publication") OR OLD."received_at" IS DISTINCT FROM (NEW."received_at") OR OLD."status" IS DISTINCT FROM (NEW."status"))',
                            func="IF ((OLD.received_at AT TIME ZONE 'Asia/Seoul')::date, OLD.office_id, OLD.borough_id, ((OLD.publication = 'public' AND OLD.status <> 'set_aside'))::int, ((OLD.publication = 'public' AND OLD.status <> 'set_aside') AND OLD.status = 'replied')::int, ((OLD.publication = 'public' AND OLD.status <> 'set_aside') AND coalesce(OLD.met_at <= OLD.met_due_at, false))::int, ((OLD.publication = 'public' AND OLD.status <> 'set_aside') AND coalesce(OLD.met_at > OLD.met_due_at, false))::int, (OLD.publication <> 'public' AND OLD.status <> 'set_aside')::int) IS DISTINCT FROM ((NEW.received_at AT TIME ZONE 'Asia/Seoul')::date, NEW.office_id, NEW.borough_id, ((NEW.publication = 'public' AND NEW.status <> 'set_aside'))::int, ((NEW.publication = 'public' AND NEW.status <> 'set_aside') AND NEW.status = 'replied')::int, ((NEW.publication = 'public' AND NEW.status <> 'set_aside') AND coalesce(NEW.met_at <= NEW.met_due_at, false))::int, ((NEW.publication = 'public' AND NEW.status <> 'set_aside') AND coalesce(NEW.met_at > NEW.met_due_at, false))::int, (NEW.publication <> 'public' AND NEW.status <> 'set_aside')::int) THEN INSERT INTO channels_app_countchange (day, office_id, borough_id, came, replied, in_time, late, not_shown) VALUES ((OLD.received_at AT TIME ZONE 'Asia/Seoul')::date, OLD.office_id, OLD.borough_id, -((OLD.publication = 'public' AND OLD.status <> 'set_aside'))::int, -((OLD.publication = 'public' AND OLD.status <> 'set_aside') AND OLD.status = 'replied')::int, -((OLD.publication = 'public' AND OLD.status <> 'set_aside') AND coalesce(OLD.met_at <= OLD.met_due_at, false))::int, -((OLD.publication = 'public' AND OLD.status <> 'set_aside') AND coalesce(OLD.met_at > OLD.met_due_at, false))::int, -(OLD.publication <> 'public' AND OLD.status <> 'set_aside')::int); INSERT INTO channels_app_countchange (day, office_id, borough_id, came, replied, in_time, late, not_shown) VALUES ((NEW.received_at AT TIME ZONE 'Asia/Seoul')::date, NEW.office_id, NEW.borough_id, ((NEW.publication = 'public' AND NEW.status <> 'set_aside'))::int, ((NEW.publication = 'public' AND NEW.status <> 'set_aside') AND NEW.status = 'replied')::int, ((NEW.publication = 'public' AND NEW.status <> 'set_aside') AND coalesce(NEW.met_at <= NEW.met_due_at, false))::int, ((NEW.publication = 'public' AND NEW.status <> 'set_aside') AND coalesce(NEW.met_at > NEW.met_due_at, false))::int, (NEW.publication <> 'public' AND NEW.status <> 'set_aside')::int); END IF; RETURN NULL;",
                            hash="d496f046feb8382c7eeb1cf1a5920c5728b64732",
                            operation="UPDATE",
                            pgid="pgtrigger_counted_anew_aec1e",
                            table="channels_app_message",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="message",
                    trigger=pgtrigger.compiler.Trigger(
                        name="counted_out",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO channels_app_countchange (day, office_id, borough_id, came, replied, in_time, late, not_shown) VALUES ((OLD.received_at AT TIME ZONE 'Asia/Seoul')::date, OLD.office_id, OLD.borough_id, -((OLD.publication = 'public' AND OLD.status <> 'set_aside'))::int, -((OLD.publication = 'public' AND OLD.status <> 'set_aside') AND OLD.status = 'replied')::int, -((OLD.publication = 'public' AND OLD.status <> 'set_aside') AND coalesce(OLD.met_at <= OLD.met_due_at, false))::int, -((OLD.publication = 'public' AND OLD.status <> 'set_aside') AND coalesce(OLD.met_at > OLD.met_due_at, false))::int, -(OLD.publication <> 'public' AND OLD.status <> 'set_aside')::int); RETURN NULL;",
                            hash="5cf87f13feb00c3148438bf22f54ce836c4617cf",
                            operation="DELETE",
                            pgid="pgtrigger_counted_out_78a83",
                            table="channels_app_message",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="MessageStep",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("seq", models.PositiveIntegerField()),
                        ("from_status", models.CharField(blank=True, max_length=20)),
                        ("to_status", models.CharField(max_length=20)),
                        ("due_at", models.DateTimeField(null=True)),
                        ("at", models.DateTimeField()),
                        ("text_digest", models.CharField(blank=True, max_length=64)),
                        ("note_hash", models.CharField(blank=True, max_length=64)),
                        (
                            "by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "by_office",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.office",
                            ),
                        ),
                        (
                            "office",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.office",
                            ),
                        ),
                        (
                            "root",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="steps",
                                to="channels_app.message",
                            ),
                        ),
                        ("cause", models.CharField(blank=True, db_default="", max_length=12)),
                    ],
                    options={
                        "ordering": ["seq"],
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(fields=("root", "seq"), name="messagestep_once")
                        ],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="messagestep",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="90f9fa87351710251d948d26f0aad1b59870e990",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_3f61c",
                            table="channels_app_messagestep",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="messagestep",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION '% is never emptied', TG_TABLE_NAME;",
                            hash="b662ca03aea732c59aff85bf571064bc15af273f",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_1fa97",
                            table="channels_app_messagestep",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="messagestep",
                    trigger=pgtrigger.compiler.Trigger(
                        name="to_be_sealed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO lifecycle_unsealed (kind, step) SELECT regexp_replace('messagestep', 'step$', ''), id FROM fresh ORDER BY id; RETURN NULL;",
                            hash="e575b9ad90f54b8c6d9c1a9d0f568ffc7af6b5ef",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_to_be_sealed_fe336",
                            referencing="REFERENCING NEW TABLE AS fresh ",
                            table="channels_app_messagestep",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="MessageStepNote",
                    fields=[
                        ("text", models.TextField(blank=True)),
                        ("salt", models.CharField(blank=True, max_length=32)),
                        (
                            "step",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="note",
                                serialize=False,
                                to="channels_app.messagestep",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="MiddleTime",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "by",
                            models.CharField(
                                choices=[("office", "Office"), ("borough", "Borough")], max_length=7
                            ),
                        ),
                        ("took", models.DurationField()),
                        ("counted_at", models.DateTimeField()),
                        (
                            "place",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.office",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["by", "place"],
                        "constraints": [
                            models.UniqueConstraint(fields=("by", "place"), name="middletime_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Notice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("key", models.CharField(max_length=80)),
                        ("what_ko", models.CharField(max_length=300)),
                        ("what_en", models.CharField(max_length=300)),
                        ("next_ko", models.CharField(blank=True, max_length=300)),
                        ("next_en", models.CharField(blank=True, max_length=300)),
                        ("next_at", models.DateTimeField(null=True)),
                        ("path", models.CharField(max_length=200)),
                        ("is_late", models.BooleanField(default=False)),
                        ("at", models.DateTimeField()),
                        (
                            "topic",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="notices",
                                to="channels_app.topic",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "notice",
                        "verbose_name_plural": "notices",
                        "ordering": ["-at", "-id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("topic", "key"), name="notice_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Passage",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("message", "What citizens say"),
                                    ("answer", "What the city answers"),
                                    ("article", "What is asked often"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("language", models.CharField(blank=True, max_length=2)),
                        ("public", models.BooleanField()),
                        ("at", models.DateTimeField()),
                        ("letters", models.TextField()),
                        (
                            "traits",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40), size=None
                            ),
                        ),
                        (
                            "pieces",
                            models.GeneratedField(
                                db_persist=True,
                                expression=models.Func(
                                    models.F("letters"),
                                    models.F("traits"),
                                    function="search_pieces",
                                ),
                                output_field=django.contrib.postgres.search.SearchVectorField(),
                            ),
                        ),
                        (
                            "article",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="passages",
                                to="channels_app.knowledgearticle",
                            ),
                        ),
                        (
                            "message",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="passages",
                                to="channels_app.message",
                            ),
                        ),
                        (
                            "reply",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="passage",
                                to="channels_app.reply",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "text that can be found",
                        "verbose_name_plural": "texts that can be found",
                        "ordering": ["-at", "-id"],
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                fastupdate=False, fields=["pieces"], name="passage_pieces"
                            ),
                            models.Index(fields=["-at", "-id"], name="passage_newest"),
                            models.Index(
                                condition=models.Q(("public", True)),
                                fields=["-at", "-id"],
                                name="passage_public",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("article__isnull", False), ("message__isnull", True)),
                                    models.Q(("article__isnull", True), ("message__isnull", False)),
                                    _connector="OR",
                                ),
                                name="passage_of_message_or_article",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PassageDue",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "article",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="channels_app.knowledgearticle",
                            ),
                        ),
                        (
                            "message",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="channels_app.message",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="PhotoChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("is_shown", models.BooleanField()),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "photo",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="changes",
                                to="channels_app.attachment",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "change of a photo",
                        "verbose_name_plural": "changes of photos",
                        "ordering": ["at", "id"],
                    },
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
                pgtrigger.migrations.AddTrigger(
                    model_name="photochange",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION '% is never emptied', TG_TABLE_NAME;",
                            hash="dd4c5303c709d6ee2f4a425945cd79998a61e778",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_e4d05",
                            table="channels_app_photochange",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="PublicationChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "came_from",
                            models.CharField(
                                choices=[
                                    ("private", "only the office"),
                                    ("held", "waiting to be shown"),
                                    ("public", "everyone"),
                                    ("hidden", "hidden"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "to",
                            models.CharField(
                                choices=[
                                    ("private", "only the office"),
                                    ("held", "waiting to be shown"),
                                    ("public", "everyone"),
                                    ("hidden", "hidden"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    (
                                        "reported",
                                        "somebody reported it; we decide within three days",
                                    ),
                                    ("personal", "it names or shows a person"),
                                    ("abuse", "it insults or threatens somebody"),
                                    ("advertising", "it is advertising"),
                                    ("author", "the author asked for it"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("words", models.TextField(blank=True)),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "message",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="publication_changes",
                                to="channels_app.message",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "id"],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="publicationchange",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="45977f85477029d600ad663e769843b42af3d13b",
                            operation="DELETE",
                            pgid="pgtrigger_append_only_delete_49f2d",
                            table="channels_app_publicationchange",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="publicationchange",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION '% is never emptied', TG_TABLE_NAME;",
                            hash="058679d1c27ab2909f3691c7fd8fcac8bffe848a",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_36030",
                            table="channels_app_publicationchange",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="Rating",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "clear",
                            models.CharField(
                                choices=[("yes", "Yes"), ("partly", "Partly"), ("no", "No")],
                                max_length=6,
                            ),
                        ),
                        (
                            "heard",
                            models.CharField(
                                choices=[("yes", "Yes"), ("partly", "Partly"), ("no", "No")],
                                max_length=6,
                            ),
                        ),
                        ("words", models.TextField(blank=True)),
                        ("masked_words", models.TextField(blank=True)),
                        ("at", models.DateTimeField()),
                        ("changed_at", models.DateTimeField(null=True)),
                        (
                            "message",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ratings",
                                to="channels_app.message",
                            ),
                        ),
                        (
                            "office",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.office",
                            ),
                        ),
                        (
                            "reply",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ratings",
                                to="channels_app.reply",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "rating",
                        "verbose_name_plural": "ratings",
                        "ordering": ["at", "id"],
                        "indexes": [
                            models.Index(
                                fields=["office", "at"],
                                include=("clear", "heard"),
                                name="rating_of_office",
                            ),
                            models.Index(
                                fields=["at"],
                                include=("office", "clear", "heard"),
                                name="rating_by_time",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("message", "reply"), name="rating_once_an_answer"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Reading",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("page", models.CharField(max_length=60, verbose_name="page")),
                        ("at", models.DateTimeField(verbose_name="when")),
                        (
                            "message",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="readings",
                                to="channels_app.message",
                                verbose_name="message",
                            ),
                        ),
                        (
                            "office",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.office",
                                verbose_name="office",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "reading",
                        "verbose_name_plural": "readings",
                        "ordering": ["-at"],
                        "indexes": [
                            models.Index(fields=["user", "at"], name="reading_by_user"),
                            models.Index(fields=["at", "id"], name="reading_by_time"),
                        ],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="reading",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="d75a21d4d569706bee8dda48d73040510a0287da",
                            operation="UPDATE",
                            pgid="pgtrigger_append_only_7b569",
                            table="channels_app_reading",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="reading",
                    trigger=pgtrigger.compiler.Trigger(
                        name="kept_two_years",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.at > now() - interval '730 days')",
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="96a6ca026a63b75eb7d7efb5b6967ead39e71796",
                            operation="DELETE",
                            pgid="pgtrigger_kept_two_years_b8ce6",
                            table="channels_app_reading",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="reading",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION '% is never emptied', TG_TABLE_NAME;",
                            hash="d430b1df6e12b5a3957cb00e7e8fb66475d82849",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_7c3d8",
                            table="channels_app_reading",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="Reminder",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("soon", "the date comes near"),
                                    ("late", "the date has passed"),
                                    ("head", "told to the head of the office"),
                                    ("mayor", "told to the mayor's office"),
                                ],
                                max_length=5,
                            ),
                        ),
                        ("due_at", models.DateTimeField()),
                        ("at", models.DateTimeField()),
                        (
                            "delivery",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reminders",
                                to="channels_app.delivery",
                            ),
                        ),
                        (
                            "message",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reminders",
                                to="channels_app.message",
                            ),
                        ),
                        (
                            "office",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.office",
                            ),
                        ),
                        ("told", models.BooleanField(db_default=False, default=False)),
                    ],
                    options={
                        "verbose_name": "reminder",
                        "verbose_name_plural": "reminders",
                        "ordering": ["at", "id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(
                                    ("delivery__isnull", True), ("office__isnull", False)
                                ),
                                fields=["office", "id"],
                                name="reminder_untold",
                            ),
                            models.Index(
                                condition=models.Q(("level", "late"), ("told", False)),
                                fields=["id"],
                                name="reminder_untold_outside",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("message", "level", "due_at"), name="reminder_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Reply",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("text", models.TextField()),
                        ("masked_text", models.TextField()),
                        ("written_at", models.DateTimeField()),
                        ("leaves_at", models.DateTimeField()),
                        ("published_at", models.DateTimeField(null=True)),
                        ("taken_back_at", models.DateTimeField(null=True)),
                        (
                            "by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "message",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replies",
                                to="channels_app.message",
                            ),
                        ),
                        (
                            "office",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.office",
                            ),
                        ),
                        (
                            "ground",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("legal", "a law or rule forbids it"),
                                    ("budget", "there is no money for it"),
                                    ("remit", "the city may not decide it"),
                                    ("conflict", "it harms others"),
                                    ("political", "the city has decided otherwise"),
                                ],
                                db_default="",
                                max_length=9,
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("closing", "the answer"),
                                    ("promising", "a promise with a finish date"),
                                    ("interim", "an interim answer"),
                                    ("question", "a question to the author"),
                                    ("progress", "how far it is"),
                                ],
                                db_default="closing",
                                default="closing",
                                max_length=9,
                            ),
                        ),
                        ("new_due_at", models.DateTimeField(null=True)),
                        ("next_door", models.TextField(blank=True, db_default="")),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("done", "It is done."),
                                    ("explained", "It is explained."),
                                    ("declined", "The city says no."),
                                ],
                                db_default="",
                                max_length=9,
                            ),
                        ),
                        ("reason", models.TextField(blank=True, db_default="")),
                        ("will_do", models.TextField(blank=True, db_default="")),
                    ],
                    options={
                        "ordering": ["written_at"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("published_at", None), ("taken_back_at", None)),
                                fields=["leaves_at"],
                                name="reply_leaving",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("published_at", None), ("taken_back_at", None)),
                                fields=("message",),
                                name="reply_one_at_a_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("outcome", "declined"), _negated=True),
                                    models.Q(
                                        models.Q(("ground", ""), _negated=True),
                                        models.Q(("reason", ""), _negated=True),
                                        models.Q(("next_door", ""), _negated=True),
                                        models.Q(("will_do", ""), _negated=True),
                                    ),
                                    ("text", ""),
                                    _connector="OR",
                                ),
                                name="reply_no_says_what_next",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("new_due_at__isnull", False),
                                    models.Q(("kind__in", ("promising", "interim")), _negated=True),
                                    _connector="OR",
                                ),
                                name="reply_new_date_is_named",
                            ),
                        ],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="reply",
                    trigger=pgtrigger.compiler.Trigger(
                        name="passages_of_reply",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF TG_OP = 'UPDATE' THEN\n      DELETE FROM channels_app_passage WHERE reply_id = NEW.id;\n    END IF;\n    IF NEW.published_at IS NOT NULL THEN\n      INSERT INTO channels_app_passagedue (message_id) VALUES (NEW.message_id) ON CONFLICT DO NOTHING;\n    END IF;\n    RETURN NULL;\n    ",
                            hash="dd83d70b6be3dad21dd23c1eb605de063ed595b3",
                            operation='INSERT OR UPDATE OF "masked_text", "reason", "next_door", "will_do", "published_at", "taken_back_at"',
                            pgid="pgtrigger_passages_of_reply_0416c",
                            table="channels_app_reply",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="RoutingDecision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("candidates", models.JSONField(default=list)),
                        ("reason", models.CharField(blank=True, max_length=200)),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "message",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="routing_decisions",
                                to="channels_app.message",
                            ),
                        ),
                        (
                            "office",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.office",
                            ),
                        ),
                        (
                            "instead_of",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.office",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="routingdecision",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="bd2b66ec811b1e6ca9443a51101b8ce5e1d5cfe3",
                            operation="DELETE",
                            pgid="pgtrigger_append_only_delete_25032",
                            table="channels_app_routingdecision",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="routingdecision",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."message_id" IS DISTINCT FROM (NEW."message_id") OR OLD."office_id" IS DISTINCT FROM (NEW."office_id") OR OLD."instead_of_id" IS DISTINCT FROM (NEW."instead_of_id") OR OLD."by_id" IS DISTINCT FROM (NEW."by_id") OR OLD."at" IS DISTINCT FROM (NEW."at"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="dd53ec097c961d93c416ce464f17d622fdf7d2c1",
                            operation="UPDATE",
                            pgid="pgtrigger_append_only_87a9d",
                            table="channels_app_routingdecision",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="routingdecision",
                    trigger=pgtrigger.compiler.Trigger(
                        name="only_blanked",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NEW.reason <> '' OR NEW.candidates <> '[]'::jsonb OR (OLD.reason = '' AND OLD.candidates = '[]'::jsonb))",
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="5a7b1d4e9810af331c9d9b8ab6733cd7948a65ed",
                            operation="UPDATE",
                            pgid="pgtrigger_only_blanked_d3211",
                            table="channels_app_routingdecision",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="routingdecision",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION '% is never emptied', TG_TABLE_NAME;",
                            hash="030edc40e1c1651440675010c954db98f68cfba9",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_53843",
                            table="channels_app_routingdecision",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="RoutingRule",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "words",
                            models.CharField(
                                blank=True,
                                max_length=40,
                                validators=[django.core.validators.MinLengthValidator(2)],
                                verbose_name="words",
                            ),
                        ),
                        (
                            "pattern",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("bus_route", "a bus route"),
                                    ("subway_line", "a subway line"),
                                ],
                                max_length=20,
                                verbose_name="or a pattern",
                            ),
                        ),
                        (
                            "points",
                            models.FloatField(
                                default=1.0,
                                validators=[django.core.validators.MinValueValidator(0.1)],
                                verbose_name="points",
                            ),
                        ),
                        (
                            "decides",
                            models.BooleanField(default=False, verbose_name="decides alone"),
                        ),
                        ("active", models.BooleanField(default=True, verbose_name="in use")),
                        (
                            "office",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="routing_rules",
                                to="people.office",
                                verbose_name="office",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "routing keyword",
                        "verbose_name_plural": "routing keywords",
                        "ordering": ["office", "words"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("office", "words", "pattern"), name="routingrule_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        models.Q(("words", ""), _negated=True), ("pattern", "")
                                    ),
                                    models.Q(
                                        ("words", ""), models.Q(("pattern", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="routingrule_words_or_pattern",
                            ),
                        ],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="routingrule",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "channels_app_routingruleevent" ("active", "decides", "id", "office_id", "pattern", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "points", "words") VALUES (NEW."active", NEW."decides", NEW."id", NEW."office_id", NEW."pattern", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."points", NEW."words"); RETURN NULL;',
                            hash="a331c4e56f856f0b76de6bcf7540bdbcf1b73a0e",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_70d83",
                            table="channels_app_routingrule",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="routingrule",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "channels_app_routingruleevent" ("active", "decides", "id", "office_id", "pattern", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "points", "words") VALUES (NEW."active", NEW."decides", NEW."id", NEW."office_id", NEW."pattern", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."points", NEW."words"); RETURN NULL;',
                            hash="334f96272072e32ce91aba46e067a7733aa5808d",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_20964",
                            table="channels_app_routingrule",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="RoutingRuleEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "words",
                            models.CharField(
                                blank=True,
                                max_length=40,
                                validators=[django.core.validators.MinLengthValidator(2)],
                                verbose_name="words",
                            ),
                        ),
                        (
                            "pattern",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("bus_route", "a bus route"),
                                    ("subway_line", "a subway line"),
                                ],
                                max_length=20,
                                verbose_name="or a pattern",
                            ),
                        ),
                        (
                            "points",
                            models.FloatField(
                                default=1.0,
                                validators=[django.core.validators.MinValueValidator(0.1)],
                                verbose_name="points",
                            ),
                        ),
                        (
                            "decides",
                            models.BooleanField(default=False, verbose_name="decides alone"),
                        ),
                        ("active", models.BooleanField(default=True, verbose_name="in use")),
                        (
                            "office",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="people.office",
                                verbose_name="office",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="channels_app.routingrule",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Sheet",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                        (
                            "by",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(
                                    ("asked_at__isnull", False), ("ended_at__isnull", True)
                                ),
                                fields=["asked_at", "id"],
                                name="sheet_to_take_in",
                            ),
                            models.Index(fields=["by", "-at"], name="sheet_of_officer"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Thread",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("root", models.CharField(max_length=64)),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="threads",
                                to="channels_app.account",
                            ),
                        ),
                        (
                            "message",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="threads",
                                to="channels_app.message",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("account", "root"), name="thread_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Topic",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("message", "message"), ("suggestion", "suggestion")],
                                max_length=12,
                            ),
                        ),
                        ("code", models.CharField(max_length=20, unique=True)),
                        ("title", models.CharField(max_length=200)),
                        ("text", models.TextField()),
                        ("language", models.CharField(default="ko", max_length=2)),
                        ("shown", models.BooleanField(default=True)),
                        ("opened_at", models.DateTimeField()),
                        (
                            "office",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.office",
                            ),
                        ),
                        ("over_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "verbose_name": "topic",
                        "verbose_name_plural": "topics",
                        "ordering": ["-opened_at", "-id"],
                    },
                ),
            ]
        ),
        migrations.RunPython(keywords.plant, keywords.uproot),
        migrations.RunPython(duties.plant, duties.uproot),
    ]
