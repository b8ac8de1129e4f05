"""What higher floors have to say, browsers that are told, and the mail of a day."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Rows of what happened, and what the outbox holds of them."""

    dependencies = [
        ("channels_app", "0032_steps_to_be_sealed"),
        ("people", "0004_user_history"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
            ],
            options={
                "verbose_name": "notice",
                "verbose_name_plural": "notices",
                "ordering": ["-at", "-id"],
            },
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
            model_name="contact",
            name="daily",
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.AddField(
            model_name="delivery",
            name="daily",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="delivery",
            name="day",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="delivery",
            name="digest",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="gathered",
                to="channels_app.delivery",
            ),
        ),
        migrations.AddField(
            model_name="topic",
            name="over_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name="contact",
            name="kind",
            field=models.CharField(
                choices=[
                    ("mail", "e-mail"),
                    ("phone", "mobile phone"),
                    ("push", "notices of a browser"),
                ],
                max_length=5,
            ),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="channel",
            field=models.CharField(
                choices=[
                    ("mail", "e-mail"),
                    ("phone", "mobile phone"),
                    ("push", "notices of a browser"),
                ],
                max_length=5,
            ),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="event",
            field=models.CharField(
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
            ),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="message",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="deliveries",
                to="channels_app.message",
            ),
        ),
        migrations.AlterField(
            model_name="lane",
            name="channel",
            field=models.CharField(
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
        migrations.AlterField(
            model_name="topic",
            name="kind",
            field=models.CharField(
                choices=[("message", "message"), ("suggestion", "suggestion")], max_length=12
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="topic",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="notices",
                to="channels_app.topic",
            ),
        ),
        migrations.AddField(
            model_name="delivery",
            name="notice",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="deliveries",
                to="channels_app.notice",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("daily", False), ("state", "queued")),
                fields=["crowd", "attempts", "next_at", "id"],
                name="delivery_due",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("daily", True), ("state", "queued")),
                fields=["contact", "next_at"],
                name="delivery_for_digest",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(
                condition=models.Q(("event__in", ("follow", "digest")), _negated=True),
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
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(
                condition=models.Q(("contact__isnull", False), ("notice__isnull", False)),
                fields=("notice", "contact"),
                name="delivery_notice_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(
                condition=models.Q(("event", "digest")),
                fields=("contact", "day"),
                name="delivery_digest_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("message__isnull", False),
                    ("notice__isnull", False),
                    ("follow__isnull", False),
                    ("day__isnull", False),
                    _connector="OR",
                ),
                name="delivery_tells_of_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(fields=("topic", "key"), name="notice_once"),
        ),
    ]
