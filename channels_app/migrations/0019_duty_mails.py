"""When an office was last told of its dates, found at once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One order more."""

    dependencies = [("channels_app", "0018_following")]

    operations = [
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("office__isnull", False)),
                fields=["office", "-created_at"],
                name="delivery_duty",
            ),
        ),
    ]
