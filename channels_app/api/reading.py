"""Which messages another app may read, and what belongs to them: three questions, however many."""

from collections.abc import Sequence
from typing import Any

from django.core import signing
from django.db.models import Prefetch, QuerySet

from channels_app.models import ApiClient, Attachment, Message, Reply, ReplyKind, Scope
from channels_app.models.message_rows import MessageQuerySet
from channels_app.states import MessageStatus
from people.models import Office

CURSOR = signing.Signer(salt="api.cursor")
STATES = {MessageStatus.ROUTED: (MessageStatus.ROUTED, MessageStatus.ANSWERED)}


def listed(wanted: dict[str, Any]) -> MessageQuerySet:
    """The public messages of these filters; what was set aside is no part of the conversation."""
    rows = _whole().public().exclude(status=MessageStatus.SET_ASIDE)
    for name in ("channel", "kind"):
        if name in wanted:
            rows = rows.filter(**{name: wanted[name]})
    for name in ("office", "borough"):
        if name in wanted:  # a number asked for first, so that the index gives the order
            rows = rows.filter(**{name: Office.objects.filter(slug=wanted[name]).values("pk")[:1]})
    if "state" in wanted:
        rows = rows.filter(status__in=STATES.get(wanted["state"], (wanted["state"],)))
    return rows.filter(received_at__gte=wanted["since"]) if "since" in wanted else rows


def one(code: str, client: ApiClient | None) -> Message | None:
    """The message of this receipt: public ones for all, an app's own ones for itself."""
    message = _whole().filter(code=code).first()
    if message is None or not (message.is_public or is_own(message, client)):
        return None
    return with_answers([message])[0]


def is_own(message: Message, client: ApiClient | None) -> bool:
    """Whether this app sent it, and may read it back."""
    return client is not None and message.client_id == client.pk and client.may(Scope.READ_OWN)


def with_answers(rows: Sequence[Message]) -> Sequence[Message]:
    """Each with `answers`, the published ones: its own, or those of the matter it was joined to.

    What was said in a private matter is not told on a public page of another message.
    """
    answers: dict[int, list[Reply]] = {}
    matters = {row.matter.pk for row in rows}
    said = Reply.objects.published().select_related("office").order_by("published_at")
    for reply in said.filter(message__in=matters) if matters else ():
        answers.setdefault(reply.message_id, []).append(reply)
    for row in rows:
        told = row.matter.is_public or not row.is_public
        row.answers = _told_to(row, answers.get(row.matter.pk, [])) if told else []  # type: ignore[attr-defined]  # ours
    return rows


def _told_to(row: Message, said: list[Reply]) -> list[Reply]:
    """What the author of another matter was asked is theirs alone."""
    own = row.matter == row
    return [reply for reply in said if own or reply.kind != ReplyKind.QUESTION]


def _whole() -> MessageQuerySet:
    photos: QuerySet[Attachment] = Attachment.objects.shown()
    return Message.objects.select_related("office", "borough", "lead").prefetch_related(
        Prefetch("attachments", photos, to_attr="photos_shown")
    )
