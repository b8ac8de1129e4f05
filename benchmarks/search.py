"""Search by words over invented texts, made by SQL: how long a page with its count takes.

Four of five texts are messages, the others answers; two of three may be read by everyone. The
questions are of every kind people ask: `worst_query` names the kind whose 95th part is the longest.
"""

import random
import time
from collections import defaultdict
from collections.abc import Callable, Mapping

from django.db import connection

from benchmarks import measuring
from benchmarks.similar import PLACES, THINGS, TROUBLES, WISHES, WORDS
from channels_app import actions, searching
from channels_app.actions import Said
from channels_app.models import Channel, Kind, Passage
from channels_app.models.passages import trait
from channels_app.searching import Asked
from channels_app.text.finding import words_of
from people import actions as people_actions
from people.models import Office, User

SIZES = ("rows",)
ROWS, QUICK_ROWS = 1_000_000, 5_000
POOLED = 20_000  # texts that are really written; the others are like one of them
COMMON = "도서관"  # in 8 of 100 texts
ENGLISH = (
    "the street light near the library is broken,please repair the playground behind the school,"
    "night bus is late every friday evening,water is leaking in the parking garage,"
    "thank you for the new bicycle road along the river,more benches for elderly people please"
)
SETTINGS = "SET statement_timeout = 0; SET maintenance_work_mem = '512MB'; SELECT setseed(0.42)"
# Some thousand texts, each with a rarer word of its own wherever it stands again.
POOL = """
CREATE TEMPORARY TABLE bench_text AS
SELECT n, CASE WHEN n %% 7 = 0 THEN {english}
  ELSE concat_ws(' ', {places}, {things}, {troubles} || '.',
    CASE WHEN random() < 0.093 THEN '{common}에서' END,
    (SELECT string_agg(word, ' ') FROM bench_word WHERE bench_word.n IN (
      SELECT floor(4000 * power(random() + 0 * g.n, 2))::int
      FROM generate_series(1, 4 + g.n %% 12))), {wishes})
  END AS words
FROM generate_series(0, %s - 1) g(n)
"""
PASSAGES = """
INSERT INTO channels_app_passage (kind, message_id, public, at, letters, traits, language)
SELECT what, %s, public, now() - n * interval '2 minutes',
  btrim(regexp_replace(lower(words), '[^a-z0-9가-힣]+', ' ', 'g')),
  ARRAY['=kind:' || kind, '=channel:' || channel, '=office:' || office, '=borough:' || borough,
        '=reader:' || office, '=state:' || state, '=what:' || what]
    || CASE WHEN public THEN ARRAY['=public:1'] ELSE ARRAY[]::text[] END, ''
FROM (
  SELECT g.n, pool.words || ' ' || own.word AS words, g.n %% 3 > 0 AS public,
    CASE WHEN g.n %% 5 = 0 THEN 'answer' ELSE 'message' END AS what,
    CASE WHEN g.n %% 4 > 0 THEN 'answered' ELSE 'open' END AS state,
    (ARRAY{offices})[1 + (g.n * 7919) %% {office_count}] AS office,
    (ARRAY{boroughs})[1 + (g.n * 104729) %% {borough_count}] AS borough,
    {kinds} AS kind, {channels} AS channel
  FROM generate_series(1, %s::bigint) g(n)
  JOIN bench_text pool ON pool.n = (g.n * 31) %% %s
  JOIN bench_word own ON own.n = (g.n * 6151) %% 4000
) made ORDER BY n DESC
"""


def run(*, quick: bool, seconds: float, rows: int | None = None) -> dict[str, object]:
    """The figures of one run: as the page asks, a page and its count."""
    rows = rows or (QUICK_ROWS if quick else ROWS)
    fill(rows)
    dice = random.Random(42)
    asking = questions(rows, dice)
    took: dict[str, list[float]] = defaultdict(list)
    backend = int(_column("SELECT pg_backend_pid()::text")[0])
    cpu, stop = measuring.cpu_seconds(backend), time.monotonic() + seconds
    while time.monotonic() < stop:
        for name, question in asking.items():
            asked = question()
            started = time.monotonic()
            searching.count(asked, searching.find(asked))
            took[name].append(time.monotonic() - started)
    cpu = measuring.cpu_seconds(backend) - cpu
    every = [one for times in took.values() for one in times]
    parts = {name: _ms(times, 0.95) for name, times in took.items()}
    return {
        "rows": rows,
        "searches": len(every),
        "p50_ms": _ms(every, 0.5),
        "p95_ms": _ms(every, 0.95),
        "cpu_ms_db": round(1000 * cpu / len(every), 1),
        "worst_query": max(parts, key=lambda name: parts[name]),
        "p95_ms_by_query": parts,
    }


Question = Callable[[], Asked]


def questions(rows: int, dice: random.Random) -> Mapping[str, Question]:
    """Every kind of question; each time other words."""
    offices = list(Office.objects.values_list("pk", flat=True))
    officer = User.objects.create_user(email="officer@bench.example")
    people_actions.appoint(officer, office=Office.objects.boroughs()[0], by=None)
    rare = _column("SELECT word FROM bench_word WHERE length(word) > 3 AND n > 2000")
    short = _column("SELECT word FROM bench_word WHERE length(word) = 2")
    common = [*THINGS.split(","), *TROUBLES.split(",")]

    def about(text: str, *traits: str, user: User | None = None) -> Asked:
        return Asked(words_of(text), traits, user=user)

    return {
        "rare word": lambda: about(dice.choice(rare)),
        "two syllables": lambda: about(dice.choice(short)),
        "in 8 of 100": lambda: about(COMMON),
        "two common words": lambda: about(f"{COMMON} {dice.choice(common)}"),
        "common and rare": lambda: about(f"{COMMON} {dice.choice(rare)}"),
        "in none": lambda: about("".join(dice.choice("뷁쀍쒧튊휅") for _ in range(3))),
        "none, of common pieces": lambda: about("도로보도블록관서"),
        "English": lambda: about(
            dice.choice(("library", "night bus", "park", "bi", "benches for"))
        ),
        "one office": lambda: about(COMMON, trait("office", dice.choice(offices))),
        "all filters": lambda: about(
            COMMON,
            trait("office", dice.choice(offices)),
            trait("kind", Kind.COMPLAINT),
            trait("channel", Channel.WEB),
            trait("state", "answered"),
            trait("what", "message"),
        ),
        "an officer": lambda: about(dice.choice(short), user=officer),
    }


def fill(rows: int) -> None:
    """So many texts beside one that came through the door; their index is made at the end."""
    model = actions.receive(Said(text="보도블록이 들려 있어요", kind=Kind.COMPLAINT, public=True))
    offices = list(Office.objects.order_by("pk").values_list("pk", flat=True))
    boroughs = list(Office.objects.boroughs().values_list("pk", flat=True))
    words = {"places": PLACES, "things": THINGS, "troubles": TROUBLES, "wishes": WISHES}
    words |= {"english": ENGLISH, "kinds": ",".join(Kind), "channels": ",".join(Channel)}
    chosen = {name: _one_of(every.split(",")) for name, every in words.items()}
    counts = {"office_count": len(offices), "borough_count": len(boroughs)}
    passages = PASSAGES.format(offices=offices, boroughs=boroughs, **counts, **chosen)
    pool = min(rows, POOLED)
    index = next(index for index in Passage._meta.indexes if index.name == "passage_pieces")
    with connection.cursor() as cursor, connection.schema_editor(atomic=False) as editor:
        cursor.execute(SETTINGS)
        cursor.execute(WORDS)
        cursor.execute(POOL.format(common=COMMON, **chosen), [pool])
        editor.remove_index(Passage, index)
        cursor.execute(passages, [model.pk, rows, pool])
        editor.add_index(Passage, index)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE channels_app_passage")
        cursor.execute("RESET statement_timeout")


def _one_of(every: list[str]) -> str:
    listed = ", ".join(f"'{one}'" for one in every)
    return f"(ARRAY[{listed}])[1 + floor(random() * {len(every)})::int]"


def _column(statement: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return [row[0] for row in cursor.fetchall()]


def _ms(times: list[float], part: float) -> float:
    return round(1000 * measuring.percentile(times, part), 1)
