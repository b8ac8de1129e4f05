"""The rows of the portal that follow from the dice, table after table."""

import time
from collections.abc import Callable

from django.db import connection

from benchmarks.city import draws
from benchmarks.city.passages import fill_passages
from benchmarks.city.people import CONTACTS, fill_people
from benchmarks.city.rarer import fill_few
from benchmarks.city.writing import bare, insert
from channels_app import actions
from channels_app.models import (
    Addition,
    Asked,
    Attachment,
    DayCount,
    Delivery,
    Message,
    MessageStep,
    Passage,
    PublicationChange,
    Reminder,
    Reply,
    RoutingDecision,
    Topic,
)
from desk.models import Draft
from mayors_office import counting

Tell = Callable[[str], object]
ALL = (
    Topic, Message, MessageStep, Reply, RoutingDecision, Delivery, PublicationChange, Asked,
    Attachment, Reminder, Addition, Draft, Passage,
)  # fmt: skip
TOPIC = {
    "id": "m.id",
    "kind": "'message'",
    "code": "m.code",
    "title": "left(m.masked_text, 60)",
    "text": "m.masked_text",
    "office_id": "m.office_id",
    "shown": "m.publication = 'public'",
    "opened_at": "m.received_at",
}
MESSAGE = {
    "id": "d.n",
    "code": "'S-' || to_char(d.received_at AT TIME ZONE 'Asia/Seoul', 'YYYY-') ||"
    " lpad(d.n::text, greatest(6, length(d.n::text)), '0')",
    "nonce": "md5(d.n || 'nonce')",
    "channel": "d.channel",
    "kind": "d.kind",
    "text": "words",
    "masked_text": "words",
    "client_key": "gen_random_uuid()",
    "request_digest": "md5(d.n || 'a') || md5(d.n || 'b')",
    "body_digest": "md5(d.n || 'c') || md5(d.n || 'd')",
    "contact_id": "CASE WHEN d.contact < 0.6 THEN d.first_contact"
    f" + floor(d.contact / 0.6 * {CONTACTS})::int END",
    "topic_id": "CASE WHEN d.publication IN ('public', 'hidden') THEN d.n END",
    "lead_id": "CASE WHEN d.status = 'joined' THEN d.n - 1 END",
    "received_at": "d.received_at",
    "route_by": "d.received_at + interval '8 hours'",
    "needs_reader": "d.status = 'received'",
    "replied_at": "CASE WHEN d.status = 'replied' THEN d.met_at END",
    "set_aside_reason": "CASE WHEN d.status = 'set_aside' THEN 'spam' ELSE '' END",
    "status": "d.status",
    "version": "CASE d.status WHEN 'received' THEN 0 WHEN 'replied' THEN 3 WHEN 'at_work' THEN 2"
    " WHEN 'answered' THEN 2 ELSE 1 END",
    "told_version": "CASE d.status WHEN 'received' THEN 0 WHEN 'replied' THEN 3 WHEN 'at_work'"
    " THEN 2 WHEN 'answered' THEN 2 ELSE 1 END",
    "office_id": "d.office",
    "due_at": "d.due_at",
    "first_due_at": "d.received_at + interval '7 days'",
    "clock_from": "d.received_at",
    "met_at": "d.met_at",
    "met_due_at": "CASE WHEN d.met_at IS NOT NULL THEN d.received_at + interval '7 days' END",
    "first_finish_at": "CASE WHEN d.status = 'at_work' THEN d.due_at END",
    "publication": "d.publication",
    "wants_public": "d.publication <> 'private'",
    "held_reason": "CASE WHEN d.publication = 'held' OR d.screened THEN 'photo' ELSE '' END",
    "hidden_reason": "CASE WHEN d.publication = 'hidden' THEN 'personal' ELSE '' END",
    "publication_due_at": "CASE WHEN d.publication = 'held' THEN d.now + (d.due - 0.3) *"
    " interval '3 days' WHEN d.is_open AND d.publication = 'public' AND d.n % 60 = 0"
    " THEN d.now + d.due * interval '3 days' END",
    "screened_at": "CASE WHEN d.screened AND d.is_open"
    " THEN greatest(d.received_at, d.now - d.due * interval '5 days')"
    " WHEN d.screened THEN d.received_at + least(interval '1 day',"
    " (d.now - d.received_at) / 2) END",
    "screened_by_id": "CASE WHEN d.screened THEN (SELECT min(id) FROM people_user) END",
    "borough_id": "d.borough",
    "place": "CASE WHEN d.borough IS NULL THEN '' ELSE '사거리 앞' END",
    "masked_place": "CASE WHEN d.borough IS NULL THEN '' ELSE '사거리 앞' END",
    "latitude": "CASE WHEN d.latitude < 0.4 THEN 37.45 + d.latitude / 2 END",
    "longitude": "CASE WHEN d.latitude < 0.4 THEN 126.8 + d.longitude / 3 END",
}
STEP = {
    "root_id": "d.n",
    "to_status": "d.status",
    "office_id": "d.office",
    "due_at": "d.due_at",
    "text_digest": "''",
}
# What came before the last status, each with when; the last step is told from the message.
STEPS = (
    {"seq": "0", "from_status": "''", "to_status": "'received'", "at": "d.received_at"},
    {
        "seq": "1",
        "from_status": "'received'",
        "to_status": "CASE WHEN d.status IN ('joined', 'set_aside') THEN d.status"
        " ELSE 'routed' END",
        "at": "d.received_at + least(interval '2 hours', (d.now - d.received_at) / 10)",
    },
    {
        "seq": "2",
        "from_status": "'routed'",
        "to_status": "CASE WHEN d.status = 'at_work' THEN d.status ELSE 'answered' END",
        "at": "coalesce(d.met_at, d.now) - interval '10 seconds'",
    },
    {"seq": "3", "from_status": "'answered'", "to_status": "'replied'", "at": "d.met_at"},
)
STEPS_OF = (
    "true",
    "d.status <> 'received'",
    "d.status IN ('at_work', 'answered', 'replied')",
    "d.status = 'replied'",
)


def fill(rows: int, *, tell: Tell = lambda _line: None) -> None:
    """So many messages and all that belongs to them, into a database that has none.

    The caller vacuums: only outside a transaction.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0; SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET max_parallel_workers_per_gather = 0; SET work_mem = '256MB'")
        cursor.execute("SET maintenance_work_mem = '512MB'; SET lock_timeout = 0")
    stopwatch = Stopwatch(tell)
    fill_people()
    draws.throw(rows)
    stopwatch("dice", rows)
    with bare(ALL):
        stopwatch("messages", _messages())
        stopwatch("topics", insert(Topic, TOPIC, "channels_app_message m WHERE topic_id = m.id"))
        stopwatch("steps", sum(_steps(number) for number in range(len(STEPS))))
        stopwatch("answers", _answers())
        stopwatch("decisions", _decisions())
        stopwatch("deliveries", sum(_deliveries(event) for event in ("receipt", "answer")))
        stopwatch("others", fill_few())
        stopwatch("texts to find", fill_passages())
        draws.forget()
    stopwatch("keys and indexes")
    actions.count_anew()
    actions.count_middles()
    stopwatch("counts", DayCount.objects.count())
    stopwatch("days", sum(counting.rebuild()))
    stopwatch("known words", actions.learn_words())
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval('channels_app_receipt', %s)", [rows + 1])
        cursor.execute("SELECT setval('channels_app_message_id_seq', %s)", [rows + 1])
        cursor.execute("SELECT setval('channels_app_topic_id_seq', %s)", [rows + 1])
        cursor.execute("RESET ALL")


class Stopwatch:
    """A line for each table: its rows, and the seconds since the last line."""

    def __init__(self, tell: Tell) -> None:
        self.tell, self.since = tell, time.monotonic()

    def __call__(self, name: str, rows: int | None = None) -> None:
        """Tell, and begin anew."""
        took, self.since = time.monotonic() - self.since, time.monotonic()
        self.tell(f"  {name:<16}{'' if rows is None else f'{rows:,}':>12}  {took:6.1f} s")


SAID = f"""
(SELECT city_draw.*, (SELECT min(id) FROM channels_app_contact) AS first_contact,
        publication IN ('public', 'hidden')
        AND (city_draw.n % 33 = 0 OR is_open AND city_draw.n % 20 = 0) AS screened,
        {draws.words().replace("d.n", "city_draw.n")} AS words
 FROM city_draw JOIN city_phrase one ON one.n = city_draw.one
                JOIN city_phrase other ON other.n = city_draw.other ORDER BY city_draw.n) d
"""  # noqa: S608 - words of this package


def _messages() -> int:
    return insert(Message, MESSAGE, SAID)


def _steps(number: int) -> int:
    return insert(MessageStep, STEP | STEPS[number], f"city_draw d WHERE {STEPS_OF[number]}")


def _answers() -> int:
    """The closing answer of each that has one, a promise for what is at work."""
    said = "'말씀하신 곳을 살펴보았습니다. ' || one.words || ' ' || other.words || ' 마쳤습니다.'"
    columns = {
        "kind": "CASE WHEN d.status = 'at_work' THEN 'promising' ELSE 'closing' END",
        "outcome": "CASE WHEN d.status = 'at_work' THEN '' ELSE 'done' END",
        "new_due_at": "CASE WHEN d.status = 'at_work' THEN d.due_at END",
        "message_id": "d.n",
        "office_id": "d.office",
        "by_id": "(SELECT min(id) FROM people_user)",
        "text": said,
        "masked_text": said,
        "written_at": "d.met_at - interval '10 seconds'",
        "leaves_at": "d.met_at",
        "published_at": "d.met_at",
    }
    source = (
        "city_draw d JOIN city_phrase one ON one.n = d.other"
        " JOIN city_phrase other ON other.n = d.one WHERE d.met_at IS NOT NULL"
    )
    return insert(Reply, columns, source)


def _decisions() -> int:
    columns = {
        "message_id": "d.n",
        "office_id": "d.office",
        "reason": "'낱말'",
        "at": "d.received_at + interval '5 seconds'",
    }
    return insert(RoutingDecision, columns, "city_draw d WHERE d.status <> 'set_aside'")


def _deliveries(event: str) -> int:
    columns = {
        "event": f"'{event}'",
        "message_id": "m.id",
        "reply_id": "r.id" if event == "answer" else "NULL",
        "contact_id": "m.contact_id",
        "channel": "'mail'",
        "state": "CASE WHEN m.id % 5000 = 0 THEN 'failed' ELSE 'sent' END",
        "attempts": "1",
        "next_at": "coalesce(m.replied_at, m.received_at)",
        "created_at": "coalesce(m.replied_at, m.received_at)",
        "lease_until": "coalesce(m.replied_at, m.received_at) + interval '2 minutes'",
        "sent_at": "coalesce(m.replied_at, m.received_at)",
    }
    replies = "JOIN channels_app_reply r ON r.message_id = m.id AND r.kind = 'closing'"
    source = f"channels_app_message m {replies if event == 'answer' else ''}"
    return insert(Delivery, columns, f"{source} WHERE m.contact_id IS NOT NULL")
