"""What the database itself holds of a message's rules, and the orders it keeps ready."""

from datetime import UTC

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import TruncMonth

from channels_app.models.clocks import (
    COUNTED_IN_DAYS,
    OPEN_WITH_DATE,
    UNTOLD,
    WAITING_FOR_AUTHOR,
    WAITING_IS_WHOLE,
)
from channels_app.models.conversed import NEW_WORDS, SPLIT_OFF
from channels_app.models.erasable import ERASED_HOLDS_NOTHING, FINISHED_AND_KEPT
from channels_app.models.on_behalf import ENTERED_AND_PUBLIC
from channels_app.models.places import POSITION_IS_WHOLE
from channels_app.models.readership import Publication
from channels_app.states import MESSAGE_FINAL, MessageStatus

MONTH_RECEIVED = TruncMonth("received_at", tzinfo=UTC)
CONSTRAINTS = [
    ERASED_HOLDS_NOTHING,
    models.CheckConstraint(
        name="message_unfinished_has_owner_and_date",
        condition=Q(status__in=MESSAGE_FINAL) | Q(office__isnull=False, due_at__isnull=False),
    ),
    models.UniqueConstraint(
        fields=["client", "client_key"],
        name="message_client_key_once",
        nulls_distinct=False,
        condition=Q(client_key__isnull=False),
    ),
    models.CheckConstraint(
        name="message_joined_has_lead",
        condition=Q(status=MessageStatus.JOINED, lead__isnull=False)
        | (~Q(status=MessageStatus.JOINED) & Q(lead__isnull=True)),
    ),
    models.CheckConstraint(
        name="message_gathered_has_post",
        condition=~Q(status=MessageStatus.GATHERED) | Q(post__isnull=False),
    ),
    models.CheckConstraint(
        name="message_held_has_reason",
        condition=~Q(publication=Publication.HELD) | ~Q(held_reason=""),
    ),
    POSITION_IS_WHOLE,
    WAITING_IS_WHOLE,
    models.CheckConstraint(
        name="message_hidden_has_reason",
        condition=~Q(publication=Publication.HIDDEN) | ~Q(hidden_reason=""),
    ),
    models.CheckConstraint(
        name="message_set_aside_has_reason",
        condition=~Q(status=MessageStatus.SET_ASIDE) | ~Q(set_aside_reason=""),
    ),
]

PUBLIC_AND_OPEN = Q(publication="public") & Q(
    status__in=("received", "routed", "at_work", "answered")
)
INDEXES = [
    models.Index(
        fields=["id"],
        name="message_without_topic",
        condition=Q(publication="public", topic__isnull=True),
    ),
    models.Index(fields=["received_at"], name="message_day"),
    FINISHED_AND_KEPT,
    OPEN_WITH_DATE,
    COUNTED_IN_DAYS,
    WAITING_FOR_AUTHOR,
    UNTOLD,
    ENTERED_AND_PUBLIC,
    NEW_WORDS,
    SPLIT_OFF,
    models.Index(
        fields=["-received_at", "-id"],
        name="message_wall",
        condition=Q(publication="public"),
    ),
    models.Index(
        fields=["-replied_at", "-id"],
        name="message_answered",
        condition=Q(publication="public"),
    ),
    models.Index(
        fields=["office", "due_at", "id"],
        name="message_queue",
        condition=Q(status__in=("received", "routed", "at_work")),
    ),
    models.Index(
        fields=["due_at", "id"],
        name="message_all_queues",
        condition=Q(status__in=("received", "routed", "at_work")),
    ),
    models.Index(
        fields=["due_at", "id"],
        name="message_public_waiting",
        condition=PUBLIC_AND_OPEN,
    ),
    # What is open of one place is found without passing by all that it ever answered.
    models.Index(
        fields=["office", "due_at", "id"],
        name="message_open_of_office",
        condition=PUBLIC_AND_OPEN,
    ),
    models.Index(
        fields=["borough", "due_at", "id"],
        name="message_open_of_borough",
        condition=PUBLIC_AND_OPEN,
    ),
    models.Index(
        fields=["office", "borough", "-received_at", "-id"],
        name="message_of_both",
        condition=Q(publication="public") & ~Q(status="set_aside"),
    ),
    models.Index(
        fields=["-received_at", "-id"],
        name="message_aside",
        condition=Q(status="set_aside"),
    ),
    models.Index(
        fields=["office", "-received_at", "-id"],
        name="message_aside_of",
        condition=Q(status="set_aside"),
    ),
    models.Index(
        fields=["id"],
        name="message_to_route",
        condition=Q(status="received", needs_reader=False),
    ),
    models.Index(
        fields=["body_digest", "id"],
        name="message_held_alike",
        condition=Q(publication="held"),
    ),
    models.Index(
        fields=["-screened_at", "-id"],
        name="message_screened",
        condition=Q(screened_at__isnull=False),
    ),
    models.Index(
        fields=["borough", "-received_at", "-id"],
        name="message_of_borough",
        condition=Q(publication="public"),
    ),
    models.Index(
        fields=["office", "-received_at", "-id"],
        name="message_of_office",
        condition=Q(publication="public"),
    ),
    models.Index(
        fields=["office", "-replied_at", "-id"],
        name="message_answered_by",
        condition=Q(publication="public", replied_at__isnull=False),
    ),
    models.Index(
        fields=["borough", "-replied_at", "-id"],
        name="message_answered_in",
        condition=Q(publication="public", replied_at__isnull=False),
    ),
    models.Index(
        fields=["office", "received_at"],
        name="message_not_shown",
        condition=~Q(publication="public") & ~Q(status="set_aside"),
    ),
    # With the month, a search skips all texts that are older than it looks back.
    GinIndex(
        OpClass("masked_text", "gin_trgm_ops"),
        MONTH_RECEIVED,
        name="message_similar_lately",
        condition=Q(publication="public"),
    ),
    models.Index(
        fields=["publication_due_at", "id"],
        name="message_reported",
        condition=Q(publication_due_at__isnull=False),
    ),
    models.Index(
        fields=["post", "-received_at", "-id"],
        name="message_below_post",
        condition=Q(post__isnull=False),
    ),
    # Taken up as a suggestion, and hidden afterwards: few.
    models.Index(
        fields=["id"],
        name="message_taken_up_unseen",
        condition=Q(status="taken_up") & ~Q(publication="public"),
    ),
]
