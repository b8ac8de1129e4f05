"""Newest answers by office and by borough, and how many nobody else reads, without a scan."""

from django.db import migrations, models

ANSWERED = models.Q(("publication", "public"), ("replied_at__isnull", False))


class Migration(migrations.Migration):
    """Three orders of messages."""

    dependencies = [("channels_app", "0019_duty_mails")]

    operations = [
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=ANSWERED,
                fields=["office", "-replied_at", "-id"],
                name="message_answered_by",
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=ANSWERED,
                fields=["borough", "-replied_at", "-id"],
                name="message_answered_in",
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(
                    models.Q(("publication", "public"), _negated=True),
                    models.Q(("status", "set_aside"), _negated=True),
                ),
                fields=["office", "received_at"],
                name="message_not_shown",
            ),
        ),
    ]
