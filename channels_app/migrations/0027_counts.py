"""Counts of every day and month, kept by triggers; the times in the middle."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("channels_app", "0026_found_by_day"),
        ("people", "0004_user_history"),
    ]

    operations = [
        migrations.CreateModel(
            name="CountChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("came", models.IntegerField()),
                ("replied", models.IntegerField()),
                ("in_time", models.IntegerField()),
                ("late", models.IntegerField()),
                ("not_shown", models.IntegerField()),
                ("day", models.DateField()),
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
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                    models.CharField(choices=[("day", "Day"), ("month", "Month")], max_length=5),
                ),
                ("day", models.DateField()),
            ],
            options={
                "ordering": ["day", "id"],
            },
        ),
        migrations.CreateModel(
            name="MiddleTime",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
            ],
            options={
                "ordering": ["by", "place"],
            },
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
        migrations.AddField(
            model_name="countchange",
            name="borough",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.office",
            ),
        ),
        migrations.AddField(
            model_name="countchange",
            name="office",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.office",
            ),
        ),
        migrations.AddField(
            model_name="daycount",
            name="place",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.office",
            ),
        ),
        migrations.AddField(
            model_name="middletime",
            name="place",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.office",
            ),
        ),
        migrations.AddIndex(
            model_name="daycount",
            index=models.Index(fields=["by", "span", "day"], name="daycount_of_days"),
        ),
        migrations.AddConstraint(
            model_name="daycount",
            constraint=models.UniqueConstraint(
                fields=("by", "place", "span", "day"), name="daycount_once", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="daycount",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("span", "month"), _negated=True), ("day__day", 1), _connector="OR"
                ),
                name="daycount_month_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="middletime",
            constraint=models.UniqueConstraint(fields=("by", "place"), name="middletime_once"),
        ),
    ]
