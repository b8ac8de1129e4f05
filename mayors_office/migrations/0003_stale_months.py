"""Which months of the open data must be written anew; the database notes what was withdrawn.

In the transaction of the withdrawal itself, whoever writes: a file that holds something withdrawn
is not handed out from that moment. What came in or changed is noted by whoever counts its day.
"""

from django.db import migrations, models

NOTE = """
CREATE FUNCTION mayors_office_withdraw_message() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO mayors_office_stalemonth (month, withdrawn)
    VALUES (date_trunc('month', OLD.received_at AT TIME ZONE 'Asia/Seoul')::date, true);
  RETURN NULL;
END $$;

CREATE FUNCTION mayors_office_withdraw_reply() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO mayors_office_stalemonth (month, withdrawn)
    SELECT date_trunc('month', m.received_at AT TIME ZONE 'Asia/Seoul')::date, true
    FROM channels_app_message m WHERE m.id = OLD.message_id AND m.publication = 'public';
  RETURN NULL;
END $$;

CREATE TRIGGER mayors_office_withdrawn AFTER UPDATE ON channels_app_message
  FOR EACH ROW WHEN (
    OLD.publication = 'public' AND OLD.status <> 'set_aside' AND (
      NEW.publication <> 'public' OR NEW.status = 'set_aside'
      OR (OLD.masked_text, OLD.masked_place, OLD.received_at)
         IS DISTINCT FROM (NEW.masked_text, NEW.masked_place, NEW.received_at)
    )
  ) EXECUTE FUNCTION mayors_office_withdraw_message();

CREATE TRIGGER mayors_office_withdrawn_whole AFTER DELETE ON channels_app_message
  FOR EACH ROW WHEN (OLD.publication = 'public' AND OLD.status <> 'set_aside')
  EXECUTE FUNCTION mayors_office_withdraw_message();

CREATE TRIGGER mayors_office_withdrawn AFTER UPDATE ON channels_app_reply
  FOR EACH ROW WHEN (
    OLD.published_at IS NOT NULL AND (
      NEW.published_at IS NULL
      OR (OLD.masked_text, OLD.reason, OLD.next_door, OLD.will_do)
         IS DISTINCT FROM (NEW.masked_text, NEW.reason, NEW.next_door, NEW.will_do)
    )
  ) EXECUTE FUNCTION mayors_office_withdraw_reply();

CREATE TRIGGER mayors_office_withdrawn_whole AFTER DELETE ON channels_app_reply
  FOR EACH ROW WHEN (OLD.published_at IS NOT NULL)
  EXECUTE FUNCTION mayors_office_withdraw_reply();
"""
FORGET = """
DROP TRIGGER mayors_office_withdrawn_whole ON channels_app_reply;
DROP TRIGGER mayors_office_withdrawn ON channels_app_reply;
DROP TRIGGER mayors_office_withdrawn_whole ON channels_app_message;
DROP TRIGGER mayors_office_withdrawn ON channels_app_message;
DROP FUNCTION mayors_office_withdraw_reply();
DROP FUNCTION mayors_office_withdraw_message();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("channels_app", "0030_similar_lately"),
        ("mayors_office", "0002_note_changed_days"),
    ]

    operations = [
        migrations.CreateModel(
            name="StaleMonth",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("month", models.DateField()),
                ("withdrawn", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ["id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("withdrawn", True)),
                        fields=["month"],
                        name="stalemonth_withdrawn",
                    )
                ],
            },
        ),
        migrations.RunSQL(NOTE, FORGET),
    ]
