"""What the lists of records call their columns, in both languages."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("channels_app", "0034_scopes_of_api_clients"),
        ("people", "0005_names_of_columns"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="apiclient",
            name="created_at",
            field=models.DateTimeField(auto_now_add=True, verbose_name="made at"),
        ),
        migrations.AlterField(
            model_name="apiclientevent",
            name="created_at",
            field=models.DateTimeField(auto_now_add=True, verbose_name="made at"),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="attempts",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="attempts"),
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
                verbose_name="channel",
            ),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="created_at",
            field=models.DateTimeField(verbose_name="made at"),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="error_class",
            field=models.CharField(blank=True, max_length=20, verbose_name="sort of error"),
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
                verbose_name="occasion",
            ),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="office",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.office",
                verbose_name="office",
            ),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="sent_at",
            field=models.DateTimeField(null=True, verbose_name="sent at"),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="state",
            field=models.CharField(
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
        migrations.AlterField(
            model_name="reading",
            name="at",
            field=models.DateTimeField(verbose_name="when"),
        ),
        migrations.AlterField(
            model_name="reading",
            name="message",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="readings",
                to="channels_app.message",
                verbose_name="message",
            ),
        ),
        migrations.AlterField(
            model_name="reading",
            name="office",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.office",
                verbose_name="office",
            ),
        ),
        migrations.AlterField(
            model_name="reading",
            name="page",
            field=models.CharField(max_length=60, verbose_name="page"),
        ),
        migrations.AlterField(
            model_name="reading",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="person",
            ),
        ),
    ]
