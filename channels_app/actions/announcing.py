"""Announce: what a higher floor has to say to all who follow a topic, told once and set by set."""

from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.urls import translate_url
from django.utils import translation
from django.utils.functional import Promise

from channels_app import daily
from channels_app.actions.telling import WHEN, WILLING
from channels_app.models import Notice, Topic, TopicKind
from channels_app.models.deliveries import NO_GATEWAY
from channels_app.text.masking import mask
from lifecycle import clock

Words = str | Promise
LONGEST = 300
# One row for each address, however many ways lead to it: who wrote it hears of it as its author.
# Where others were joined to the message, what becomes of it is theirs too.
TO_ALL = f"""
    WITH concerned AS (
        SELECT message.id, message.topic_id, message.contact_id, message.wants_news
        FROM channels_app_message AS message
        WHERE message.topic_id = %(topic)s
        UNION ALL
        SELECT joined.id, joined.topic_id, joined.contact_id, joined.wants_news
        FROM channels_app_message AS lead
        JOIN channels_app_message AS joined ON joined.lead_id = lead.id
        WHERE lead.topic_id = %(topic)s
    ), followed AS (
        SELECT topic.id FROM channels_app_topic AS topic
        WHERE topic.id = %(topic)s AND topic.shown
        UNION
        SELECT topic.id FROM channels_app_topic AS main, concerned
        JOIN channels_app_topic AS topic ON topic.id = concerned.topic_id AND topic.shown
        WHERE main.id = %(topic)s AND main.shown
    ), heard AS (
        SELECT contact_id, id AS message_id, NULL::bigint AS follow_id, 0 AS turn
        FROM concerned WHERE wants_news
        UNION ALL
        SELECT follow.contact_id, NULL, follow.id, 1
        FROM followed
        JOIN channels_app_follow AS follow ON follow.topic_id = followed.id
        WHERE follow.confirmed_at IS NOT NULL AND follow.ended_at IS NULL
    )
    INSERT INTO channels_app_delivery
        (key, event, notice_id, message_id, follow_id, contact_id, channel, crowd, daily, state,
         why, error_class, attempts, repeated, next_at, claimed_by, created_at)
    SELECT DISTINCT ON (contact.id)
        gen_random_uuid(), 'notice', %(notice)s, heard.message_id, heard.follow_id, contact.id,
        contact.kind, heard.turn = 1, contact.daily AND heard.turn = 1, 'queued',
        CASE contact.kind WHEN 'phone' THEN '{NO_GATEWAY}' ELSE '' END, '', 0, false,
        CASE heard.turn WHEN 1 THEN {WHEN} ELSE %(moment)s END, '', %(moment)s
    FROM heard
    JOIN channels_app_contact AS contact ON contact.id = heard.contact_id
        AND ({WILLING} OR contact.kind = 'phone' AND contact.refused_at IS NULL)
        AND contact.id IS DISTINCT FROM %(but)s::bigint
    ORDER BY contact.id, heard.turn, heard.follow_id
    ON CONFLICT DO NOTHING
"""  # noqa: S608 - constants of this room


@transaction.atomic
def announce(
    topic: Topic,
    *,
    key: str,
    what: Words,
    path: str,
    next_step: Words = "",
    next_at: datetime | None = None,
    is_late: bool = False,
    but: int | None = None,
) -> Notice:
    """Say it to everybody who follows this topic and to its author; once, whoever asks again.

    `key` names the event; `what` and `next_step` are whole sentences that hold only what everyone
    may read, lazily translated so that each reader gets their own language. `is_late` is for a
    date that has passed in silence. `path` is its page, as reversed in the active language. `but`
    is the key of a contact who hears of it in a mail of their own. Call it in the transaction of
    what it tells of.
    """
    notice, is_new = Notice.objects.get_or_create(
        topic=topic,
        key=key,
        defaults={
            **_said("what", what),
            **_said("next", next_step),
            "next_at": next_at,
            "path": translate_url(path, "ko"),
            "is_late": is_late,
            "at": clock.now(),
        },
    )
    if is_new:
        _owe(notice, but)
    return notice


@transaction.atomic
def hand_over(topic: Topic, *, kind: TopicKind) -> Topic:
    """What grew out of a message takes its topic along: the same number, the same followers.

    From now on its office, its words and whether it is shown are up to the new owner.
    """
    topic = Topic.objects.select_for_update(of=("self",)).get(pk=topic.pk)
    topic.kind, topic.over_at = kind, None
    topic.save(update_fields=["kind", "over_at"])
    return topic


@transaction.atomic
def end_topic(topic: Topic) -> Topic:
    """Nothing more will happen: addresses that only follow this need not be kept for it."""
    topic = Topic.objects.select_for_update(of=("self",)).get(pk=topic.pk)
    topic.over_at = topic.over_at or clock.now()
    topic.save(update_fields=["over_at"])
    return topic


def _said(name: str, words: Words) -> dict[str, str]:
    """The same words in every language of the house."""
    found = {}
    for language in ("ko", "en"):
        with translation.override(language):
            found[f"{name}_{language}"] = mask(" ".join(str(words).split()))[:LONGEST]
    return found


def _owe(notice: Notice, but: int | None) -> None:
    """One statement, however many follow."""
    moment = clock.now()
    told: dict[str, Any] = {
        "topic": notice.topic_id,
        "notice": notice.pk,
        "moment": moment,
        "but": but,
        "evening": daily.next_hour(moment),
    }
    with connection.cursor() as cursor:
        cursor.execute(TO_ALL, told)
