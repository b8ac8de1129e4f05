"""How the desk finds a message, and who is asking."""

from typing import cast

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from channels_app.models import Attachment, Message
from channels_app.models.messages import MessageQuerySet
from people.models import User


def officer(request: HttpRequest) -> User:
    """The signed-in officer; the staff door has let in nobody else."""
    return cast("User", request.user)


def _messages() -> MessageQuerySet:
    """With what its page needs from the start, and whether there is any of what few have."""
    joined = Message.objects.filter(lead=OuterRef("pk"))
    photos = Attachment.objects.filter(message=OuterRef("pk"))
    whole = Message.objects.select_related("office", "borough", "contact", "lead")
    # They fill the model's properties of these names, so that nothing is asked row by row.
    return whole.annotate(leads_others=Exists(joined), has_photos=Exists(photos))  # type: ignore[no-redef]  # see above


def find_again(code: str) -> Message:
    """As it stands after an act: it may have gone to another office."""
    return _messages().get(code=code)


def find(request: HttpRequest, code: str) -> Message:
    """The message, if its officers' page opens for this user. Raises Http404, PermissionDenied."""
    message = get_object_or_404(_messages(), code=code)
    if not message.may_be_seen_by(officer(request)):
        raise PermissionDenied
    return message
