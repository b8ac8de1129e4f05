"""The dice: one row for each message, from which all its other rows follow.

Three years up to this moment, the newest last. The same seed gives the same city, whatever its
size: about 3,000 are open (a third in a small one), their dates lie from four days ago to twenty
days ahead; the others were answered, most within a week.
"""

from django.db import connection

from benchmarks.similar import PLACES, THINGS, TROUBLES, WISHES
from people.models import Office, OfficeKind

OPEN = 3_000
PHRASES = 40_000
SYLLABLES = "가나다라마바사아자차카타파하거너"

# 4,000 words of two to four syllables; the first ones are said often, as in any language.
PHRASE = """
CREATE UNLOGGED TABLE city_phrase AS
WITH word AS MATERIALIZED (
  SELECT n, (
    SELECT string_agg(chr(44032 + 18 * (('x' || substr(md5(n || ':' || i), 1, 6))::bit(24)::int
                                        % 600)), '')
    FROM generate_series(1, 2 + n % 3) i) AS word
  FROM generate_series(0, 3999) n
), picked AS MATERIALIZED (
  SELECT n, floor(4000 * power(random(), 2))::int AS word
  FROM generate_series(1, {phrases}) n, generate_series(1, 3 + n % 4)
)
SELECT picked.n, string_agg(word.word, ' ') AS words
FROM picked JOIN word ON word.n = picked.word GROUP BY picked.n
"""
DICE = """
CREATE UNLOGGED TABLE city_dice AS
SELECT n, now() - interval '1095 days' * ((:rows - n + random()) / :rows) AS received_at,
       n > :rows - :open * 5 / 4 AND random() < 0.8 AS is_open,
       random() AS state, random() AS shown, random() AS kind, random() AS channel,
       random() AS office, random() AS borough, random() AS contact, random() AS due,
       least(20, -3 * ln(1 - random())) * interval '1 day' AS took,
       random() AS latitude, random() AS longitude,
       1 + floor(random() * :phrases)::int AS one, 1 + floor(random() * :phrases)::int AS other
FROM generate_series(1, :rows) n
"""
DRAW = """
CREATE UNLOGGED TABLE city_draw AS
SELECT n, received_at, kind, channel, contact, due, latitude, longitude, one, other,
       borough, status, publication, is_open, office, now() AS now,
       CASE WHEN is_open THEN now() + (due * 24 - 4) * interval '1 day'
            ELSE received_at + interval '7 days' END AS due_at,
       CASE WHEN status IN ('replied', 'at_work')
            THEN received_at + least(took, (now() - received_at) * 0.9) END AS met_at
FROM (
  SELECT *,
    CASE WHEN status IN ('received', 'set_aside') THEN :centre
         ELSE (:offices)[1 + floor(:office_count * power(office_dice, 2))::int] END AS office,
    CASE WHEN borough_dice < 0.7
         THEN (:boroughs)[1 + floor(:borough_count * borough_dice / 0.7)::int] END AS borough,
    CASE WHEN is_open AND shown < 0.05 THEN 'held' WHEN shown < 0.70 THEN 'public'
         WHEN shown < 0.72 THEN 'hidden' ELSE 'private' END AS publication
  FROM (
    SELECT n, received_at, is_open, took, shown, contact, due, latitude, longitude, one, other,
      office AS office_dice, borough AS borough_dice,
      CASE WHEN kind < 0.55 THEN 'complaint' WHEN kind < 0.80 THEN 'question'
           WHEN kind < 0.92 THEN 'idea' ELSE 'hazard' END AS kind,
      CASE WHEN channel < 0.85 THEN 'web' ELSE 'api' END AS channel,
      CASE WHEN is_open THEN CASE WHEN state < 0.10 THEN 'received' WHEN state < 0.75 THEN 'routed'
                                  WHEN state < 0.95 THEN 'at_work' ELSE 'answered' END
           WHEN n % 12 = 0 THEN 'joined'
           WHEN n % 17 = 0 AND n % 12 <> 11 THEN 'set_aside'
           ELSE 'replied' END AS status
    FROM city_dice
  ) happened
) placed
"""


def throw(rows: int) -> None:
    """The tables city_draw and city_phrase; raises nothing that the server does not."""
    wanted = {
        "rows": str(rows),
        "open": str(min(OPEN, rows // 3)),
        "phrases": str(min(PHRASES, max(rows, 1))),
        **_places(),
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT setseed(0.42)")
        cursor.execute(PHRASE.format(phrases=wanted["phrases"]))
        for statement in (DICE, DRAW):
            for name in sorted(wanted, key=len, reverse=True):
                statement = statement.replace(f":{name}", wanted[name])
            cursor.execute(statement)
        cursor.execute("DROP TABLE city_dice")
        cursor.execute("CREATE INDEX ON city_phrase (n)")
        cursor.execute("ANALYZE city_draw, city_phrase")


def forget() -> None:
    """Nothing is left but the rows of the portal."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE city_draw, city_phrase")


def one_of(words: str) -> str:
    """SQL for one of these, by the dice; they are parted by commas."""
    listed = ", ".join(f"'{word}'" for word in words.split(","))
    return f"(ARRAY[{listed}])[1 + floor(random() * {words.count(',') + 1})::int]"


def words() -> str:
    """SQL for what somebody said; `one` and `other` are phrases of this row."""
    own = f"translate(substr(md5(d.n::text), 1, 3), '0123456789abcdef', '{SYLLABLES}')"
    parts = (
        one_of(PLACES),
        one_of(THINGS),
        f"{one_of(TROUBLES)} || '.'",
        "one.words",
        f"other.words || ' ' || {own} || '.'",
        one_of(WISHES),
    )
    return f"concat_ws(' ', {', '.join(parts)})"


def _places() -> dict[str, str]:
    answering = Office.objects.answering().exclude(kind=OfficeKind.CENTRE)
    offices = [str(pk) for pk in answering.order_by("slug").values_list("pk", flat=True)]
    boroughs = [str(office.pk) for office in Office.objects.boroughs()]
    return {
        "centre": str(Office.objects.centre().pk),
        "offices": f"ARRAY[{','.join(offices)}]",
        "office_count": str(len(offices)),
        "boroughs": f"ARRAY[{','.join(boroughs)}]",
        "borough_count": str(len(boroughs)),
    }
