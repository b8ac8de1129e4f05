"""The database notes the day of every message that is added or changed, for the counting sweep.

In the transaction of the change itself: a sweep that goes by ids or moments would miss what
commits late. Nothing waits for anything here: rows are only added.
"""

from django.db import migrations

NOTE = """
CREATE FUNCTION mayors_office_note_statement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO mayors_office_changed (day)
    SELECT DISTINCT (received_at AT TIME ZONE 'Asia/Seoul')::date FROM touched;
  RETURN NULL;
END $$;

CREATE FUNCTION mayors_office_note_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO mayors_office_changed (day)
    VALUES ((NEW.received_at AT TIME ZONE 'Asia/Seoul')::date);
  IF NEW.received_at <> OLD.received_at THEN
    INSERT INTO mayors_office_changed (day)
      VALUES ((OLD.received_at AT TIME ZONE 'Asia/Seoul')::date);
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER mayors_office_came AFTER INSERT ON channels_app_message
  REFERENCING NEW TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION mayors_office_note_statement();

CREATE TRIGGER mayors_office_went AFTER DELETE ON channels_app_message
  REFERENCING OLD TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION mayors_office_note_statement();

CREATE TRIGGER mayors_office_changed AFTER UPDATE ON channels_app_message
  FOR EACH ROW WHEN (
    (OLD.version, OLD.status, OLD.office_id, OLD.publication, OLD.borough_id, OLD.channel,
     OLD.received_at, OLD.met_at, OLD.met_due_at, OLD.moves)
    IS DISTINCT FROM
    (NEW.version, NEW.status, NEW.office_id, NEW.publication, NEW.borough_id, NEW.channel,
     NEW.received_at, NEW.met_at, NEW.met_due_at, NEW.moves)
  ) EXECUTE FUNCTION mayors_office_note_row();

INSERT INTO mayors_office_changed (day)
  SELECT DISTINCT (received_at AT TIME ZONE 'Asia/Seoul')::date FROM channels_app_message;
"""
FORGET = """
DROP TRIGGER mayors_office_changed ON channels_app_message;
DROP TRIGGER mayors_office_went ON channels_app_message;
DROP TRIGGER mayors_office_came ON channels_app_message;
DROP FUNCTION mayors_office_note_row();
DROP FUNCTION mayors_office_note_statement();
"""


class Migration(migrations.Migration):
    dependencies = [("mayors_office", "0001_numbers_of_a_day")]

    operations = [migrations.RunSQL(NOTE, FORGET)]
