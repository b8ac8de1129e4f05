"""What the city knows of an idea on its way: every table of suggestions."""

import channels_app.sealing
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models
from lifecycle.tables import AllAtOnce


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("channels_app", "0036_taken_up"),
        ("people", "0004_user_history"),
    ]

    operations = [
        AllAtOnce(
            [
                migrations.CreateModel(
                    name="ActionItem",
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
                        ("title", models.CharField(max_length=200)),
                        ("partners", models.CharField(blank=True, max_length=200)),
                        (
                            "horizon",
                            models.CharField(
                                choices=[
                                    ("immediate", "immediate"),
                                    ("mid_term", "mid-term"),
                                    ("long_term", "long-term"),
                                ],
                                default="immediate",
                                max_length=9,
                            ),
                        ),
                        ("weight", models.PositiveSmallIntegerField(default=1)),
                        (
                            "percent",
                            models.PositiveSmallIntegerField(
                                default=0,
                                validators=[django.core.validators.MaxValueValidator(100)],
                            ),
                        ),
                        (
                            "blocker",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("legal", "a law or rule forbids it"),
                                    ("budget", "there is no money for it"),
                                    ("remit", "the city may not decide it"),
                                    ("conflict", "it harms others"),
                                    ("political", "the city has decided otherwise"),
                                ],
                                max_length=9,
                            ),
                        ),
                        ("why", models.TextField(blank=True)),
                        ("first_due_at", models.DateTimeField(editable=False)),
                        ("moves", models.PositiveSmallIntegerField(default=0, editable=False)),
                        ("planned_at", models.DateTimeField(editable=False)),
                        ("ended_at", models.DateTimeField(editable=False, null=True)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("under_review", "not begun"),
                                    ("under_way", "under way"),
                                    ("done", "done"),
                                    ("long_term", "in long-term review"),
                                    ("blocked", "blocked"),
                                    ("cancelled", "cancelled"),
                                ],
                                default="under_review",
                                editable=False,
                                max_length=20,
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
                            "suggestion",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="items",
                                to="suggestions.suggestion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "action item",
                        "verbose_name_plural": "action items",
                        "ordering": ["due_at", "id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(
                                    ("status__in", frozenset(["cancelled", "done"])), _negated=True
                                ),
                                fields=["office", "due_at", "id"],
                                name="actionitem_queue",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("due_at__isnull", False), ("office__isnull", False)
                                ),
                                name="actionitem_has_owner_and_date",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("weight__gte", 1), ("weight__lte", 100)),
                                name="actionitem_weighs_something",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("percent__lte", 100)),
                                name="actionitem_at_most_whole",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "done"), _negated=True),
                                    ("percent", 100),
                                    _connector="OR",
                                ),
                                name="actionitem_done_is_whole",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("status__in", ("blocked", "cancelled")), _negated=True
                                    ),
                                    models.Q(("why", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="actionitem_says_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("status", "blocked"),
                                        models.Q(("blocker", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("status", "blocked"), _negated=True),
                                        ("blocker", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="actionitem_blocked_by_something",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ActionItemStep",
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
                        ("cause", models.CharField(blank=True, db_default="", max_length=12)),
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
                                to="suggestions.actionitem",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["seq"],
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("root", "seq"), name="actionitemstep_once"
                            )
                        ],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="actionitemstep",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="d926df438f049735ae464912b7dad1373ccb7c95",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_9c25c",
                            table="suggestions_actionitemstep",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="actionitemstep",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION '% is never emptied', TG_TABLE_NAME;",
                            hash="99663769a6c0eba759b9900b4284cd036010337e",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_62497",
                            table="suggestions_actionitemstep",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="actionitemstep",
                    trigger=pgtrigger.compiler.Trigger(
                        name="to_be_sealed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO lifecycle_unsealed (kind, step) SELECT regexp_replace('actionitemstep', 'step$', ''), id FROM fresh ORDER BY id; RETURN NULL;",
                            hash="08e198ed99d15d170f589aef4db48f1dadcf3e96",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_to_be_sealed_a839f",
                            referencing="REFERENCING NEW TABLE AS fresh ",
                            table="suggestions_actionitemstep",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="ActionItemStepNote",
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
                                to="suggestions.actionitemstep",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Alike",
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
                        ("closeness", models.FloatField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("proposed", "a person decides"),
                                    ("confirmed", "the same matter"),
                                    ("rejected", "two matters"),
                                ],
                                default="proposed",
                                editable=False,
                                max_length=9,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("due_at", models.DateTimeField()),
                        ("decided_at", models.DateTimeField(null=True)),
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
                            "newer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="suggestions.suggestion",
                            ),
                        ),
                        (
                            "older",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="suggestions.suggestion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "two suggestions that may ask for the same",
                        "verbose_name_plural": "suggestions that may ask for the same",
                        "ordering": ["due_at", "id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "proposed")),
                                fields=["due_at", "id"],
                                name="alike_undecided",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("older", "newer"), name="alike_once"),
                            models.CheckConstraint(
                                condition=models.Q(("older__lt", models.F("newer"))),
                                name="alike_in_order",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AnswerRating",
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
                            "office",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.office",
                            ),
                        ),
                        (
                            "answer",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rating",
                                to="suggestions.officialanswer",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "rating of an official answer",
                        "verbose_name_plural": "ratings of official answers",
                        "ordering": ["at", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="Appeal",
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
                        ("against", models.CharField(max_length=20)),
                        ("text", models.TextField()),
                        ("masked_text", models.TextField()),
                        ("at", models.DateTimeField()),
                        ("due_at", models.DateTimeField()),
                        ("upheld", models.BooleanField(null=True)),
                        ("reason", models.TextField(blank=True)),
                        ("decided_at", models.DateTimeField(null=True)),
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
                            "office",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.office",
                            ),
                        ),
                        (
                            "suggestion",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="appeals",
                                to="suggestions.suggestion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "appeal",
                        "verbose_name_plural": "appeals",
                        "ordering": ["at", "id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("decided_at__isnull", True)),
                                fields=["office", "due_at"],
                                name="appeal_owed",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("suggestion", "against"), name="appeal_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("decided_at__isnull", True), ("upheld__isnull", True)
                                    ),
                                    models.Q(
                                        ("decided_at__isnull", False), ("upheld__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="appeal_decided_whole",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Attendance",
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
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attendances",
                                to="suggestions.meeting",
                            ),
                        ),
                        (
                            "seat",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attendances",
                                to="suggestions.seat",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("meeting", "seat"), name="attendance_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BudgetRow",
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
                            "year",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(2000),
                                    django.core.validators.MaxValueValidator(2100),
                                ],
                                verbose_name="year",
                            ),
                        ),
                        ("title", models.CharField(max_length=120, verbose_name="what it is for")),
                        ("planned", models.PositiveBigIntegerField(verbose_name="planned (won)")),
                        (
                            "spent",
                            models.PositiveBigIntegerField(
                                blank=True, null=True, verbose_name="spent (won)"
                            ),
                        ),
                        (
                            "office",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="budget",
                                to="people.office",
                                verbose_name="office",
                            ),
                        ),
                        (
                            "suggestion",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="budget",
                                to="suggestions.suggestion",
                                verbose_name="suggestion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "budget line",
                        "verbose_name_plural": "budget lines",
                        "ordering": ["-year", "-planned", "id"],
                        "indexes": [
                            models.Index(
                                fields=["year", "-planned", "-id"], name="budgetrow_of_year"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("suggestion", "year", "title"),
                                name="budgetrow_once",
                                violation_error_message="This line stands there already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("year__gte", 2000), ("year__lte", 2100)),
                                name="budgetrow_of_a_year",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Claim",
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
                            "result",
                            models.CharField(
                                choices=[
                                    ("programme", "a new supporting programme"),
                                    ("improvement", "an existing system was improved"),
                                    ("budget", "a new budget"),
                                ],
                                max_length=11,
                            ),
                        ),
                        ("text", models.TextField()),
                        ("address", models.URLField(blank=True)),
                        ("at", models.DateTimeField()),
                        ("confirmed_at", models.DateTimeField(null=True)),
                        (
                            "confirmed_by",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("author", "its author"),
                                    ("seat", "a citizen of the committee"),
                                    ("nobody", "nobody objected"),
                                ],
                                max_length=6,
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
                            "office",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.office",
                            ),
                        ),
                        (
                            "suggestion",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="claims",
                                to="suggestions.suggestion",
                            ),
                        ),
                        (
                            "step",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="claim",
                                to="suggestions.suggestionstep",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "claim that it is done",
                        "verbose_name_plural": "claims that it is done",
                        "ordering": ["at", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("confirmed_at__isnull", True), ("confirmed_by", "")),
                                    models.Q(
                                        ("confirmed_at__isnull", False),
                                        models.Q(("confirmed_by", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="claim_confirmed_whole",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Cluster",
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
                        ("people", models.PositiveIntegerField(default=0, editable=False)),
                        ("proved", models.PositiveIntegerField(default=0, editable=False)),
                        ("changed", models.BooleanField(default=True, editable=False)),
                        ("at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(null=True)),
                        (
                            "lead",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="suggestions.suggestion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "cluster of suggestions",
                        "verbose_name_plural": "clusters of suggestions",
                        "ordering": ["id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("changed", True)),
                                fields=["id"],
                                name="cluster_changed",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ClusterMember",
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
                        ("at", models.DateTimeField()),
                        ("left_at", models.DateTimeField(null=True)),
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
                            "cluster",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="members",
                                to="suggestions.cluster",
                            ),
                        ),
                        (
                            "left_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "suggestion",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memberships",
                                to="suggestions.suggestion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "suggestion in a cluster",
                        "verbose_name_plural": "suggestions in a cluster",
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("left_at__isnull", True)),
                                fields=("suggestion",),
                                name="cluster_one_at_a_time",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ClusterPerson",
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
                        ("supports", models.IntegerField()),
                        ("proved", models.IntegerField()),
                        (
                            "cluster",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="persons",
                                to="suggestions.cluster",
                            ),
                        ),
                        (
                            "contact",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="channels_app.contact",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("cluster", "contact"), name="cluster_person_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CoAuthor",
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
                        ("invited_at", models.DateTimeField()),
                        ("joined_at", models.DateTimeField(null=True)),
                        ("left_at", models.DateTimeField(null=True)),
                        (
                            "confirmation",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="coauthor",
                                to="channels_app.confirmation",
                            ),
                        ),
                        (
                            "contact",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="channels_app.contact",
                            ),
                        ),
                        (
                            "suggestion",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="coauthors",
                                to="suggestions.suggestion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "co-author",
                        "verbose_name_plural": "co-authors",
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("suggestion", "contact"), name="coauthor_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Comment",
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
                        ("text", models.TextField(blank=True, editable=False)),
                        ("masked_text", models.TextField(blank=True, editable=False)),
                        ("at", models.DateTimeField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("pending", "waits for confirmation"),
                                    ("held", "waits for a moderator"),
                                    ("shown", "everyone may read it"),
                                    ("hidden", "hidden"),
                                ],
                                default="shown",
                                editable=False,
                                max_length=7,
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
                        ("due_at", models.DateTimeField(editable=False, null=True)),
                        ("decided_at", models.DateTimeField(editable=False, null=True)),
                        (
                            "stance",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("for", "for it"),
                                    ("against", "against it"),
                                    ("improve", "to improve it"),
                                ],
                                max_length=7,
                            ),
                        ),
                        (
                            "badge",
                            models.CharField(
                                choices=[
                                    ("citizen", "a citizen"),
                                    ("author", "the author"),
                                    ("expert", "an expert"),
                                    ("official", "the city"),
                                ],
                                default="citizen",
                                max_length=8,
                            ),
                        ),
                        ("reports", models.PositiveIntegerField(default=0, editable=False)),
                        ("report_words", models.TextField(blank=True, editable=False)),
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
                            "confirmation",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="comment",
                                to="channels_app.confirmation",
                            ),
                        ),
                        (
                            "contact",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="comments",
                                to="channels_app.contact",
                            ),
                        ),
                        (
                            "decided_by",
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
                            "parent",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answers",
                                to="suggestions.comment",
                            ),
                        ),
                        (
                            "suggestion",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="comments",
                                to="suggestions.suggestion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "comment",
                        "verbose_name_plural": "comments",
                        "ordering": ["at", "id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("parent__isnull", True), ("state", "shown")),
                                fields=["suggestion", "-at", "-id"],
                                name="comment_threads",
                            ),
                            models.Index(
                                condition=models.Q(("state", "shown")),
                                fields=["suggestion", "stance"],
                                name="comment_sides",
                            ),
                            models.Index(
                                condition=models.Q(("parent__isnull", False)),
                                fields=["parent", "at", "id"],
                                name="comment_answers",
                            ),
                            models.Index(
                                condition=models.Q(("due_at__isnull", False)),
                                fields=["due_at", "id"],
                                name="comment_undecided",
                            ),
                            models.Index(
                                condition=models.Q(("state", "pending")),
                                fields=["at", "id"],
                                name="comment_unconfirmed",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("parent__isnull", True), ("stance", ""), _connector="XOR"
                                ),
                                name="comment_takes_a_side_or_answers",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("badge", "official"), _negated=True),
                                    models.Q(("by__isnull", False), ("office__isnull", False)),
                                    _connector="OR",
                                ),
                                name="comment_official_has_office",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "held"), _negated=True),
                                    ("due_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="comment_held_has_date",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Committee",
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
                        ("slug", models.SlugField(unique=True, verbose_name="address")),
                        ("name_ko", models.CharField(max_length=80, verbose_name="name (Korean)")),
                        (
                            "name_en",
                            models.CharField(max_length=100, verbose_name="name (English)"),
                        ),
                        ("purpose_ko", models.TextField(verbose_name="purpose (Korean)")),
                        ("purpose_en", models.TextField(verbose_name="purpose (English)")),
                        ("formed_at", models.DateTimeField(editable=False)),
                        ("reports_from", models.DateField(editable=False, null=True)),
                        ("met_at", models.DateTimeField(editable=False, null=True)),
                        ("ended_at", models.DateTimeField(editable=False, null=True)),
                        ("lives_on", models.BooleanField(default=False, editable=False)),
                        ("last_words", models.TextField(blank=True, editable=False)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("forming", "being formed"),
                                    ("active", "at work"),
                                    ("dormant", "asleep: no meeting for long"),
                                    ("closing", "finishing"),
                                    ("closed", "closed"),
                                ],
                                default="forming",
                                editable=False,
                                max_length=20,
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
                            "occasion",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="committees",
                                to="suggestions.suggestion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "committee",
                        "verbose_name_plural": "committees",
                        "ordering": ["-formed_at", "-id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(
                                    ("status__in", frozenset(["closed"])), _negated=True
                                ),
                                fields=["due_at", "id"],
                                name="committee_clock",
                            ),
                            models.Index(
                                condition=models.Q(
                                    ("status__in", frozenset(["closed"])), _negated=True
                                ),
                                fields=["-formed_at", "-id"],
                                name="committee_open",
                            ),
                            models.Index(
                                condition=models.Q(("status__in", frozenset(["closed"]))),
                                fields=["lives_on", "-formed_at", "-id"],
                                name="committee_over",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("status__in", frozenset(["closed"])),
                                    models.Q(("due_at__isnull", False), ("office__isnull", False)),
                                    _connector="OR",
                                ),
                                name="committee_unfinished_has_owner_and_date",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("status__in", ("forming", "closed")),
                                    ("reports_from__isnull", False),
                                    _connector="OR",
                                ),
                                name="committee_at_work_has_periods",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CommitteeStep",
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
                        ("cause", models.CharField(blank=True, db_default="", max_length=12)),
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
                                to="suggestions.committee",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["seq"],
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("root", "seq"), name="committeestep_once"
                            )
                        ],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="committeestep",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="b029430637757ff4c72bb7ad7b72df3fdd938a71",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_4c1ed",
                            table="suggestions_committeestep",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="committeestep",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION '% is never emptied', TG_TABLE_NAME;",
                            hash="25ea82455ed7ea42c235cd5f5ea58643ff5f85da",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_41c38",
                            table="suggestions_committeestep",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="committeestep",
                    trigger=pgtrigger.compiler.Trigger(
                        name="to_be_sealed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO lifecycle_unsealed (kind, step) SELECT regexp_replace('committeestep', 'step$', ''), id FROM fresh ORDER BY id; RETURN NULL;",
                            hash="134e178f8ae0dc044591b9dd98374a927e125e35",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_to_be_sealed_43dc9",
                            referencing="REFERENCING NEW TABLE AS fresh ",
                            table="suggestions_committeestep",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="CommitteeStepNote",
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
                                to="suggestions.committeestep",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Compared",
                    fields=[
                        (
                            "suggestion",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="compared",
                                serialize=False,
                                to="suggestions.suggestion",
                            ),
                        ),
                        ("at", models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name="Dispute",
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
                            "judge",
                            models.CharField(
                                choices=[
                                    ("author", "its author"),
                                    ("seat", "a citizen of the committee"),
                                    ("nobody", "nobody objected"),
                                ],
                                max_length=6,
                            ),
                        ),
                        ("text", models.TextField(blank=True)),
                        ("masked_text", models.TextField()),
                        ("public", models.BooleanField(default=True)),
                        ("at", models.DateTimeField()),
                        (
                            "claim",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="dispute",
                                to="suggestions.claim",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "dispute",
                        "verbose_name_plural": "disputes",
                        "ordering": ["at", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="DropProposal",
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
                            "ground",
                            models.CharField(
                                choices=[
                                    ("legal", "a law or rule forbids it"),
                                    ("budget", "there is no money for it"),
                                    ("remit", "the city may not decide it"),
                                    ("conflict", "it harms others"),
                                    ("political", "the city has decided otherwise"),
                                ],
                                max_length=9,
                            ),
                        ),
                        ("words", models.TextField()),
                        ("alternative", models.TextField()),
                        ("next_door", models.TextField()),
                        ("at", models.DateTimeField()),
                        ("settled_at", models.DateTimeField(null=True)),
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
                            "suggestion",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="drop_proposals",
                                to="suggestions.suggestion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "proposal to drop a suggestion",
                        "verbose_name_plural": "proposals to drop a suggestion",
                        "ordering": ["at", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("settled_at__isnull", True)),
                                fields=("suggestion",),
                                name="dropproposal_one_at_a_time",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Evaluation",
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
                        ("opened_at", models.DateTimeField()),
                        ("closes_at", models.DateTimeField()),
                        ("invited_at", models.DateTimeField(null=True)),
                        ("invited", models.PositiveIntegerField(default=0)),
                        ("text", models.TextField(blank=True)),
                        ("evaluated_at", models.DateTimeField(null=True)),
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
                            "suggestion",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="evaluation",
                                to="suggestions.suggestion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "evaluation",
                        "verbose_name_plural": "evaluations",
                        "ordering": ["id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("invited_at__isnull", True)),
                                fields=["id"],
                                name="evaluation_to_invite",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("by__isnull", True),
                                        ("evaluated_at__isnull", True),
                                        ("text", ""),
                                    ),
                                    models.Q(
                                        ("by__isnull", False),
                                        ("evaluated_at__isnull", False),
                                        models.Q(("text", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="evaluation_written_whole",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Feedback",
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
                        ("at", models.DateTimeField()),
                        ("answer", models.TextField(blank=True)),
                        (
                            "message",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="feedback",
                                to="channels_app.message",
                            ),
                        ),
                        (
                            "answered_in",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answers",
                                to="suggestions.progressreport",
                            ),
                        ),
                        (
                            "report",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="feedback",
                                to="suggestions.progressreport",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "word about a report",
                        "verbose_name_plural": "words about reports",
                        "ordering": ["at", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("answered_in__isnull", True),
                                    models.Q(("answer", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="feedback_answered_whole",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Invalidation",
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
                        ("rule", models.CharField(max_length=200)),
                        ("public_note", models.TextField()),
                        ("people", models.PositiveIntegerField(default=0)),
                        ("at", models.DateTimeField()),
                        ("undone_at", models.DateTimeField(null=True)),
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
                            "suggestion",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="invalidations",
                                to="suggestions.suggestion",
                            ),
                        ),
                        (
                            "undone_by",
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
                        "verbose_name": "supports taken out of the count",
                        "verbose_name_plural": "supports taken out of the count",
                        "ordering": ["at", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="LateReport",
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
                        ("at", models.DateTimeField()),
                        (
                            "delivery",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="late_reports",
                                to="channels_app.delivery",
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
                            "report",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="told",
                                to="suggestions.progressreport",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "late progress report",
                        "verbose_name_plural": "late progress reports",
                        "ordering": ["at", "id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("delivery__isnull", True)),
                                fields=["office", "id"],
                                name="latereport_untold",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("report", "level"), name="latereport_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Mandate",
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
                        ("since", models.DateTimeField()),
                        ("until", models.DateTimeField(null=True)),
                        (
                            "committee",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="mandates",
                                to="suggestions.committee",
                            ),
                        ),
                        (
                            "suggestion",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="mandates",
                                to="suggestions.suggestion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "mandate",
                        "verbose_name_plural": "mandates",
                        "ordering": ["since", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until__isnull", True)),
                                fields=("suggestion",),
                                name="mandate_one_at_a_time",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Meeting",
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
                        ("starts_at", models.DateTimeField()),
                        ("place", models.CharField(max_length=120)),
                        ("agenda", models.TextField()),
                        ("minutes", models.TextField(blank=True)),
                        ("minutes_due_at", models.DateTimeField()),
                        ("published_at", models.DateTimeField(null=True)),
                        ("called_at", models.DateTimeField()),
                        ("called_off_at", models.DateTimeField(null=True)),
                        ("why_off", models.CharField(blank=True, max_length=200)),
                        (
                            "called_by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "committee",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="meetings",
                                to="suggestions.committee",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "meeting",
                        "verbose_name_plural": "meetings",
                        "ordering": ["-starts_at", "-id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(
                                    ("called_off_at__isnull", True), ("published_at__isnull", True)
                                ),
                                fields=["committee", "minutes_due_at"],
                                name="meeting_owes_minutes",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("published_at__isnull", True),
                                    models.Q(("minutes", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="meeting_published_has_minutes",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("called_off_at__isnull", True),
                                    models.Q(
                                        models.Q(("why_off", ""), _negated=True),
                                        ("published_at__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="meeting_off_says_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Milestone",
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
                            "threshold",
                            models.CharField(
                                choices=[
                                    ("panel", "the listening team may look at it"),
                                    ("answer", "the office has to answer"),
                                    ("forum", "the listening team decides about a forum"),
                                    ("mayor", "the mayor answers"),
                                ],
                                max_length=6,
                            ),
                        ),
                        ("people", models.PositiveIntegerField()),
                        ("by_cluster", models.BooleanField(default=False)),
                        ("at", models.DateTimeField()),
                        ("due_at", models.DateTimeField(null=True)),
                        ("settled_at", models.DateTimeField(null=True)),
                        ("words", models.TextField(blank=True)),
                        ("undone_at", models.DateTimeField(null=True)),
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
                            "settled_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "suggestion",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="milestones",
                                to="suggestions.suggestion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "threshold that was crossed",
                        "verbose_name_plural": "thresholds that were crossed",
                        "ordering": ["at", "id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(
                                    ("due_at__isnull", False), ("settled_at__isnull", True)
                                ),
                                fields=["office", "due_at"],
                                name="milestone_owed",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("undone_at__isnull", True)),
                                fields=("suggestion", "threshold"),
                                name="milestone_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Obstacle",
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
                            "code",
                            models.CharField(
                                choices=[
                                    ("legal", "a law or rule forbids it"),
                                    ("budget", "there is no money for it"),
                                    ("remit", "the city may not decide it"),
                                    ("conflict", "it harms others"),
                                    ("political", "the city has decided otherwise"),
                                ],
                                max_length=9,
                            ),
                        ),
                        ("words", models.TextField()),
                        ("at", models.DateTimeField()),
                        ("cleared_at", models.DateTimeField(null=True)),
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
                            "suggestion",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="obstacles",
                                to="suggestions.suggestion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "obstacle",
                        "verbose_name_plural": "obstacles",
                        "ordering": ["at", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("cleared_at__isnull", True)),
                                fields=("suggestion",),
                                name="obstacle_one_at_a_time",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OfficialAnswer",
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
                                choices=[("interim", "an interim answer"), ("final", "the answer")],
                                max_length=7,
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("adopted", "The city will do it."),
                                    ("in_committee", "A committee works on it."),
                                    ("in_place", "The city does it already."),
                                    ("passed_on", "Another body decides about it."),
                                    ("long_term", "It is in the long-term plan."),
                                    ("declined", "The city says no."),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("text", models.TextField(blank=True)),
                        ("personal", models.TextField()),
                        (
                            "blocker",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("legal", "a law or rule forbids it"),
                                    ("budget", "there is no money for it"),
                                    ("remit", "the city may not decide it"),
                                    ("conflict", "it harms others"),
                                    ("political", "the city has decided otherwise"),
                                ],
                                max_length=9,
                            ),
                        ),
                        ("alternative", models.TextField(blank=True)),
                        ("next_door", models.TextField(blank=True)),
                        ("body", models.CharField(blank=True, max_length=120)),
                        ("sent_on", models.DateField(null=True)),
                        ("follow_up_on", models.DateField(null=True)),
                        ("review_on", models.DateField(null=True)),
                        ("new_due_at", models.DateTimeField(null=True)),
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
                            "office",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.office",
                            ),
                        ),
                        (
                            "suggestion",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answers",
                                to="suggestions.suggestion",
                            ),
                        ),
                        (
                            "supersedes",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="newer",
                                to="suggestions.officialanswer",
                            ),
                        ),
                        (
                            "policy",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answers",
                                to="suggestions.policy",
                            ),
                        ),
                        (
                            "step",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answer",
                                to="suggestions.suggestionstep",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "official answer",
                        "verbose_name_plural": "official answers",
                        "ordering": ["at", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "interim"), ("outcome", "")),
                                    models.Q(
                                        ("kind", "final"), models.Q(("outcome", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="official_final_decides",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "interim"), _negated=True),
                                    ("new_due_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="official_interim_names_date",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("outcome", "declined"), _negated=True),
                                    models.Q(
                                        models.Q(("blocker", ""), _negated=True),
                                        models.Q(("alternative", ""), _negated=True),
                                        models.Q(("next_door", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="official_no_says_what_next",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("outcome", "passed_on"), _negated=True),
                                    models.Q(
                                        models.Q(("body", ""), _negated=True),
                                        ("follow_up_on__gt", models.F("sent_on")),
                                        ("sent_on__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="official_passed_on_is_followed_up",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("outcome", "long_term"), _negated=True),
                                    ("review_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="official_long_term_is_reviewed",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("outcome", "in_place"), _negated=True),
                                    ("policy__isnull", False),
                                    _connector="OR",
                                ),
                                name="official_in_place_links_policy",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Opinion",
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
                        ("concurs", models.BooleanField()),
                        ("words", models.TextField(blank=True)),
                        ("at", models.DateTimeField()),
                        (
                            "proposal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="opinions",
                                to="suggestions.dropproposal",
                            ),
                        ),
                        (
                            "seat",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="opinions",
                                to="suggestions.seat",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "opinion of a seat",
                        "verbose_name_plural": "opinions of seats",
                        "ordering": ["at", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("proposal", "seat"), name="opinion_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Overdue",
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
                            "appeal",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reminders",
                                to="suggestions.appeal",
                            ),
                        ),
                        (
                            "delivery",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="overdue",
                                to="channels_app.delivery",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reminders",
                                to="suggestions.actionitem",
                            ),
                        ),
                        (
                            "office",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.office",
                            ),
                        ),
                        (
                            "promise",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reminders",
                                to="suggestions.promise",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "late item, promise or appeal",
                        "verbose_name_plural": "late items, promises and appeals",
                        "ordering": ["at", "id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("delivery__isnull", True)),
                                fields=["office", "id"],
                                name="overdue_untold",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("appeal__isnull", True),
                                        ("item__isnull", False),
                                        ("promise__isnull", True),
                                    ),
                                    models.Q(
                                        ("appeal__isnull", True),
                                        ("item__isnull", True),
                                        ("promise__isnull", False),
                                    ),
                                    models.Q(
                                        ("appeal__isnull", False),
                                        ("item__isnull", True),
                                        ("promise__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="overdue_is_about_one",
                            ),
                            models.UniqueConstraint(
                                fields=("item", "level", "due_at"), name="overdue_item_once"
                            ),
                            models.UniqueConstraint(
                                fields=("promise", "level", "due_at"), name="overdue_promise_once"
                            ),
                            models.UniqueConstraint(
                                fields=("appeal", "level", "due_at"), name="overdue_appeal_once"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PaperSignatures",
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
                        ("people", models.PositiveIntegerField()),
                        ("words", models.CharField(max_length=200)),
                        ("at", models.DateTimeField()),
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
                            "suggestion",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="paper",
                                to="suggestions.suggestion",
                            ),
                        ),
                        (
                            "taken_back_by",
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
                        "verbose_name": "signatures on paper",
                        "verbose_name_plural": "signatures on paper",
                        "ordering": ["at", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("people__gt", 0)), name="paper_of_somebody"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Petition",
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
                        ("at", models.DateTimeField()),
                        ("opened_at", models.DateTimeField(null=True)),
                        (
                            "message",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="petition",
                                to="channels_app.message",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "petition",
                        "verbose_name_plural": "petitions",
                        "ordering": ["id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("opened_at", None)),
                                fields=["id"],
                                name="petition_unopened",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Policy",
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
                            "title_ko",
                            models.CharField(max_length=120, verbose_name="title (Korean)"),
                        ),
                        (
                            "title_en",
                            models.CharField(max_length=160, verbose_name="title (English)"),
                        ),
                        ("text_ko", models.TextField(verbose_name="what it is (Korean)")),
                        ("text_en", models.TextField(verbose_name="what it is (English)")),
                        (
                            "address",
                            models.URLField(blank=True, verbose_name="address of a page about it"),
                        ),
                        ("since", models.DateField(verbose_name="since")),
                        (
                            "ended_on",
                            models.DateField(blank=True, null=True, verbose_name="ended on"),
                        ),
                        (
                            "words",
                            models.GeneratedField(
                                db_persist=True,
                                expression=django.db.models.functions.text.Lower(
                                    django.db.models.functions.text.Concat(
                                        models.Value(" "),
                                        "title_ko",
                                        models.Value(" "),
                                        "text_ko",
                                        models.Value(" "),
                                        "title_en",
                                        models.Value(" "),
                                        "text_en",
                                        output_field=models.TextField(),
                                    )
                                ),
                                output_field=models.TextField(),
                            ),
                        ),
                        (
                            "office",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="policies",
                                to="people.office",
                                verbose_name="office",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "policy",
                        "verbose_name_plural": "policies",
                        "ordering": ["title_ko"],
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                django.contrib.postgres.indexes.OpClass("words", "gin_trgm_ops"),
                                condition=models.Q(("ended_on__isnull", True)),
                                name="policy_similar",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProgressReport",
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
                        ("number", models.PositiveSmallIntegerField(editable=False)),
                        ("first_day", models.DateField(editable=False)),
                        ("words", models.TextField(blank=True)),
                        ("no_change", models.BooleanField(default=False)),
                        ("because", models.TextField(blank=True)),
                        ("flagged", models.BooleanField(default=False, editable=False)),
                        ("hours", models.DecimalField(decimal_places=1, max_digits=5, null=True)),
                        ("published_at", models.DateTimeField(editable=False, null=True)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("due", "to be written"),
                                    ("drafted", "drafted"),
                                    ("published", "published"),
                                ],
                                default="due",
                                editable=False,
                                max_length=20,
                            ),
                        ),
                        (
                            "committee",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reports",
                                to="suggestions.committee",
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
                            "published_by",
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
                            "suggestion",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reports",
                                to="suggestions.suggestion",
                            ),
                        ),
                        (
                            "by_seat",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="suggestions.seat",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "progress report",
                        "verbose_name_plural": "progress reports",
                        "ordering": ["-first_day", "-id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("status", "published"), _negated=True),
                                fields=["office", "due_at", "id"],
                                name="progressreport_queue",
                            ),
                            models.Index(
                                condition=models.Q(("status", "published"), _negated=True),
                                fields=["due_at", "id"],
                                name="progressreport_clock",
                            ),
                            models.Index(fields=["published_at"], name="progressreport_hours"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("committee", "number"),
                                name="progressreport_of_committee_once",
                            ),
                            models.UniqueConstraint(
                                fields=("suggestion", "number"),
                                name="progressreport_of_suggestion_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("committee__isnull", False), ("suggestion__isnull", True)
                                    ),
                                    models.Q(
                                        ("committee__isnull", True), ("suggestion__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="progressreport_of_one_thing",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("due_at__isnull", False), ("office__isnull", False)
                                ),
                                name="progressreport_has_owner_and_date",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("hours__isnull", False),
                                        ("published_at__isnull", False),
                                        ("status", "published"),
                                    ),
                                    models.Q(
                                        models.Q(("status", "published"), _negated=True),
                                        ("published_at__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="progressreport_published_whole",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("no_change", False),
                                    models.Q(("because", ""), _negated=True),
                                    ("published_at__isnull", True),
                                    _connector="OR",
                                ),
                                name="progressreport_no_change_says_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProgressReportStep",
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
                        ("cause", models.CharField(blank=True, db_default="", max_length=12)),
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
                                to="suggestions.progressreport",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["seq"],
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("root", "seq"), name="progressreportstep_once"
                            )
                        ],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="progressreportstep",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="157076d799b10cb19908ecfe74e1223b5b3174d2",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_94ff7",
                            table="suggestions_progressreportstep",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="progressreportstep",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION '% is never emptied', TG_TABLE_NAME;",
                            hash="f5fc07dc6d9f0636659fca6de811716a473039e6",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_3d50e",
                            table="suggestions_progressreportstep",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="progressreportstep",
                    trigger=pgtrigger.compiler.Trigger(
                        name="to_be_sealed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO lifecycle_unsealed (kind, step) SELECT regexp_replace('progressreportstep', 'step$', ''), id FROM fresh ORDER BY id; RETURN NULL;",
                            hash="05796876fe3e4e4a6ad0610e364fd02b5bb42ac2",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_to_be_sealed_5a50e",
                            referencing="REFERENCING NEW TABLE AS fresh ",
                            table="suggestions_progressreportstep",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="ProgressReportStepNote",
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
                                to="suggestions.progressreportstep",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Promise",
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
                        ("words", models.TextField()),
                        ("said_on", models.DateField()),
                        (
                            "said_at",
                            models.CharField(
                                choices=[
                                    ("forum", "at a listening forum"),
                                    ("visit", "on a visit of the mobile mayoral office"),
                                    ("broadcast", "in a broadcast"),
                                    ("network", "on a social network"),
                                    ("press", "to the press"),
                                    ("council", "in the city council"),
                                    ("answer", "in an answer to a citizen"),
                                    ("other", "elsewhere"),
                                ],
                                max_length=9,
                            ),
                        ),
                        ("source", models.CharField(blank=True, max_length=200)),
                        ("address", models.URLField(blank=True)),
                        ("second", models.PositiveIntegerField(null=True)),
                        ("language", models.CharField(default="ko", max_length=2)),
                        ("end_words", models.TextField(blank=True)),
                        ("made_at", models.DateTimeField(editable=False)),
                        ("ended_at", models.DateTimeField(editable=False, null=True)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("made", "made, nobody has taken it on yet"),
                                    ("accepted", "taken on"),
                                    ("kept", "kept"),
                                    ("partly_kept", "partly kept"),
                                    ("broken", "broken"),
                                    ("changed", "changed"),
                                ],
                                default="made",
                                editable=False,
                                max_length=20,
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
                            "replaces",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replaced_by",
                                to="suggestions.promise",
                            ),
                        ),
                        (
                            "speaker",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.office",
                            ),
                        ),
                        (
                            "suggestion",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="promises",
                                to="suggestions.suggestion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "promise",
                        "verbose_name_plural": "promises",
                        "ordering": ["-made_at", "-id"],
                        "indexes": [
                            models.Index(fields=["-made_at", "-id"], name="promise_newest"),
                            models.Index(
                                fields=["status", "-made_at", "-id"], name="promise_by_state"
                            ),
                            models.Index(
                                condition=models.Q(
                                    (
                                        "status__in",
                                        frozenset(["broken", "changed", "kept", "partly_kept"]),
                                    ),
                                    _negated=True,
                                ),
                                fields=["office", "due_at"],
                                name="promise_owed",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "status__in",
                                        frozenset(["broken", "changed", "kept", "partly_kept"]),
                                    ),
                                    models.Q(("due_at__isnull", False), ("office__isnull", False)),
                                    _connector="OR",
                                ),
                                name="promise_unfinished_has_owner_and_date",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        (
                                            "status__in",
                                            frozenset(["broken", "changed", "kept", "partly_kept"]),
                                        ),
                                        _negated=True,
                                    ),
                                    models.Q(
                                        models.Q(("end_words", ""), _negated=True),
                                        ("ended_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="promise_end_says_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PromiseStep",
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
                        ("cause", models.CharField(blank=True, db_default="", max_length=12)),
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
                                to="suggestions.promise",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["seq"],
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(fields=("root", "seq"), name="promisestep_once")
                        ],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="promisestep",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="1931ce3eec79b09e30b350e2ed7c4e61cda269ad",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_978dc",
                            table="suggestions_promisestep",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="promisestep",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION '% is never emptied', TG_TABLE_NAME;",
                            hash="51f055ae0319504c4e109711236ec3b346f3650f",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_ba0d6",
                            table="suggestions_promisestep",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="promisestep",
                    trigger=pgtrigger.compiler.Trigger(
                        name="to_be_sealed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO lifecycle_unsealed (kind, step) SELECT regexp_replace('promisestep', 'step$', ''), id FROM fresh ORDER BY id; RETURN NULL;",
                            hash="69e777595116b169cd640fbc58ca829ebd05ace4",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_to_be_sealed_95d09",
                            referencing="REFERENCING NEW TABLE AS fresh ",
                            table="suggestions_promisestep",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="PromiseStepNote",
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
                                to="suggestions.promisestep",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ReportLine",
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
                        ("done", models.TextField(blank=True)),
                        ("next", models.TextField(blank=True)),
                        ("moved", models.TextField(blank=True)),
                        ("percent", models.PositiveSmallIntegerField(null=True)),
                        (
                            "stands_at",
                            models.CharField(
                                choices=[
                                    ("submitted", "received"),
                                    ("returned", "back with its author"),
                                    ("refused", "not shown"),
                                    ("redirected", "answered as a message"),
                                    ("open", "gathering support"),
                                    ("dormant", "asleep"),
                                    ("withdrawn", "withdrawn"),
                                    ("under_review", "waiting for the answer"),
                                    ("in_place", "already in place"),
                                    ("passed_on", "passed on"),
                                    ("long_term", "in the long-term plan"),
                                    ("declined", "declined"),
                                    ("candidate", "proposed for a forum"),
                                    ("on_agenda", "on a forum's agenda"),
                                    ("discussed", "discussed at a forum"),
                                    ("deliberating", "being deliberated"),
                                    ("in_committee", "in a committee"),
                                    ("adopted", "adopted"),
                                    ("implementing", "being carried out"),
                                    ("claimed_done", "said to be done"),
                                    ("implemented", "done"),
                                    ("evaluated", "done and evaluated"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("finish_at", models.DateTimeField(null=True)),
                        (
                            "report",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lines",
                                to="suggestions.progressreport",
                            ),
                        ),
                        (
                            "suggestion",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="report_lines",
                                to="suggestions.suggestion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "line of a progress report",
                        "verbose_name_plural": "lines of progress reports",
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("report", "suggestion"), name="reportline_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Seat",
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
                            "side",
                            models.CharField(
                                choices=[
                                    ("officer", "city officers"),
                                    ("civic", "civic groups"),
                                    ("expert", "experts"),
                                    ("citizen", "citizens"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("name", models.CharField(blank=True, max_length=60)),
                        ("organisation", models.CharField(blank=True, max_length=120)),
                        ("shown", models.BooleanField(default=False)),
                        ("consent", models.CharField(blank=True, max_length=200)),
                        ("language", models.CharField(default="ko", max_length=2)),
                        (
                            "nonce",
                            models.CharField(
                                default=channels_app.sealing.fresh_nonce,
                                editable=False,
                                max_length=32,
                            ),
                        ),
                        ("since", models.DateTimeField()),
                        ("accepted_at", models.DateTimeField(null=True)),
                        ("term_ends_on", models.DateField(null=True)),
                        ("until", models.DateTimeField(null=True)),
                        (
                            "committee",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="seats",
                                to="suggestions.committee",
                            ),
                        ),
                        (
                            "confirmation",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="channels_app.confirmation",
                            ),
                        ),
                        (
                            "contact",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="seats",
                                to="channels_app.contact",
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
                    ],
                    options={
                        "verbose_name": "seat",
                        "verbose_name_plural": "seats",
                        "ordering": ["side", "since", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("name", ""), ("office__isnull", False), ("side", "officer")
                                    ),
                                    models.Q(
                                        models.Q(("side", "officer"), _negated=True),
                                        ("office__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="seat_of_office_or_person",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("office__isnull", False), ("until__isnull", True)
                                ),
                                fields=("committee", "office"),
                                name="seat_once_for_office",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("contact__isnull", False), ("until__isnull", True)
                                ),
                                fields=("committee", "contact"),
                                name="seat_once_for_person",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Statement",
                    fields=[
                        (
                            "step",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="statement",
                                serialize=False,
                                to="suggestions.suggestionstep",
                            ),
                        ),
                        ("text", models.TextField()),
                    ],
                    options={
                        "ordering": ["step"],
                    },
                ),
                migrations.CreateModel(
                    name="StatusTally",
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
                        ("status", models.CharField(max_length=20)),
                        ("number", models.IntegerField()),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="Suggestion",
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
                            "kind",
                            models.CharField(
                                choices=[("idea", "Idea"), ("petition", "Petition")],
                                default="idea",
                                max_length=8,
                            ),
                        ),
                        (
                            "origin",
                            models.CharField(
                                choices=[
                                    ("idea", "its author sent it as an idea"),
                                    ("petition", "its author sent it as a petition"),
                                    ("author", "its author made a suggestion of a message"),
                                    ("officer", "an officer took it up, its author agreed"),
                                    ("forum", "said at a listening forum"),
                                    ("visit", "found by the mobile mayoral office"),
                                    ("deputy", "brought by an honorary deputy mayor"),
                                    ("podium", "said at Speakers' Corner"),
                                    ("expo", "from the policy expo"),
                                ],
                                default="idea",
                                max_length=8,
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
                                editable=False,
                                max_length=12,
                            ),
                        ),
                        ("language", models.CharField(default="ko", max_length=2)),
                        ("title", models.CharField(max_length=200)),
                        ("masked_text", models.TextField(editable=False)),
                        ("submitted_at", models.DateTimeField(editable=False)),
                        ("opened_at", models.DateTimeField(editable=False, null=True)),
                        ("reached_at", models.DateTimeField(editable=False, null=True)),
                        ("supports", models.PositiveIntegerField(default=0, editable=False)),
                        ("proved", models.PositiveIntegerField(default=0, editable=False)),
                        ("on_paper", models.PositiveIntegerField(default=0, editable=False)),
                        ("first_due_at", models.DateTimeField(editable=False, null=True)),
                        ("first_finish_at", models.DateTimeField(editable=False, null=True)),
                        ("finish_at", models.DateTimeField(editable=False, null=True)),
                        ("moves", models.PositiveSmallIntegerField(default=0, editable=False)),
                        ("interims", models.PositiveSmallIntegerField(default=0, editable=False)),
                        (
                            "not_shown",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("unclear", "it does not say yet what should change"),
                                    ("personal", "it names or accuses a person"),
                                    ("abuse", "it insults or threatens somebody"),
                                    ("advertising", "it is advertising"),
                                    ("court", "a court is deciding about it"),
                                    ("repeated", "the same text was sent before"),
                                ],
                                editable=False,
                                max_length=12,
                            ),
                        ),
                        ("told_version", models.PositiveIntegerField(default=0, editable=False)),
                        ("done_at", models.DateTimeField(editable=False, null=True)),
                        ("ended_at", models.DateTimeField(editable=False, null=True)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("submitted", "received"),
                                    ("returned", "back with its author"),
                                    ("refused", "not shown"),
                                    ("redirected", "answered as a message"),
                                    ("open", "gathering support"),
                                    ("dormant", "asleep"),
                                    ("withdrawn", "withdrawn"),
                                    ("under_review", "waiting for the answer"),
                                    ("in_place", "already in place"),
                                    ("passed_on", "passed on"),
                                    ("long_term", "in the long-term plan"),
                                    ("declined", "declined"),
                                    ("candidate", "proposed for a forum"),
                                    ("on_agenda", "on a forum's agenda"),
                                    ("discussed", "discussed at a forum"),
                                    ("deliberating", "being deliberated"),
                                    ("in_committee", "in a committee"),
                                    ("adopted", "adopted"),
                                    ("implementing", "being carried out"),
                                    ("claimed_done", "said to be done"),
                                    ("implemented", "done"),
                                    ("evaluated", "done and evaluated"),
                                ],
                                default="submitted",
                                editable=False,
                                max_length=20,
                            ),
                        ),
                        (
                            "borough",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.office",
                            ),
                        ),
                        (
                            "department",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.office",
                            ),
                        ),
                        (
                            "message",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="suggestion",
                                to="channels_app.message",
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
                            "topic",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="suggestions",
                                to="channels_app.topic",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "suggestion",
                        "verbose_name_plural": "suggestions",
                        "ordering": ["-id"],
                        "indexes": [
                            models.Index(fields=["-opened_at", "-id"], name="suggestion_newest"),
                            models.Index(
                                fields=["status", "-opened_at", "-id"], name="suggestion_by_state"
                            ),
                            models.Index(
                                fields=["borough", "-opened_at", "-id"],
                                name="suggestion_of_borough",
                            ),
                            models.Index(
                                fields=["channel", "-opened_at", "-id"],
                                name="suggestion_of_channel",
                            ),
                            models.Index(
                                fields=["department", "-opened_at", "-id"],
                                name="suggestion_of_office",
                            ),
                            models.Index(
                                fields=["-supports", "-id"], name="suggestion_most_supported"
                            ),
                            models.Index(
                                condition=models.Q(
                                    (
                                        "status__in",
                                        frozenset(
                                            [
                                                "declined",
                                                "evaluated",
                                                "in_place",
                                                "redirected",
                                                "refused",
                                                "withdrawn",
                                            ]
                                        ),
                                    ),
                                    _negated=True,
                                ),
                                fields=["due_at", "id"],
                                name="suggestion_clock",
                            ),
                            models.Index(
                                condition=models.Q(
                                    (
                                        "status__in",
                                        frozenset(
                                            [
                                                "declined",
                                                "evaluated",
                                                "in_place",
                                                "redirected",
                                                "refused",
                                                "withdrawn",
                                            ]
                                        ),
                                    ),
                                    _negated=True,
                                ),
                                fields=["office", "due_at", "id"],
                                name="suggestion_queue",
                            ),
                            models.Index(
                                condition=models.Q(("told_version__lt", models.F("version"))),
                                fields=["id"],
                                name="suggestion_untold",
                            ),
                            models.Index(
                                condition=models.Q(("done_at__isnull", False)),
                                fields=["-done_at", "-id"],
                                name="suggestion_last_done",
                            ),
                            django.contrib.postgres.indexes.GinIndex(
                                django.contrib.postgres.indexes.OpClass(
                                    "masked_text", "gin_trgm_ops"
                                ),
                                name="suggestion_similar",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "status__in",
                                        frozenset(
                                            [
                                                "declined",
                                                "evaluated",
                                                "in_place",
                                                "redirected",
                                                "refused",
                                                "withdrawn",
                                            ]
                                        ),
                                    ),
                                    models.Q(("due_at__isnull", False), ("office__isnull", False)),
                                    _connector="OR",
                                ),
                                name="suggestion_unfinished_has_owner_and_date",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("status__in", ("refused", "returned")), _negated=True
                                    ),
                                    models.Q(("not_shown", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="suggestion_not_shown_has_reason",
                            ),
                        ],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="suggestion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="tallied_in",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO suggestions_statustally (status, number) VALUES (NEW.status, 1); RETURN NULL;",
                            hash="a42ddc00670c9ba5dffa570f8c07a4d5d9cdf8df",
                            operation="INSERT",
                            pgid="pgtrigger_tallied_in_a9802",
                            table="suggestions_suggestion",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="suggestion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="tallied_anew",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."status" IS DISTINCT FROM (NEW."status"))',
                            func="INSERT INTO suggestions_statustally (status, number) VALUES (OLD.status, -1), (NEW.status, 1); RETURN NULL;",
                            hash="263b30749532ad24cd11f560208ea9d16f1adedb",
                            operation="UPDATE",
                            pgid="pgtrigger_tallied_anew_bb600",
                            table="suggestions_suggestion",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="suggestion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="tallied_out",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO suggestions_statustally (status, number) VALUES (OLD.status, -1); RETURN NULL;",
                            hash="ff130b892b875cb8102efda8ff3c912fd09fd470",
                            operation="DELETE",
                            pgid="pgtrigger_tallied_out_4828a",
                            table="suggestions_suggestion",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="SuggestionReminder",
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
                                related_name="suggestion_reminders",
                                to="channels_app.delivery",
                            ),
                        ),
                        (
                            "office",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.office",
                            ),
                        ),
                        (
                            "suggestion",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reminders",
                                to="suggestions.suggestion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "late suggestion",
                        "verbose_name_plural": "late suggestions",
                        "ordering": ["at", "id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("delivery__isnull", True)),
                                fields=["office", "id"],
                                name="suggestion_reminder_untold",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("suggestion", "level", "due_at"),
                                name="suggestion_reminded_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SuggestionStep",
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
                        ("cause", models.CharField(blank=True, db_default="", max_length=12)),
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
                                to="suggestions.suggestion",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["seq"],
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("root", "seq"), name="suggestionstep_once"
                            )
                        ],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="suggestionstep",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="15e33bc771d56ebb673c8af3d464a1854e60283f",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_d33da",
                            table="suggestions_suggestionstep",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="suggestionstep",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION '% is never emptied', TG_TABLE_NAME;",
                            hash="7d1540ec8f1a3b3de6eac47c5cc69247ba8dac6f",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_b9cef",
                            table="suggestions_suggestionstep",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="suggestionstep",
                    trigger=pgtrigger.compiler.Trigger(
                        name="to_be_sealed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO lifecycle_unsealed (kind, step) SELECT regexp_replace('suggestionstep', 'step$', ''), id FROM fresh ORDER BY id; RETURN NULL;",
                            hash="09245c00862a53fefabd289d32626e07f758f67d",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_to_be_sealed_15fdc",
                            referencing="REFERENCING NEW TABLE AS fresh ",
                            table="suggestions_suggestionstep",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="SuggestionStepNote",
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
                                to="suggestions.suggestionstep",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Summary",
                    fields=[
                        (
                            "suggestion",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="summary",
                                serialize=False,
                                to="suggestions.suggestion",
                            ),
                        ),
                        ("arguments_for", models.TextField(blank=True)),
                        ("arguments_against", models.TextField(blank=True)),
                        ("improvements", models.TextField(blank=True)),
                        ("comments", models.PositiveIntegerField()),
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
                            "office",
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
                        "verbose_name": "summary of a discussion",
                        "verbose_name_plural": "summaries of discussions",
                    },
                ),
                migrations.CreateModel(
                    name="Support",
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
                            "state",
                            models.CharField(
                                choices=[
                                    ("pending", "waits for confirmation"),
                                    ("valid", "counts"),
                                    ("withdrawn", "taken back"),
                                    ("invalidated", "does not count"),
                                ],
                                default="pending",
                                editable=False,
                                max_length=11,
                            ),
                        ),
                        ("proved", models.BooleanField(default=False)),
                        ("network", models.CharField(blank=True, editable=False, max_length=16)),
                        ("at", models.DateTimeField()),
                        (
                            "confirmation",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="channels_app.confirmation",
                            ),
                        ),
                        (
                            "contact",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="supports",
                                to="channels_app.contact",
                            ),
                        ),
                        (
                            "invalidation",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="supports",
                                to="suggestions.invalidation",
                            ),
                        ),
                        (
                            "suggestion",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="all_supports",
                                to="suggestions.suggestion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "support",
                        "verbose_name_plural": "supports",
                        "ordering": ["id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "valid")),
                                fields=["suggestion", "at"],
                                name="support_counting",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("suggestion", "contact"), name="support_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "invalidated"), _negated=True),
                                    ("invalidation__isnull", False),
                                    _connector="OR",
                                ),
                                name="support_invalid_says_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SupportChange",
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
                        ("from_state", models.CharField(blank=True, max_length=11)),
                        (
                            "to_state",
                            models.CharField(
                                choices=[
                                    ("pending", "waits for confirmation"),
                                    ("valid", "counts"),
                                    ("withdrawn", "taken back"),
                                    ("invalidated", "does not count"),
                                ],
                                max_length=11,
                            ),
                        ),
                        ("people", models.SmallIntegerField(default=0)),
                        ("proved", models.SmallIntegerField(default=0)),
                        ("at", models.DateTimeField()),
                        ("counted", models.BooleanField(default=False)),
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
                            "contact",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="channels_app.contact",
                            ),
                        ),
                        (
                            "suggestion",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="suggestions.suggestion",
                            ),
                        ),
                        (
                            "support",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="changes",
                                to="suggestions.support",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("counted", False)),
                                fields=["id"],
                                name="support_uncounted",
                            )
                        ],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="supportchange",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_deleted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="c1b7e7e533773a91523328c4c62af3e15157317b",
                            operation="DELETE",
                            pgid="pgtrigger_never_deleted_4740e",
                            table="suggestions_supportchange",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="supportchange",
                    trigger=pgtrigger.compiler.Trigger(
                        name="only_counted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."at" IS DISTINCT FROM (NEW."at") OR OLD."by_id" IS DISTINCT FROM (NEW."by_id") OR OLD."contact_id" IS DISTINCT FROM (NEW."contact_id") OR OLD."from_state" IS DISTINCT FROM (NEW."from_state") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."people" IS DISTINCT FROM (NEW."people") OR OLD."proved" IS DISTINCT FROM (NEW."proved") OR OLD."suggestion_id" IS DISTINCT FROM (NEW."suggestion_id") OR OLD."support_id" IS DISTINCT FROM (NEW."support_id") OR OLD."to_state" IS DISTINCT FROM (NEW."to_state"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="932c63634bdc24ccd095ebdbc671b6ed1c96eb7e",
                            operation="UPDATE",
                            pgid="pgtrigger_only_counted_b8088",
                            table="suggestions_supportchange",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="supportchange",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION '% is never emptied', TG_TABLE_NAME;",
                            hash="7878e97d2a635a1515a31470e71a38e15f028281",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_1846b",
                            table="suggestions_supportchange",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.CreateModel(
                    name="SurveyAnswer",
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
                            "there",
                            models.CharField(
                                choices=[("yes", "Yes"), ("partly", "Partly"), ("no", "No")],
                                max_length=6,
                            ),
                        ),
                        ("helps", models.PositiveSmallIntegerField()),
                        ("masked_words", models.TextField(blank=True)),
                        (
                            "evaluation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="said",
                                to="suggestions.evaluation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "answer to a survey",
                        "verbose_name_plural": "answers to surveys",
                        "ordering": ["id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("helps__range", (1, 5))),
                                name="survey_helps_one_to_five",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Version",
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
                        ("text", models.TextField(blank=True, editable=False)),
                        ("masked_text", models.TextField(blank=True, editable=False)),
                        ("at", models.DateTimeField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("pending", "waits for confirmation"),
                                    ("held", "waits for a moderator"),
                                    ("shown", "everyone may read it"),
                                    ("hidden", "hidden"),
                                ],
                                default="shown",
                                editable=False,
                                max_length=7,
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
                        ("due_at", models.DateTimeField(editable=False, null=True)),
                        ("decided_at", models.DateTimeField(editable=False, null=True)),
                        ("number", models.PositiveSmallIntegerField()),
                        ("title", models.CharField(blank=True, max_length=200)),
                        (
                            "coauthor",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="suggestions.coauthor",
                            ),
                        ),
                        (
                            "decided_by",
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
                            "suggestion",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="suggestions.suggestion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "version of the text",
                        "verbose_name_plural": "versions of the text",
                        "ordering": ["number"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("due_at__isnull", False)),
                                fields=["due_at", "id"],
                                name="version_undecided",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("suggestion", "number"), name="version_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "held"), _negated=True),
                                    ("due_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="version_held_has_date",
                            ),
                        ],
                    },
                ),
            ]
        ),
    ]
