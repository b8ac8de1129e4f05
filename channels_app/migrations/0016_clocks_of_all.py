"""Every message has a clock."""

import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    """Tightened, now that all are filled."""

    dependencies = [("channels_app", "0015_promise_rows")]

    operations = [
        migrations.AlterField(
            model_name="message",
            name="clock_from",
            field=models.DateTimeField(
                db_default=django.db.models.functions.datetime.Now(), editable=False
            ),
        ),
    ]
