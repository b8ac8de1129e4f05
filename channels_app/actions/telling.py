"""Tell: those who follow hear what changed, without asking. Rows of the outbox, set by set.

What happened within one sweep is told at once: one mail a change, never two. An answer is a mail
of its own and says it all, so what came before it in the same sweep is not told again.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import F

from channels_app import daily
from channels_app.models import (
    DeliveryEvent,
    Message,
    MessageStep,
    Reminder,
    Reply,
    ReplyKind,
)
from channels_app.states import IN_HAND, Cause, MessageStatus
from channels_app.timeline import INWARD
from lifecycle import clock

APART = {Cause.SPLIT, Cause.ONE_AGAIN}
SPEAKING = {Cause.INTERIM, Cause.PROGRESS, Cause.ASKED}
# What is told: the root's keys, then what the row of the outbox names of it.
FACTS = """
    unnest(%(event)s::text[], %(root)s::bigint[], %(at)s::timestamptz[], %(step)s::bigint[],
           %(since_seq)s::int[], %(reply)s::bigint[], %(reminder)s::bigint[])
        AS new(event, root, at, step, since_seq, reply, reminder)
"""
OWED = """
INSERT INTO channels_app_delivery
    (key, event, message_id, step_id, since_seq, reply_id, reminder_id, follow_id, contact_id,
     channel, crowd, state, why, error_class, attempts, repeated, next_at, claimed_by, created_at,
     daily)
"""
WILLING = """
    contact.kind IN ('mail', 'push') AND contact.confirmed_at IS NOT NULL
    AND contact.refused_at IS NULL
"""
# Who wants one mail a day gets it at its hour.
WHEN = "CASE WHEN contact.daily THEN %(evening)s ELSE %(moment)s END"
TO_AUTHORS = """
    {owed}
    SELECT gen_random_uuid(), new.event, message.id, new.step, new.since_seq, new.reply,
           new.reminder, NULL, contact.id,
           contact.kind, false, 'queued', '', '', 0, false, %(moment)s, '', %(moment)s, false
    FROM {facts}
    JOIN channels_app_message AS message ON message.{whose} = new.root AND message.wants_news
    JOIN channels_app_contact AS contact ON contact.id = message.contact_id AND {willing}
    ON CONFLICT DO NOTHING
"""
# Whoever follows their own message is its author, and hears of it as its author.
TO_FOLLOWERS = """
    {owed}
    SELECT gen_random_uuid(), new.event, message.id, new.step, new.since_seq, new.reply,
           new.reminder, follow.id, contact.id,
           contact.kind, true, 'queued', '', '', 0, false, {when}, '', %(moment)s, contact.daily
    FROM {facts}
    JOIN channels_app_message AS root ON root.id = new.root AND root.publication = 'public'
    CROSS JOIN LATERAL (
        SELECT * FROM channels_app_message WHERE id = root.id AND publication = 'public'
        UNION ALL
        SELECT * FROM channels_app_message WHERE lead_id = root.id AND publication = 'public'
    ) AS message
    JOIN channels_app_topic AS topic ON topic.id = message.topic_id AND topic.shown
    JOIN channels_app_follow AS follow ON follow.topic_id = topic.id
        AND follow.confirmed_at <= new.at AND follow.ended_at IS NULL
    JOIN channels_app_contact AS contact ON contact.id = follow.contact_id AND {willing}
    WHERE contact.id IS DISTINCT FROM message.contact_id
       OR (new.event <> 'answer' AND NOT message.wants_news)
    ON CONFLICT DO NOTHING
"""
# What grew out of a message has an office of its own.
TOPICS_FOLLOW = """
    UPDATE channels_app_topic AS topic SET office_id = message.office_id
    FROM channels_app_message AS message
    WHERE message.topic_id = topic.id AND topic.kind = 'message' AND message.id = ANY(%s)
      AND topic.office_id IS DISTINCT FROM message.office_id
"""


@dataclass(frozen=True)
class Fact:
    """Something to be told of one message, by the names of the columns of FACTS."""

    event: str
    root: int
    at: datetime
    step: int | None = None
    since_seq: int | None = None
    reply: int | None = None
    reminder: int | None = None


@transaction.atomic
def tell_news(pks: Sequence[int]) -> None:
    """Owe everyone concerned one plain mail for what happened to these and was not told yet.

    Whom somebody else holds is left to the next sweep. Safe to run twice, late, or killed: what
    was told is marked in the same commit.
    """
    held = Message.objects.all_locked(pks, skip_locked=True)
    rows = [row for row in held if row.told_version < row.version]
    steps = _untold_steps(rows)
    replies = _replies_of(steps)
    own: list[Fact] = []
    others: list[Fact] = []
    answers: list[Fact] = []
    for row in rows:
        outward = steps[row.pk]
        spoken = replies[row.pk]
        told = {step: reply for step, reply in spoken if reply.kind != ReplyKind.QUESTION}
        own += _news(row, outward, after=[step for step, _reply in spoken])
        others += _news(row, outward, after=list(told))
        answers += [
            Fact(DeliveryEvent.ANSWER, row.pk, step.at, reply=reply.pk)
            for step, reply in told.items()
        ]
    _owe(own, TO_AUTHORS, whose="id")
    _owe(others, TO_AUTHORS, whose="lead_id")
    _owe([*others, *answers], TO_FOLLOWERS)
    _mark_told(rows)


@transaction.atomic
def tell_late(pks: Sequence[int]) -> None:
    """Owe everyone concerned one mail: the date has passed in silence. Safe to run twice."""
    waiting = Reminder.objects.untold_outside().filter(pk__in=pks)
    held = waiting.select_for_update(skip_locked=True, of=("self",)).select_related("message")
    rows = list(held)
    facts = [
        Fact(DeliveryEvent.LATE, row.message_id, row.at, reminder=row.pk)
        for row in rows
        if row.message.due_at == row.due_at and row.message.status in IN_HAND
    ]
    _owe(facts, TO_AUTHORS, whose="id")
    _owe(facts, TO_AUTHORS, whose="lead_id")
    _owe(facts, TO_FOLLOWERS)
    Reminder.objects.filter(pk__in=[row.pk for row in rows]).update(told=True)


def is_outward(step: MessageStep) -> bool:
    """Whether anybody outside has to know: not that an answer was written, or taken back.

    That something was split off is a mail of its own, with the number of its own.
    """
    return (step.from_status, step.to_status) not in INWARD and step.cause not in APART


def speaks(step: MessageStep) -> bool:
    """Whether this step has put words of the office onto the case page."""
    promised = step.to_status == MessageStatus.AT_WORK and step.from_status == MessageStatus.ROUTED
    return step.to_status == MessageStatus.REPLIED or promised or step.cause in SPEAKING


def with_replies(
    steps: Iterable[MessageStep], published: Sequence[Reply]
) -> list[tuple[MessageStep, Reply]]:
    """Each step that speaks with what it said: both in order, and the newest belong together."""
    speaking = [step for step in steps if speaks(step)]
    newest = published[-len(speaking) :] if speaking else []
    return list(zip(speaking[-len(newest) :], newest, strict=True)) if newest else []


def _untold_steps(rows: Sequence[Message]) -> dict[int, list[MessageStep]]:
    """What happened to each since it was told last and somebody outside has to know."""
    found: dict[int, list[MessageStep]] = defaultdict(list)
    untold = MessageStep.objects.filter(root__in=rows, seq__gt=F("root__told_version"))
    for step in untold.order_by("root", "seq") if rows else ():
        if is_outward(step):
            found[step.root_id].append(step)
    return found


def _replies_of(
    steps: dict[int, list[MessageStep]],
) -> dict[int, list[tuple[MessageStep, Reply]]]:
    """What was said in these steps."""
    speaking = [pk for pk, own in steps.items() if any(map(speaks, own))]
    published: dict[int, list[Reply]] = defaultdict(list)
    if speaking:
        said = Reply.objects.published().filter(message__in=speaking)
        for reply in said.order_by("published_at", "pk"):
            published[reply.message_id].append(reply)
    found: dict[int, list[tuple[MessageStep, Reply]]] = defaultdict(list)
    for pk in speaking:
        found[pk] = with_replies(steps[pk], published[pk])
    return found


def _news(row: Message, outward: Sequence[MessageStep], *, after: list[MessageStep]) -> list[Fact]:
    """One fact for all that came after the last words of the office, or nothing."""
    since = max([row.told_version, *(step.seq for step in after)])
    left = [step for step in outward if step.seq > since]
    if not left:
        return []
    newest = left[-1]
    return [Fact(DeliveryEvent.NEWS, row.pk, newest.at, step=newest.pk, since_seq=since)]


def _owe(facts: Sequence[Fact], statement: str, **names: str) -> None:
    """One statement, however many they are and however many follow."""
    if not facts:
        return
    moment = clock.now()
    told: dict[str, Any] = {
        column.name: [getattr(fact, column.name) for fact in facts] for column in fields(Fact)
    }
    told |= {"moment": moment, "evening": daily.next_hour(moment)}
    query = statement.format(owed=OWED, facts=FACTS, willing=WILLING, when=WHEN, **names)
    with connection.cursor() as cursor:
        cursor.execute(query, told)


def _mark_told(rows: Sequence[Message]) -> None:
    pks = [row.pk for row in rows]
    if not pks:
        return
    with connection.cursor() as cursor:
        cursor.execute(TOPICS_FOLLOW, [pks])
    Message.objects.filter(pk__in=pks).update(told_version=F("version"))
