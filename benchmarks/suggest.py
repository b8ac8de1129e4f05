"""What is known already, while somebody writes a suggestion: how long it takes, what it finds.

The suggestions are made by SQL from the invented messages of `similar`, each with its own; the
policies share their words. Every question is an edited copy of a suggestion; a hit is that
suggestion among the three shown. `late` counts the searches that were given up.
"""

import random
import time

from django.db import connection

from benchmarks import measuring
from benchmarks.city.writing import bare, insert
from benchmarks.similar import edited, fill
from channels_app import actions
from channels_app.models import Message
from channels_app.similar import LATE
from people.models import Office
from suggestions import similar
from suggestions.models import Policy, Suggestion

ROWS, QUICK_ROWS = 100_000, 5_000
POLICIES = 1_000


def run(*, quick: bool, seconds: float) -> dict[str, float]:
    """The figures of one run."""
    rows = QUICK_ROWS if quick else ROWS
    fill(rows)
    suggest()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE suggestions_suggestion, suggestions_policy")
    dice = random.Random(42)
    first = Suggestion.objects.earliest("pk").pk
    took: list[float] = []
    found = late = policies = 0
    stop = time.monotonic() + seconds
    while time.monotonic() < stop:
        source = Suggestion.objects.get(pk=first + dice.randrange(rows))
        question = edited(source.masked_text, dice)
        started = time.monotonic()
        known = similar.known(question)
        took.append(time.monotonic() - started)
        found += source in [one.suggestion for one in known.ideas]
        policies += len(known.policies)
        late += took[-1] > LATE
    return {
        "rows": rows,
        "searches": len(took),
        "p50_ms": round(1000 * measuring.percentile(took, 0.50), 1),
        "p95_ms": round(1000 * measuring.percentile(took, 0.95), 1),
        "hit_rate": round(found / len(took), 3),
        "policies_shown": round(policies / len(took), 2),
        "late": late,
    }


def suggest() -> None:
    """Every message is a suggestion that gathers support; a thousand policies beside them."""
    topic = actions.topic_of(Message.objects.earliest("pk"))
    centre = Office.objects.centre().pk
    given = {
        "message_id": "message.id",
        "topic_id": str(topic.pk),
        "code": "message.code",
        "title": "left(message.masked_text, 60)",
        "masked_text": "message.masked_text",
        "submitted_at": "message.received_at",
        "opened_at": "message.received_at",
        "office_id": str(centre),
        "due_at": "message.received_at + interval '30 days'",
        "status": "'open'",
        "version": "1",
    }
    policies = {
        "office_id": str(centre),
        "title_ko": "left(message.masked_text, 40)",
        "title_en": "'Policy ' || message.id",
        "text_ko": "message.masked_text",
        "text_en": "'What the city does, number ' || message.id",
        "since": "DATE '2026-01-02'",
    }
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
    with bare([Suggestion]):
        insert(Suggestion, given, "channels_app_message message")
    chosen = f"(SELECT * FROM channels_app_message ORDER BY id LIMIT {POLICIES}) message"  # noqa: S608 - a number
    insert(Policy, policies, chosen)
    with connection.cursor() as cursor:
        cursor.execute("RESET statement_timeout")
