"""Count the messages that are there; from now on the triggers keep the counts."""

from django.db import migrations

COUNT = """
WITH one AS (
  SELECT (received_at AT TIME ZONE 'Asia/Seoul')::date AS day, office_id, borough_id,
         publication = 'public' AND status <> 'set_aside' AS shown,
         status = 'replied' AS replied,
         coalesce(met_at <= met_due_at, false) AS in_time,
         coalesce(met_at > met_due_at, false) AS late,
         publication <> 'public' AND status <> 'set_aside' AS not_shown
  FROM channels_app_message
), counted AS MATERIALIZED (
  SELECT day, office_id, borough_id,
         count(*) FILTER (WHERE shown) AS came,
         count(*) FILTER (WHERE shown AND replied) AS replied,
         count(*) FILTER (WHERE shown AND in_time) AS in_time,
         count(*) FILTER (WHERE shown AND late) AS late,
         count(*) FILTER (WHERE not_shown) AS not_shown
  FROM one GROUP BY day, office_id, borough_id
), cells AS (
  SELECT by, place_id, span, CASE span WHEN 'day' THEN day ELSE date_trunc('month', day)::date END
         AS first, came, replied, in_time, late, not_shown
  FROM counted,
       LATERAL (VALUES ('office', office_id), ('borough', borough_id)) AS places(by, place_id),
       (VALUES ('day'), ('month')) AS spans(span)
), taken AS (
  DELETE FROM channels_app_countchange
)
INSERT INTO channels_app_daycount
  (by, place_id, span, day, came, replied, in_time, late, not_shown)
SELECT by, place_id, span, first,
       sum(came), sum(replied), sum(in_time), sum(late), sum(not_shown)
FROM cells GROUP BY by, place_id, span, first ORDER BY span, first, by
"""
FORGET = "DELETE FROM channels_app_daycount"


class Migration(migrations.Migration):
    """One statement, so that nothing is counted twice or missed while others write."""

    dependencies = [("channels_app", "0027_counts")]

    operations = [migrations.RunSQL(COUNT, FORGET)]
