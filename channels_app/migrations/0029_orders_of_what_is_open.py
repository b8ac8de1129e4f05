"""What is open of one place, and what was set aside, found at once."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("channels_app", "0028_count_the_messages"),
        ("people", "0004_user_history"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(
                    ("publication", "public"),
                    ("status__in", ("received", "routed", "at_work", "answered")),
                ),
                fields=["office", "due_at", "id"],
                name="message_open_of_office",
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(
                    ("publication", "public"),
                    ("status__in", ("received", "routed", "at_work", "answered")),
                ),
                fields=["borough", "due_at", "id"],
                name="message_open_of_borough",
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(
                    ("publication", "public"), models.Q(("status", "set_aside"), _negated=True)
                ),
                fields=["office", "borough", "-received_at", "-id"],
                name="message_of_both",
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("status", "set_aside")),
                fields=["-received_at", "-id"],
                name="message_aside",
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("status", "set_aside")),
                fields=["office", "-received_at", "-id"],
                name="message_aside_of",
            ),
        ),
    ]
