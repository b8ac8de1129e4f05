"""How the desk finds a message, and who is asking."""

from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from channels_app.models import (
    Addition,
    Asked,
    Attachment,
    Delivery,
    InboundEvent,
    Message,
    Rating,
    Reply,
)
from channels_app.models.message_rows import MessageQuerySet
from desk.models import Draft, Note, Snooze, Taken, of_its_office
from people.models import User


def officer(request: HttpRequest) -> User:
    """The signed-in officer; the staff door has let in nobody else."""
    return cast("User", request.user)


def _any(rows: QuerySet[Any], by: str = "message") -> Exists:
    return Exists(rows.filter(**{by: OuterRef("pk")}))


def _messages() -> MessageQuerySet:
    """With what its page needs from the start, and whether there is any of what few have."""
    whole = Message.objects.select_related(
        "office", "borough", "contact", "lead", "entered_by", "split_from"
    )
    turn = of_its_office(Taken.objects.all())
    later = of_its_office(Snooze.objects.holding())
    # The first three fill the model's properties of these names, so that nothing is asked again.
    return whole.annotate(  # type: ignore[no-redef]  # see above
        leads_others=_any(Message.objects.all(), "lead"),
        has_photos=_any(Attachment.objects.all()),
        is_undelivered=_any(Delivery.objects.troubled().filter(message__contact__isnull=False)),
        has_parts=_any(Asked.objects.all()),
        has_replies=_any(Reply.objects.all()),
        has_additions=_any(Addition.objects.all()),
        has_notes=_any(Note.objects.all()),
        has_mails=_any(InboundEvent.objects.all()),
        has_split=_any(Message.objects.all(), "split_from"),
        has_ratings=_any(Rating.objects.all()),
        has_drafts=_any(Draft.objects.filled()),
        taken_by=turn.values("by")[:1],
        taken_name=turn.values("by__name")[:1],
        later_until=later.values("until")[:1],
    )


def find_again(code: str) -> Message:
    """As it stands after an act: it may have gone to another office."""
    return _messages().get(code=code)


def find(request: HttpRequest, code: str) -> Message:
    """The message, if its officers' page opens for this user. Raises Http404, PermissionDenied."""
    message = get_object_or_404(_messages(), code=code)
    if not message.may_be_seen_by(officer(request)):
        raise PermissionDenied
    return message
