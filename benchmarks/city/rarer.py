"""Rows that few messages have, and the one case with a long history."""

from django.db import connection

from benchmarks.city.writing import insert
from channels_app.models import (
    Addition,
    Asked,
    Attachment,
    MessageStep,
    PublicationChange,
    Reminder,
    Reply,
)
from desk.models import Draft

LONG = 120  # steps, and half as many answers and words of its author
OFFICER = "(SELECT min(id) FROM people_user)"
# The oldest promised public message: moved, reported on and added to all the time.
LONG_CASE = (
    "(SELECT * FROM city_draw WHERE status = 'at_work' AND publication = 'public'"
    " ORDER BY n LIMIT 1) d"
)
LATER = "d.now - interval '1 minute' * (1000 - g)"
TOLD = "'오늘은 여기까지 했습니다. ' || g"
ADDED = "'하나 더 있습니다. ' || g"
FEW = (
    (
        PublicationChange,
        {
            "message_id": "m.id",
            "came_from": "'held'",
            "to": "m.publication",
            "reason": "m.hidden_reason",
            "by_id": OFFICER,
            "at": "m.screened_at",
        },
        "channels_app_message m WHERE m.screened_at IS NOT NULL",
    ),
    (
        Asked,
        {
            "message_id": "d.n",
            "office_id": "(SELECT max(id) FROM people_office WHERE id <> d.office)",
            "question": "'언제까지 됩니까?'",
            "due_at": "d.due_at",
            "by_id": OFFICER,
            "at": "d.received_at",
        },
        "city_draw d WHERE d.is_open AND d.status = 'routed' AND d.n % 5 = 0",
    ),
    (
        Attachment,
        {
            "message_id": "d.n",
            "draft": "NULL",
            "state": "'ready'",
            "picture": "'none.jpg'",
            "thumbnail": "'none-small.jpg'",
            "digest": "md5(d.n::text)",
            "size": "200000",
            "width": "2048",
            "height": "1536",
            "created_at": "d.received_at",
            "try_at": "d.received_at",
            "shown_at": "CASE WHEN d.publication = 'public' THEN d.received_at END",
        },
        "city_draw d WHERE d.n % 33 = 0 OR d.is_open AND d.n % 20 = 0",
    ),
    (
        Reminder,
        {
            "message_id": "d.n",
            "level": "'late'",
            "due_at": "d.due_at",
            "at": "d.due_at",
            "office_id": "NULL",
            "told": "true",
        },
        "city_draw d WHERE d.is_open AND d.due_at < d.now AND d.status <> 'answered'",
    ),
    (
        Draft,
        {
            "message_id": "d.n",
            "office_id": "d.office",
            "by_id": OFFICER,
            "kind": "'done'",
            "words": """'{"answer": "살펴보고 있습니다."}'""",
            "at": "d.received_at",
        },
        "city_draw d WHERE d.status = 'routed' AND d.n % 10 = 1",
    ),
    (
        MessageStep,
        {
            "root_id": "d.n",
            "seq": "g",
            "from_status": "'at_work'",
            "to_status": "'at_work'",
            "cause": "'progress'",
            "office_id": "d.office",
            "due_at": "d.due_at",
            "at": LATER,
        },
        f"{LONG_CASE}, generate_series(3, {LONG}) g",
    ),
    (
        Reply,
        {
            "kind": "'progress'",
            "message_id": "d.n",
            "office_id": "d.office",
            "by_id": OFFICER,
            "text": TOLD,
            "masked_text": TOLD,
            "written_at": LATER,
            "leaves_at": LATER,
            "published_at": LATER,
        },
        f"{LONG_CASE}, generate_series(4, {LONG}, 2) g",
    ),
    (
        Addition,
        {
            "message_id": "d.n",
            "kind": "'more'",
            "text": ADDED,
            "masked_text": ADDED,
            "public": "true",
            "at": LATER,
        },
        f"{LONG_CASE}, generate_series(4, {LONG}, 2) g",
    ),
)
AS_LONG = f"""
UPDATE channels_app_message SET version = {LONG}, told_version = {LONG}
WHERE id = (SELECT n FROM {LONG_CASE})
"""  # noqa: S608 - words of this module


def fill_few() -> int:
    """How many rows it were."""
    made = sum(insert(model, columns, source) for model, columns, source in FEW)
    with connection.cursor() as cursor:
        cursor.execute(AS_LONG)
    return made
