"""What the lists of rules and holidays call their columns, in both languages."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("lifecycle", "0006_stumbles"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="holiday",
            name="at",
            field=models.DateTimeField(editable=False, verbose_name="entered at"),
        ),
        migrations.AlterField(
            model_name="holiday",
            name="by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="entered by",
            ),
        ),
        migrations.AlterField(
            model_name="holiday",
            name="recounted_at",
            field=models.DateTimeField(
                editable=False, null=True, verbose_name="dates counted again at"
            ),
        ),
        migrations.AlterField(
            model_name="rule",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="entered by",
            ),
        ),
        migrations.AlterField(
            model_name="rule",
            name="name",
            field=models.CharField(max_length=60, verbose_name="rule"),
        ),
        migrations.AlterField(
            model_name="rule",
            name="reason",
            field=models.CharField(max_length=300, verbose_name="reason"),
        ),
        migrations.AlterField(
            model_name="rule",
            name="since",
            field=models.DateTimeField(verbose_name="from"),
        ),
        migrations.AlterField(
            model_name="rule",
            name="value",
            field=models.JSONField(verbose_name="value"),
        ),
    ]
