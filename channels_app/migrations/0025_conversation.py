"""Was it clear, did you feel heard; words nobody has read yet; what was split off from what."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Ratings, and three columns of messages."""

    dependencies = [
        ("channels_app", "0024_search_rows"),
        ("people", "0004_user_history"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Rating",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "clear",
                    models.CharField(
                        choices=[("yes", "Yes"), ("partly", "Partly"), ("no", "No")], max_length=6
                    ),
                ),
                (
                    "heard",
                    models.CharField(
                        choices=[("yes", "Yes"), ("partly", "Partly"), ("no", "No")], max_length=6
                    ),
                ),
                ("words", models.TextField(blank=True)),
                ("masked_words", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                ("changed_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "rating",
                "verbose_name_plural": "ratings",
                "ordering": ["at", "id"],
            },
        ),
        migrations.AddField(
            model_name="message",
            name="new_words_since",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="message",
            name="split_from",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="split_off",
                to="channels_app.message",
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="summed_up",
            field=models.BooleanField(db_default=False, default=False, editable=False),
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
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="message",
            name="set_aside_reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("spam", "it is advertising or was sent by a machine"),
                    ("abuse", "it only insults or threatens somebody"),
                    ("empty", "it says nothing we could answer"),
                    ("erased", "its author had it erased"),
                    ("split", "it was split off by mistake and stays with the first message"),
                ],
                editable=False,
                max_length=12,
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("new_words_since__isnull", False)),
                fields=["new_words_since", "id"],
                name="message_new_words",
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("split_from__isnull", False)),
                fields=["split_from", "id"],
                name="message_split_off",
            ),
        ),
        migrations.AddField(
            model_name="rating",
            name="message",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="ratings",
                to="channels_app.message",
            ),
        ),
        migrations.AddField(
            model_name="rating",
            name="office",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.office",
            ),
        ),
        migrations.AddField(
            model_name="rating",
            name="reply",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="ratings",
                to="channels_app.reply",
            ),
        ),
        migrations.AddIndex(
            model_name="rating",
            index=models.Index(
                fields=["office", "at"], include=("clear", "heard"), name="rating_of_office"
            ),
        ),
        migrations.AddIndex(
            model_name="rating",
            index=models.Index(
                fields=["at"], include=("office", "clear", "heard"), name="rating_by_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="rating",
            constraint=models.UniqueConstraint(
                fields=("message", "reply"), name="rating_once_an_answer"
            ),
        ),
    ]
