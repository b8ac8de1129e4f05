"""Who spoke has a key drawn by lot, so that no order leads to a message. No row was there yet."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

AGES = [
    ("0-19", "under 20"),
    ("20-39", "20 to 39"),
    ("40-64", "40 to 64"),
    ("65+", "65 or older"),
]
GENDERS = [("woman", "woman"), ("man", "man"), ("other", "other")]
YES_NO = [("yes", "yes"), ("no", "no")]


class Migration(migrations.Migration):
    """Made anew: a column of numbers does not become one of names."""

    dependencies = [("channels_app", "0016_clocks_of_all"), ("people", "0003_seed_offices")]

    operations = [
        migrations.DeleteModel(name="Background"),
        migrations.CreateModel(
            name="Background",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("month", models.DateField()),
                ("age", models.CharField(blank=True, choices=AGES, max_length=5)),
                ("gender", models.CharField(blank=True, choices=GENDERS, max_length=5)),
                ("disability", models.CharField(blank=True, choices=YES_NO, max_length=3)),
                ("first_time", models.CharField(blank=True, choices=YES_NO, max_length=3)),
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
    ]
