"""What stands already gets its clock, and every public message its topic."""

from django.db import migrations

CLOCKS = """
UPDATE channels_app_message SET
    clock_from = received_at,
    told_version = version,
    met_at = replied_at,
    met_due_at = CASE WHEN replied_at IS NOT NULL THEN due_at END
"""
ANSWERS = "UPDATE channels_app_reply SET outcome = 'explained' WHERE outcome = ''"
TOPICS = """
INSERT INTO channels_app_topic (kind, code, title, text, language, office_id, shown, opened_at)
SELECT 'message', code, left(masked_text, 200), masked_text, language, office_id, true, received_at
FROM channels_app_message
WHERE publication = 'public' AND masked_text <> ''
ON CONFLICT (code) DO NOTHING
"""
FOLLOWED = """
UPDATE channels_app_message SET topic_id = topic.id
FROM channels_app_topic AS topic
WHERE topic.code = channels_app_message.code AND channels_app_message.topic_id IS NULL
"""
NOTHING_FOLLOWED = "UPDATE channels_app_message SET topic_id = NULL"
NO_TOPICS = "DELETE FROM channels_app_topic WHERE kind = 'message'"


class Migration(migrations.Migration):
    """Old rows into the new columns."""

    dependencies = [("channels_app", "0014_promise")]

    operations = [
        migrations.RunSQL(CLOCKS, migrations.RunSQL.noop),
        migrations.RunSQL(ANSWERS, migrations.RunSQL.noop),
        migrations.RunSQL(TOPICS, NO_TOPICS),
        migrations.RunSQL(FOLLOWED, NOTHING_FOLLOWED),
    ]
