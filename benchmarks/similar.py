"""Similar search over invented messages, made by SQL: how long it takes, and what it finds.

Every question is an edited copy of a message: a word less, a syllable wrong in each sixth word, a
greeting more. A hit is that message among the five best; `late` counts the searches that were
given up, where the check page has no suggestions.
"""

import random
import time

from django.db import connection

from benchmarks import measuring
from benchmarks.city.writing import bare
from channels_app import actions, similar
from channels_app.actions import Said
from channels_app.models import Kind, Message
from people.models import Office

ROWS, QUICK_ROWS = 100_000, 5_000
GREETINGS = ("안녕하세요.", "수고 많으십니다.", "급합니다.", "며칠 전에도 말씀드렸는데요.")
OTHER_SYLLABLES = "가나다라마바사아자차카타파하"
# Words that many use: where, what, what is wrong with it, what should be done.
PLACES = (
    "합정역 8번 출구,홍대입구역 앞,여의도 한강공원,서울숲 입구,망원시장 골목,은평뉴타운 사거리,"
    "청계천 산책로,남산 둘레길,신림역 3번 출구,잠실나루역 앞,광화문광장,이태원로,연신내역,노원역"
)
THINGS = (
    "보도블록이,가로등이,신호등이,빗물받이가,버스 정류장 의자가,공원 화장실이,자전거도로가,"
    "가로수가,횡단보도가,어린이 놀이터가,쓰레기통이,안내 표지판이,공영주차장이,육교가,점자블록이"
)
TROUBLES = (
    "들려 있어요,꺼져 있습니다,고장 났어요,막혀서 물이 찹니다,너무 더러워요,부서졌습니다,"
    "미끄러워요,어두워서 무섭습니다,보이지 않아요,위험합니다,냄새가 심해요,너무 좁아요"
)
WISHES = (
    "빨리 고쳐 주세요.,확인 부탁드립니다.,아이들이 다칩니다.,언제 고치나요?,꼭 답해 주세요.,"
    "어르신들이 힘들어합니다.,사진도 있습니다.,벌써 한 달째입니다.,다른 곳도 봐 주세요."
)
# 4,000 rarer words of two to four syllables, taken the way language does: the first ones often.
WORDS = """
CREATE TEMPORARY TABLE bench_word AS
SELECT n, (
  SELECT string_agg(chr(44032 + 18 * (('x' || substr(md5(n || ':' || i), 1, 6))::bit(24)::int
                                      % 600)), '')
  FROM generate_series(1, 2 + n % 3) i) AS word
FROM generate_series(0, 3999) n
"""
FILL = """
INSERT INTO channels_app_message ({columns})
SELECT {values} FROM (
  SELECT n, concat_ws(' ', {places}, {things}, {troubles} || '.', (
    SELECT string_agg(word, ' ') FROM bench_word WHERE bench_word.n IN (
      SELECT floor(4000 * power(random() + 0 * g.n, 2))::int
      FROM generate_series(1, 4 + g.n %% 22))
  ), {wishes}) AS words
  FROM generate_series(1, %s) g(n)
) made, (SELECT * FROM channels_app_message WHERE id = %s) model
"""


def run(*, quick: bool, seconds: float) -> dict[str, float]:
    """The figures of one run; place and borough unknown, the dearest case."""
    rows = QUICK_ROWS if quick else ROWS
    fill(rows)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE channels_app_message")
    dice = random.Random(42)
    keys = list(Message.objects.public().values_list("pk", flat=True))
    took: list[float] = []
    found = late = 0
    stop = time.monotonic() + seconds
    while time.monotonic() < stop:
        source = Message.objects.get(pk=dice.choice(keys))
        question = edited(source.masked_text, dice)
        started = time.monotonic()
        answer = similar.similar_to(question, borough=None, position=None)
        took.append(time.monotonic() - started)
        found += source in [one.message for one in answer]
        late += took[-1] > similar.LATE
    return {
        "rows": rows,
        "searches": len(took),
        "p50_ms": round(1000 * measuring.percentile(took, 0.50), 1),
        "p95_ms": round(1000 * measuring.percentile(took, 0.95), 1),
        "hit_rate": round(found / len(took), 3),
        "late": late,
    }


def fill(rows: int) -> None:
    """So many public messages beside one that came through the door."""
    model = actions.receive(Said(text="보도블록이 들려 있어요", kind=Kind.COMPLAINT, public=True))
    own = {
        "code": "'B-2026-' || lpad(made.n::text, 6, '0')",
        "text": "words",
        "masked_text": "words",
        "received_at": "model.received_at - made.n * interval '2 minutes'",
        "borough_id": str(Office.objects.boroughs()[0].pk),
    }
    columns = [field.column for field in Message._meta.concrete_fields if field.column != "id"]
    lists = {
        name: f"(ARRAY['{words.replace(',', chr(39) + ',' + chr(39))}'])"
        f"[1 + floor(random() * {words.count(',') + 1})::int]"
        for name, words in (
            ("places", PLACES), ("things", THINGS), ("troubles", TROUBLES), ("wishes", WISHES)
        )
    }  # fmt: skip
    statement = FILL.format(
        columns=", ".join(columns),
        values=", ".join(own.get(column, f"model.{column}") for column in columns),
        **lists,
    )
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("SELECT setseed(0.42)")
        cursor.execute(WORDS)
        with bare([Message]):
            cursor.execute(statement, [rows, model.pk])
        cursor.execute("DROP TABLE bench_word")
        cursor.execute("ANALYZE channels_app_message")
        cursor.execute("RESET statement_timeout")


def edited(text: str, dice: random.Random) -> str:
    """As another person would write it who sees the same."""
    words = text.split()
    del words[dice.randrange(len(words))]
    for place in range(dice.randrange(6), len(words), 6):
        spot = dice.randrange(len(words[place]))
        word = words[place]
        words[place] = word[:spot] + dice.choice(OTHER_SYLLABLES) + word[spot + 1 :]
    return " ".join([dice.choice(GREETINGS), *words])
